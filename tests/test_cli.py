"""The commands as a user calls them: what they print, what they write, how they end."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from commentary import __version__
from commentary.cli import COMMANDS
from commentary.library import Library
from commentary.model import VERDICTS
from commentary.shipped import SHOWN_FIRST, shipped_days
from tests.bars import sessions, write_bars
from tests.cli import Program, apart

DAY = "2024-08-05"
EPISODE = ("note", "--source", "episodes", "--date", DAY)
FILES = ["card.json", "facts.json", "note.html", "note.md"]
SYNTHETIC_NOW = "2024-08-12T09:00:00-04:00"
COLUMNS = (
    "session,label,kind,confidence,runner_up,severity,phase,tags,coverage,pressure,violence,p_forced_exit,p_rotation,"
    "p_flight_to_safety,p_relief_rally,p_melt_up,p_quiet"
)


def written(program: Program, below: str = f"output/{DAY}/daily") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (program.folder / below).iterdir()}


# The note -------------------------------------------------------------------------------------------------


def test_a_note_is_printed_and_written(program: Program) -> None:
    found = program(*EPISODE)
    assert found.status == 0
    assert program.files() == [f"output/{DAY}/daily/{name}" for name in FILES]
    assert found.out.encode() == written(program)["note.md"]
    assert found.err == f"written to {program.folder}/output/{DAY}/daily\n"


def test_quiet_prints_nothing_and_output_is_where_it_was_asked_for(program: Program) -> None:
    found = program(*EPISODE, "--quiet", "--output", "elsewhere", "--edition", "brief")
    assert (found.status, found.out) == (0, "")
    assert program.files() == [f"elsewhere/{DAY}/brief/{name}" for name in FILES]


def test_without_a_date_the_episode_that_is_shown_first(program: Program) -> None:
    assert program("note", "--source", "episodes").status == 0
    assert program.files("output")[0].startswith(f"output/{SHOWN_FIRST}/daily/")


def test_a_card_gives_the_same_bytes_again_and_anywhere(program: Program, tmp_path: Path) -> None:
    program(*EPISODE, "--quiet")
    first = written(program)
    card = tmp_path / "kept.json"
    card.write_bytes(first["card.json"])
    for output in ("output", "again"):
        found = program("note", "--card", str(card), "--output", output, "--quiet")
        assert (found.status, found.out) == (0, "")
        assert "have changed" not in found.err
        assert written(program, f"{output}/{DAY}/daily") == first


def test_a_card_remembers_the_desk_that_it_was_written_at(program: Program) -> None:
    program("init")
    (program.folder / "commentary.toml").write_text(
        'brand = "The Desk"\nproducer = "Example Ltd"\n', encoding="utf-8"
    )
    bars = write_bars(program.folder / "bars")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
        assert program("note", "--source", str(bars), "--date", "2024-08-08", "--quiet").status == 0
    first = written(program, "output/2024-08-08/daily")
    assert b"The Desk" in first["note.html"]
    assert b"Producer: Example Ltd." in first["note.md"]
    (program.folder / "commentary.toml").unlink()
    assert (
        program("note", "--card", "output/2024-08-08/daily/card.json", "--output", "again", "--quiet").status
        == 0
    )
    assert written(program, "again/2024-08-08/daily") == first


def test_a_bank_that_has_changed_is_said_with_what_differs(program: Program) -> None:
    program("init")
    program(*EPISODE, "--quiet")
    facts = json.loads(written(program)["facts.json"])
    used = next(item["phrase"] for item in facts["sentences"] if item["section"] == "closing")
    message, ident = used.split("#")
    place = f"templates/phrases/{message}.toml"
    own = program.folder / place
    own.parent.mkdir(parents=True)
    text = Library().path(place).read_text(encoding="utf-8")
    kept = [block for block in text.split("[[phrases]]") if f'id = "{ident}"' not in block]
    own.write_text("[[phrases]]".join(kept), encoding="utf-8")
    found = program("note", "--card", f"output/{DAY}/daily/card.json", "--output", "again", "--quiet")
    assert found.status == 0
    assert "have changed since" in found.err
    assert f"  no longer said: {used}\n" in found.err
    assert "  newly said: " in found.err


def test_a_wording_that_has_changed_is_said(program: Program) -> None:
    program("init")
    program(*EPISODE, "--quiet")
    own = program.folder / "templates" / "notes" / "daily.md.j2"
    own.parent.mkdir(parents=True)
    text = Library().path("templates/notes/daily.md.j2").read_text(encoding="utf-8")
    own.write_text(text.replace("**Data.**", "**Data used.**"), encoding="utf-8")
    found = program("note", "--card", f"output/{DAY}/daily/card.json", "--output", "again", "--quiet")
    assert "the wording of a phrase, a table or a template" in found.err


# What is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "No such command"),
        (("note", "--nonsense"), "No such option"),
        (("note", "--date", "5 August"), "wanted a date such as 2024-08-05"),
        (("note", "--card", "x.json", "--date", DAY), "leave out --date"),
        (
            (*EPISODE, "--edition", "monthly"),
            "no edition 'monthly'; there are ahead, audio, brief, daily, open, thread, weekly, wire",
        ),
        (("notes", "--from", DAY, "--to", "2024-08-01", "--source", "episodes"), "lies before"),
        (("notes", "--from", "2024-08-01", "--to", DAY, "--source", "episodes"), "single days"),
        (("verdicts", "--from", DAY), "Missing option '--to'"),
        (("verdicts", "--from", DAY, "--to", DAY, "--format", "xml"), "is not one of"),
        (
            ("sample", "havens/gold_sould", "--source", "episodes"),
            "no message 'havens/gold_sould'; did you mean",
        ),
    ],
)
def test_words_that_a_command_does_not_take_end_with_two(
    program: Program, words: tuple[str, ...], said: str
) -> None:
    found = program(*words)
    assert (found.status, found.out) == (2, "")
    assert said in found.err
    assert program.files() == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024-08-03", "Saturday"),
        ("2024-07-04", "Independence Day"),
        ("2031-01-02", ""),
        ("2024-08-13", ""),  # not settled at the time of the test's clock
        ("2019-01-02", "not in the data"),
    ],
)
def test_a_day_that_cannot_have_a_note_is_held(
    program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch, day: str, said: str
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
    found = program("note", "--source", str(bars), "--date", day)
    assert (found.status, found.out) == (3, "")
    assert day in found.err
    assert said in found.err
    assert program.files() == []


def test_a_session_in_progress_is_held(program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", "2024-08-09T12:00:00-04:00")
    assert program("note", "--source", str(bars), "--date", "2024-08-09").status == 3
    assert program("note", "--source", str(bars), "--quiet").status == 0
    assert program.files("output")[0].startswith("output/2024-08-08/")


@pytest.mark.parametrize("symbol", ["GLD", "^VIX", "^GSPC", "DGS10"])
def test_a_must_have_that_is_missing_or_stale_holds_the_note(
    program: Program, bars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, symbol: str
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
    own = Path(shutil.copytree(bars, tmp_path / "own"))
    path = own / f"{symbol}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-6]) + "\n", encoding="utf-8")
    stale = program("note", "--source", str(own), "--date", "2024-08-09")
    path.unlink()
    missing = program("note", "--source", str(own), "--date", "2024-08-09")
    for found in (stale, missing):
        assert (found.status, found.out) == (3, "")
        assert "held" in found.err or "missing" in found.err or "stale" in found.err
    assert program.files() == []


def test_an_episode_that_is_none_names_those_that_there_are(program: Program) -> None:
    found = program("note", "--source", "episodes", "--date", "2024-08-06")
    assert found.status == 3
    assert DAY in found.err
    assert program.files() == []


@pytest.mark.parametrize("source", ["nowhere", "empty"])
def test_a_source_that_is_none_is_held(program: Program, source: str) -> None:
    (program.folder / "empty").mkdir()
    found = program("note", "--source", source)
    assert (found.status, found.out) == (3, "")
    assert source in found.err
    assert program.files() == []


@pytest.mark.parametrize("words", [("note",), ("note", "--source", "yahoo"), ("fetch",)])
def test_an_unreachable_yahoo_names_the_other_sources(tmp_path: Path, words: tuple[str, ...]) -> None:
    nothing = "http://127.0.0.1:9"  # the discard port: nobody listens
    start = time.monotonic()
    found = apart(*words, cwd=tmp_path, HTTPS_PROXY=nothing, HTTP_PROXY=nothing, ALL_PROXY=nothing)
    assert time.monotonic() - start < 20
    assert (found.status, found.out) == (3, "")
    assert "--source store" in found.err
    assert "--source FOLDER" in found.err
    assert "--source episodes" in found.err
    assert "Traceback" not in found.err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("where", ["taken", "taken/below"])
def test_an_output_folder_that_cannot_be_written_leaves_nothing_half(program: Program, where: str) -> None:
    (program.folder / "taken").write_text("a file where a folder should be", encoding="utf-8")
    found = program(*EPISODE, "--output", where)
    assert (found.status, found.out) == (1, "")
    assert found.err.startswith(f"commentary: {where}/{DAY}/daily/note.md: cannot be written (")
    assert found.err.count("\n") == 1
    assert program.files() == ["taken"]


def test_a_file_that_cannot_be_replaced_leaves_no_half_of_it(program: Program) -> None:
    (program.folder / "output" / DAY / "daily" / "note.html" / "in the way").mkdir(parents=True)
    found = program(*EPISODE)
    assert found.status == 1
    assert "note.html: cannot be written" in found.err
    assert not [name for name in program.files() if "/." in name]


@pytest.mark.parametrize(
    ("text", "said"), [("", "not a card"), ('{"format": 99}', "format: got 99"), ("[]", "format: got 'list'")]
)
def test_a_card_that_is_none_ends_with_one(program: Program, text: str, said: str) -> None:
    (program.folder / "card.json").write_text(text, encoding="utf-8")
    found = program("note", "--card", "card.json")
    assert (found.status, found.out) == (1, "")
    assert "card.json" in found.err
    assert said in found.err
    assert program("note", "--card", "none.json").status == 1
    assert program.files() == ["card.json"]


@pytest.mark.parametrize(
    ("name", "source", "status"),
    [
        ("COMMENTARY_CACHE", "episodes", 0),
        ("COMMENTARY_CACHE", "bars", 1),
        ("COMMENTARY_DATA", "episodes", 1),
    ],
)
def test_a_user_folder_that_cannot_be_written_is_one_message_or_no_matter(
    program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch, name: str, source: str, status: int
) -> None:
    taken = program.folder / "taken"
    taken.write_text("a file", encoding="utf-8")
    monkeypatch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
    monkeypatch.setenv(name, str(taken))
    found = program("note", "--quiet", "--source", str(bars) if source == "bars" else source)
    assert found.status == status
    assert status == 0 or (str(taken) in found.err and found.err.count("\n") == 1), found.err


@pytest.mark.parametrize("clock", ["this evening", "2024-08-05T21:30:00"])
def test_a_clock_that_tells_no_time_is_one_message(
    program: Program, monkeypatch: pytest.MonkeyPatch, clock: str
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", clock)
    for words in (("note", "--source", "episodes"), ("doctor", "--offline")):
        found = program(*words)
        assert found.status == 2
        assert f"COMMENTARY_NOW: got {clock!r}; wanted a time with its zone" in found.err


@pytest.mark.parametrize("years", ["0", "-3", "5000"])
def test_years_that_nobody_can_fetch(program: Program, years: str) -> None:
    found = program("fetch", "--years", years)
    assert found.status == 2 and "Invalid value for '--years'" in found.err


# The other commands ---------------------------------------------------------------------------------------


def test_help_names_every_command_and_each_has_an_example(program: Program) -> None:
    shown = program("--help")
    assert shown.status == 0
    for name in COMMANDS:
        assert f"  {name} " in shown.out
        own = program(name, "-h")
        assert own.status == 0
        assert f"Example: commentary {name}" in own.out, own.out
    assert program("--version").out == f"commentary, version {__version__}\n"


def test_notes_of_a_range_in_order_with_the_days_held(
    program: Program, bars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
    own = Path(shutil.copytree(bars, tmp_path / "own"))
    gold = own / "GLD.csv"
    lines = gold.read_text(encoding="utf-8").splitlines()
    gold.write_text(
        "\n".join(line for line in lines if not line.startswith("2024-08-07")) + "\n", encoding="utf-8"
    )
    found = program(
        "notes", "--from", "2024-08-05", "--to", "2024-08-09", "--source", str(own), "--edition", "brief"
    )
    assert found.status == 0, found.err
    assert "held 2024-08-07: " in found.err
    days = sorted(path.name for path in (program.folder / "output").iterdir())
    wanted = {day.isoformat() for day in sessions(5)}
    held = {
        line.split(":")[0].removeprefix("held ")
        for line in found.err.splitlines()
        if line.startswith("held ")
    }
    assert set(days) == wanted - held
    assert "2024-08-07" in held
    assert held <= {"2024-08-07", "2024-08-08"}, "a gap holds the next day's return too"
    assert f"{len(days)} notes written, {len(held)} held" in found.err
    for day in days:
        assert sorted(path.name for path in (program.folder / "output" / day / "brief").iterdir()) == FILES


@pytest.mark.parametrize(("first", "last"), [("2031-01-01", "2031-02-01"), ("2024-08-03", "2024-08-04")])
def test_a_range_without_a_session_is_held(
    program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch, first: str, last: str
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
    found = program("notes", "--from", first, "--to", last, "--source", str(bars))
    assert (found.status, found.out) == (3, "")
    assert f"no session from {first} to {last} is in the data, which run from " in found.err
    assert program.files() == []


def test_notes_remember_the_ones_before(
    program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
    assert program("notes", "--from", "2024-08-08", "--to", "2024-08-09", "--source", str(bars)).status == 0
    phrases = []
    for day in ("2024-08-08", "2024-08-09"):
        facts = json.loads(
            (program.folder / "output" / day / "daily" / "facts.json").read_text(encoding="utf-8")
        )
        phrases.append({item["phrase"] for item in facts["sentences"]})
    kept = json.loads((program.folder / "output/2024-08-09/daily/card.json").read_text())
    assert {use[0] for use in kept["memory"]["uses"]} == phrases[0]
    required = {"title", "verdict", "closing", "standfirst"}
    assert not {name for name in phrases[0] & phrases[1] if name.split("/")[0] not in required}


def test_verdicts_as_a_spreadsheet(program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
    span = ("verdicts", "--from", "2024-07-01", "--to", "2024-08-09", "--source", str(bars))
    found = program(*span, "--format", "csv")
    assert found.status == 0
    assert found.out.splitlines()[0] == COLUMNS
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert [row["session"] for row in rows] == [
        day.isoformat() for day in sessions(50) if day >= date(2024, 7, 1)
    ]
    for row in rows:
        assert sum(float(row[f"p_{label}"]) for label in VERDICTS) == pytest.approx(1, abs=1e-5)
        assert 0 < float(row["confidence"]) <= 0.95
        assert 0 <= int(row["severity"]) <= 5
    listed = json.loads(program(*span, "--format", "json").out)
    assert [entry["label"] for entry in listed] == [row["label"] for row in rows]
    assert program(*span).out.splitlines()[0].split() == COLUMNS.split(",")


def test_verdicts_of_the_episodes(program: Program) -> None:
    found = program(
        "verdicts", "--from", "2000-01-01", "--to", "2030-01-01", "--source", "episodes", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert [row["session"] for row in rows] == [day.isoformat() for day in shipped_days()]
    assert {row["label"] for row in rows} == {*VERDICTS, "rates_led", "ordinary", "mixed"}


def test_explain_argues_the_verdict(program: Program) -> None:
    found = program("explain", "--source", "episodes", "--date", DAY)
    assert found.status == 0
    for heading in (
        "For and against, by channel",
        "Totals of the six",
        "Gates, part by part",
        "What would flip it",
        "What was missing",
        "The five sessions before",
        "The nearest earlier sessions",
        "The readings",
    ):
        assert f"\n{heading}\n" in found.out
    assert found.out.startswith(f"{DAY}: Forced exit\n")
    assert "The havens failed" in found.out
    assert "a shipped day stands alone" in found.out.lower()


def test_explain_as_markdown_and_json(program: Program) -> None:
    words = ("explain", "--source", "episodes", "--date", DAY, "--format")
    page = program(*words, "md").out
    assert page.startswith(f"# {DAY}: Forced exit\n\n")
    assert "\n## Gates, part by part\n\n| Gate | Now |" in page
    found = json.loads(program(*words, "json").out)
    assert (found["session"], found["label"], found["story"]) == (DAY, "forced_exit", "forced_exit")


def test_readings_as_table_csv_and_json(program: Program) -> None:
    words = ("readings", "--source", "episodes", "--date", DAY)
    rows = list(csv.DictReader(io.StringIO(program(*words, "--format", "csv").out)))
    assert len(rows) > 1000
    by_name = {row["name"]: row for row in rows}
    # Cboe's close of the day, and the S&P 500's.
    assert float(by_name["vix.level"]["value"]) == 38.57
    assert float(by_name["sp500.level"]["value"]) == pytest.approx(5186.33, abs=0.01)
    assert by_name["sp500.return_1d"]["unit"] == "fraction"
    assert {entry["name"] for entry in json.loads(program(*words, "--format", "json").out)} == set(by_name)
    assert program(*words).out.splitlines()[0].split() == ["name", "value", "unit", "window", "as_of"]


def test_readings_and_explain_of_a_folder(
    program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", SYNTHETIC_NOW)
    found = program("readings", "--source", str(bars), "--format", "json")
    assert {entry["as_of"] for entry in json.loads(found.out)} == {"2024-08-09"}
    assert program("explain", "--source", str(bars)).out.startswith("2024-08-09: ")


def test_episodes_lists_every_shipped_day(program: Program) -> None:
    found = program("episodes")
    assert found.status == 0
    lines = found.out.splitlines()
    assert lines[0].split() == ["session", "verdict", "confidence", "title"]
    assert [line.split()[0] for line in lines[1:]] == [day.isoformat() for day in shipped_days()]


def test_check_finds_nothing_wrong_with_what_is_shipped(program: Program) -> None:
    found = program("check")
    assert (found.status, found.err) == (0, "")
    assert ": no mistakes" in found.out.splitlines()[-1]


def test_sample_shows_phrases_on_days_on_which_they_are_true(program: Program, bank: object) -> None:
    name = next(iter(bank.lexicon.phrases))  # type: ignore[attr-defined]
    found = program("sample", name, "--source", "episodes", "--days", "2")
    assert found.status == 0
    names = [line.split(":")[0] for line in found.out.splitlines() if not line.startswith("  ")]
    assert names == [phrase.name for phrase in bank.lexicon.of(name)]  # type: ignore[attr-defined]


def test_status_lists_what_was_written(program: Program) -> None:
    assert "0 editions" in program("status").out
    program(*EPISODE, "--quiet")
    program(*EPISODE, "--quiet", "--edition", "brief")
    kept = json.loads(program("status", "--format", "json").out)
    assert sorted((entry["session"], entry["edition"], entry["verdict"]) for entry in kept["editions"]) == [
        (DAY, "brief", "forced_exit"), (DAY, "daily", "forced_exit"),
    ]  # fmt: skip
    assert "2 editions" in program("status").out


def test_init_lays_out_a_desk_and_leaves_what_is_there(program: Program) -> None:
    assert program("init", "letter").status == 0
    settings = program.folder / "letter" / "commentary.toml"
    assert {path.name for path in (program.folder / "letter").iterdir()} == {
        "commentary.toml", "rules", "templates", "desk", "output",
    }  # fmt: skip
    settings.write_text('brand = "Mine"\n', encoding="utf-8")
    found = program("init", "letter")
    assert (found.status, settings.read_text(encoding="utf-8")) == (0, 'brand = "Mine"\n')
    assert "left as it is" in found.out


def test_init_where_a_file_is_in_the_way(program: Program) -> None:
    (program.folder / "taken").write_text("", encoding="utf-8")
    found = program("init", "taken")
    assert found.status == 1
    assert found.err.startswith("commentary: taken: cannot be written (")


def test_the_reader_who_stops_reading_is_no_error(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = f"{sys.executable} -m commentary readings --source episodes --date {DAY} | head -n 1"
    done = subprocess.run(["bash", "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["name", "value", "unit", "window", "as_of"]
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
