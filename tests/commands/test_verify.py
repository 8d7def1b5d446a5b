"""``commentary verify``: the note as published against its session as it reads now."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.archive import FILE, Archive, deliver
from commentary.bank import Bank
from commentary.bundle import Receipt, Target, read_bundle
from commentary.errors import AuditError
from commentary.library import Library
from commentary.model import ShownNumber
from commentary.outputs import fingerprint
from commentary.verification.figures import Change, shown_again
from commentary.verification.printed import Asked, find
from commentary.verification.told import Verification, correction
from tests.cli import Program

DAY = "2024-08-09"
NOTE = f"output/{DAY}/daily"
MORNING = "2024-08-12T09:00:00-04:00"


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", MORNING)


@pytest.fixture
def written(program: Program, bars: Path) -> Program:
    """A note of the made-up bars."""
    assert program("note", "--source", str(bars), "--date", DAY, "--quiet").status == 0
    return program


def revised(bars: Path, folder: Path, symbol: str, change: Callable[[float], float], day: str = DAY) -> Path:
    """A copy of the bars with one close changed."""
    shutil.copytree(bars, folder)
    path = folder / f"{symbol}.csv"
    with path.open() as file:
        header, *rows = list(csv.reader(file))
    for row in rows:
        if row[0] == day:
            row[4] = row[5] = f"{change(float(row[4])):.4f}"
    path.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n")
    return folder


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_bars_leave_the_note_as_it_is(written: Program, bars: Path) -> None:
    found = written("verify", DAY, "--source", str(bars))
    assert found.status == 0
    assert found.out.splitlines()[0] == f"{DAY} daily: unchanged"
    assert "written from the archive set, read again from the archive set" in found.out
    assert "**" not in found.out


def test_a_close_that_was_revised_is_listed_and_a_correction_proposed(
    written: Program, bars: Path, tmp_path: Path
) -> None:
    before = bytes_below(written.folder)
    note = (written.folder / NOTE / "note.md").read_text()
    old = next(line for line in note.splitlines() if line.startswith("| Gold (GLD) |")).split(" | ")[1]
    other = revised(bars, tmp_path / "other", "GLD", lambda close: close * 0.99)
    found = written("verify", DAY, "--source", str(other))
    new = f"{float(old) * 0.99:,.2f}"
    assert found.status == 5
    assert f"{DAY} daily: " in found.out and "unchanged" not in found.out.splitlines()[0]
    assert f"Gold (GLD), close (gold.level): {old} → {new} (revised; moves | Gold (GLD) | Close)" in found.out
    proposed = found.out.splitlines()[-1]
    assert proposed.startswith("**Correction to the daily note of 9 August 2024.** ")
    assert f"Gold (GLD), close: {old} printed, {new} now" in proposed
    assert proposed.endswith("The note stays as it was published.")
    assert bytes_below(written.folder) == before, "nothing is touched"


def test_only_a_change_beyond_the_printed_precision_counts(
    written: Program, bars: Path, tmp_path: Path
) -> None:
    other = revised(bars, tmp_path / "other", "GLD", lambda close: close + 0.0001)
    found = written("verify", DAY, "--source", str(other))
    assert (found.status, "unchanged" in found.out) == (0, True)


def test_a_verdict_that_changes_is_said_first(written: Program, bars: Path, tmp_path: Path) -> None:
    other = revised(bars, tmp_path / "other", "^GSPC", lambda close: close * 0.93)
    found = written("verify", DAY, "--source", str(other), "--format", "json")
    told = json.loads(found.out)
    assert (found.status, told["status"]) == (5, "verdict changed")
    first = told["changes"][0]
    assert (first["kind"], first["reading"]) == ("verdict", "verdict") and first["old"] != first["new"]
    text = written("verify", DAY, "--source", str(other)).out.splitlines()[-1]
    assert f"The note said {first['old']}; read again, the session is {first['new']}." in text


def test_the_correction_is_written_only_when_asked_for(written: Program, bars: Path, tmp_path: Path) -> None:
    other = revised(bars, tmp_path / "other", "GLD", lambda close: close * 0.99)
    path = written.folder / NOTE / "correction.md"
    said = written("verify", DAY, "--source", str(other)).out.splitlines()[-1]
    assert not path.exists()
    before = bytes_below(written.folder)
    found = written("verify", DAY, "--source", str(other), "--write")
    assert (found.status, path.read_text()) == (5, said + "\n")
    path.unlink()
    assert bytes_below(written.folder) == before


def test_what_was_published_is_what_counts(written: Program, bars: Path, tmp_path: Path) -> None:
    """The folder holds a later note of other bars; readers have the first."""
    folder = Path(os.environ["COMMENTARY_DATA"]) / "archive"
    now = datetime(2024, 8, 9, 22, tzinfo=UTC)
    with Archive.open(folder / FILE) as archive:
        deliver(archive, read_bundle(written.folder / NOTE), Target("blog", lambda bundle: Receipt("p")), now)
    other = revised(bars, tmp_path / "other", "GLD", lambda close: close * 0.99)
    assert written("note", "--source", str(other), "--date", DAY, "--quiet").status == 0
    found = written("verify", DAY, "--source", str(bars))
    assert found.status == 0
    assert "published 2024-08-09 22:00 UTC to blog, version" in found.out
    assert written("verify", DAY, "--source", str(other)).status == 5


def test_a_session_that_cannot_be_read_again_is_held(written: Program, bars: Path, tmp_path: Path) -> None:
    shutil.copytree(bars, tmp_path / "fewer")
    (tmp_path / "fewer" / "GLD.csv").unlink()
    found = written("verify", DAY, "--source", str(tmp_path / "fewer"))
    assert found.status == 3 and "Gold (GLD)" in found.err


def test_without_a_note_there_is_nothing_to_verify(program: Program, bars: Path) -> None:
    found = program("verify", DAY, "--source", str(bars))
    assert found.status == 2 and "no daily note of 2024-08-09" in found.err
    assert program("verify", DAY, "--source", "episodes").status == 2
    assert program.files() == []


def test_an_evening_note_beside_what_came_later(program: Program, bars: Path, tmp_path: Path) -> None:
    """The fix of the afternoon was 3 basis points off the curve that the Treasury published."""
    both = tmp_path / "both"
    shutil.copytree(bars, both)
    curve = (both / "DGS10.csv").read_text()
    fixed = revised(bars, tmp_path / "fix", "DGS10", lambda level: level + 0.03)
    (both / "^TNX.csv").write_text((fixed / "DGS10.csv").read_text())
    assert curve == (both / "DGS10.csv").read_text()
    words = ("--source", str(both), "--date", DAY, "--quiet", "--set", "evening")
    assert program("note", *words).status == 0
    card = json.loads((program.folder / NOTE / "card.json").read_text())
    assert card["inputs"] == "evening"
    assert "evening set (ten-year yield" not in (note := (program.folder / NOTE / "note.md").read_text())
    assert "; evening set (yields as fixed at 15:00 New York)." in note
    found = program("verify", DAY, "--source", str(both))
    level = next(line for line in found.out.splitlines() if "ust10y.level" in line)
    old, new = level.partition(": ")[2].partition(" (later")[0].split(" → ")
    assert round(float(old.split()[0]) - float(new.split()[0]), 2) == 0.03
    assert found.status == 5 and "read again from the archive and the evening set" in found.out
    proposed = found.out.splitlines()[-1]
    assert "The note was written from the evening set; the series that came later read otherwise:" in proposed
    only_revisions = program("verify", DAY, "--source", str(both), "--set", "evening")
    assert (only_revisions.status, "unchanged" in only_revisions.out) == (0, True)


def test_rules_that_have_changed_since_are_said(written: Program, bars: Path, tmp_path: Path) -> None:
    """The card no longer gives the printed note: sentences are compared by their trace, tables are not."""
    card = written.folder / NOTE / "card.json"
    content = json.loads(card.read_text())
    markdown = (written.folder / NOTE / "note.md").read_text()
    changed = markdown.replace("# ", "# Once ", 1)
    content["printed"]["markdown"] = fingerprint(changed)
    card.write_text(json.dumps(content))
    refused = written("verify", DAY, "--source", str(bars))
    assert refused.status == 2 and "rules or phrases have changed since" in refused.err
    (written.folder / NOTE / "note.md").write_text(changed)
    found = written("verify", DAY, "--source", str(bars))
    assert (found.status, "its tables cannot be traced" in found.out) == (0, True)


@pytest.mark.parametrize(
    ("shown", "value", "unit", "now", "forms", "again"),
    [
        ("1.3 percent", -0.0131, "fraction", -0.0128, ["percent"], "1.3 percent"),
        ("1.3 percent", -0.0131, "fraction", -0.0144, ["percent"], "1.4 percent"),
        ("1.3 percent", -0.0131, "fraction", 0.0144, ["percent"], "1.4 percent, the other way"),
        ("4 percent", -0.0401, "fraction", -0.0434, ["whole_percent"], "4 percent"),
        ("4 percent", -0.0401, "fraction", -0.0434, ["percent"], "4.3 percent"),
        ("0.1 percent", -0.001, "fraction", -0.0001, ["percent"], "0.0 %"),
        ("Five", 5.0, "count", 6.0, ["count"], "Six"),
        ("nine basis points", 9.0, "basis_points", 12.0, ["basis_points"], "12 basis points"),
        ("39", 38.57, "points", 38.57, ["handle"], "39"),
        ("March 2020", float(date(2020, 3, 16).toordinal()), "date", float(date(2019, 6, 3).toordinal()),
         ["month_year"], "June 2019"),
        ("twice", 2.0, "ratio", 3.04, [], "three times"),
    ],
)  # fmt: skip
def test_a_figure_is_shown_again_as_it_was_printed(
    shown: str, value: float, unit: str, now: float, forms: list[str], again: str
) -> None:
    number = ShownNumber(shown, value, unit, "gold.return_1d", 0, len(shown))
    assert shown_again(number, now, {"return_1d": forms}) == again


def test_a_reading_that_is_gone_is_none(bank: Bank) -> None:
    assert shown_again(ShownNumber("3", 3.0, "count", "a.b", 0, 1), None, {}) == "–"


def test_a_correction_holds_old_and_new_figures_and_no_others(written: Program, bank: Bank) -> None:
    printed = find(Asked(date.fromisoformat(DAY), "daily", written.folder / "output"), None, bank)
    good = Change("figure", "gold.level", "Gold (GLD), close", "222.48", "221.10", "moves")
    assert "222.48 printed, 221.10 now" in correction(Verification(printed, [good], ["archive"]), bank)
    claim = Change("claim", "", "", "Gold rose 3 times.", "no longer borne out", "gold.level > 1")
    assert "“Gold rose 3 times.”" in correction(Verification(printed, [claim], ["archive"]), bank)
    assert correction(Verification(printed, [], ["archive"]), bank) == ""


@pytest.mark.slow
@pytest.mark.market
@pytest.mark.skipif("COMMENTARY_MARKET_DATA" not in os.environ, reason="COMMENTARY_MARKET_DATA is not set")
def test_real_evenings_beside_the_archive(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two-year yields on 2023-03-13: 4.03 %, 57 basis points lower (the Treasury's curve); funds implied less."""
    monkeypatch.delenv("COMMENTARY_NOW")
    source = ("--source", os.environ["COMMENTARY_MARKET_DATA"])
    days = ("2020-03-12", "2022-09-13", "2023-03-13", "2024-08-05")
    changed = {}
    for day in days:
        words = ("--date", day, "--set", "evening", "--quiet")
        assert program("note", *source, *words).status == 0
        note = (program.folder / f"output/{day}/daily/note.md").read_text()
        row = next(line for line in note.splitlines() if line.startswith("| Two-year yield |"))
        assert row.split(" | ")[1] == "–", "no level that a fund implies is printed"
        found = program("verify", day, *source, "--format", "json")
        assert found.status == 5
        changed[day] = {(item["reading"], item["new"]) for item in json.loads(found.out)["changes"]}
        assert program("verify", day, *source, "--set", "evening").status == 0
    assert ("ust2y.change_bp", "−57 bp") in changed["2023-03-13"]
    assert ("bitcoin.return_1d", "−12.1 %") in changed["2024-08-05"]


def test_a_correction_with_a_figure_of_its_own_is_refused(
    written: Program, bank: Bank, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    (folder / "templates" / "notes").mkdir(parents=True)
    (folder / "templates" / "notes" / "correction.md.j2").write_text("Gold closed 7 lower on {{ day }}.")
    own = Bank(Library((folder,)))
    printed = find(Asked(date.fromisoformat(DAY), "daily", written.folder / "output"), None, bank)
    changed = Change("figure", "gold.level", "Gold (GLD), close", "222.48", "221.10", "moves")
    with pytest.raises(AuditError, match="7 is no old and no new figure"):
        correction(Verification(printed, [changed], ["archive"]), own)


def test_a_figure_that_the_archives_set_alone_lacks_has_not_changed() -> None:
    from commentary.commands.verify import _caused

    gone = Change("figure", "ust2y.level", "Two-year yield, close", "3.89 %", "–", "Moves | Two-year yield")
    moved = Change(
        "figure", "ust10y.level", "Ten-year yield, close", "3.78 %", "3.79 %", "Moves | Ten-year yield"
    )
    assert [(item.reading, item.cause) for item in _caused([gone, moved], [])] == [("ust10y.level", "later")]
    assert _caused([gone], [gone]) == [gone], "the note's own set lacks it too: it was taken back"
