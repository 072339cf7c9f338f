"""How the page's own blocks look; sent once, so that they carry no style with every change."""

from __future__ import annotations

import streamlit as st

from geo import palette

SHEET = (
    "<style>"
    # the bar above the page holds two small buttons; the map is wanted higher
    "[data-testid=stHeader]{height:2.8rem;min-height:2.8rem}"
    "[data-testid=stMainBlockContainer]{padding-top:3rem}"
    # on a wide page they stand beside what the page begins with, and the map is whole at 720 pixels
    "@media(min-width:900px){[data-testid=stMainBlockContainer]{padding-top:.9rem}"
    "[data-testid=stHeader]{background:none;pointer-events:none}"
    "[data-testid=stHeader] *{pointer-events:auto}"
    "[data-testid=stMainBlockContainer]>[data-testid=stVerticalBlock]{gap:.65rem}}"
    "[data-testid=stSidebarHeader]{height:2.8rem;min-height:2.8rem;margin-bottom:0}"
    # a browser's own blue is dark on a dark page
    "[data-testid=stHtml] a{color:inherit}"
    # a switch that slides for a sixth of a second has the whole page drawn anew while it does:
    # without a graphics card the map then comes 30 ms later
    "[data-testid=stCheckbox] *{transition:none!important}"
    # nor does a part of the page that waits for its answer fade: sixty fades at once have each part
    # painted by itself, twice, before the map gets its turn
    "[data-stale=true]{opacity:1!important;transition:none!important}"
    ".atlas{font-size:14px}.atlas p{margin:0 0 .5rem}"
    ".atlas .line{display:flex;gap:.55rem;align-items:flex-start;margin:0 0 .5rem;line-height:1.3}"
    ".atlas .line img{flex:none;margin-top:.05rem}"
    # on a dark page the marks keep the ground they have on the map
    f".atlas .line img{{background:light-dark(transparent,{palette.LAND});border-radius:3px}}"
    # a list of figures is as wide as its lines, which say whose each is
    "[data-testid=stMultiSelectDropdown]:not(:has([aria-label='Leave out']))"
    "{width:min(880px,92vw)!important}"
    ".atlas-narrow{display:none}@media(max-width:640px){.atlas-narrow{display:inline}}"
    # both titles of a comparison take three lines, or four, so that the maps stand level
    ".atlas-side{margin:0;font-size:16px;line-height:1.3;font-weight:600}"
    "@media(min-width:641px){.atlas-side{min-height:5.2em}}"
    "@media(min-width:1150px){.atlas-side{min-height:3.9em}}"
    # on a phone the years would stand on one another; the chart is moved sideways instead
    ".st-key-timeline{overflow-x:auto}.st-key-timeline>*{min-width:700px}"
    # what the pointer reads near the rim of a map is shown whole, beside it
    "@media(min-width:641px){.stDeckGlJsonChart>div:has(.deck-tooltip),"
    ".deck-widget-container>div:has(.deck-tooltip){overflow:visible!important}"
    ".stDeckGlJsonChart:hover{z-index:2}.deck-tooltip{translate:-50% 14px}"
    "[data-testid=stMain]{overflow-x:hidden}}"
    # the button that a map gets under the pointer would cover the headline
    ".stDeckGlJsonChart>[data-testid=stElementToolbar]{top:.25rem!important;right:.25rem}"
    # buttons of a picture: their words are for those who hear the page, and in the hint
    ":is(.st-key-clock-before,.st-key-clock-after,.st-key-clock-back) "
    "[data-testid=stMarkdownContainer]"
    "{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    # for the back row: see `ui/present.py`
    "h1.atlas-present{margin:0;padding:0;font-size:34px;line-height:1.15;font-weight:650}"
    "p.atlas-present{margin:0 0 .3em;font-size:28px;line-height:1.25}"
    "p.atlas-stated{margin:0;font-size:14px;line-height:1.25;opacity:.85}"
    "@media not ((min-width:1700px) and (min-height:900px)){"
    ":has(>.st-key-present-large-map){display:none}}"
    # what a screen has to spare goes to the map
    "@media(min-width:1100px){.st-key-present-map "
    ":is([data-testid=stElementContainer],[data-testid=stFullScreenFrame],.stDeckGlJsonChart)"
    "{height:max(325px,100vh - 350px)!important}}"
    "@media(min-width:1700px) and (min-height:900px){"
    ":has(>.st-key-present-map){display:none}"
    ".st-key-present-large-map "
    ":is([data-testid=stElementContainer],[data-testid=stFullScreenFrame],.stDeckGlJsonChart)"
    "{height:max(440px,100vh - 430px)!important}"
    "h1.atlas-present{font-size:44px}p.atlas-present{font-size:37px}p.atlas-stated{font-size:20px}}"
    # its key stands on the map, where that has room beside what the scene is about
    ".atlas-key .line{display:flex;gap:.6rem;align-items:center;margin:0 0 .1em;"
    "font-size:28px;line-height:1.15;text-wrap:balance}"
    ".atlas-key img{flex:none;height:.85em;width:auto;"
    f"background:light-dark(transparent,{palette.LAND})}}"
    "@media(min-width:1100px){"
    ".st-key-present-maps{position:relative}"
    ".st-key-present-maps>:has(.atlas-key){position:absolute;left:0;bottom:0;width:auto;"
    "z-index:3;pointer-events:none}"  # above a map under the pointer, which has 2
    ".atlas-key{max-width:375px;padding:.3rem .5rem;border-radius:4px;"
    f"color:{palette.INK};background:rgb(255 255 255/.94)}}"
    ".atlas-key img{background:none}}"
    "@media(min-width:1700px) and (min-height:900px){"
    ".atlas-key{max-width:500px}.atlas-key .line{font-size:37px}}"
    ".atlas.sentence{margin:0;font-size:15px;line-height:1.45}"
    ".atlas .quiet,.atlas .quiet p{opacity:.9;font-size:12.5px;line-height:1.4}"
    ".atlas abbr{text-underline-offset:2px}"
    ".atlas-columns{columns:18rem;column-gap:2rem}.atlas-columns .line{break-inside:avoid}"
    ".atlas-table{overflow-x:auto;max-height:640px;overflow-y:auto}"
    ".atlas-table table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.35;"
    "font-variant-numeric:tabular-nums}"
    ".atlas-table th,.atlas-table td{padding:.28rem .55rem;text-align:left;vertical-align:top;"
    "border:0;border-bottom:1px solid color-mix(in srgb,currentColor 14%,transparent)}"
    ".atlas-table thead th{font-weight:600;position:sticky;top:0;"
    "background:Canvas;z-index:1}"  # the ground of a light or a dark page
    ".atlas-table tbody th{font-weight:500}"
    ".atlas-table .n{text-align:right;white-space:nowrap}"
    # of two bars side by side each keeps its end
    ".atlas-table .bar{min-width:7.5rem;width:17%;background:linear-gradient(to right,"
    "color-mix(in srgb,currentColor 16%,transparent) var(--w),transparent 0) "
    "no-repeat 0/calc(100% - .5rem) 100%}"
    ".atlas-table .quiet{opacity:.75;font-size:12.5px}"
    "</style>"
)


def show() -> None:
    """Call it once a run, before anything that is styled."""
    st.html(SHEET)
