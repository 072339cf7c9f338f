"""The marks of a legend: a dash must be seen to be one."""

import re
from urllib.parse import unquote

import numpy as np
import pytest

from geo import legend, palette, swatch


def drawn(basis: str) -> np.ndarray:
    """Where the line of a ring's mark is inked, every tenth of a pixel of its 32."""
    entry = legend.Entry(kind="ring", label="", colour="#007733", dash=palette.BASIS[basis].dash)
    text = unquote(swatch.address(entry))
    assert "d='M-16,0 H16'" in text
    dash = re.search(r"stroke-dasharray='([\d.]+) ([\d.]+)' stroke-dashoffset='([\d.]+)'", text)
    if dash is None:
        return np.ones(320, dtype=bool)
    line, gap, begun = map(float, dash.groups())
    return (np.arange(320) / 10 + begun) % (line + gap) < line


@pytest.mark.parametrize("basis", palette.BASIS)
def test_a_dashed_line_shows_two_dashes_and_the_gap_between(basis):
    inked = drawn(basis)
    starts = np.flatnonzero(inked & ~np.append(False, inked[:-1]))
    assert (len(starts) >= 2) == (basis != "declared")


def test_no_two_bases_look_alike():
    looks = [drawn(basis) for basis in palette.BASIS]
    for index, one in enumerate(looks):
        for other in looks[:index]:
            assert (one != other).sum() > 30
