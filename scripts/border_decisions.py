"""What is decided by name when the borders are built: codes, names, holes, disputed areas.

Each decision has its reason beside it; ``build_borders.py`` stops at what is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass

# Entities the file keeps apart but ISO 3166-1 counts within a country; merged, with the reason.
MERGE = {
    "USG": ("CUB", "Guantánamo Bay is leased; the 1903 lease leaves sovereignty with Cuba"),
    "ATC": ("AUS", "Ashmore and Cartier Islands are within AUS in ISO 3166-1"),
    "CSI": ("AUS", "the Coral Sea Islands are within AUS in ISO 3166-1"),
    "CLP": ("FRA", "Clipperton has no ISO 3166-1 code of its own; French possession"),
}

# One entity of the file that ISO 3166-1 splits: by a longitude between the two island groups.
SPLIT = {"IOA": (101.0, "CCK", "Cocos (Keeling) Islands", "CXR", "Christmas Island")}

# Short English names where the file's NAME_EN is long, dated, or (PGA) wrong.
NAMES = {
    "BHS": "Bahamas",
    "BRI": "Brazilian Island (Isla Brasilera)",
    "CHN": "China",
    "CIV": "Côte d'Ivoire",
    "COD": "DR Congo",
    "COG": "Congo",
    "CPV": "Cabo Verde",
    "CZE": "Czechia",
    "ESB": "Dhekelia (UK Sovereign Base Area)",
    "FSM": "Micronesia",
    "GMB": "Gambia",
    "MAC": "Macao",
    "PGA": "Spratly Islands",
    "TLS": "Timor-Leste",
    "TUR": "Türkiye",
    "USA": "United States",
    "WSB": "Akrotiri (UK Sovereign Base Area)",
}

# Status where the file's TYPE does not give it. "country" here is a drawing class for entities
# with a seat in the United Nations or observer seat of a state (Vatican), nothing more.
STATUS = {
    **dict.fromkeys(
        ["AUS", "CHN", "CUB", "DNK", "FIN", "FRA", "GBR", "ISR", "KAZ", "NLD", "NZL", "USA"],
        "country",
    ),
    **dict.fromkeys(["KOS", "PSX", "SAH", "TWN"], "disputed"),
    **dict.fromkeys(["ATA", "BRI", "BRT", "PGA", "SCR"], "undetermined"),
    **dict.fromkeys(["FLK", "GIB", "IOT"], "dependency"),
}

# What a reader of a printed border should be told, by the file's ADM0_A3.
NOTES = {
    "ATA": "Territorial claims are held in abeyance by the Antarctic Treaty (1959), article IV.",
    "BRI": "Claimed by Brazil and Uruguay.",
    "BRT": "Claimed by neither Egypt nor Sudan.",
    "CHN": "Border with India drawn along the lines held; Aksai Chin is drawn in China.",
    "CUB": "Includes Guantánamo Bay, leased to the United States (1903).",
    "CYP": "De jure the whole island but the two UK Sovereign Base Areas.",
    "EGY": "The Halaib triangle, also claimed by Sudan, is drawn in Egypt.",
    "FLK": "Sovereignty disputed by Argentina (UN General Assembly resolution 2065).",
    "GEO": "Includes Abkhazia and South Ossetia.",
    "GIB": "On the United Nations list of non-self-governing territories.",
    "IND": "Kashmir is drawn along the lines held; the Siachen glacier is drawn in India.",
    "IOT": "Sovereignty disputed by Mauritius (UN General Assembly resolution 73/295).",
    "ISR": "Includes East Jerusalem in the source (but see UN Security Council 478 and 2334); "
    "no line precise enough to draw it apart is in the sources.",
    "JPN": "Without the southern Kurils, which are drawn in Russia.",
    "KEN": "The Ilemi triangle is drawn in Kenya.",
    "KOS": "Drawn separately without prejudice to status (UN Security Council 1244).",
    "MDA": "Includes Transnistria.",
    "PAK": "Kashmir is drawn along the lines held.",
    "PGA": "Several states claim these islands.",
    "PSX": "Drawn separately without prejudice to status; in the source without East Jerusalem.",
    "RUS": "De jure without Crimea (UN General Assembly 68/262). The southern Kurils, claimed by "
    "Japan, are drawn in Russia.",
    "SAH": "Non-self-governing territory; drawn separately without prejudice to status.",
    "SCR": "Several states claim this shoal.",
    "SOM": "De jure includes Somaliland.",
    "SYR": "De jure includes the Golan (UN Security Council resolution 497).",
    "TWN": "Drawn separately without prejudice to status.",
    "UKR": "De jure includes Crimea (UN General Assembly 68/262). Front lines since 2022 and the "
    "areas held in 2014-2022 in the east are not drawn.",
}


@dataclass(frozen=True)
class Hole:
    """One hole in the land of the source file, and what became of it."""

    name: str
    lon: float
    lat: float
    decision: str
    """One of four: ``water``; ``absorb XXX`` (into that entity); ``own`` (a feature without a
    country); ``disputed ID`` (the whole ring is that row of ``CUTS``)."""
    reason: str


# Every interior ring of the union of all land in the source. A ring that is not listed here, or
# an entry without a ring, stops the build. Absorbing codes are the file's ADM0_A3.
HOLES = (
    Hole("Caspian Sea", 50.5244, 41.8519, "water", "an inland sea, the only one in this layer"),
    Hole(
        "Golan", 35.7287, 33.0341, "disputed golan",
        "UN Security Council resolution 497 (1981); the ring includes the Shebaa Farms, which "
        "Lebanon claims. In the de-facto view Israel (disputed.geojson)",
    ),
    Hole(
        "Abyei", 28.4248, 9.6696, "own",
        "final status open: Abyei Protocol (2004), PCA award (2009), UN Security Council "
        "resolution 1990 (2011)",
    ),
    Hole(
        "Southern Patagonian Ice Field", -73.3150, -49.5190, "own",
        "not demarcated: section B of the Argentina-Chile agreement of 16 December 1998",
    ),
    Hole(
        "Masoller (Rincón de Artigas)", -55.9586, -30.9635, "own",
        "held by Brazil, claimed by Uruguay since its note of 1934",
    ),
    Hole(
        "sliver by Bir Tawil", 33.6439, 21.7210, "absorb BRT",
        "a 4 km2 gap between Sudan and Bir Tawil; so given to no country",
    ),
    Hole("sliver 1 on 22° N", 34.3733, 22.2378, "absorb EGY", "gap between Egypt and Halaib"),
    Hole("sliver 2 on 22° N", 34.8028, 22.5533, "absorb EGY", "gap between Egypt and Halaib"),
    Hole("sliver 3 on 22° N", 35.3880, 22.9400, "absorb EGY", "gap between Egypt and Halaib"),
)  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """A disputed area: whose it is in each view, and the line that cuts it out."""

    id: str
    name: str
    de_jure: str
    """ADM0_A3 of the entity it is cut from."""
    de_facto: str | None
    """ISO 3166-1 alpha-3 of the holder, or None for an entity without a code."""
    authority: str
    inside: str
    """Name in world-atlas of the entity on the far side of the line; empty for a whole hole."""
    beside: tuple[str, ...]
    """Names in world-atlas of the entities on the near side; the line is shared with the first."""
    window: tuple[float, float, float, float]
    """West, south, east, north: where to look."""


CUTS = (
    Cut(
        "crimea", "Crimea with Sevastopol", "UKR", "RUS",
        "UN General Assembly resolution 68/262 (2014): territorial integrity of Ukraine",
        "Russia", ("Ukraine",), (32.0, 44.0, 36.7, 46.3),
    ),
    Cut(
        "northern-cyprus", "Northern Cyprus", "CYP", None,
        "UN Security Council resolutions 541 (1983) and 550 (1984)",
        "N. Cyprus", ("Cyprus U.N. Buffer Zone", "Cyprus", "Dhekelia"), (32.2, 34.5, 34.8, 35.8),
    ),
    Cut(
        "golan", "Golan", "SYR", "ISR", "UN Security Council resolution 497 (1981)",
        "", (), (35.5, 32.6, 36.0, 33.5),
    ),
    Cut(
        "western-sahara-west", "Western Sahara west of the berm", "SAH", "MAR",
        "UN General Assembly resolution 34/37 (1979); ICJ advisory opinion of 16 October 1975",
        "Morocco", ("W. Sahara",), (-17.6, 20.5, -8.5, 27.7),
    ),
    Cut(
        "somaliland", "Somaliland", "SOM", None,
        "UN Security Council resolution 2767 (2024): territorial integrity and unity of Somalia",
        "Somaliland", ("Somalia",), (42.0, 7.5, 49.5, 12.0),
    ),
)  # fmt: skip
# ISO 3166-1 alpha-3 by the file's ADM0_A3 where the file has -99 or a code of its own.
# None: ISO 3166-1 has no code and the atlas invents none. XKX is a user-assigned code.
ISO3 = {
    "ALD": "ALA",
    "BRI": None,
    "BRT": None,
    "ESB": None,
    "FRA": "FRA",
    "KOS": "XKX",
    "NOR": "NOR",
    "PGA": None,
    "PSX": "PSE",
    "SAH": "ESH",
    "SCR": None,
    "SDS": "SSD",
    "WSB": None,
}
