"""The notebook runs from top to bottom, without Streamlit, and is kept without outputs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOK = json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))
CODE = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
CHECKS = """
assert "streamlit" not in sys.modules
assert not warnings
assert list(ring.index) == ["Tabriz"]
assert everywhere.area > ring.loc["Tabriz"].area
assert [row.name for row in within.rows if row.capital == "Bucharest"] == ["Romania"]
assert set(read["layer"]) == {"ranges", "range_lines", "areas", "sites"}
assert (folder / "map.bib").stat().st_size > 1000
print("checked")
"""


@pytest.mark.parametrize("folder", [".", "docs"])
def test_the_notebook_runs_in_order(folder):
    done = subprocess.run(
        [sys.executable, "-c", "\n\n".join([*CODE, CHECKS])],
        cwd=ROOT / folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("checked\n")
    assert "declared by Iran" in done.stdout


def test_the_notebook_is_kept_without_outputs():
    assert NOTEBOOK["nbformat"] == 4
    for cell in NOTEBOOK["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None
