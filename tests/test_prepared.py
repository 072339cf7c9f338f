"""No shape that readers share is prepared: see `geo.prepared` for what two threads do to one."""

from dataclasses import replace

import pytest
import shapely

from geo import borders, claims, coverage, flatness, laydown, nearest, question
from geo.origin import place_of, reach_from, sector_from
from geo.prepared import prepared
from geo.reach import reach_of


def test_the_copy_is_prepared_and_the_shape_is_not():
    shape = shapely.Point(20, 50).buffer(3)
    copy = prepared(shape)
    assert copy is not shape and copy.equals_exact(shape)
    assert shapely.is_prepared(copy) and not shapely.is_prepared(shape)
    nearest.Shore(shape).near([1.0], [2.0])
    assert not shapely.is_prepared(shape)


@pytest.mark.parametrize("view", borders.VIEWS)
def test_what_is_asked_leaves_the_shapes_of_all_readers_alone(catalogue, first_screen, view):
    sector = next(
        figure.id
        for _, figure in catalogue.figures.values()
        if figure.sector_deg is not None and figure.id in catalogue.offer.figures
    )
    figures = {*first_screen.figures, sector, "inf-class", "iskander-m-svt"}
    layers = catalogue.offer.layers
    shown = laydown.resolve(
        catalogue,
        replace(first_screen, figures=frozenset(figures), layers=layers, borders=view, flat=True),
    )
    shapes = [mark.shape for mark in shown.marks]
    for ring in shown.rings:
        shapes += [ring.reach, ring.shape, *(line for _, line in ring.edges)]
        shapes += [ring.inner] if ring.inner is not None else []
        if ring.figure.sector_deg is not None:
            place = place_of(ring.origin, view)
            shapes.append(sector_from(place, ring.figure.reach_km, ring.figure.sector_deg))
    shapes += [country.geometry for country in borders.countries(view)]
    iran = borders.country("IRN", view).geometry
    shapes += [reach_of(iran, 2_000_000), reach_from(iran, 2000)]
    assert len(shapes) > 250
    # another test may have prepared one by asking it itself
    before = shapely.is_prepared(shapes)
    coverage.capitals_within(catalogue, shown)
    flatness.mistakes(catalogue, shown)
    for ring in shown.rings:
        coverage.of_figure(catalogue, shown, ring.figure.id, ring.figure.reach_km)
    for place in ("GRC", "deveselu", "26.1e44.4n"):
        question.what_reaches(catalogue, shown, question.asked(catalogue, place, view))
    claims.evaluate(catalogue, catalogue.claims[:6])
    assert not (shapely.is_prepared(shapes) & ~before).any()
