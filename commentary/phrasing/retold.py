"""Facts: what a message rests on, in the measure of a reader, who takes several readings for one."""

from __future__ import annotations

from functools import cache

from commentary.binding import bound
from commentary.conditions import parse
from commentary.model import Choice
from commentary.phrasing.lexicon import Phrase

DAY = frozenset({
    "return_1d", "move_z", "change_bp", "change_z", "change_1d", "change_pct_1d", "spread_1d", "spread_z",
    "sector_rank", "excess_1d", "excess_z",
})  # fmt: skip
"""Measures of one day's move."""

SCOPES = ("yesterday", "episode", "streak", "evidence", "tape", "calendar", "settled", "table")
"""Subjects that say how the day was judged, when it was, or which move was large; they make no sentence new."""

EVERYWHERE = frozenset({"sp500 day", "vix level"})
"""Facts beside which others are told."""

SAME = {
    "sp500": ("spy",),
    "breadth": ("sectors.advancing", "stocks"),
    "small companies": ("small_caps", "russell", "russell_vs_sp500", "small_vs_nasdaq100"),
    "equal weight": ("equal_weight", "equal_vs_index"),
    "bonds": ("treasuries",),
    "gold": ("gold_future",),
    "oil": ("crude_future",),
    "ranking": ("winners_3m", "losers_3m", "winners_ytd", "losers_ytd", "momentum", "momentum_fund"),
    "quality": ("beta_gap", "high_beta", "low_vol"),
    "defensives": ("cyclicals_vs_defensives", "discretionary_vs_staples", "utilities", "staples"),
    "term": ("vix.term_ratio", "vix3m.level", "vix.forward_30_93"),
    "front": ("vix.front_ratio", "vix9d.level", "vix.forward_9_30"),
    "havens": ("haven",),
}
"""What a reader takes for one → its subjects or readings."""

_KNOWN = {name: fact for fact, names in SAME.items() for name in names}


def facts_of(choice: Choice) -> frozenset[str]:
    """Facts that a message rests on, without those that stand beside every other."""
    return _read(choice.when)[1]


def told_by(choice: Choice, phrase: Phrase) -> frozenset[str]:
    """Facts that a wording tells: those of its message, or of its own condition where the message asks none."""
    return facts_of(choice) or (
        _read(bound(phrase.file.when, choice.names))[1] if phrase.file.when else frozenset()
    )


def readings_of(choice: Choice) -> frozenset[str]:
    """Readings of the market that a message rests on."""
    return _read(choice.when)[0]


@cache
def _read(when: str) -> tuple[frozenset[str], frozenset[str]]:
    names = {name for name in parse(when).names if "." in name}
    names = {name for name in names if name.split(".")[0] not in SCOPES}
    return frozenset(names), frozenset(map(_fact, names)) - EVERYWHERE


def _fact(name: str) -> str:
    subject, _, measure = name.partition(".")
    fact = _KNOWN.get(name) or _KNOWN.get(subject, subject)
    if name in _KNOWN or fact in ("ranking", "breadth"):
        return fact
    return f"{fact} {'day' if measure in DAY else measure}"
