"""The command line, as its user runs it."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from geo.catalogue import DATA
from geo.cli import main
from tests.rfc7946 import assert_valid_geojson

ROOT = Path(__file__).parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "geo", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_ring_prints_rfc_7946_at_the_distance():
    done = run("ring", "--lon", "46.2919", "--lat", "38.08", "--km", "2000")
    assert (done.returncode, done.stderr) == (0, "")
    feature = json.loads(done.stdout)
    assert_valid_geojson(feature)
    points = feature["geometry"]["coordinates"][0]
    lons, lats = zip(*points, strict=True)
    count = len(points)
    far = Geod(ellps="WGS84").inv([46.2919] * count, [38.08] * count, lons, lats)[2]
    assert max(abs(distance - 2_000_000) for distance in far) < 0.1  # seven decimals
    assert shapely.LinearRing(points).is_ccw
    assert feature["properties"]["label"] == "2,000 km (1,240 mi)"


def test_a_ring_over_the_antimeridian_is_cut():
    feature = json.loads(run("ring", "--lon", "179", "--lat", "0", "--km", "500").stdout)
    assert feature["geometry"]["type"] == "MultiPolygon"


def test_errors_are_one_line_that_says_what_to_do_and_exit_2():
    for arguments, words in (
        (("ring", "--lon", "46", "--lat", "98", "--km", "5"), "latitude -90..90"),
        (("ring", "--lon", "46", "--lat", "38", "--km", "-5"), "above zero"),
        (("ring", "--lon", "46", "--lat", "nan", "--km", "5"), "not on Earth"),
        (("ring", "--lon", "x", "--lat", "38", "--km", "5"), "--lon"),
        (("ring", "--lon", "46"), "--lat"),
        (("fly",), "fly"),
        (("check", "/no/such/folder"), "not a folder"),
    ):
        done = run(*arguments)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert words in done.stderr


def test_check_passes_the_shipped_data():
    done = run("check")
    assert done.returncode == 0
    assert "no problem found" in done.stdout


def test_check_prints_every_problem_and_exits_1(tmp_path):
    for path in DATA.iterdir():
        if path.suffix in {".json", ".geojson", ".csv"}:
            shutil.copy(path, tmp_path)
    shutil.copytree(DATA / "scenes", tmp_path / "scenes")
    sites = json.loads((tmp_path / "sites.geojson").read_text())
    first, second = sites["features"][:2]
    first["geometry"]["coordinates"].reverse()
    second["properties"]["systems"] = ["no-such-system"]
    (tmp_path / "sites.geojson").write_text(json.dumps(sites))
    done = run("check", str(tmp_path))
    assert done.returncode == 1
    assert done.stdout.startswith("2 problems in the data folder:")
    assert "deveselu" in done.stdout
    assert "swapped" in done.stdout
    assert "no-such-system" in done.stdout


def test_reach_of_a_country_prints_rfc_7946():
    done = run("reach", "--country", "irn", "--km", "2000")
    assert (done.returncode, done.stderr) == (0, "")
    feature = json.loads(done.stdout)
    assert_valid_geojson(feature)
    assert feature["properties"]["measured_from"] == "anywhere in Iran"
    assert feature["properties"]["borders"] == "de-jure"
    shape = shapely.from_geojson(done.stdout)
    assert shapely.intersects_xy(shape, 26.1, 44.43)
    assert not shapely.intersects_xy(shape, 13.4, 52.5)


def test_reach_prints_the_countries_within_as_csv():
    done = run("reach", "--from", "tabriz", "--km", "2000", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert list(rows[0])[:11] == [
        *("iso3", "name", "area_share", "area_km2", "people", "people_year", "capital"),
        *("capital_within", "capital_km", "nearest_km", "nato_member"),
    ]
    by_code = {row["iso3"]: row for row in rows}
    assert float(by_code["GRC"]["area_share"]) == pytest.approx(0.331, abs=1e-3)
    assert by_code["GRC"]["nato_member"] == "yes"
    assert by_code["BGR"]["capital_within"] == "no"
    assert float(by_code["BGR"]["capital_margin_km"]) < 0
    assert all(0 < float(row["area_share"]) <= 1 for row in rows)
    assert "World Population Prospects" in rows[0]["credit"]


def test_reach_counts_members_of_the_day_and_the_border_view():
    asked = ("reach", "--lon", "34.0", "--lat", "45.2", "--km", "100", "--format", "csv")
    now = {row["iso3"]: row for row in csv.DictReader(run(*asked).stdout.splitlines())}
    assert set(now) == {"UKR"}
    done = run(*asked, "--borders", "de-facto", "--as-of", "2003-01-01")
    then = {row["iso3"]: row for row in csv.DictReader(done.stdout.splitlines())}
    assert set(then) == {"UKR", "RUS"}
    assert then["RUS"]["as_of"] == "2003-01-01"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--km", "5"), "give one origin: --from SITE_ID"),
        (("--from", "tabriz", "--country", "IRN", "--km", "5"), "give one origin"),
        (("--lon", "46", "--km", "5"), "needs both --lon and --lat"),
        (("--from", "tabris", "--km", "5"), "site 'tabris' is not in the catalogue; did you mean"),
        (("--country", "XXX", "--km", "5"), "country code 'XXX'"),
        (("--from", "tabriz", "--km", "-5"), "radius -5000 m is not a distance"),
        (("--from", "tabriz", "--km", "5", "--as-of", "1066-10-14"), "is not a day from 1972"),
        (("--from", "tabriz", "--km", "5", "--as-of", "soon"), "write it like"),
        (("--from", "tabriz", "--km", "nan", "--format", "csv"), "radius nan m"),
    ],
)
def test_reach_refuses_in_one_line_that_says_what_to_do(arguments, words):
    done = run("reach", *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr


def test_figure_writes_each_kind_whole(tmp_path):
    for name, start in (("map.png", b"\x89PNG"), ("map.svg", b"<?xml"), ("map.pdf", b"%PDF")):
        words = ("--style", "grey", "--headline", "My headline", "--subhead", "My line")
        out = str(tmp_path / name)
        assert main(["figure", "redzikowo-late", "--out", out, "--size", "1:1", *words]) == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert b"My headline" in (tmp_path / "map.svg").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.pdf", "map.png", "map.svg"]


def test_figure_takes_a_link_and_names_what_it_does_not_understand(tmp_path):
    out = tmp_path / "map.png"
    link = "http://localhost:8501/?projection=globe&show=none&colour=red"
    done = run("figure", link, "--out", str(out), "--dpi", "60")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("\n") == 1 and "'colour' is not a choice" in done.stderr
    assert out.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ghadr-orign", "--out", "x.png"), "did you mean 'ghadr-origin'?"),
        (("ghadr-origin", "--out", "x.jpg"), "must end in '.png', '.svg' or '.pdf'"),
        (("ghadr-origin", "--out", "x.png", "--handout"), "must end in '.pdf'"),
        (("ghadr-origin", "--out", "x.svg", "--dpi", "300"), "for a PNG only"),
        (("ghadr-origin", "--out", "x.png", "--dpi", "9"), "give 36 to 1200"),
        (("ghadr-origin", "--out", "x.png", "--format", "3:2"), "choose one of 16:9"),
        (("ghadr-origin", "--out", "x.png", "--style", "red"), "choose one of light, grey"),
        (("redzikowo-late", "--out", "no/where/x.png"), "no such file or directory"),
    ],
)
def test_figure_refuses_in_one_line(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert main(["figure", *arguments]) == 2
    said = capsys.readouterr()
    assert words in said.err and said.err.count("\n") == 1 and not said.out
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["export", "figure"])
def test_a_broken_address_is_one_line(command, capsys, tmp_path):
    out = tmp_path / ("x.kml" if command == "export" else "x.png")
    assert main([command, "http://[::1/?phases=2", "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert "is no address" in said and said.count("\n") == 1


@pytest.mark.parametrize("tolerance", ["inf", "-5", "nan"])
@pytest.mark.parametrize(
    "command",
    [
        ["ring", "--lon", "20", "--lat", "50", "--km", "100"],
        ["reach", "--lon", "20", "--lat", "50", "--km", "100", "--format", "csv"],
    ],
    ids=lambda words: words[0],
)
def test_a_tolerance_that_is_none_is_refused(command, tolerance, capsys):
    assert main([*command, f"--tolerance-m={tolerance}"]) == 2
    assert "is not a number above zero" in capsys.readouterr().err
