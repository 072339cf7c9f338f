"""The picture for print: every word on it, whole and clear of the others, in every format."""

import io
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from matplotlib import image
from PIL import Image

from geo import figure, legend, palette, wording
from geo.catalogue import load
from geo.errors import ScenarioError
from geo.figure import Order
from geo.formats import FORMATS
from geo.link import spot_code
from geo.plane import plane
from scripts import build_pictures
from tests.pictures import drawn, looked_at, overlaps, pictured, scenario_of

#: One worker draws a scene, so that the tests of it share its pictures.
SCENES = [
    pytest.param(scene, marks=pytest.mark.xdist_group(f"scene-{scene}"))
    for scene in ("", *(one.id for one in load().scenes))
]
MORE = "more: see the list that goes with the picture"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("scene", SCENES)
def test_no_word_is_cut_and_none_meets_another(scene, form):
    check_boxes(pictured(scene, form))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("projection", ["true-range", "equal-area", "globe"])
def test_nor_on_the_other_maps(projection, form):
    check_boxes(pictured("declared-assessed", form, projection))


def check_boxes(seen):
    wide, tall = seen.size
    for text, (left, bottom, right, top) in (*seen.words, *seen.map_words):
        assert left >= 0 and bottom >= 0 and right <= wide and top <= tall, text
    west, south, east, north = seen.map_box
    for text, (left, bottom, right, top) in seen.map_words:
        assert left >= west and bottom >= south and right <= east and top <= north, text
    assert overlaps((*seen.words, *seen.map_words)) == []
    for symbol in seen.written.symbols:
        for word in seen.map_words:
            assert overlaps((("a symbol", symbol), word)) == []
    for text, box in seen.words:
        assert box[3] <= south or box[1] >= north or box[0] >= east, text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("scene", SCENES)
def test_a_picture_carries_everything_a_publication_needs(scene, form):
    seen = pictured(scene, form)
    caption, text = seen.caption, seen.text
    for part in (
        caption.title,
        caption.subhead,
        caption.on_paper,
        caption.borders,
        caption.credit,
        caption.origin_note,
    ):
        assert part in text
    for source in caption.cited:
        assert source in text or MORE in text
        assert source in seen.about["Source"]
    for entry in legend.entries(seen.laydown):
        assert entry.label in text
        assert not entry.detail or entry.detail in text
    for note in caption.notes:
        assert note.split(": ", 1)[-1] in text or MORE in text
        assert note in seen.about["Notes"]
    for name in seen.written.unnamed + seen.written.unlabelled:
        assert name in text or "which the file lists" in text
        assert name in seen.about["Notes"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("scene", SCENES)
def test_every_ring_is_labelled_in_km_and_miles_on_the_map(scene, form):
    seen = pictured(scene, form)
    said = " ".join(" ".join(text.split()) for text, _ in seen.map_words)
    for ring in seen.laydown.rings:
        for distance_km, _ in ring.edges:
            assert wording.distance_label(distance_km) in said
    assert seen.written.unlabelled == []


@pytest.mark.parametrize("form", FORMATS)
def test_names_and_rings_can_be_read_at_400_pixels(form):
    seen = pictured("", form)
    labels = [box for text, box in seen.map_words if "km" in text or text == "Redzikowo"]
    assert len(labels) == 2
    for (_, bottom, _, top), text in zip(labels, ["a name", "a ring"], strict=True):
        lines = 2 if (top - bottom) / seen.size[0] * 400 > 14 else 1
        assert (top - bottom) / lines / seen.size[0] * 400 >= 6, text


def test_much_to_say_ends_in_how_many_more_and_the_file_has_all(catalogue, first_screen):
    figures = [key for key, (system, one) in catalogue.figures.items() if system.side == "Iran"]
    drawable = frozenset(figures) & frozenset(catalogue.offer.figures)
    many = replace(first_screen, figures=drawable, layers=frozenset(catalogue.offer.layers))
    many = many.with_origin("iran", "tabriz")
    assert len(drawable) > 20
    order = Order("1:1", headline="A long headline " * 12, subhead="And a long line below. " * 40)
    seen = looked_at(many, order)
    check_boxes(seen)
    assert MORE in seen.text
    assert all(source in seen.about["Source"] for source in seen.caption.cited)
    for entry in legend.entries(seen.laydown):
        assert entry.label in seen.about["Legend"]
    assert order.subhead.strip() in seen.about["Description"]


@pytest.mark.parametrize("name", [row[0] for row in build_pictures.GALLERY])
def test_the_gallery_shows_what_the_code_draws(name):
    same_picture(build_pictures.gallery(name), build_pictures.DOCS / "gallery" / name)


def test_readme_shows_what_the_code_draws():
    same_picture(build_pictures.first_screen(), build_pictures.FIRST_SCREEN)


def same_picture(content, path):
    new, kept = (image.imread(file)[:, :, :3] for file in (io.BytesIO(content), path))
    assert new.shape == kept.shape
    assert np.abs(new - kept).mean() < 0.004


def test_every_picture_of_the_gallery_is_on_its_page():
    page = (build_pictures.DOCS / "gallery.md").read_text()
    for name, *_ in build_pictures.GALLERY:
        assert f"](gallery/{name})" in page
    kept = {path.name for path in (build_pictures.DOCS / "gallery").iterdir()}
    assert kept == {row[0] for row in build_pictures.GALLERY}


def test_a_headline_of_ones_own_is_printed_as_it_is(first_screen):
    order = Order(headline="Costs $5 and $6, *not* a <formula>", subhead="Łódź, Тбилиси, تهران")
    seen = looked_at(first_screen, order)
    assert "Costs $5 and $6, *not* a <formula>" in seen.text
    assert "Łódź, Тбилиси, تهران" in seen.text
    assert seen.about["Title"] == order.headline
    _, _, picture = drawn(first_screen, order)
    root = ET.fromstring(picture.file("svg"))
    assert root[0].text == order.headline


def test_grey_has_no_colour_and_keeps_sides_apart():
    _, _, picture = drawn(scenario_of("sectoral"), Order("1:1", "grey"))
    pixels = image.imread(io.BytesIO(picture.file("png", 72)))[:, :, :3]
    assert np.ptp(pixels, axis=2).max() < 0.02
    shades = {palette.tone(colour, "grey") for colour in palette.SIDE_COLOUR.values()}
    assert len(shades) == len(palette.SIDE_COLOUR)
    tints = {palette.tone(tint.colour, "grey") for tint in palette.TINTS.values()}
    assert len(tints) == len(palette.TINTS)


def test_png_sizes_are_what_a_format_says(first_screen):
    _, caption, picture = drawn(first_screen, Order("16:9"))
    single, double = picture.file("png"), picture.file("png", 192)
    assert Image.open(io.BytesIO(single)).size == (1280, 720)
    assert Image.open(io.BytesIO(double)).size == (2560, 1440)
    assert len(double) < 600_000
    about = Image.open(io.BytesIO(double)).text
    assert about["Title"] == caption.title
    assert about["Description"].startswith(f"Map. {caption.sentence} Marked: ")
    assert about["Source"] == caption.sources
    assert caption.borders in about["Notes"]
    assert about["Credit"] == caption.credit
    assert all(words in picture.text for words in about.values() if words != "EPAA Atlas")


def test_the_alternative_text_tells_apart_what_the_cut_leaves_out(first_screen):
    laydown, caption, picture = drawn(
        replace(first_screen, framing="eastern-mediterranean"), Order("16:9")
    )
    seen, beyond = picture.about["Description"].split(" Outside of the picture: ")
    axes = picture.figure.axes[0]
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    for mark in laydown.marks:
        if mark.status == "reference" or mark.shape.geom_type != "Point":
            continue
        x, y = plane(laydown).spots(shapely.get_coordinates(mark.shape))[0]
        told = seen if left <= x <= right and low <= y <= high else beyond
        assert (mark.site.label or mark.site.name) in told
    assert "Redzikowo" in beyond and "Kürecik" in seen and "Redzikowo" in caption.alt


def test_a_users_words_are_said_to_be_theirs_on_its_face_and_in_the_file(first_screen):
    order = Order("1:1", headline="Iran can strike half of Europe", by_user=True)
    _, caption, picture = drawn(first_screen, order)
    assert picture.about["Title"] == order.headline
    assert picture.about["Credit"] == f"{caption.credit} {figure.USERS_WORDS}"
    face = " ".join(text.get_text() for text in picture.figure.texts)
    assert figure.USERS_WORDS in face
    _, _, usual = drawn(first_screen, Order("1:1"))
    assert usual.about["Credit"] == caption.credit


def test_svg_text_is_text_and_says_what_it_shows():
    _, caption, picture = drawn(scenario_of("declared-assessed"), Order("16:9"))
    content = picture.file("svg")
    assert len(content) < 1_500_000
    assert picture.file("svg") == content
    root = ET.fromstring(content)
    space = "{http://www.w3.org/2000/svg}"
    words = [" ".join("".join(item.itertext()).split()) for item in root.iter(f"{space}text")]
    shown = [text.get_text() for text in (*picture.figure.texts, *picture.written.texts)]
    for line in "\n".join(shown).split("\n"):
        assert " ".join(line.split()) in words
    assert root.get("role") == "img"
    assert root.find(f"{space}title").text == caption.title
    assert picture.about["Description"] == root.find(f"{space}desc").text
    said = "".join(root.find(f"{space}metadata").itertext())
    assert caption.sources in said and caption.borders in said
    assert not list(root.iter(f"{space}image"))


def test_pdf_has_its_fonts_and_says_what_it_shows(tmp_path, first_screen):
    if shutil.which("pdffonts") is None and not os.environ.get("CI"):
        pytest.skip("no pdffonts on this machine (Debian: apt-get install poppler-utils)")
    _, caption, picture = drawn(first_screen, Order("a4"))
    path = tmp_path / "map.pdf"
    path.write_bytes(picture.file("pdf"))
    fonts = run("pdffonts", path).splitlines()[2:]
    assert len(fonts) >= 2
    for font in fonts:
        assert "TrueType" in font
        assert font.split()[-5] == "yes"  # emb
    about = run("pdfinfo", path)
    assert caption.title in about and caption.sources in about
    assert picture.about["Description"] in about
    assert caption.credit in " ".join(run("pdftotext", path, "-").split())


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_map_is_the_one_on_the_screen(first_screen):
    words = {
        projection: pictured("declared-assessed", "1:1", projection).text
        for projection in ("mercator", "true-range", "equal-area", "globe")
    }
    assert "Mercator projection: the scale grows" in words["mercator"]
    assert "True range: azimuthal equidistant, centred on" in words["true-range"]
    assert "Lambert azimuthal (EPSG:3035)" in words["equal-area"]
    assert "Orthographic projection: the Earth as seen from far away" in words["globe"]
    assert "perspective" not in words["globe"]


def test_the_flat_circle_is_drawn_and_said(first_screen):
    seen = looked_at(replace(first_screen, flat=True), Order("4:5"))
    narrow = looked_at(replace(first_screen, flat=True, projection="globe"), Order("column"))
    for picture in (seen, narrow):
        assert legend.FLAT_LABEL in [text for text, _ in picture.map_words]
        check_boxes(picture)
    assert legend.FLAT_LABEL.capitalize() in seen.text
    assert seen.caption.flat in seen.text


def test_a_phase_switched_off_is_not_in_the_picture(first_screen):
    seen = looked_at(replace(first_screen, phases=frozenset({1, 3})), Order())
    words = [text for text, _ in seen.map_words]
    assert "Deveselu" not in words
    assert "Redzikowo" in words


def test_a_framing_beyond_the_rim_shows_the_whole_map(first_screen):
    far = replace(first_screen, centre=spot_code(-160, -56), framing="baltic")
    seen = looked_at(replace(far, projection="true-range"), Order("1:1"))
    check_boxes(seen)
    # Poland lies beyond the rim, and a name that is not there is not said to lack room
    assert "Redzikowo" not in " ".join(text for text, _ in seen.map_words)
    assert "without room for the name" not in seen.text
    assert "Outside of this picture: Deveselu; Redzikowo" in seen.text


@pytest.mark.parametrize(
    "choices",
    [
        {"projection": "true-range", "centre": "0e90n"},
        {"projection": "true-range", "centre": "180e0n", "framing": "northern-hemisphere"},
        {"projection": "globe", "framing": "northern-hemisphere", "flat": True},
        {"phases": frozenset(), "figures": frozenset()},
    ],
    ids=["about the pole", "about the date line", "half the world", "nothing"],
)
def test_nor_at_the_ends_of_the_earth(first_screen, choices):
    check_boxes(looked_at(replace(first_screen, **choices), Order("4:5")))


def test_readers_draw_at_the_same_time():
    def drawing(form):
        return drawn(scenario_of("redzikowo-late"), Order(form))[2].file("svg")

    forms = ["1:1", "column"] * 3
    alone = {form: drawing(form) for form in forms}
    with ThreadPoolExecutor(3) as readers:
        together = list(readers.map(drawing, forms))
    assert together == [alone[form] for form in forms]


def test_orders_that_cannot_be_had_are_refused(first_laydown, catalogue, first_screen):
    for order, words in (
        (Order("3:2"), "format '3:2' is unknown; choose one of 16:9, 1:1, 4:5, column, a4"),
        (Order(style="red"), "style 'red' is unknown; choose one of light, grey"),
    ):
        with pytest.raises(ScenarioError, match=words):
            drawn(first_screen, order)
    with pytest.raises(ScenarioError, match="'gif' is no kind of picture"):
        drawn(scenario_of("redzikowo-late"), Order("1:1"))[2].file("gif")


def test_the_file_is_named_by_day_format_and_style(first_laydown):
    assert figure.file_name(first_laydown, Order(), "png") == "epaa-atlas-2026-11-21-16x9.png"
    grey = Order("a4", "grey")
    assert figure.file_name(first_laydown, grey, "pdf") == "epaa-atlas-2026-11-21-a4-grey.pdf"


def test_a_scale_bar_stands_where_one_can_be_true():
    assert any(
        "from the centre only" in text for text, _ in pictured("", "16:9", "true-range").map_words
    )
    assert any(
        "nearly, in Europe" in text for text, _ in pictured("", "16:9", "equal-area").map_words
    )
    assert "so no bar can show it" in pictured("", "16:9").text


@pytest.mark.parametrize("figure", ["iskander-m-tass-2017", "iskander-m-wpr-2008"])
@pytest.mark.parametrize("projection", ["mercator", "true-range"])
def test_no_label_stands_far_from_its_line(first_screen, projection, figure):
    asked = replace(
        first_screen, projection=projection, figures=frozenset({"iran-limit-2017", figure})
    )
    seen = looked_at(asked, Order())
    ring = next(ring for ring in seen.laydown.rings if ring.figure.id == figure)
    label = next(box for text, box in seen.map_words if "Iskander" in text)
    _, _, picture = drawn(asked, Order())
    axes = picture.figure.axes[0]
    line = shapely.transform(plane(seen.laydown).put(ring.edges[0][1]), axes.transData.transform)
    assert shapely.distance(line, shapely.box(*label)) < 90  # pixels, of 1,280


def test_what_is_told_and_lies_outside_is_said_to(first_screen):
    asked = replace(first_screen, layers=frozenset({"homeland"}))
    seen = looked_at(asked, Order())
    assert "Outside of this picture: Barents Sea; Fort Greely; Vandenberg." in seen.text
    assert "Outside of the picture" in seen.about["Description"]
