"""A small bank written by hand, and a voice that speaks from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commentary.model import Choice, Memory, Plan, Scalar, Section
from commentary.phrasing.choose import Rest
from commentary.phrasing.lexicon import Lexicon, Phrase, PhraseFile
from commentary.phrasing.references import Naming
from commentary.phrasing.slots import PhraseBook
from commentary.phrasing.wordings import Voice
from commentary.units import Unit
from tests.verdicts import SESSION, spec

NAMES = {
    "gold": Naming("the gold fund", "gold"),
    "silver": Naming("the silver fund", "silver"),
    "copper": Naming("copper", "copper"),
    "sp500": Naming("the S&P 500", "the S&P"),
    "treasuries": Naming("Treasuries", "Treasuries", "plural"),
    "banks_vs_index": Naming("banks against the index", "banks", "plural", "banks", "the index"),
}
SPECS = {
    name: spec(name, unit)
    for name, unit in {
        "gold.return_1d": Unit.FRACTION,
        "silver.return_1d": Unit.FRACTION,
        "sp500.return_1d": Unit.FRACTION,
        "gold.move_z": Unit.SIGMA,
        "ust2y.change_bp": Unit.BASIS_POINTS,
    }.items()
}
SCENE: dict[str, Scalar] = {
    "gold.return_1d": -0.013,
    "silver.return_1d": -0.045,
    "sp500.return_1d": -0.11,
    "gold.move_z": -1.3,
    "ust2y.change_bp": 1.0,
    "sectors.worst": "copper",
    "verdict": "forced_exit",
}


def phrase(name: str, text: str, **keys: Any) -> Phrase:
    """``havens/sold#one`` with its text."""
    message, ident = name.split("#")
    return Phrase(name, message, PhraseFile(id=ident, text=text, **keys))


def lexicon(*phrases: Phrase) -> Lexicon:
    """Phrases by message."""
    messages = dict.fromkeys(item.message for item in phrases)
    return Lexicon({name: tuple(item for item in phrases if item.message == name) for name in messages})


def voice(*phrases: Phrase, memory: Memory = Memory()) -> Voice:  # noqa: B008 - frozen
    """A voice with these phrases, on 5 August 2024 under a forced exit."""
    bank = lexicon(*phrases)
    rest = Rest(memory, SESSION, "forced_exit", "daily")
    return Voice(bank, PhraseBook(bank), NAMES, SPECS, rest)


def section(*choices: Choice, quota: int = 9, **changes: Any) -> Section:
    """A section that holds these choices."""
    return Section(choices[0].section, "", choices, quota, **changes)


def plan(*sections: Section, scene: Mapping[str, Scalar] = SCENE) -> Plan:
    """A plan without a thesis."""
    return Plan("plain", (), sections, (), (), scene)
