"""Two scenarios side by side, and the tables of what differs."""

from __future__ import annotations

import html
from dataclasses import replace

import streamlit as st

from geo import borders, comparison, coverage, export, legend, wording
from geo.catalogue import Catalogue
from geo.laydown import Laydown, Mark
from geo.rules import percent
from geo.scenario import Scenario
from ui import address, chart, key, markup, table
from ui import coverage as reach
from ui.drawing import Drawing, drawn, scene_scenarios

WIDTH_PX, HEIGHT_PX = 400, 430


def suggested(catalogue: Catalogue, scenario: Scenario) -> Scenario:
    """Return what a reader may want beside a map that has nothing beside it yet.

    The same figures from another origin; if none starts in Iran, the plan of 2009.
    """
    from_iran = any(
        system.launch_area == "iran" and figure.id in scenario.figures
        for system, figure in catalogue.figures.values()
    )
    if from_iran:
        origins = catalogue.offer.origins["iran"]
        other = next(site for site in origins if site != scenario.origin("iran"))
        return scenario.with_origin("iran", other)
    return replace(scenario, plan="planned" if scenario.plan == "as-built" else "as-built")


def show(catalogue: Catalogue, scenario: Scenario) -> None:
    """Draw both maps with their sentences, then the differences."""
    second = scenario.against or suggested(catalogue, scenario)
    size = (WIDTH_PX, HEIGHT_PX)
    sides = tuple(drawn(address.drawing(one), size) for one in (scenario, second))
    _choose(catalogue, scenario, second)
    one, two = (side.laydown for side in sides)
    apart = _apart(one, two)
    for place, (column, name) in enumerate(zip(st.columns(2), ("Left", "Right"), strict=True)):
        with column:
            _side(name, sides[place], [pair[place] for pair in apart])
    key.below((one, two))
    st.subheader("What differs", anchor=False)
    if apart:
        said = "; ".join(" / ".join(pair) for pair in apart)
        st.caption(f"Choices that differ (left / right): {markup.plain(said)}.")
    _sites(one, two)
    _members(one, two)
    _rings(one, two)
    _countries(catalogue, scenario, one, two)


def _choose(catalogue: Catalogue, scenario: Scenario, second: Scenario) -> None:
    """Say how the sides are set, and set them."""
    st.caption(
        "The choices at the side change the left map. Put it on the right to keep it there, then "
        "change the left one; or take a scene for the right."
    )
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    left.button(
        "Put left on the right",
        on_click=_set,
        args=(catalogue, scenario, replace(scenario, against=None)),
        icon=":material/content_copy:",
        width="stretch",
    )
    middle.button(
        "Swap sides",
        on_click=_set,
        args=(catalogue, replace(second, view="compare", place=scenario.place), scenario),
        icon=":material/swap_horiz:",
        width="stretch",
    )
    titles = {scene.id: scene.title for scene in catalogue.scenes}
    with right:
        st.selectbox(
            "Scene for the right",
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            key="compare-scene",
            placeholder="Take a scene for the right side",
            on_change=_take,
            args=(catalogue, scenario),
        )


def _set(catalogue: Catalogue, scenario: Scenario, second: Scenario) -> None:
    """Put two scenarios on the two sides."""
    address.put(catalogue, replace(scenario, against=replace(second, against=None)))


def _take(catalogue: Catalogue, scenario: Scenario) -> None:
    """Put the picked scene on the right."""
    picked = st.session_state["compare-scene"]
    if picked is not None:
        _set(catalogue, scenario, scene_scenarios()[picked])
        st.session_state["compare-scene"] = None


def _side(name: str, side: Drawing, apart: list[str]) -> None:
    more = [words for words in apart if words not in side.caption.title]
    told = f"; {', '.join(more)}" if more else ""
    st.html(f'<p class="atlas-side">{name}: {html.escape(side.caption.title + told)}</p>')
    chart.show(side.deck, side.laydown.scenario, HEIGHT_PX, side.caption.alt)
    st.html(f'<p style="margin:0;font-size:14px">{html.escape(side.caption.sentence)}</p>')
    for line in side.laydown.missing:
        st.caption(markup.plain(line))


def _apart(one: Laydown, two: Laydown) -> list[tuple[str, str]]:
    """Name the choices in which the two differ, apart from what follows from them."""
    left, right = one.scenario, two.scenario
    found = []
    if left.as_of != right.as_of:
        found.append((f"{left.as_of:%-d %B %Y}", f"{right.as_of:%-d %B %Y}"))
    if left.plan != right.plan:
        names = {"as-built": "as built", "planned": "as planned in 2009"}
        found.append((names[left.plan], names[right.plan]))
    if left.phases != right.phases:
        found.append((_phases(left), _phases(right)))
    origins = tuple(
        " and ".join(dict.fromkeys(ring.origin.name for ring in side.rings)) for side in (one, two)
    )
    if all(origins) and origins[0] != origins[1]:
        found.append((f"measured from {origins[0]}", f"measured from {origins[1]}"))
    if left.borders != right.borders:
        found.append((f"{left.borders} borders", f"{right.borders} borders"))
    return found


def _phases(scenario: Scenario) -> str:
    """Name the phases that are switched on."""
    on = [str(phase) for phase in sorted(scenario.phases)]
    if len(on) < 2:
        return f"phase {on[0]}" if on else "no phase"
    return f"phases {', '.join(on[:-1])} and {on[-1]}"


def _status(laydown: Laydown, mark: Mark | None) -> str:
    return legend.status_label(laydown, mark) if mark else "not there"


def _sites(one: Laydown, two: Laydown) -> None:
    found = comparison.sites(one, two)
    st.markdown(f"**Sites** whose status differs: {len(found) or 'none'}")
    if found:
        table.show(
            "Sites whose status differs",
            ["Site", "Left", "Right"],
            [[row.site.name, _status(one, row.one), _status(two, row.two)] for row in found],
        )


def _members(one: Laydown, two: Laydown) -> None:
    """Name the countries that are tinted on one side only, where both tint the same group."""
    names = borders.names()
    groups = {"nato-members": "NATO", "eu-members": "the EU"}
    for tint in one.tints:
        for other in two.tints:
            if tint.layer == other.layer and tint.layer in groups:
                apart = {iso3 for iso3, _ in tint.countries} ^ {iso3 for iso3, _ in other.countries}
                listed = ", ".join(sorted(names.get(iso3, iso3) for iso3 in apart))
                st.markdown(
                    f"**Members of {groups[tint.layer]}** on one side only: {listed or 'none'}"
                )


def _rings(one: Laydown, two: Laydown) -> None:
    found = comparison.rings(one, two)
    st.markdown(f"**Ranges** on one side only, or from another origin: {len(found) or 'none'}")
    if found:
        table.show(
            "Ranges on one side only, or from another origin",
            ["Range", "From", "Drawn on"],
            [
                [
                    (
                        f"{legend.ring_name(row.ring)}: {wording.figure_label(row.ring.figure)}, "
                        f"{wording.whose(row.ring.figure)}"
                    ),
                    row.ring.origin.name,
                    "the left" if row.in_one else "the right",
                ]
                for row in found
            ],
        )


def _countries(catalogue: Catalogue, scenario: Scenario, one: Laydown, two: Laydown) -> None:
    st.markdown("**Countries** whose share within reach differs")
    picked = []
    for column, side, laydown in zip(st.columns(2), ("left", "right"), (one, two), strict=True):
        with column:
            picked.append(reach.pick(laydown, f"compare-{side}-reach"))
    first, second = picked
    if first is None or second is None:
        st.caption("A range must be drawn on both sides. Choose figures under “Whose figure”.")
        return
    tables = [
        coverage.of_figure(catalogue, laydown, ring.figure.id, range_km)
        for laydown, (ring, range_km) in zip((one, two), (first, second), strict=True)
    ]
    names = tuple(
        f"{wording.distance_label(range_km)} from {reach.origins(laydown, ring.figure.id)}"
        for laydown, (ring, range_km) in zip((one, two), (first, second), strict=True)
    )
    found = comparison.countries(*tables)
    counted = " / ".join(
        f"{side.all.countries} countries and territories and {side.all.capitals} capitals, "
        f"of NATO {side.nato.countries} and {side.nato.capitals}"
        for side in tables
    )
    st.html(
        f"<p style='margin:0'>Left: {html.escape(names[0])}. Right: {html.escape(names[1])}. "
        f"Within reach (left / right): {counted}.</p>"
    )
    members = [{row.name for row in side.rows if row.nato_member} for side in tables]
    if members[0] != members[1]:
        apart = sorted(members[0] ^ members[1])
        st.caption(f"Members of NATO within reach on one side only: {', '.join(apart)}.")
    if not found:
        st.caption("The part of no country that lies within reach differs.")
        return
    table.show(
        "Countries whose share within reach differs",
        ["Country", "Left", "Right", "Difference in percentage points", "Capital"],
        [
            [
                f"{row.name}{' · NATO' if row.nato_member else ''}",
                table.Bar(percent(row.share_one), row.share_one),
                table.Bar(percent(row.share_two), row.share_two),
                table.Number(f"{row.points:+.1f}".replace("-", "−")),
                _capital(row),
            ]
            for row in found
        ],
    )
    st.download_button(
        "Differences as CSV",
        export.differences_csv(catalogue, found, scenario, (names[0], names[1])),
        file_name=export.file_name("differences", catalogue, "csv"),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _capital(row: comparison.CountryDifference) -> str:
    """Say on which side the capital is within."""
    if row.capital is None:
        return "none"
    where = {
        (True, True): "within both",
        (True, False): "within the left only",
        (False, True): "within the right only",
        (False, False): "within neither",
    }
    return f"{row.capital}: {where[row.capital_one, row.capital_two]}"
