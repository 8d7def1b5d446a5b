"""``commentary desk new``, and desk inputs found by ``note`` and ``check``."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.desk_scaffold import Candidates, Opened, scaffold
from commentary.sources.headlines import Headline
from tests.cli import Program
from tests.desks import DAY, WHOLE, kept
from tests.yahoo.using import environ

SAID = ("note", "--source", "episodes", "--date", "2024-08-05")
HEADING = "### Reported, not measured"


def uncommented(text: str) -> str:
    """A scaffold with every table and key in use."""
    return re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE)


def test_a_file_is_laid_out_with_the_questions_of_the_day(program: Program) -> None:
    found = program("desk", "new", "2024-08-05", "--source", "episodes")
    assert (found.status, found.err) == (0, "")
    text = (program.folder / "desk" / "2024-08-05.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"session": DAY}
    assert "judged forced exit" in text
    for asked in ("Silver was dumped. Has an exchange raised margins",
                  "What do the trackers of liquidations"):  # fmt: skip
        assert asked in text
    assert program("check").status == 0
    assert HEADING not in program(*SAID).out


def test_what_the_scaffold_shows_is_right_when_it_is_used(tmp_path: Path) -> None:
    text = scaffold(DAY, Opened(reason="no\ndata\u2028here"), Candidates())
    assert "could not be read (no data here)" in text
    found = kept(uncommented(text), tmp_path)
    assert list(found) == ["positioning", "margin", "liquidations", "quotes", "catalysts", "themes"]


def test_nothing_is_written_over(program: Program) -> None:
    program("desk", "new", "2024-08-05", "--source", "episodes")
    path = program.folder / "desk" / "2024-08-05.toml"
    path.write_text(WHOLE, encoding="utf-8")
    again = program("desk", "new", "2024-08-05", "--source", "episodes")
    assert again.status == 2
    assert "there already" in again.err
    assert path.read_text(encoding="utf-8") == WHOLE


def test_a_day_without_a_session_is_refused(program: Program) -> None:
    found = program("desk", "new", "2024-08-04")
    assert (found.status, program.files()) == (2, [])


def test_without_a_source_the_file_says_why_it_asks_nothing(program: Program) -> None:
    found = program("desk", "new", "2024-08-06", "--source", "nowhere")
    assert found.status == 0
    assert "left out:" in found.err
    assert "No open questions" in (program.folder / "desk" / "2024-08-06.toml").read_text(encoding="utf-8")


def test_headlines_are_comments_and_right_when_they_are_used(tmp_path: Path) -> None:
    at = datetime(2024, 8, 5, 6, 30, tzinfo=UTC)
    odd = 'Yen "carry" ends\n[[quotes]]\x7f \\ with a crash'
    found = Candidates(
        (Headline(odd, "Agency", "SPY", at, "https://example.com/1\n"),), "GLD: no\nanswer", {"SPY": "spy"}
    )
    text = scaffold(DAY, Opened("forced exit"), found)
    assert tomllib.loads(text) == {"session": DAY}
    assert "GLD: no answer" in text
    used = tomllib.loads(uncommented(text))["catalysts"][-1]
    assert (used["what"], used["subjects"], used["source"]) == (odd, ["spy"], "Agency")
    assert used["at"] == at


def test_a_feed_out_of_reach_leaves_a_file_without_headlines(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", "2024-08-05T21:30:00+00:00")
    with environ(
        {
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "https_proxy": "http://127.0.0.1:9",
            "NO_PROXY": "",
            "no_proxy": "",
        }
    ):
        found = program("desk", "new", "2024-08-05", "--source", "episodes")
    assert found.status == 0
    assert "cannot be reached" in found.err
    text = (program.folder / "desk" / "2024-08-05.toml").read_text(encoding="utf-8")
    assert "# Headlines could not all be had" in text
    assert tomllib.loads(text) == {"session": DAY}


def test_a_note_finds_the_inputs_of_its_session_and_a_card_has_them(program: Program) -> None:
    program("init")
    without = program(*SAID).out
    path = program.folder / "desk" / "2024-08-05.toml"
    path.write_text(WHOLE, encoding="utf-8")
    text = program(*SAID).out
    assert HEADING in text
    assert HEADING not in without
    path.rename(program.folder / "mine.toml")
    assert program(*SAID, "--desk", "mine.toml").out == text
    card = program.folder / "output" / "2024-08-05" / "daily" / "card.json"
    (program.folder / "mine.toml").unlink()
    again = program("note", "--card", str(card))
    assert again.out == text
    assert "differs" not in again.err
    assert program(*SAID).out == without


def test_a_card_takes_no_other_inputs(program: Program) -> None:
    (program.folder / "mine.toml").write_text(WHOLE, encoding="utf-8")
    program(*SAID)
    card = program.folder / "output" / "2024-08-05" / "daily" / "card.json"
    assert program("note", "--card", str(card), "--desk", "mine.toml").status == 2
    assert program(*SAID, "--desk", "none.toml").status == 2


def test_mistakes_of_inputs_stop_note_and_check_alike(program: Program) -> None:
    folder = program.folder / "desk"
    folder.mkdir()
    (folder / "2024-08-05.toml").write_text(WHOLE.replace("A. Trader", " "), encoding="utf-8")
    (folder / "2024-08-06.toml").write_text(WHOLE, encoding="utf-8")
    found = program(*SAID)
    assert (found.status, found.out) == (4, "")
    assert "quotes.1.who" in found.err
    assert not list(program.folder.glob("output/**/*"))
    checked = program("check")
    assert checked.status == 4
    assert "2024-08-05.toml: quotes.1.who" in checked.err
    assert "2024-08-06.toml: session: got 2024-08-05" in checked.err


def test_a_range_finds_the_inputs_of_each_session(program: Program, bars: Path) -> None:
    sessions = [item.stem for item in bars.glob("*.csv")]
    assert sessions
    last = _last(bars)
    folder = program.folder / "desk"
    folder.mkdir()
    entry = f'session = {last}\n[[quotes]]\ntext = "No bid."\nwho = "A"\nwhere = "B"\nwhen = {last}\nsource = "C"\n'
    (folder / f"{last}.toml").write_text(entry, encoding="utf-8")
    done = program("notes", "--from", str(last), "--to", str(last), "--source", str(bars))
    assert done.status == 0, done.err
    text = (program.folder / "output" / str(last) / "daily" / "note.md").read_text(encoding="utf-8")
    assert "“No bid.”" in text


def _last(bars: Path) -> date:
    """The newest session of made-up bars."""
    days = (
        path.read_text(encoding="utf-8").splitlines()[-1].split(",")[0][:10] for path in bars.glob("*.csv")
    )
    return date.fromisoformat(max(days))


def test_a_note_of_a_card_with_inputs_loads_no_pydantic(program: Program) -> None:
    (program.folder / "mine.toml").write_text(WHOLE, encoding="utf-8")
    assert program(*SAID, "--desk", "mine.toml").status == 0
    code = (
        "import sys\nfrom commentary.cli import run\n"
        "status = run(['note', '--card', 'output/2024-08-05/daily/card.json', '--quiet'])\n"
        "print(status, sorted({'pydantic', 'pandas', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=program.folder, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 []\n"
