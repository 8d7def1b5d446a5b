"""End to end on the real bars, through the command line."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli import Called, apart

BARS = os.environ.get("COMMENTARY_MARKET_DATA", "")
pytestmark = [
    pytest.mark.market,
    pytest.mark.skipif(not BARS, reason="COMMENTARY_MARKET_DATA is not set"),
]


def verdicts(source: str, first: str, last: str, cwd: Path) -> list[dict[str, str]]:
    found = apart(
        "verdicts", "--from", first, "--to", last, "--source", source, "--format", "csv", cwd=cwd, timeout=300
    )
    assert found.status == 0, found.err
    return list(csv.DictReader(io.StringIO(found.out)))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Called]:
    """The note of 5 August 2024."""
    desk = tmp_path_factory.mktemp("desk")
    found = apart("note", "--source", BARS, "--date", "2024-08-05", cwd=desk, timeout=300)
    return desk / "output" / "2024-08-05" / "daily", found


def test_a_note_of_a_day_that_everybody_remembers(written: tuple[Path, Called]) -> None:
    folder, found = written
    assert found.status == 0, found.err
    assert found.out == (folder / "note.md").read_text(encoding="utf-8")
    assert "\nverdict: forced_exit\n" in found.out
    # The S&P 500 closed at 5,186.33 and the VIX at 38.57; the Nikkei had lost 12.4 percent before New York opened.
    assert "5,186.33" in found.out
    assert "38.57" in found.out


def test_the_facts_bear_the_note_out(written: tuple[Path, Called]) -> None:
    facts = json.loads((written[0] / "facts.json").read_text(encoding="utf-8"))
    assert facts["verdict"]["label"] == "forced_exit"
    assert facts["readings"]["sp500.level"]["value"] == pytest.approx(5186.33, abs=0.01)
    assert facts["readings"]["vix.level"]["value"] == pytest.approx(38.57)
    assert sum(facts["verdict"]["scores"].values()) == pytest.approx(1)
    for item in facts["sentences"]:
        assert item["text"].rstrip(".") in written[1].out
        for number in item["numbers"]:
            assert item["text"][number["start"] : number["end"]] == number["shown"]
    assert {entry["status"] for entry in facts["inputs"]} <= {"fresh", "carried", "stale", "missing"}


def test_its_card_alone_writes_it_again(written: tuple[Path, Called], tmp_path: Path) -> None:
    folder, _ = written
    found = apart("note", "--card", str(folder / "card.json"), "--quiet", cwd=tmp_path)
    assert found.status == 0
    for path in folder.iterdir():
        assert (tmp_path / "output" / "2024-08-05" / "daily" / path.name).read_bytes() == path.read_bytes(), (
            path.name
        )


def test_a_shipped_card_is_what_the_bars_give(written: tuple[Path, Called]) -> None:
    from commentary.cards import read_card
    from commentary.shipped import shipped_days

    ours = read_card(written[0] / "card.json")
    shipped = read_card(shipped_days()[date(2024, 8, 5)])
    assert ours.tape.values == shipped.tape.values, "make the episodes anew: scripts/make_episodes.py"


def test_a_weekend_and_a_holiday_are_held(tmp_path: Path) -> None:
    for day in ("2024-08-03", "2024-07-04"):
        found = apart("note", "--source", BARS, "--date", day, cwd=tmp_path, timeout=300)
        assert (found.status, found.out) == (3, "")
    assert list(tmp_path.iterdir()) == []


def test_notes_of_a_week_remember_each_other(tmp_path: Path) -> None:
    words = ("notes", "--from", "2024-08-05", "--to", "2024-08-09", "--source", BARS)
    found = apart(*words, cwd=tmp_path, timeout=300)
    assert found.status == 0, found.err
    assert "5 notes written, 0 held" in found.err
    spoken: list[set[str]] = []
    for folder in sorted((tmp_path / "output").iterdir()):
        facts = json.loads((folder / "daily" / "facts.json").read_text(encoding="utf-8"))
        spoken.append({item["text"] for item in facts["sentences"]})
    repeated = sum(len(later & earlier) for earlier, later in pairwise(spoken))
    assert repeated <= 0.05 * sum(map(len, spoken))


def test_what_comes_after_a_day_changes_nothing_before_it(tmp_path: Path) -> None:
    """The same bars, cut off after a month of turmoil, give the same verdicts up to the cut."""
    import pyarrow.compute as compute
    import pyarrow.parquet as parquet

    cut = tmp_path / "bars"
    cut.mkdir()
    for path in Path(BARS).glob("*.parquet"):
        table = parquet.read_table(path)
        kept = compute.less_equal(compute.cast(table["date"], "date32"), compute.cast("2020-03-31", "date32"))
        parquet.write_table(table.filter(kept), cut / path.name)
    assert verdicts(str(cut), "2020-01-02", "2020-03-31", tmp_path) == verdicts(
        BARS, "2020-01-02", "2020-03-31", tmp_path
    )
