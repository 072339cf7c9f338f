"""What stands around the map: headline, sentence, legend, notes, scenes, dossier, picture, link."""

from __future__ import annotations

import html
from urllib.parse import quote

import streamlit as st

from geo import figure, legend
from geo.caption import Caption, spoken
from geo.catalogue import Catalogue
from geo.laydown import Laydown
from geo.model import Figure, Scene, Site, Source
from geo.scenario import Scenario, parse
from ui import address


def headline(caption: Caption) -> None:
    """Name what is drawn."""
    st.html(
        '<h1 style="margin:0;padding:0;font-size:22px;line-height:1.25;font-weight:650">'
        f"{html.escape(caption.title)}</h1>"
    )


def problems(warnings: tuple[str, ...], laydown: Laydown) -> None:
    """What the link or the choices ask for that cannot be had."""
    if warnings:
        st.warning("  \n".join(warnings))
    if laydown.missing:
        st.info("  \n".join(laydown.missing))


STYLE = (
    "<style>.atlas p{margin:0 0 .5rem}.atlas .line{display:flex;gap:.55rem;align-items:flex-start;"
    "margin:0 0 .5rem;line-height:1.3}.atlas img{flex:none;margin-top:.05rem}"
    ".atlas .quiet,.atlas .quiet p{opacity:.9;font-size:12.5px;line-height:1.4}</style>"
)


def key(laydown: Laydown, caption: Caption) -> None:
    """The sentence and the legend, beside the map."""
    lines = "".join(_legend_line(entry) for entry in legend.entries(laydown))
    st.html(
        f'{STYLE}<div class="atlas" style="font-size:14px">'
        f'<p style="font-size:15px;line-height:1.45">{html.escape(caption.sentence)}</p>'
        f"{lines}</div>"
    )


def small_print(laydown: Laydown, caption: Caption) -> None:
    """Notes, sources, projection and borders, under the map."""
    named = {text for ring in laydown.rings for text in legend.caveats(ring)}
    notes = [note for note in caption.notes if note.split(": ", 1)[-1] not in named]
    lines = (
        " ".join([*notes, caption.origin_note]),
        caption.sources,
        caption.projection,
        caption.borders,
        caption.credit,
    )
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    st.html(f'<div class="atlas"><div class="quiet">{paragraphs}</div></div>')


def _legend_line(entry: legend.Entry) -> str:
    detail = html.escape(entry.small_print)
    more = f'<div class="quiet">{detail}</div>' if detail else ""
    swatch = quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-17 -10 34 20">{_swatch(entry)}</svg>'
    )
    return (
        f'<div class="line"><img width="34" height="20" alt="" src="data:image/svg+xml,{swatch}">'
        f"<div>{html.escape(entry.label)}{more}</div></div>"
    )


def _swatch(entry: legend.Entry) -> str:
    """Return the mark of a legend line as SVG."""
    if entry.kind == "site":
        symbol = legend.symbol_svg(entry.shape, entry.colour, entry.status)
        return f'<g transform="scale(7.2)">{symbol}</g>'
    if entry.kind == "country":
        return f'<rect x="-15" y="-7" width="30" height="14" fill="{entry.colour}"/>'
    dash = [part * 2.2 for part in entry.dash]
    style = f'stroke-dasharray="{dash[0]:g} {dash[1]:g}"' if any(dash) else ""
    if entry.kind == "area":
        return (
            f'<rect x="-15" y="-7" width="30" height="14" fill="{entry.colour}" '
            f'fill-opacity=".12" stroke="{entry.colour}" stroke-dasharray="3 2"/>'
        )
    fill = f'<rect x="-16" y="0" width="32" height="9" fill="{entry.colour}" fill-opacity=".12"/>'
    line = f'<path d="M-16,0 H16" fill="none" stroke="{entry.colour}" stroke-width="2.4" {style}/>'
    return fill + line


def scenes(catalogue: Catalogue, scenario: Scenario) -> None:
    """Ready-made scenarios, each with two sentences to read out; made when opened."""
    menu = st.popover("Scenes", icon=":material/slideshow:", on_change="rerun")
    if not menu.open:
        return
    for scene in catalogue.scenes:
        menu.markdown(f"**{scene.title}**  \n{scene.narration}")
        menu.button(
            "Show this scene",
            key=f"scene-{scene.id}",
            on_click=address.put,
            args=(catalogue, scene_scenario(catalogue, scene)),
            disabled=scenario == scene_scenario(catalogue, scene),
        )


def narration(catalogue: Catalogue, scenario: Scenario) -> None:
    """Return the lecturer's words, while the map shows exactly a scene."""
    for scene in catalogue.scenes:
        if address.drawing(scene_scenario(catalogue, scene)) == address.drawing(scenario):
            question = f"  \n*For the class: {scene.question}*" if scene.question else ""
            st.success(f"**{scene.title}.** {scene.narration}{question}", icon=":material/school:")


def scene_scenario(catalogue: Catalogue, scene: Scene) -> Scenario:
    """Return the scenario of a scene; its choices were checked when the catalogue was read."""
    query = {name: [value] for name, value in scene.choices.items()}
    return parse(query, catalogue.offer)[0]


@st.dialog("Picture", width="large")
def picture(catalogue: Catalogue, laydown: Laydown, caption: Caption) -> None:
    """One honest PNG of what is on the screen, with everything a publication needs."""
    with st.spinner("Drawing the picture"):
        capitals = [city for city in catalogue.cities if city.capital]
        png = figure.png(laydown, caption, capitals)
    st.image(png)
    st.download_button(
        "Download PNG",
        png,
        file_name=figure.file_name(laydown),
        mime="image/png",
        type="primary",
        on_click="ignore",
    )
    st.markdown("Caption and alternative text to copy")
    words = f"{caption.sentence} {caption.sources} {caption.credit}"
    st.code(words, language=None, wrap_lines=True)


def copy_link(catalogue: Catalogue, scenario: Scenario) -> None:
    """Return the address that restores everything; made when opened."""
    menu = st.popover("Copy link", icon=":material/link:", on_change="rerun")
    if menu.open:
        menu.markdown("This address restores what you see in any browser.")
        menu.code(address.link(catalogue, scenario), language=None, wrap_lines=True)


def dossier(catalogue: Catalogue, scenario: Scenario) -> None:
    """Everything known of one site: dates planned and actual, figures, sources, quotes."""
    st.session_state.setdefault("site", scenario.site)
    shown = [site.id for site in catalogue.sites.values() if not site.launch_area]
    if scenario.site is not None and scenario.site not in shown:
        shown.append(scenario.site)
    st.selectbox(
        "Dossier",
        shown,
        index=None,
        format_func=lambda site_id: catalogue.sites[site_id].name,
        key="site",
        placeholder="Choose a site to see its dates, figures and sources",
    )
    if scenario.site is None:
        return
    site = catalogue.sites[scenario.site]
    st.markdown(_site_head(site))
    if site.events:
        st.markdown("**Dates, planned and actual**")
        st.table(
            [
                {
                    "Step": event.kind,
                    "Planned": spoken(event.planned),
                    "Actual": spoken(event.actual),
                    "What": plain(event.text) + _quote(event.quote),
                    "Source": cite(catalogue.sources[event.source], confirmed=event.confirmed),
                }
                for event in site.events
            ]
        )
    for system_id in site.systems:
        system = catalogue.systems[system_id]
        rows = [_figure_row(catalogue, item) for item in system.figures]
        rows += [
            {
                "Quantity": item.quantity,
                "Value": plain(item.value),
                "Basis and whose": plain(item.by),
                "When": spoken(item.date),
                "Words of the source": plain(item.quote or ""),
                "Source": cite(catalogue.sources[item.source], confirmed=item.confirmed),
            }
            for item in system.attributes
        ]
        st.markdown(f"**{plain(system.name)}**  \n{plain(system.summary or '')}")
        if rows:
            st.table(rows)
        for line in system.not_confirmed:
            st.caption(f"Not confirmed: {plain(line)}")
    for line in site.not_confirmed:
        st.caption(f"Not confirmed: {plain(line)}")
    where = "; ".join(cite(catalogue.sources[item], confirmed=True) for item in site.sources)
    st.caption(f"Position: {where}")


def _site_head(site: Site) -> str:
    local = f" ({plain(site.local_name)})" if site.local_name not in {None, site.name} else ""
    precision = (
        f" Position within about {site.position_precision_km:g} km."
        if site.position_precision_km
        else ""
    )
    operator = f" Operator: {plain(site.operator)}." if site.operator else ""
    note = f" {plain(site.position_note)}" if site.position_note else ""
    return f"#### {plain(site.name)}{local}\n{site.kind.capitalize()}.{operator}{precision}{note}"


def _figure_row(catalogue: Catalogue, item: Figure) -> dict[str, str]:
    doubt = "" if item.confirmed else " (unconfirmed)"
    return {
        "Quantity": f"{item.variant or ''} {item.quantity}".strip(),
        "Value": plain(item.as_published),
        "Basis and whose": f"{item.basis}, {plain(item.by)}{doubt}",
        "When": spoken(item.date),
        "Words of the source": plain(" ".join(filter(None, (item.quote, item.note)))),
        "Source": cite(catalogue.sources[item.source], confirmed=item.confirmed),
    }


def cite(source: Source, *, confirmed: bool) -> str:
    """Return a source as Markdown: title with its address, publisher, date."""
    date = f", {source.date}" if source.date else ""
    title = f"[{plain(source.title)}]({source.url})" if source.url else plain(source.title)
    doubt = "" if confirmed else " (not read: unconfirmed)"
    return f"{title}, {plain(source.publisher)}{date}{doubt}"


def _quote(text: str | None) -> str:
    return f" “{plain(text)}”" if text else ""


def plain(text: str) -> str:
    """Text for Markdown, its special characters shown as they are."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+!|$~:" else char for char in text)
