"""Links of every view: each key is honoured or named by itself, and what is picked is drawn.

The full numbers: ``python -m tests.fuzz.links``.
"""

from collections import Counter

import pytest
from streamlit.testing.v1 import AppTest

from geo.scenario import HIDEABLE
from tests.fuzz import links
from ui import controls, place
from ui.drawing import figure_titles

SEED = 2


def test_each_key_of_a_hostile_link_is_honoured_or_named_by_itself(catalogue):
    for number, link in enumerate(links.links(SEED, 1_500, catalogue.offer)):
        found = links.faults(link, catalogue.offer)
        assert not found, f"link {SEED}/{number}: {found}\n?{link}"


@pytest.mark.parametrize("half", [0, 1])
def test_hostile_links_of_every_view_never_break_the_page(catalogue, half):
    reader = links.Browsing(catalogue)
    views = set()
    for number, link in enumerate(links.links(SEED + half, 20, catalogue.offer)):
        found = reader.faults(link)
        assert not found, f"link {SEED + half}/{number}: {found}\n?{link}"
        views.add(reader.page.session_state["last"].view)
    assert len(views) > 4


def opened(query: str) -> AppTest:
    page = AppTest.from_file(links.APP, default_timeout=60)
    return moved(page, query)


def moved(page: AppTest, query: str) -> AppTest:
    """Go to another address in the same visit, as the back button does."""
    page.query_params.clear()
    page.query_params.update(pair.split("=") for pair in query.split("&"))
    page.run()
    assert not page.exception
    return page


def test_the_back_button_leads_into_present_and_out_again():
    page = opened("phases=1.2")
    for query in ("view=present&phases=1", "view=present&phases=1.3", "view=map&phases=4"):
        moved(page, query)
    assert [page.toggle(key=f"phase{number}").value for number in (1, 2, 3, 4)] == [
        *(False, False, False, True)
    ]
    assert page.query_params["phases"] == "4"


def test_what_was_chosen_before_does_not_come_back_after_present():
    page = opened("view=present&show=ghadr-1-irgc-2017")
    for query in ("show=jta-2000", "view=present&show=jta-2000"):
        moved(page, query)
    moved(page, "show=shahab-3-afp-2009&plan=planned")
    assert page.multiselect(key="figures-iran").value == ["shahab-3-afp-2009"]
    assert page.query_params["plan"] == "planned"


@pytest.mark.parametrize(
    "figure", ["iran-limit-2017", "iran-limit-irgc-2017", "an-tpy-2-israel-afp-2008"]
)
def test_a_figure_stays_chosen_though_another_is_worded_alike(figure):
    page = opened(f"show={figure}")
    page.toggle(key="phase1").set_value(False).run()  # the lists come back from the browser
    assert not page.exception
    assert page.query_params["show"] == figure


def test_no_two_choices_of_a_list_read_alike(catalogue):
    sites = catalogue.sites
    lists = {
        "figures": figure_titles().values(),
        "places": place.offered().values(),
        "dossiers": [one.name for one in catalogue.dossiers.values()],
        "centres": [sites[key].name for key in catalogue.offer.centres],
        "scenes": [scene.title for scene in catalogue.scenes],
        "left out": map(controls.hideable_words, HIDEABLE),
        **{
            f"origins in {area}": [sites[key].name for key in ids]
            for area, ids in catalogue.offer.origins.items()
        },
    }
    for name, labels in lists.items():
        alike = [label for label, times in Counter(labels).items() if times > 1]
        assert not alike, name
