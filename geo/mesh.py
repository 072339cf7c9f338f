"""Lines as a glTF mesh, which deck.gl draws in one go.

Without a graphics card, deck.gl's own layers of lines cost one draw a line, and the borders are
33,000: a quarter of a second a frame where the mesh takes a twentieth. It can only be a hair's
breadth wide, which is what a border is.

Job: edges of areas, each once; the file that holds them. Ban: no map, no file of its own.
Source: https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.edges import edges
from geo.geodesy import Floats

__all__ = ["MEDIA_TYPE", "glb", "outlines"]

MEDIA_TYPE = "model/gltf-binary"
_LINES, _FLOAT, _UNSIGNED = 1, 5126, 5125


def outlines(shapes: Iterable[BaseGeometry]) -> Floats:
    """Both ends of every edge of areas, shape (n, 2, 2); what two areas share, once.

    Edges that meet follow one another: a renderer that has one end at hand reckons it once.
    """
    ends = np.stack(edges(shapely.GeometryCollection(list(shapes))), axis=1)
    turned = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[turned] = ends[turned, ::-1]
    single = np.asarray(shapely.linestrings(np.unique(ends, axis=0)))
    chains = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(single)))
    corners, chain = shapely.get_coordinates(chains, return_index=True)
    first = np.flatnonzero(chain[1:] == chain[:-1])
    return np.stack([corners[first], corners[first + 1]], axis=1)


def glb(ends: Floats) -> bytes:
    """Write straight lines as a binary glTF file.

    Parameters
    ----------
    ends
        Both ends of each, shape (n, 2, 3), in the units of the map; to the precision of a float32.
    """
    flat = ends.reshape(-1, 3).astype("<f4")
    points, used, index = np.unique(flat, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(used)  # in the order of their use
    points, index = points[order], np.argsort(order)[index.reshape(-1)]
    held = points.tobytes(), index.astype("<u4").tobytes()
    told = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "mode": _LINES}]}],
        "accessors": [
            {
                "bufferView": 0,
                "componentType": _FLOAT,
                "count": len(points),
                "type": "VEC3",
                "min": points.min(axis=0).tolist(),
                "max": points.max(axis=0).tolist(),
            },
            {"bufferView": 1, "componentType": _UNSIGNED, "count": index.size, "type": "SCALAR"},
        ],
        "bufferViews": [
            {"buffer": 0, "byteOffset": 0, "byteLength": len(held[0])},
            {"buffer": 0, "byteOffset": len(held[0]), "byteLength": len(held[1])},
        ],
        "buffers": [{"byteLength": sum(map(len, held))}],
    }
    text = json.dumps(told, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    chunks = _chunk(b"JSON", text) + _chunk(b"BIN\0", b"".join(held))
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("<I4s", len(content), kind) + content
