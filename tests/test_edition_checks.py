"""Mistakes of editions, voices and the agenda are told by file and key."""

from __future__ import annotations

from pathlib import Path

from commentary.bank import Bank
from commentary.checking import _heard, _names
from commentary.edition_checks import form_problems, voice_mistakes
from commentary.library import Library

EDITION = 'about = ""\ntables = ["moves"]\nrows = 1\nlayout = "wekly"\nvoice = "wire"\n'
VOICE = 'about = ""\n[bank]\ntiers = ["fact"]\nfamilies = ["none"]\ndevices = ["plain"]\n'
PHRASE = '[[phrases]]\nid = "two"\ntext = "Gold lost 2 percent, {{ gold.retrun_1d | percent }}."\ntier = "stable"\n'
AGENDA = '[[due]]\nsubject = "expiri"\nwhat = "Expiry"\ntests = "The range"\n'


def written(root: Path, **files: str) -> Bank:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Bank(Library((root,)))


def told(bank: Bank) -> set[tuple[str, str]]:
    names = _names(bank)
    found = (*form_problems(bank, names), *voice_mistakes(bank, _heard(bank, names)))
    return {(problem.file, problem.key) for problem in found}


def test_what_is_shipped_has_no_mistake(bank: Bank) -> None:
    assert told(bank) == set()


def test_an_edition_names_what_there_is_and_owns_up(tmp_path: Path) -> None:
    bank = written(
        tmp_path,
        **{"rules/editions/mine.toml": EDITION, "templates/notes/mine.md.j2": "# {{ title }}\n"},
        **{"rules/editions/other.toml": EDITION.replace("wekly", "weekly")},
    )
    assert told(bank) == {
        ("rules/editions/mine.toml", "layout"),
        ("templates/notes/mine.md.j2", "disclosure"),
        ("templates/notes/other.md.j2", "(file)"),
    }


def test_a_voice_is_held_to_what_the_bank_is_held_to(tmp_path: Path) -> None:
    bank = written(
        tmp_path,
        **{"templates/voices/mine/voice.toml": VOICE, "templates/voices/mine/havens/gold_sold.toml": PHRASE},
        **{"templates/voices/mine/havens/nothing.toml": PHRASE},
    )
    assert told(bank) == {
        ("templates/voices/mine/havens/gold_sold.toml", "phrases.two"),
        ("templates/voices/mine/havens/nothing.toml", "(file)"),
    }


def test_an_agenda_names_subjects_that_may_be_due(tmp_path: Path) -> None:
    assert told(written(tmp_path, **{"rules/agenda.toml": AGENDA})) == {
        ("rules/agenda.toml", "due.0.subject")
    }
