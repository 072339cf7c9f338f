"""Where places are, in words: a position, and what ranges are measured from.

Job: one exact, neutral note for any drawing. Ban: as `sentence`.
"""

from __future__ import annotations

import shapely

from geo import legend
from geo.laydown import Laydown
from geo.model import Site
from geo.wording import listed

__all__ = ["origin_note", "spoken_place"]


def origin_note(laydown: Laydown) -> str:
    """Where each range is measured from, and what an area as origin means."""
    origins = {ring.origin.id: ring.origin for ring in laydown.rings}
    if not origins:
        return ""
    named: dict[str, list[str]] = {key: [] for key in origins}
    for ring in laydown.rings:
        named[ring.origin.id].append(legend.ring_name(ring))
    by_names: dict[str, list[str]] = {}
    for key, origin in origins.items():
        by_names.setdefault(listed(named[key]), []).append(_start(origin))
    lines = [f"{names} from {'; '.join(starts)}" for names, starts in by_names.items()]
    said = f"Measured: {'. '.join(lines)}."
    if len(by_names) == 1:
        said = f"Measured from {'; '.join(*by_names.values())}."
    if any(ring.system.launch_area == "kaliningrad" for ring in laydown.rings):
        said += (
            " A range drawn from Kaliningrad does not say that the system stood there on that day."
        )
    return said


def _start(origin: Site) -> str:
    """A place that ranges are measured from, and what of it if it is an area."""
    if origin.area_of:
        place = origin.name.removeprefix("anywhere in ")
        return f"anywhere in {place}, that is, from its nearest border point"
    if origin.geometry is not None and origin.geometry.geom_type != "Point":
        return f"{origin.label or origin.name}, the nearest point of its outline"
    return f"{origin.name} ({spoken_place(*shapely.get_coordinates(origin.geometry)[0])})"


def spoken_place(lon: float, lat: float) -> str:
    """Write a position as printed."""
    east, north = "E" if lon >= 0 else "W", "N" if lat >= 0 else "S"
    return f"{abs(lat):.2f}° {north}, {abs(lon):.2f}° {east}"
