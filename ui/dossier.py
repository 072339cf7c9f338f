"""Everything known of one site, system or phase: dates, figures, sources, quotes, doubts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.caption import spoken
from geo.catalogue import DRAWN, Catalogue
from geo.model import Event, Figure, Phase, Site, Source, System
from geo.scenario import Scenario
from ui.address import group_of
from ui.markup import plain

#: Figures stand by what they measure, then by distance, so that disagreements meet.
ORDER = ("range", "radar range", "flown distance", "ceiling")


def show(catalogue: Catalogue, scenario: Scenario) -> None:
    """A list to choose from, and the chosen dossier."""
    st.session_state.setdefault("dossier", scenario.dossier)
    st.selectbox(
        "Dossier",
        list(catalogue.dossiers),
        index=None,
        format_func=lambda key: catalogue.dossiers[key].name,
        key="dossier",
        placeholder="Choose a site, a phase or a system: its dates, figures, quotes and sources",
    )
    if scenario.dossier is None:
        return
    subject = catalogue.dossiers[scenario.dossier]
    if isinstance(subject, Site):
        _site(catalogue, subject)
    elif isinstance(subject, Phase):
        _phase(catalogue, subject)
    else:
        _system(catalogue, subject, heading="####")


def _site(catalogue: Catalogue, site: Site) -> None:
    other = site.local_name if site.local_name and site.local_name not in site.name else None
    local = f" ({plain(other)})" if other else ""
    facts = [site.kind.capitalize()]
    if site.operator:
        facts.append(f"Operator: {plain(site.operator)}")
    if site.position_precision_km:
        facts.append(f"Position within about {site.position_precision_km:g} km")
    note = f" {plain(site.position_note)}" if site.position_note else ""
    st.markdown(f"#### {plain(site.name)}{local}\n{'. '.join(facts)}.{note}")
    _events(catalogue, site.events)
    for system_id in site.systems:
        _system(catalogue, catalogue.systems[system_id], heading="#####")
    _doubts(site.not_confirmed)
    where = "; ".join(cite(catalogue.sources[item], confirmed=True) for item in site.sources)
    st.caption(f"Position: {where}")


def _phase(catalogue: Catalogue, phase: Phase) -> None:
    source = cite(catalogue.sources[phase.source], confirmed=True)
    st.markdown(
        f"#### {plain(phase.name)}\n{plain(phase.summary)}\n\n> {plain(phase.definition)}\n>\n"
        f"> {source}"
    )
    if phase.covers:
        st.markdown("**What it was said to cover, in the words of the source**")
        st.table(
            [
                {
                    "Statement": plain(said.text) + _quote(said.quote),
                    "By": plain(said.by),
                    "When": spoken(said.date),
                    "Source": cite(catalogue.sources[said.source], confirmed=said.confirmed),
                }
                for said in phase.covers
            ]
        )
    _events(catalogue, phase.events)


def _system(catalogue: Catalogue, system: System, *, heading: str) -> None:
    others = f" Also: {plain(', '.join(system.other_names))}." if system.other_names else ""
    category = f" {plain(system.category)}." if system.category else ""
    st.markdown(
        f"{heading} {plain(system.name)}\n{system.kind.capitalize()}.{category} "
        f"Operator: {plain(system.operator)}.{others} {plain(system.summary or '')}"
    )
    figures = sorted(system.figures, key=lambda item: (ORDER.index(item.quantity), -item.reach_km))
    rows = [_figure_row(catalogue, item) for item in figures]
    rows += [
        {
            "Quantity": plain(item.quantity),
            "Value": plain(item.value),
            "Basis and whose": plain(item.by),
            "When": spoken(item.date),
            "Words of the source, and our note": _words(item.quote, item.note),
            "Source": cite(catalogue.sources[item.source], confirmed=item.confirmed),
        }
        for item in system.attributes
    ]
    if rows:
        st.table(rows)
    _draw_all(catalogue, system)
    _doubts(system.not_confirmed)


def _draw_all(catalogue: Catalogue, system: System) -> None:
    """Where sources disagree, one click draws what each of them states."""
    drawable = [figure.id for figure in system.figures if figure.id in catalogue.offer.figures]
    if len(drawable) > 1:
        st.button(
            f"Draw all {len(drawable)} stated ranges",
            key=f"draw-{system.id}",
            on_click=_draw,
            args=(group_of(system), drawable),
        )


def _draw(group: str, figures: list[str]) -> None:
    chosen = st.session_state[f"figures-{group}"]
    st.session_state[f"figures-{group}"] = list(dict.fromkeys([*chosen, *figures]))


def _figure_row(catalogue: Catalogue, item: Figure) -> dict[str, str]:
    doubt = "" if item.confirmed else " (unconfirmed)"
    drawable = item.quantity not in DRAWN or item.id in catalogue.offer.figures
    off = "" if drawable else " (not drawn)"
    return {
        "Quantity": plain(f"{item.variant or ''} {item.quantity}".strip()) + off,
        "Value": plain(item.as_published),
        "Basis and whose": f"{item.basis}, {plain(item.by)}{doubt}",
        "When": spoken(item.date),
        "Words of the source, and our note": _words(item.quote, item.note),
        "Source": cite(catalogue.sources[item.source], confirmed=item.confirmed),
    }


def _events(catalogue: Catalogue, events: Sequence[Event]) -> None:
    """Dates planned and actual, in the order of time."""
    if not events:
        return
    st.markdown("**Dates, planned and actual**")
    dated = sorted(events, key=lambda event: event.actual or event.planned)  # type: ignore[arg-type,return-value]
    st.table(
        [
            {
                "Step": event.kind,
                "Planned": spoken(event.planned),
                "Actual": spoken(event.actual),
                "What": plain(event.text) + _quote(event.quote),
                "Source": cite(catalogue.sources[event.source], confirmed=event.confirmed),
            }
            for event in dated
        ]
    )


def _doubts(lines: Sequence[str]) -> None:
    for line in lines:
        st.caption(f"Not confirmed: {plain(line)}")


def cite(source: Source, *, confirmed: bool) -> str:
    """Return a source as Markdown: title with its address, publisher, date."""
    date = f", {source.date}" if source.date else ""
    title = f"[{plain(source.title)}]({source.url})" if source.url else plain(source.title)
    doubt = "" if confirmed else " (not read: unconfirmed)"
    return f"{title}, {plain(source.publisher)}{date}{doubt}"


def _words(quote: str | None, note: str | None) -> str:
    """Give the words of a source in quotation marks, and what the atlas adds as such."""
    ours = f"Note: {plain(note)}" if note else ""
    return " ".join(filter(None, (_quote(quote).strip(), ours)))


def _quote(text: str | None) -> str:
    return f" “{plain(text)}”" if text else ""
