"""The shipped bank: names without doubles, and texts that keep to the tongue of notes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from commentary.bank import Bank
from commentary.errors import AuthoringError
from commentary.library import Library
from commentary.phrasing.lexicon import load_lexicon


def test_enough_to_say(bank: Bank) -> None:
    assert sum(map(len, bank.lexicon.phrases.values())) >= 300


def test_few_wordings_stand_under_two_messages(bank: Bank) -> None:
    texts = Counter(item.file.text for group in bank.lexicon.phrases.values() for item in group)
    assert sum(count - 1 for count in texts.values()) <= 0.02 * texts.total()


def test_all_mistakes_of_all_phrase_files_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "phrases" / "made"
    folder.mkdir(parents=True)
    (folder / "one.toml").write_text('[[phrases]]\nid = "a"\ntext = "x"\ntier = "loud"\n', encoding="utf-8")
    (folder / "two.toml").write_text('[[phrases]]\nid = "a"\ntxt = "x"\n', encoding="utf-8")
    with pytest.raises(AuthoringError) as error:
        load_lexicon(Library((tmp_path,)))
    assert [(problem.file.rsplit("/", 1)[1], problem.key) for problem in error.value.problems] == [
        ("one.toml", "phrases.0.tier"), ("two.toml", "phrases.0.text"), ("two.toml", "phrases.0.txt"),
    ]  # fmt: skip
