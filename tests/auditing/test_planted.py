"""Errors planted wherever they fit, in Markdown and trace alike: nearly all are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from commentary.auditing import PhraseText, Proof, audit
from commentary.model import Sentence
from tests.auditing.notes import NOTES, day, planted

OTHERS = {
    "sign": {
        "rose": "fell", "fell": "rose", "lost": "gained", "gained": "lost", "higher": "lower", "down": "up",
        "dropped": "jumped", "widened": "narrowed", "below": "above", "above": "below", "bid": "sold",
        "flattened": "steepened", "beat": "trailed", "lifted": "sank", "firmed": "eased", "spared": "sold",
    },
    "superlative": {"worst": "best", "widest": "narrowest", "highest": "lowest", "record": "year’s low"},
    "unit": {"percent": "basis points", "basis points": "percent", "sigma": "percent", "points": "percent"},
    "window": {"in a week": "in a month", "on the day": "on the year", "this year": "this month", "five": "ten"},
    "weekday": {"Monday": "Tuesday", "Friday": "Wednesday", "Wednesday": "Thursday"},
    "date": {"March": "May", "2022": "2021", "2007": "2008", "June": "July", "February": "March", "April": "June"},
    "word": {"three": "four", "third": "second", "fifth": "sixth", "two": "five", "half": "a third"},
    "subject": {
        "gold": "silver", "silver": "copper", "Gold": "Silver", "utilities": "staples", "chips": "software",
        "dollar": "euro", "Bitcoin": "Ether", "yen": "pound", "S&P": "Dow", "Silver": "Gold", "VIX": "VVIX",
    },
}  # fmt: skip


def sites(sentence: Sentence) -> Iterator[tuple[str, int, int, str]]:
    """Kind, place and replacement of every error that fits a sentence."""
    for kind, words in OTHERS.items():
        for word, other in words.items():
            for match in re.finditer(rf"(?<![\w&]){re.escape(word)}(?![\w&])", sentence.text):
                yield kind, match.start(), match.end(), other
    for number in sentence.numbers:
        for match in re.finditer(r"\d", number.shown):
            digit = str((int(match[0]) + 3) % 10)
            yield "digit", number.start + match.start(), number.start + match.end(), digit


def cited(proof: Proof, marked: tuple[tuple[str, str, str], ...]) -> Proof:
    """A proof whose sentences cite phrases: the marked texts, figures as slots."""
    sentences = [replace(item, phrase=f"p{number}") for number, item in enumerate(proof.sentences)]
    texts = (re.sub(r"\[[^|\]]+\|([^\]]+)\]", r"{{ \1 | shown }}", text) for _, text, _ in marked)
    phrases = {f"p{number}": PhraseText(text) for number, text in enumerate(texts)}
    return replace(proof, sentences=sentences, phrases=phrases)


@pytest.mark.parametrize("name", NOTES)
def test_at_least_98_in_a_hundred_are_found(name: str) -> None:
    proof = cited(day(name).proof(), day(name).marked)
    assert audit(proof) == ()
    missed, count = [], 0
    for index, sentence in enumerate(proof.sentences):
        for kind, start, end, other in sites(sentence):
            count += 1
            wrong = planted(proof, index, (start, end), other)
            if not audit(wrong):
                missed.append((kind, wrong.sentences[index].text))
    assert count >= 50
    assert len(missed) <= 0.02 * count, missed


@pytest.mark.parametrize("name", NOTES)
def test_most_are_found_without_the_bank(name: str) -> None:
    """The readings alone, with no phrase to hold a sentence against."""
    proof = day(name).proof()
    answers = [
        bool(audit(planted(proof, index, (start, end), other)))
        for index, sentence in enumerate(proof.sentences)
        for _, start, end, other in sites(sentence)
    ]
    assert sum(answers) >= 0.85 * len(answers)
