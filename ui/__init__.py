"""The page's panels: Streamlit only, no arithmetic, no geometry; each takes what it shows."""
