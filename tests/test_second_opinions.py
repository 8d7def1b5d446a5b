"""A disagreement on its way: bars, tape, card, data line, audit; and a user's own bars to the data line."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commentary.fetching import FILE
from commentary.sources.csv_layout import read
from commentary.sources.store import Store
from commentary.sources.store_bars import KEPT, Daily
from commentary.sources.store_shapes import Reply
from tests.bars import LAST, sessions
from tests.cli import Program
from tests.sources.made import MUSTS, row, write_csv

SEEN = datetime(2024, 8, 13, 23, tzinfo=UTC)
SAID = "Second opinions that disagree: VIX: "


@pytest.fixture
def doubted(bars: Path, tmp_path: Path) -> Path:
    """The made-up bars, with a VIXCLS that agrees but on the last session and the one two before it."""
    folder = Path(shutil.copytree(bars, tmp_path / "doubted"))
    rows = [line.split(",") for line in (folder / "^VIX.csv").read_text(encoding="utf-8").splitlines()[1:]]
    closes = {day: float(close) for day, _, _, _, close, *_ in rows}
    days = [day.isoformat() for day in sessions()]
    for day in (days[-1], days[-3]):
        closes[day] += 2.5
    write_csv(folder, "VIXCLS", [row(day, close) for day, close in closes.items()])
    return folder


def markdown(program: Program) -> str:
    return (program.folder / "output" / LAST.isoformat() / "daily" / "note.md").read_text(encoding="utf-8")


def test_the_note_says_that_they_disagree_and_its_card_says_so_again(program: Program, doubted: Path) -> None:
    assert program("note", "--source", str(doubted), "--date", str(LAST)).status == 0
    text = markdown(program)
    assert text.count(SAID) == 1
    assert "(VIXCLS), tolerance 0.05 points." in text
    card = program.folder / "output" / LAST.isoformat() / "daily" / "card.json"
    content = json.loads(card.read_text(encoding="utf-8"))
    (dispute,) = content["tape"]["disputes"]
    assert (dispute["name"], dispute["day"]) == ("VIX", LAST.isoformat())
    kept = card.rename(program.folder / "kept.json")
    assert program("note", "--card", str(kept)).status == 0
    assert markdown(program) == text


def test_the_day_after_says_of_which_day(program: Program, doubted: Path) -> None:
    """Two sessions after the other disagreement nothing is left of it; one session after, its change starts there."""
    days = sessions()
    for day, said in ((days[-4], ""), (days[-3], SAID), (days[-2], f"VIX on {days[-3]}: ")):
        called = program("note", "--source", str(doubted), "--date", str(day), "--output", "other")
        assert called.status == 0
        assert said in called.out
        assert ("Second opinion" in called.out) == bool(said)


def test_a_card_of_before_there_were_any_is_read(program: Program, doubted: Path) -> None:
    program("note", "--source", str(doubted), "--date", str(LAST))
    card = program.folder / "output" / LAST.isoformat() / "daily" / "card.json"
    content = json.loads(card.read_text(encoding="utf-8"))
    del content["tape"]["disputes"]
    (program.folder / "old.json").write_text(json.dumps(content), encoding="utf-8")
    assert program("note", "--card", "old.json").status == 0
    assert "Second opinion" not in markdown(program)


def test_a_card_whose_dispute_is_damaged_is_refused(program: Program, doubted: Path) -> None:
    program("note", "--source", str(doubted), "--date", str(LAST))
    card = program.folder / "output" / LAST.isoformat() / "daily" / "card.json"
    content = json.loads(card.read_text(encoding="utf-8"))
    content["tape"]["disputes"][0]["on"] = "mood"
    (program.folder / "bad.json").write_text(json.dumps(content), encoding="utf-8")
    called = program("note", "--card", "bad.json")
    assert (called.status, "damaged" in called.err) == (1, True)


def test_own_bars_are_named_in_the_note(
    program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", SEEN.isoformat())
    with Store(program.folder / "store" / FILE) as store:
        for symbol in MUSTS:
            found = read(bars / f"{symbol}.csv", {symbol: True})
            values = zip(*(found.columns[name].tolist() for name in KEPT), strict=True)
            rows = list(zip(found.days.tolist(), values, strict=True))
            feed = "fred" if symbol.startswith("DGS") else "yahoo"
            store.keep_daily(Daily(symbol, feed, rows, {}, Reply(SEEN, rows[0][0], "fresh")))
    settings = program.folder / "commentary.toml"
    settings.write_text('source = "store"\nstore = "store"\noverrides = "own"\n', encoding="utf-8")
    close = float((bars / "GLD.csv").read_text(encoding="utf-8").splitlines()[-1].split(",")[4])
    write_csv(program.folder / "own", "GLD", [row(LAST, round(close * 1.001, 2))])
    called = program("note", "--date", str(LAST))
    assert called.status == 0, called.err
    assert "Own bars in the place of the feed’s: Gold (GLD)." in called.out
    assert "Source: Yahoo daily bars, FRED, bars of the desk’s own; " in called.out
    settings.write_text('source = "store"\nstore = "store"\n', encoding="utf-8")
    called = program("note", "--date", str(LAST))
    assert "Own bars" not in called.out
    assert "Source: Yahoo daily bars, FRED; " in called.out
