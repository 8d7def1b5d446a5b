"""rules/cross_checks.toml is held to account, and says which series are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.cross_checks import CrossCheck, Second, load_checks, symbols
from commentary.errors import AuthoringError
from commentary.library import Library
from commentary.universe import load_universe

UNIVERSE = load_universe(Library())
CHECK = """
[checks.vix]
name = "VIX"
left = { yahoo = "^VIX" }
right = { fred = "VIXCLS" }
on = "level"
unit = "points"
tolerance = 0.05
lag = 1
why = "the same close by two ways"
"""


def loaded(folder: Path, text: str) -> tuple[CrossCheck, ...]:
    (folder / "rules").mkdir()
    (folder / "rules" / "cross_checks.toml").write_text(text, encoding="utf-8")
    return load_checks(Library((folder,)), UNIVERSE)


def test_a_check_as_it_is_written(tmp_path: Path) -> None:
    (check,) = loaded(tmp_path, CHECK)
    assert (check.id, check.name, check.on, check.unit) == ("vix", "VIX", "level", "points")
    assert (check.left, check.right) == (Second("yahoo", "^VIX"), Second("fred", "VIXCLS"))
    assert (check.tolerance, check.lag) == (0.05, 1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('on = "level"', 'on = "levels"', "checks.vix.on"),
        ('unit = "points"', 'unit = "percent"', "checks.vix.unit: got 'percent'; wanted bp or points"),
        ("tolerance = 0.05", "tolerance = 0", "checks.vix.tolerance"),
        ("lag = 1", "lag = 9", "checks.vix.lag"),
        ('why = "the same close by two ways"', "", "checks.vix.why: got nothing"),
        ('{ yahoo = "^VIX" }', '{ yahoo = "^VXI" }', "checks.vix.left: got '^VXI'; wanted a symbol"),
        ('{ yahoo = "^VIX" }', '{ cboe = "VIX" }', "checks.vix.left"),
        ('{ yahoo = "^VIX" }', '{ fred = "VIXCLS" }', "another series than the left one"),
        ('{ fred = "VIXCLS" }', '{ fred = "VIX CLS" }', "checks.vix.right"),
        ('name = "VIX"', 'name = "VIX: the index"', "checks.vix.name"),
        ("lag = 1", "lags = 1", "checks.vix.lags"),
        ("[checks.vix]", "[checks.Vix]", "checks.Vix"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in CHECK
    with pytest.raises(AuthoringError) as caught:
        loaded(tmp_path, CHECK.replace(old, new))
    assert told in str(caught.value)


def test_without_a_file_there_is_no_second_opinion(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    assert load_checks(Library.alone(tmp_path), UNIVERSE) == ()


def test_shipped_checks_cover_what_a_note_cannot_be_without() -> None:
    left = {check.left.symbol for check in UNIVERSE.checks}
    assert {"^GSPC", "^IXIC", "^VIX", "GLD", "^TNX", "2YY=F", "DIA", "IWM"} <= left
    assert {check.unit for check in UNIVERSE.checks if check.on == "return"} == {"percent"}


def test_which_symbols_are_read_from_where() -> None:
    fred, yahoo, every = (symbols(UNIVERSE.checks, name) for name in ("fred", "yahoo", "store"))
    assert {"VIXCLS", "SP500", "DGS10"} <= set(fred)
    assert "^VIX" in yahoo
    assert fred.keys() | yahoo.keys() == every.keys()
    assert not fred.keys() & yahoo.keys()
