"""Phrases over the desk's entries: attributed in every sentence; the words that only they may have."""

from __future__ import annotations

import pytest

from commentary.phrasing.lint_desk import told
from tests.phrasing.made import phrase

QUOTE = [{"it": "desk_quote"}]
RIGHT = "Said by {{ it.who }} on {{ it.when_date | full_date }}: “{{ it.text }}” (source: {{ it.source }})."


def test_a_phrase_that_attributes_is_right() -> None:
    assert list(told(phrase("desk/quotes#one", RIGHT), QUOTE)) == []


@pytest.mark.parametrize(
    ("text", "got"),
    [
        (RIGHT.replace(" (source: {{ it.source }})", ""), "whose or of when"),
        (RIGHT.replace(" on {{ it.when_date | full_date }}", ""), "whose or of when"),
        (f"{RIGHT} It was said aloud.", "whose or of when"),
        (RIGHT.replace("“{{ it.text }}”", "{{ it.text }}"), "without its marks"),
        (RIGHT.replace("Said by ", ""), "at the head"),
    ],
)
def test_what_is_wrong_is_named(text: str, got: str) -> None:
    assert any(got in said for said, _ in told(phrase("desk/quotes#one", text), QUOTE))


def test_nothing_reported_stands_in_a_title() -> None:
    assert any("title" in wanted for _, wanted in told(phrase("title/quote#one", RIGHT), QUOTE))


def test_sellers_causes_and_events_need_an_entry() -> None:
    text = "Gold fell in the wake of a margin call."
    assert {said for said, _ in told(phrase("havens/sold#one", text), [{"it": "gold"}])} == {
        "'in the wake of'",
        "'margin call'",
    }
    spoken = f"In the wake of it, positions were liquidated, {RIGHT[0].lower()}{RIGHT[1:]}"
    assert list(told(phrase("desk/quotes#one", spoken), QUOTE)) == []
