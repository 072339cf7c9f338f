"""Files of the map: choose a format, make it, download it."""

from __future__ import annotations

import streamlit as st

from geo import export, files
from geo.caption import Caption
from geo.catalogue import Catalogue
from geo.errors import AtlasError
from geo.laydown import Laydown
from geo.standalone import iframe
from ui import markup


@st.dialog("Files", width="large")
def show(catalogue: Catalogue, laydown: Laydown, caption: Caption) -> None:
    """Offer every format of the map as it is now, each with what it holds."""
    suffix = st.radio(
        "Format",
        list(files.FORMATS),
        format_func=lambda one: files.FORMATS[one].name,
        captions=[one.holds for one in files.FORMATS.values()],
        key="file-format",
    )
    kind = files.FORMATS[suffix]
    page = (st.context.url or "").partition("?")[0]
    try:
        with st.spinner(f"Making the {kind.name} file"):
            content = files.make(catalogue, laydown, kind, page)
    except AtlasError as error:
        st.error(markup.lines([str(error)]))
        return
    name = export.file_name(kind.stem, catalogue, suffix)
    st.download_button(
        f"Download {kind.name}",
        content,
        file_name=name,
        mime=kind.mime,
        type="primary",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption(
        f"{size(len(content))}. Every file says its title, sources, link, data edition and "
        "border view."
    )
    if suffix == ".html":
        st.markdown(
            "To show it inside a page of your own, put this file beside that page on your server, "
            "and paste this into it:"
        )
        st.code(iframe(caption.title, name), language="html", wrap_lines=True)


def size(count: int) -> str:
    """Write a number of bytes as it is read out."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 1):.0f} KB"
