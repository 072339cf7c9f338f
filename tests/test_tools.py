"""The tools that keep the code in shape, run as anybody would run them."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
    ],
    ids="-".join,
)
def test_tool_is_content(command):
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names |= {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0
    }
    return {name.split(".")[0] for name in names}


def test_the_page_imports_only_streamlit_the_atlas_and_the_standard_library():
    allowed = {"streamlit", "geo", "ui"} | set(sys.stdlib_module_names)
    for path in (ROOT / "app.py", *(ROOT / "ui").glob("*.py")):
        assert imports(path) <= allowed, path.name


def test_only_records_and_the_store_open_files_of_text():
    for path in (ROOT / "geo").glob("*.py"):
        text = path.read_text().replace("os.open(os.devnull", "")  # where output goes to nowhere
        opens = "read_text" in text or "open(" in text
        assert not opens or path.name in {"records.py", "store.py"}, path.name


def test_no_module_has_a_name_that_says_nothing():
    names = {path.stem for folder in ("geo", "ui") for path in (ROOT / folder).glob("*.py")}
    assert not names & {"utils", "common", "helpers", "misc", "core", "base"}


def test_no_module_is_longer_than_a_newcomer_reads():
    for path in (ROOT / "app.py", *(ROOT / "ui").glob("*.py"), *(ROOT / "geo").glob("*.py")):
        assert len(path.read_text().splitlines()) <= 300, path.name


def test_colours_stand_only_in_the_palette():
    for path in (*(ROOT / "geo").glob("*.py"), *(ROOT / "ui").glob("*.py"), ROOT / "app.py"):
        found = re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text())
        assert not found or path.name == "palette.py", f"{path.name}: {found}"
