"""What labels would hide, against shapely's own intersections."""

import numpy as np
import pytest
import shapely

from geo.overlap import CAPITAL, MEETING, Overlap

RING = shapely.Point(300, 300).buffer(200, quad_segs=900).exterior
CROSS = shapely.MultiLineString([[(0, 250), (600, 250)], [(320, 0), (320, 600)]])
LINES = {("a", "x", 1.0): RING, ("b", "x", 2.0): CROSS}
DOTS = shapely.STRtree([shapely.Point(120, 120), shapely.Point(500, 300)])
UNIT_PX = 7.0


@pytest.fixture(scope="module")
def boxes():
    corners = np.random.default_rng(7).uniform(0, 560, (400, 2))
    sides = np.random.default_rng(8).uniform(1, 90, (400, 2))
    return shapely.box(*corners.T, *(corners + sides).T)


@pytest.mark.parametrize("own", [None, *LINES])
def test_what_is_hidden_is_what_shapely_measures(boxes, own):
    found = Overlap(LINES, DOTS, UNIT_PX).hidden(own, boxes)
    wanted = np.zeros(len(boxes))
    for key, line in LINES.items():
        if key != own:
            wanted += shapely.length(shapely.intersection(boxes, line))
            wanted += shapely.intersects(boxes, line) * MEETING * UNIT_PX
    for dot in DOTS.geometries:
        wanted += shapely.intersects(boxes, dot) * CAPITAL * UNIT_PX
    assert found == pytest.approx(wanted, abs=1e-6)
    assert 0 < np.count_nonzero(found) < len(boxes)


def test_a_box_is_spared_that_hides_nothing(boxes):
    overlap = Overlap(LINES, DOTS, UNIT_PX)
    assert (overlap.spared(boxes) == (overlap.hidden(None, boxes) == 0)).all()
    assert 0 < overlap.spared(boxes).sum() < len(boxes)


def test_without_lines_nothing_is_hidden(boxes):
    none = Overlap({}, shapely.STRtree([]), UNIT_PX)
    assert not none.hidden(None, boxes).any() and none.spared(boxes).all()
