"""Claims: what a wording says of how a day was traded, with the readings that bear it out. ``rules/claims/``.

A phrase names its claims and is said only where their conditions hold. A note makes a claim twice at most, and never
the opposite of one that it has made: conditions of opposites exclude each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from commentary.authored import STRICT, meant, validated
from commentary.condition_writing import ConditionError
from commentary.conditions import check_names, parse
from commentary.errors import AuthoringError, Problem
from commentary.library import Library
from commentary.phrasing.lexicon import FOLDER as PHRASES
from commentary.phrasing.lexicon import Lexicon, Phrase
from commentary.shapes import dataclass

FOLDER = "rules/claims"


@dataclass(frozen=True)
class ClaimFile:
    """Keys of a claim: what is said, where it is true, and the claims that are never true beside it."""

    __pydantic_config__ = STRICT

    about: str
    when: str
    against: tuple[str, ...] = ()


def load_claims(library: Library) -> dict[str, ClaimFile]:
    """Claims by name. Raises AuthoringError with all that is wrong in any of them."""
    return {document.name: file for document, file in validated(library.documents(FOLDER), ClaimFile)}


def borne_out(lexicon: Lexicon, claims: Mapping[str, ClaimFile], folder: str = PHRASES) -> Lexicon:
    """The phrases of a folder with the conditions of each one's claims joined to its own.

    Raises AuthoringError with every claim that is none.
    """
    unknown = [
        Problem(f"{folder}/{phrase.message}.toml", f"phrases.{phrase.file.id}", f"claim {name!r}",
                f"a file in {FOLDER}{meant(name, claims)}")
        for group in lexicon.phrases.values() for phrase in group for name in phrase.file.claims
        if name not in claims
    ]  # fmt: skip
    if unknown:
        raise AuthoringError(unknown)
    return Lexicon(
        {
            message: tuple(_proved(phrase, claims) for phrase in group)
            for message, group in lexicon.phrases.items()
        }
    )


def _proved(phrase: Phrase, claims: Mapping[str, ClaimFile]) -> Phrase:
    if not phrase.file.claims:
        return phrase
    parts = [phrase.file.when, *(claims[name].when for name in phrase.file.claims)]
    when = " and ".join(f"({part})" for part in parts if part)
    return replace(phrase, file=replace(phrase.file, when=when))


def lint_claims(claims: Mapping[str, ClaimFile], known: Iterable[str]) -> Iterator[Problem]:
    """Conditions that cannot be read, and opposites that are no claims or do not know of each other."""
    names = set(known)
    for name, claim in claims.items():
        place = f"{FOLDER}/{name}.toml"
        try:
            check_names(parse(claim.when), names)
        except ConditionError as error:
            yield Problem(place, "when", claim.when, error.reason)
        for other in claim.against:
            if other not in claims:
                yield Problem(place, "against", repr(other), f"a file in {FOLDER}{meant(other, claims)}")
            elif name not in claims[other].against:
                yield Problem(
                    f"{FOLDER}/{other}.toml", "against", f"no {name!r}", f"{name}: {place} names it"
                )
