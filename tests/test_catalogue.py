"""The shipped data load; each broken folder is refused by file, record, field and fault."""

from __future__ import annotations

import datetime as dt

import pytest

from geo import vocabulary
from geo.catalogue import DATA, DEFAULT_FIGURE, Catalogue, load
from tests.broken import copied, document


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


def test_the_shipped_data_load(shipped):
    counts = {
        "sites": len(shipped.sites),
        "systems": len(shipped.systems),
        "sources": len(shipped.sources),
        "figures": len(shipped.figures),
        "history": len(shipped.history),
        "memberships": len(shipped.memberships),
        "cities": len(shipped.cities),
        "scenes": len(shipped.scenes),
    }
    assert min(counts.values()) > 0, counts
    assert [phase.number for phase in shipped.phases] == [1, 2, 3, 4]


def test_no_record_of_the_shipped_files_is_lost(shipped):
    assert len(shipped.sites) == len(document(DATA, "sites.geojson")["features"])
    assert len(shipped.systems) == len(document(DATA, "systems.json")["systems"])
    assert len(shipped.sources) == len(document(DATA, "sources.json")["sources"])
    assert len(shipped.scenes) == len(list((DATA / "scenes").glob("*.json")))


def test_every_shipped_figure_resolves_to_a_publication(shipped):
    for name, (system, figure) in shipped.figures.items():
        assert figure.id == name
        assert figure in system.figures
        assert shipped.sources[figure.source].role != "claim"
        assert 0 < figure.reach_km <= vocabulary.FARTHEST_KM


def test_every_system_of_a_site_and_a_phase_resolves(shipped):
    held = {name for site in shipped.sites.values() for name in site.systems}
    brought = {name for phase in shipped.phases for name in phase.systems}
    assert held
    assert brought
    assert held | brought <= set(shipped.systems)


def test_the_offer_holds_what_can_be_drawn_and_nothing_else(shipped):
    offer = shipped.offer
    assert offer.default_figures == {DEFAULT_FIGURE}
    assert offer.default_figures <= offer.figures <= set(shipped.figures)
    for name in offer.figures:
        system, figure = shipped.figures[name]
        assert figure.on_map
        assert figure.quantity in {"range", "radar range"}
        assert system.launch_area in offer.origins or shipped.sites_with(system.id)
    for area, ids in offer.origins.items():
        assert ids
        assert {shipped.sites[site].launch_area for site in ids} == {area}
    assert offer.as_of == shipped.edition.as_of.last
    assert {"deveselu", "phase-1", "ghadr-1"} <= offer.dossiers


def test_members_are_counted_by_day(shipped):
    assert "FIN" not in shipped.members("NATO", dt.date(2023, 4, 3))
    assert "FIN" in shipped.members("NATO", dt.date(2023, 4, 4))
    assert len(shipped.members("NATO", dt.date(2026, 11, 21))) == 32
    assert "GBR" in shipped.members("EU", dt.date(2020, 1, 30))
    assert "GBR" not in shipped.members("EU", dt.date(2020, 2, 1))


def test_a_copy_of_the_shipped_data_loads_the_same(tmp_path, shipped):
    assert load(copied(tmp_path)) == shipped


#: What the catalogue must hold, by name.
NAMED_SYSTEMS = [
    *("SM-3 Block IA", "SM-3 Block IB", "SM-3 Block IIA", "SM-3 Block IIB", "SMART-L", "SPY-1D"),
    *("Shahab-1", "Shahab-2", "Shahab-3", "Ghadr-1", "Emad", "Sejjil", "Khorramshahr", "Soumar"),
    *("Hoveyzeh", "Joint Threat Assessment", "declared range limit", "Iskander-M", "Iskander-K"),
    *("S-400", "S-300", "Bastion-P", "9M729", "Voronezh-DM", "Don-2N", "A-135", "Daryal"),
    *("Sectoral proposal", "INF Treaty class", "EuroMD", "Two-stage Ground-Based", "ICBM"),
]
NAMED_SITES = [
    *("Deveselu", "Redzikowo", "Kürecik", "Rota", "Ramstein", "Monterey", "Fort Greely"),
    *("Vandenberg", "Den Helder", "Korsør", "Fylingdales", "Pituffik", "Israel", "Brdy"),
    *("Pionersky", "Armavir", "Gabala", "Sofrino", "Eastern Mediterranean", "Black Sea"),
    *("Barents", "Baltic", "Chernyakhovsk", "Tabriz", "Kermanshah", "Semnan", "Tehran"),
]


@pytest.mark.parametrize("name", NAMED_SYSTEMS)
def test_the_catalogue_holds_the_system(catalogue, name):
    assert any(name.lower() in system.name.lower() for system in catalogue.systems.values())


@pytest.mark.parametrize("name", NAMED_SITES)
def test_the_catalogue_holds_the_site(catalogue, name):
    words = [f"{site.name} {site.label}" for site in catalogue.sites.values()]
    assert any(name.lower() in word.lower() for word in words)


def test_every_rota_destroyer_is_named_with_its_year(catalogue):
    rota = catalogue.sites["rota"]
    told = " ".join(f"{event.text} {event.actual}" for event in rota.events)
    for ship in ("Donald Cook", "Ross", "Porter", "Carney", "Roosevelt", "Arleigh Burke"):
        assert ship in told
    for ship in ("Paul Ignatius", "Bulkeley", "Oscar Austin"):
        assert ship in told


def test_the_history_is_sorted_and_reaches_from_1972_to_this_decade(catalogue):
    dates = [event.date for event in catalogue.history]
    assert dates == sorted(dates)
    assert str(dates[0]) == "1972-05-26"
    assert dates[-1].year >= 2024
    assert len(dates) >= 48


def test_an_unconfirmed_figure_is_never_on_the_first_screen(catalogue):
    for figure_id in catalogue.offer.default_figures:
        assert catalogue.figures[figure_id][1].confirmed


def test_slips_stay_in_the_file_with_a_note_and_off_the_map(catalogue):
    off = [figure for _, figure in catalogue.figures.values() if not figure.on_map]
    assert off
    assert all(figure.note for figure in off)
    for figure_id in ("sm-3-ib-corriere-2022", "sm-3-ia-straightnews"):
        assert figure_id not in catalogue.offer.figures
