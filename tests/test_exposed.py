"""What a running server gives away: the map's files, the page, and nothing beside them."""

import http.client
import re
import shutil
import tomllib

import pytest

from geo import basemap, borders, store, symbols, webmap
from scripts import build_posters
from tests.server import ROOT, started
from ui import poster

pytestmark = pytest.mark.xdist_group("server")


@pytest.fixture(scope="module")
def server():
    with started() as process:
        yield process


def asked(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict]:
    """Ask for a path as it is written: no client here tidies it."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        line.putheader(name.replace("_", "-"), value)
    line.endheaders()
    answer = line.getresponse()
    try:
        return answer.status, answer.read(), dict(answer.getheaders())
    finally:
        line.close()


SECRETS = (
    b"the page. It chooses",
    b"minCachedMessageSize",
    b"root:",
    b"import streamlit",
    b"figures",
)
OUTSIDE = [
    "/app/static/../app.py",
    "/app/static/..%2fapp.py",
    "/app/static/%2e%2e/app.py",
    "/app/static/%2e%2e%2f%2e%2e%2fetc/passwd",
    "/app/static/..%5capp.py",
    "/app/static/....//app.py",
    "/app/static//etc/passwd",
    "/app/static/%00app.py",
    "/app/static/../data/systems.json",
    "/app/static/../.streamlit/config.toml",
    "/app/data/systems.json",
    "/data/systems.json",
    "/app.py",
    "/.streamlit/config.toml",
    "/media/../app.py",
    "/media/%2e%2e/app.py",
    "/static/../../app.py",
    "/component/../../app.py",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_map_s_files_is_served(server, path):
    status, content, _ = asked(server.port, path)
    # what is no file is the page itself, for a page has addresses of its own
    assert status in {400, 403, 404} or b"<title>Streamlit</title>" in content
    assert not any(secret in content for secret in SECRETS)


@pytest.mark.parametrize("path", ["/app/static/", "/app/static", "/media/", "/static/"])
def test_no_folder_is_listed(server, path):
    _, content, _ = asked(server.port, path)
    for name in ("basemap", "edges-mercator", ".geojson", "index.js"):
        assert name.encode() not in content or b"<title>Streamlit</title>" in content
    assert b"land-true-range" not in content


def test_every_file_served_is_one_that_the_code_names(server, first_laydown):
    named = {basemap.places(), basemap.name_sheet(), basemap.name_cells()}
    for screen, size_px in build_posters.SIZE_PX.items():
        named.add(poster.name(webmap.deck(first_laydown, size_px), screen))
    named.add(symbols.symbol_sheet_name())
    for view in borders.VIEWS:
        named |= {basemap.land(view), *basemap.projected(None, view).files}
        named |= {basemap.edges(view, kind) for kind in ("mercator", "globe")}
        for centre in store.read_json(borders.DATA / "projected.json", "true-range"):
            named |= set(basemap.projected(centre, view).files)
    there = {path.name for path in (ROOT / "static").rglob("*")}
    assert there == named
    assert not [path for path in (ROOT / "static").rglob("*") if path.is_symlink()]
    status, content, headers = asked(server.port, f"/app/static/{basemap.land('de-jure')}")
    assert status == 200
    assert content == (ROOT / "static" / basemap.land("de-jure")).read_bytes()
    assert headers.get("x-content-type-options", headers.get("X-Content-Type-Options")) == "nosniff"


def test_another_site_s_page_may_not_open_the_websocket(server):
    wanted = {
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Host": f"localhost:{server.port}",
    }  # fmt: skip
    own = asked_upgrade(server.port, Origin=f"http://localhost:{server.port}", **wanted)
    other = asked_upgrade(server.port, Origin="http://example.org", **wanted)
    assert (own, other) == (101, 403)


def asked_upgrade(port: int, **headers: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.putrequest("GET", "/_stcore/stream", skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        line.putheader(name.replace("_", "-"), value)
    line.endheaders()
    status = line.getresponse().status
    line.close()
    return status


def test_a_file_cannot_be_given_without_the_page_s_token(server):
    status, _, _ = asked(
        server.port, "/_stcore/upload_file/some-session/some-file", "PUT",
        Content_Length="0", Origin="http://example.org",
    )  # fmt: skip
    assert status in {400, 403}


def test_the_settings_that_guard_a_reader_are_on():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["enableXsrfProtection"] is True
    assert "enableCORS" not in settings["server"]
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"] == {"showErrorDetails": "none", "toolbarMode": "minimal"}
    assert settings["server"]["maxUploadSize"] <= 5


def test_the_recipe_for_nginx_lets_through_what_the_page_takes_in():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    recipe = (ROOT / "docs" / "deploy" / "nginx.conf").read_text("utf-8")
    (size,) = re.findall(r"client_max_body_size (\d+)m;", recipe)
    assert int(size) > settings["server"]["maxUploadSize"]
    assert "proxy_set_header Upgrade $http_upgrade;" in recipe


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    """Where somebody puts one into ``static/``, the server still gives nothing away."""
    (tmp_path / "app.py").write_text("import streamlit")
    (tmp_path / "secret.json").write_text("secret")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "own.json").write_text("own")
    (tmp_path / "static" / "out.json").symlink_to(tmp_path / "secret.json")
    (tmp_path / "static" / "up").symlink_to(tmp_path)
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    with started(tmp_path / "app.py", tmp_path) as process:
        assert asked(process.port, "/app/static/own.json")[1] == b"own"
        for path in ("out.json", "up/secret.json", "up/app.py", "up/.streamlit/config.toml"):
            status, content, _ = asked(process.port, f"/app/static/{path}")
            assert status in {400, 403, 404}, path
            assert b"secret" not in content and b"import streamlit" not in content
