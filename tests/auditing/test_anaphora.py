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


@pytest.mark.parametrize(
    ("before", "read"),
    [
        ("Jobless claims averaged more than before.", "Jobless claims fell and yields rose."),
        ("Somebody read jobless claims.", "They fell and yields rose."),
    ],
)
def test_what_is_no_instrument_has_a_pronoun_too(before: str, read: str) -> None:
    note = day("forced_exit")
    bank = {"claims": PhraseText("Jobless claims fell and yields rose.", "")}
    made = [
        replace(sentence(text, "", note.scene), phrase=phrase, section="macro")
        for text, phrase in ((before, "before"), ("They fell and yields rose.", "claims"))
    ]
    held = replace(proof(note, made, []), phrases=bank)
    others = {**held.vocabulary.others, "claims": ("jobless claims", "claims")}
    held = replace(held, vocabulary=replace(held.vocabulary, others=others))
    assert restored(held)[1].text == read
