"""EPAA Atlas without its page: facts, geometry and drawings, one noun a module.

The way of a map through the rooms, from the bottom up; each module says at its top what it does
and what it never does. A module imports only from rungs below it: the ladder in ``pyproject.toml``,
which a tool checks.

On the Earth
    ``geodesy`` distances, bearings, areas · ``seam`` shapes cut at 180° · ``discs`` ``sector``
    around points · ``edges`` ``nearest`` the shortest way · ``reach`` the geodesic buffer ·
    ``prepared`` ``reaches`` what is kept ready
On a plane
    ``projection`` places · ``shapes`` ``bends`` lines and areas · ``mesh`` lines as one mesh ·
    ``perspective`` the globe
What sources say
    ``vocabulary`` ``halfdate`` ``model`` ``gazetteer`` ``claim`` frozen types · ``store``
    ``records`` files read and checked · ``placement`` sites checked · ``catalogue`` all of it
The land
    ``borders`` countries under a border view · ``basemap`` what maps draw of them
What a reader asks
    ``scenario`` the choices · ``link`` as an address · ``own`` ``fields`` ``upload`` rings of
    one's own · ``scenes`` saved and loaded
What stands where
    ``status`` ``origin`` ``ring`` · ``laydown`` the one value all views are drawn from · ``steps``
    days of change · ``framing`` the part of the world
What follows
    ``separation`` ``coverage`` ``question`` ``comparison`` ``flatness`` ``tally`` ·
    ``evidence`` ``rules`` ``bearings`` ``claims`` sentences judged
Words and looks
    ``palette`` ``symbols`` looks · ``wording`` ``legend`` marks · ``sentence`` ``headline``
    ``whereabouts`` ``caption`` what goes with a drawing · ``room`` where words stand
On the page
    ``surface`` ``mercator`` ``globe`` ``flat`` ``canvas`` four maps · ``deck`` ``fills``
    ``markings`` ``lettering`` ``webmap`` a pydeck deck · ``timeline`` ``timerows``
    ``timechart`` dates as a chart · ``swatch``
For print
    ``paragraph`` ``formats`` ``typeset`` ``page`` what stands where · ``plane`` ``plot`` the map ·
    ``board`` ``names`` ``overlap`` ``distances`` ``scalebar`` ``labels`` its words ·
    ``press`` ``furniture`` ``figure`` ``handout``
As files
    ``provenance`` ``frames`` ``features`` ``looks`` ``qgis`` ``cells`` · ``export``
    ``bibliography`` ``geofile`` ``kml`` ``book`` ``standalone`` · ``files`` all behind one door ·
    ``commands`` ``cli`` the command line
Everywhere
    ``errors`` one base, a few leaves

Longitude comes before latitude everywhere; units are in the names.
"""
