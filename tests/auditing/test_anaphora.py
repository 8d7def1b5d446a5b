"""A pronoun is read back as the subject that the sentence before opens with, and as nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commentary.auditing import PhraseText
from commentary.auditing.anaphora import restored
from commentary.auditing.wording import unchanged
from tests.auditing.notes import day, proof, sentence

PHRASES = {
    "first": PhraseText("{{ it.name }} was sold.", "it.return_1d < 0"),
    "second": PhraseText("{{ it.name }} lost {{ it.return_1d | percent }}.", "it.return_1d < 0"),
}


@pytest.mark.parametrize(
    ("before", "text", "read", "right"),
    [
        ("Gold was sold.", "It lost [1.3 percent|gold.return_1d].", "Gold lost 1.3 percent.", True),
        ("Gold was sold,", "and it lost [1.3 percent|gold.return_1d].", "and gold lost 1.3 percent.", True),
        ("Silver was sold.", "It lost [1.3 percent|gold.return_1d].", "Silver lost 1.3 percent.", False),
        ("They sold gold.", "It lost [1.3 percent|gold.return_1d].", "It lost 1.3 percent.", False),
    ],
)
def test_read_back(before: str, text: str, read: str, right: bool) -> None:
    note = day("forced_exit")
    when = "gold.return_1d < 0 and silver.return_1d < 0"
    made = [
        replace(sentence(each, when, note.scene), phrase=phrase, section="metals")
        for each, phrase in ((before, "first"), (text, "second"))
    ]
    held = replace(proof(note, made, []), phrases=PHRASES)
    found = restored(held)
    assert found[1].text == read
    number = found[1].numbers[0]
    assert found[1].text[number.start : number.end] == "1.3 percent"
    findings = list(unchanged(replace(held, sentences=found[1:])))
    assert (findings == []) is right
