"""The platform's floor: a page with one toggle and a deck of one point."""

import pydeck as pdk
import streamlit as st

dark = st.toggle("Dark point", value=True, key="phase2")
layer = pdk.Layer(
    "ScatterplotLayer",
    [{"at": [20, 50]}],
    id="point",
    get_position="at",
    get_radius=10,
    radius_units=pdk.types.String("pixels"),
    get_fill_color=[0, 0, 0] if dark else [0, 160, 240],
)
view = pdk.ViewState(longitude=20, latitude=45, zoom=2)
st.pydeck_chart(pdk.Deck([layer], map_provider=None, initial_view_state=view), key="map")
