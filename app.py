"""EPAA Atlas. Streamlit imports this file as the server starts, and runs it at every click."""

import streamlit as st

if __name__ == "__main__":
    from ui import layout

    layout.show()
else:
    from ui import start

    app = st.App(__file__, lifespan=start.lifespan)
