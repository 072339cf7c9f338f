"""Lines as glTF, read back by a reader that is not ours; and the lines of every map."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pygltflib import GLTF2
from scipy.spatial import cKDTree

from geo import basemap, mesh
from geo.borders import VIEWS
from geo.canvas import canvas
from geo.laydown import resolve
from scripts import build_edges

ROOT = Path(__file__).parent.parent
UNIT = 512 / 360


def read(content: bytes) -> np.ndarray:
    """Both ends of every line of a mesh, shape (n, 2, 3)."""
    held = GLTF2.load_from_bytes(content)
    ((primitive,),) = [one.primitives for one in held.meshes]
    assert primitive.mode == 1  # lines, two points each

    def array(index: int, kind: str, wide: int) -> np.ndarray:
        accessor = held.accessors[index]
        view = held.bufferViews[accessor.bufferView]
        blob = held.binary_blob()[view.byteOffset : view.byteOffset + view.byteLength]
        found = np.frombuffer(blob, kind).reshape(-1, wide)
        assert len(found) == accessor.count
        return found

    points = array(primitive.attributes.POSITION, "<f4", 3)
    about = held.accessors[primitive.attributes.POSITION]
    assert (about.min, about.max) == (points.min(axis=0).tolist(), points.max(axis=0).tolist())
    return points[array(primitive.indices, "<u4", 1).reshape(-1, 2)]


def file_of(view: str, kind: str) -> np.ndarray:
    content = (ROOT / "static" / basemap.edges(view, kind)).read_bytes()
    assert basemap.edges(view, kind).endswith(f"-{hashlib.sha256(content).hexdigest()[:8]}.glb")
    return read(content).astype(float)


@given(
    st.lists(
        st.tuples(*[st.floats(-1e6, 1e6, width=32)] * 6).map(lambda six: np.reshape(six, (2, 3))),
        min_size=1,
        max_size=30,
    )
)
def test_lines_come_back_from_the_file_as_they_were(lines):
    assert read(mesh.glb(np.array(lines))).tolist() == np.array(lines).tolist()


def test_what_two_areas_share_is_drawn_once_and_holes_are_too():
    left = shapely.box(0, 0, 2, 2).difference(shapely.box(0.5, 0.5, 1, 1))
    right = shapely.MultiPolygon([shapely.box(2, 0, 4, 2), shapely.box(6, 0, 7, 1)])
    ends = mesh.outlines([left, right])
    assert len(ends) == 4 + 4 + 3 + 4
    shared = [pair for pair in ends.tolist() if pair == [[2, 0], [2, 2]]]
    assert len(shared) == 1


@pytest.mark.parametrize("view", VIEWS)
def test_the_lines_are_the_outlines_of_the_basemap_once_and_no_seam(view):
    ends = build_edges.edges(view)
    pairs = {tuple(map(tuple, pair)) for pair in ends.tolist()}
    assert len(pairs) == len(ends)
    assert not pairs & {pair[::-1] for pair in pairs}
    shapes = [shape for _, _, shape in basemap.features(view)]
    # what is left out is what closes a polygon at the antimeridian or at the pole
    seams = shapely.union_all([shapely.box(-180, -90, 180, -90 + 1e-9).boundary,
                               shapely.LineString([(-180, -90), (-180, 90)]),
                               shapely.LineString([(180, -90), (180, 90)])])  # fmt: skip
    wanted = shapely.difference(shapely.union_all(shapely.boundary(shapes)), seams)
    assert shapely.length(shapely.linestrings(ends)).sum() == pytest.approx(wanted.length, rel=1e-6)
    corners = set(map(tuple, shapely.get_coordinates(shapes).tolist()))
    assert {point for pair in pairs for point in pair} <= corners


@pytest.mark.parametrize("view", VIEWS)
def test_the_mercator_mesh_holds_those_lines_within_ten_metres(view):
    ends, found = build_edges.edges(view), file_of(view, "mercator")
    assert len(found) == len(ends)
    lon = found[..., 0] / UNIT - 180
    lat = np.degrees(np.arctan(np.sinh(np.radians(found[..., 1] / UNIT - 180))))
    near = np.abs(ends[..., 1]) < 85  # no Mercator map goes farther
    assert np.abs(lon - ends[..., 0]).max() < 1e-4
    assert np.abs(lat - ends[..., 1])[near].max() < 1e-4
    assert not found[..., 2].any()


@pytest.mark.parametrize("view", VIEWS)
def test_the_globe_s_mesh_runs_along_those_lines_just_above_the_ground(view):
    ends, found = build_edges.edges(view), file_of(view, "globe")
    away = np.linalg.norm(found, axis=-1)
    assert np.abs(away - 6_370_972 * build_edges.ABOVE).max() < 2
    chords = np.linalg.norm(found.mean(axis=1), axis=-1)
    assert chords.min() > 6_370_972  # no line dips below
    # every corner is drawn, and what is drawn lies on a line
    lon, lat = np.radians(ends.reshape(-1, 2)).T
    corners = np.column_stack(
        [np.sin(lon) * np.cos(lat), -np.cos(lon) * np.cos(lat), np.sin(lat)]
    ) * (6_370_972 * build_edges.ABOVE)
    assert cKDTree(found.reshape(-1, 3)).query(corners)[0].max() < 2
    drawn = np.column_stack([
        np.degrees(np.arctan2(found[..., 0], -found[..., 1])).ravel(),
        np.degrees(np.arcsin(found[..., 2] / away)).ravel(),
    ])  # fmt: skip
    lines = shapely.linestrings(ends)
    tree = shapely.STRtree(lines)
    inside = np.abs(drawn[:, 0]) < 179.99  # there the sign is a matter of rounding
    points = shapely.points(drawn[inside])
    nearest = lines[tree.nearest(points)]
    assert shapely.distance(points, nearest).max() < 2e-4


@pytest.mark.parametrize("centre", ["iran", "30e20n"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_flat_map_s_mesh_is_the_outline_of_its_own_land(catalogue, first_screen, view, centre):
    scenario = replace(first_screen, projection="true-range", centre=centre, borders=view)
    on = canvas(resolve(catalogue, scenario))
    held = [
        basemap.asset(land.rpartition("/")[2]) if isinstance(land, str) else land
        for land in on.land(view)
    ]
    shapes = shapely.from_geojson([json.dumps(one) for one in held])
    found = read(on.edges(view))
    lines = shapely.union_all(shapely.linestrings(found[..., :2].astype(float)))
    assert not found[..., 2].any()
    outline = shapely.union_all(shapely.boundary([p for s in shapes for p in shapely.get_parts(s)]))
    assert lines.length == pytest.approx(outline.length, rel=1e-6)
