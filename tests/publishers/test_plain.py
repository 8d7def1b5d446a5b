"""Markdown as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.publishers._plain import WIDTH, inline, plain


def test_a_note_is_readable_as_text() -> None:
    markdown = """# Monday sold

*Utilities fell* further than chips.

### The read

Near term, **calm** first.

> Session 2024-08-05.
> Sources: Yahoo.
>
> Not advice.

- High yield
  lost less.
- Crude hardly moved.
"""
    assert plain(markdown) == (
        "Monday sold\n===========\n\n"
        "Utilities fell further than chips.\n\n"
        "The read\n--------\n\n"
        "Near term, calm first.\n\n"
        "> Session 2024-08-05. Sources: Yahoo.\n>\n> Not advice.\n\n"
        "- High yield lost less.\n"
        "- Crude hardly moved.\n"
    )


def test_tables_stand_in_columns() -> None:
    markdown = r"""| Asset | Close | If crossed |
|---|---:|---|
| S&P 500 | 5,186.33 | a **cascade** |
| Gold | −1.3 % | `abs(x) \| y` |
"""
    assert plain(markdown).splitlines() == [
        "Asset       Close  If crossed",
        "-------  --------  ----------",
        "S&P 500  5,186.33  a cascade",
        "Gold       −1.3 %  abs(x) | y",
    ]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a *b* c", "a b c"),
        ("**b**", "b"),
        ("_b_ and snake_case_name", "b and snake_case_name"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        (r"a \* b \| c", "a * b | c"),
        ("[the data](https://example.com/a_b_c)", "the data (https://example.com/a_b_c)"),
        ("![chart of the day](charts/one.svg)", "[chart of the day]"),
        ("`gold.close > gold.average_20d`", "gold.close > gold.average_20d"),
        ("text {: .lead }", "text"),
        ("AT&amp;T", "AT&T"),
        ("a ` b", "a ` b"),
    ],
)
def test_marks_are_taken_off(markdown: str, text: str) -> None:
    assert inline(markdown) == text


def test_prose_is_wrapped_and_no_word_is_broken() -> None:
    words = ["word"] * 60 + ["https://example.com/" + "a" * 100]
    shown = plain(" ".join(words))
    assert shown.split() == words
    assert all(len(line) <= WIDTH or " " not in line for line in shown.splitlines())


@given(st.lists(st.from_regex(r"[a-z]{1,12}[.,]?", fullmatch=True), min_size=1, max_size=80))
def test_plain_prose_keeps_every_word(words: list[str]) -> None:
    assert plain(" ".join(words)).split() == words


@pytest.mark.parametrize("markdown", ["", "|", "|a", "|a|\n|b|", ">", "#", "---", "|a|b|\n|---|\n|c|", "-"])
def test_odd_markdown_is_let_be(markdown: str) -> None:
    assert plain(markdown).endswith("\n")
