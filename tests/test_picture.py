"""The dialog that makes a picture, as a reader uses it."""

import io
from pathlib import Path

from PIL import Image
from streamlit.testing.v1 import AppTest

from geo.caption import compose
from geo.catalogue import load
from geo.figure import Order
from geo.formats import FORMATS
from geo.laydown import resolve
from geo.scenario import default
from ui import picture

APP = str(Path(__file__).parent.parent / "app.py")


def opened(**query: str) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=120)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    next(button for button in page.button if button.label == "Picture").click().run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    return " ".join(block.value for block in page.code)


def test_the_dialog_offers_everything_and_words_to_copy():
    page = opened()
    labels = {button.label for button in page.get("download_button")}
    assert labels == {"Download the picture", "Handout for class (PDF)", "Table as CSV"}
    assert [box.label for box in page.selectbox if str(box.key).startswith("picture")] == [
        "Format",
        "Style",
        "File",
    ]
    catalogue = load()
    caption = compose(catalogue, resolve(catalogue, default(catalogue.offer)))
    assert page.text_input(key="picture-headline").value == caption.title
    assert page.text_area(key="picture-subhead").value == caption.subhead
    for words in (caption.sentence, caption.sources, caption.credit, caption.borders):
        assert words in texts(page)
    alt = next(block.value for block in page.code if block.value.startswith("Map. "))
    assert alt.startswith(f"Map. {caption.sentence} Marked: ")
    assert "Outside of the picture: Barents Sea" in alt


def on_its_own() -> None:
    """Show what is in the dialog as a page: a test runs pages whole, and a dialog would close."""
    from dataclasses import replace

    from geo.catalogue import load
    from geo.scenario import default
    from ui import picture

    first = default(load().offer)
    picture.choose(load(), replace(first, projection="globe", flat=True))


def test_every_choice_draws_the_map_on_the_screen_anew():
    page = AppTest.from_function(on_its_own, default_timeout=120).run()
    before = page.get("image")[0].proto.imgs[0].url
    page.selectbox(key="picture-format").set_value("column")
    page.selectbox(key="picture-style").set_value("grey")
    page.selectbox(key="picture-file").set_value("svg")
    page.text_input(key="picture-headline").set_value("My own <b>headline</b>")
    page.text_area(key="picture-subhead").set_value("And my line").run()
    assert not page.exception
    assert "And my line" in texts(page)
    assert page.get("image")[0].proto.imgs[0].url != before
    assert not page.info  # no excuse: the picture knows every map


def test_files_are_what_they_say(first_screen):
    drawing = picture.address.drawing(first_screen)
    order = Order("1:1")
    single = Image.open(io.BytesIO(picture._shown(drawing, order).preview))
    double = Image.open(io.BytesIO(picture._file(drawing, order, "png-2")))
    assert double.size == (2160, 2160) == tuple(2 * side for side in single.size)
    assert picture._file(drawing, order, "pdf").startswith(b"%PDF")
    assert set(FORMATS) == {"16:9", "1:1", "4:5", "column", "a4"}


def test_a_readers_own_words_and_no_others_are_asked_for():
    assert picture._own("Mine", "Default") == "Mine"
    assert picture._own("Default", "Default") is None
    assert picture._own("", "Default") is None
    assert picture._own(None, "Default") is None


def test_the_handout_knows_the_scene_on_the_screen(catalogue):
    for scene in catalogue.scenes:
        scenario = picture.address.drawing(picture.scene_scenarios()[scene.id])
        assert picture.scene_of(catalogue, scenario) == scene
