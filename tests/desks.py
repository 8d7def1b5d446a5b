"""Desk inputs for tests: a file with an entry of every kind, and texts that Markdown would act on."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from commentary.desk_checks import read_desk
from commentary.library import Library
from commentary.universe import load_universe

DAY = date(2024, 8, 5)

WHOLE = """
session = 2024-08-05

[[positioning]]
what = "net longs of managed money in silver futures"
value = 40_521
unit = "contracts"
direction = "added"
as_of = 2024-07-30
source = "the CFTC’s weekly report"
subjects = ["silver"]

[[margin]]
exchange = "CME"
contract = "silver futures"
from = "12,650 dollars a contract"
to = "14,500 dollars a contract"
effective = 2024-08-06
as_of = 2024-08-02
source = "CME Clearing’s notice"
subjects = ["silver"]

[[liquidations]]
market = "perpetual futures on crypto"
amount = 1.10
unit = "billion dollars"
window = "the 24 hours to 16:00 in New York"
as_of = 2024-08-05
source = "a tracker’s page"
subjects = ["bitcoin", "ether"]

[[quotes]]
text = "It was 2 a.m., and nobody wanted anything. We sold what we could: gold, too."
who = "a dealer in Tokyo"
where = "by telephone"
when = 2024-08-05T09:15:00-04:00
source = "the desk’s own log"

[[quotes]]
text = "There is no bid."
who = "A. Trader"
where = "on the floor"
when = 2024-08-05
source = "a news agency"
url = "https://example.com/floor"

[[catalysts]]
what = "the Nikkei’s fall of 12.4 percent"
kind = "other"
at = 2024-08-05T02:00:00-04:00
source = "the Tokyo exchange"
subjects = ["nikkei", "sp500", "high_yield"]

[[themes]]
theme = "the yen as a loan"
why = "a loan in yen costs more than it did"
as_of = 2024-07-31
source = "the Bank of Japan’s statement"
"""
"""An entry of every kind, two quotes, for 5 August 2024."""


def kept(text: str, folder: Path, session: date | None = DAY) -> dict[str, Any]:
    """What a card keeps of a file with this text."""
    path = folder / f"{DAY}.toml"
    path.write_text(text, encoding="utf-8")
    return read_desk(path, _instruments(), session)


@cache
def _instruments() -> frozenset[str]:
    return frozenset(load_universe(Library()).instruments)


ACTIVE = (
    "*",
    "**",
    "_",
    "`",
    "[",
    "](",
    "]: ",
    "<b>",
    "</script>",
    "&",
    "&amp;",
    "&lt",
    "&#42;",
    "\\",
    "~~",
    "{{",
    "{%",
    "{:",
    "http://",
    "www.",
    "a@b.c",
    "|",
    "# ",
    "- ",
    "1. ",
    "> ",
    "---",
    "<!--",
    "-->",
    "“",
    "”",
    '"',
    "'",
    "\u00a0",
    "é",
    "😀",
    "$",
    "  ",
    "![",
    ":x:",
    "^",
    "=",
)
"""What Markdown, HTML or a template would act on, and what is merely odd."""

_LETTERS = st.characters(
    exclude_categories=("Cc", "Co", "Cs", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
)


def texts() -> st.SearchStrategy[str]:
    """Texts that a desk file takes, full of what Markdown would act on."""
    pieces = st.lists(
        st.one_of(st.sampled_from(ACTIVE), st.text(_LETTERS, max_size=6)), min_size=1, max_size=12
    )
    return pieces.map("".join).filter(lambda text: text == text.strip() != "" and len(text.split()) <= 30)
