"""What the tests share: the shipped catalogue, first screens, and no network."""

import os
import shutil

import pytest
from pytest_socket import socket_allow_hosts

from geo.catalogue import Catalogue, load
from geo.laydown import Laydown, resolve
from geo.scenario import Scenario, default

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a browser or GDAL's tools where there is none; in CI that is a failure."""
    if item.get_closest_marker("browser") and CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine; .ci/run installs it")
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    if item.get_closest_marker("gdal") and shutil.which("ogrinfo") is None:
        if os.environ.get("CI"):
            pytest.fail("no ogrinfo on this machine; .ci/run installs it")
        pytest.skip("no ogrinfo on this machine (Debian: apt-get install gdal-bin)")


@pytest.fixture(autouse=True)
def _no_network() -> None:
    """Let tests speak to this machine only."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def first_screen(catalogue: Catalogue) -> Scenario:
    return default(catalogue.offer)


@pytest.fixture(scope="session")
def first_laydown(catalogue: Catalogue, first_screen: Scenario) -> Laydown:
    return resolve(catalogue, first_screen)
