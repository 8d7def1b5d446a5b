"""The table of instruments: what it holds, and which mistakes in it are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.errors import AuthoringError, CommentaryError
from commentary.library import Library
from commentary.universe import Universe, load_universe

SHIPPED = load_universe(Library())
TEXT = Library().path("rules/universe.toml").read_text(encoding="utf-8")


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Universe:
    text = TEXT
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "universe.toml").write_text(text, encoding="utf-8")
    return load_universe(Library((tmp_path,)))


def test_must_haves_are_those_of_the_method() -> None:
    musts = {key for key, item in SHIPPED.instruments.items() if item.must}
    assert musts == {"sp500", "nasdaq", "gold", "vix"}
    assert SHIPPED.must_any == {"dow_or_russell": ("dow", "russell"), "yield": ("ust2y", "ust10y")}
    symbols = {SHIPPED[key].symbols["folder"][0] for key in SHIPPED.of("sector")}
    assert symbols == {"XLK", "XLF", "XLE", "XLV", "XLY", "XLP", "XLI", "XLU", "XLB"}


def test_currencies_have_new_yorks_stamp() -> None:
    symbols = {symbol for key in SHIPPED.of("currency") for symbol in SHIPPED[key].symbols["yahoo"]}
    assert symbols == {"FXY", "FXE", "FXB", "FXA", "UUP"}


def test_what_comes_the_morning_after_has_something_for_the_evening() -> None:
    late = {key: item for key, item in SHIPPED.instruments.items() if item.available_at.startswith("next")}
    alone = {key for key, item in late.items() if not item.stand_in and "yahoo" not in item.symbols}
    assert alone == {"tips10y", "breakeven10y"}
    assert SHIPPED["bitcoin"].evening["yahoo"] == ("BTC-USD@16:00", "IBIT", "BITO")


def test_names_and_labels_are_no_ones_twice() -> None:
    for attribute in ("full", "label"):
        names = [getattr(item, attribute) for item in SHIPPED.instruments.values()]
        assert len(names) == len(set(names))


MISTAKES = [
    (('label = "S&P 500"', 'lable = "S&P 500"'), ("instruments.sp500.lable", "did you mean 'label'?")),
    (('kind = "index"', 'kind = "indices"'), ("instruments.sp500.kind", "'indices'", "'index'")),
    (('session = "CME"', 'session = "COMEX"'), ("instruments.copper.session", "'COMEX'", "'CME'")),
    (('full = "gold"', "full = 3"), ("instruments.gold.full", "got 3", "string")),
    (('available_at = "19:00"', 'available_at = "7pm"'), ("instruments.bitcoin.available_at", "'7pm'")),
    (
        ('stand_in = "grade"', 'stand_in = "grades"'),
        ("instruments.grade_spread.stand_in", "did you mean 'grade'?"),
    ),
    (('["dow", "russell"]', '["dow", "rusell"]'), ("must_any.dow_or_russell", "did you mean 'russell'?")),
    (('["ust2y", "ust10y"]', "[]"), ("must_any.yield", "an empty list")),
    (('"AAPL", "ABBV"', '"AAPL", "AAPL"'), ("stocks", "AAPL 2 times")),
    (('folder = ["XLK"]', "folder = []"), ("instruments.technology.symbols.folder", "at least 1 item")),
    (('yahoo = ["XLK"]', 'yaho = ["XLK"]'), ("instruments.technology.symbols", "did you mean 'yahoo'?")),
    (('unit = "percent"', 'unit = "points"'), ("instruments.high_yield_spread.unit", "'percent'", "spread")),
    (("[must_any]", "[must_all]"), ("must_all", "did you mean 'must_any'?")),
    (
        ('label = "Gold (GLD)"', 'label = "Gold (GLD)"\nevening = { folder = ["GC=F"] }'),
        ("instruments.gold.evening", "no symbols for the evening", "16:00"),
    ),
    (('"SHY/1.85"]', '"SHY/short"]'), ("instruments.ust2y.evening", "'SHY/short'", "SHY/1.85")),
    (('folder = ["GLD", "GC=F"]', 'folder = ["GLD/2"]'), ("instruments.gold.symbols", "implies a yield")),
    (
        ('evening = { folder = ["BTC-USD@16:00"', 'evening = { foldr = ["BTC-USD@16:00"'),
        ("instruments.bitcoin.evening", "did you mean 'folder'?"),
    ),
    (("[instruments.gold]", "[instruments.Gold]"), ("instruments.Gold.id", "'Gold'")),
]


@pytest.mark.parametrize(("change", "parts"), MISTAKES, ids=[case[1][0] for case in MISTAKES])
def test_mistakes_are_named(tmp_path: Path, change: tuple[str, str], parts: tuple[str, ...]) -> None:
    with pytest.raises(AuthoringError) as caught:
        edited(tmp_path, change)
    assert [part for part in ("rules/universe.toml", *parts) if part not in str(caught.value)] == []
    assert caught.value.exit_status == 4


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    with pytest.raises(AuthoringError) as caught:
        edited(tmp_path, *(change for change, _ in MISTAKES if "[instruments.gold]" not in change))
    assert len(caught.value.problems) >= 6


def test_no_file() -> None:
    class Empty(Library):
        def documents(self, below: str) -> tuple[()]:
            return ()

    with pytest.raises(CommentaryError, match=r"no file rules/universe\.toml in"):
        load_universe(Empty())
