"""Checks that the readings and instruments named in the scales and pairs exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from commentary.errors import AuthoringError, Problem
from commentary.model import ReadingSpec
from commentary.readings._protocol import Setting
from commentary.scale import PAIRS, SCALE, Scale

Reference = tuple[str, str, str]
"""File, key, and the name that stands there."""


def check_references(setting: Setting, specs: Mapping[str, ReadingSpec]) -> None:
    """Raise AuthoringError with every name in the scales and pairs that is neither instrument nor reading."""
    problems = [
        *_problems(_readings(setting.scale), specs, "a reading"),
        *_problems(_instruments(setting.scale), setting.universe.instruments, "an instrument"),
        *_problems(_held(setting.scale), setting.scale.tension.moves, "a subject of tension.moves"),
        *_problems(_classes(setting.scale), _sessions(setting), "a class of session"),
    ]
    if problems:
        raise AuthoringError(problems)


def _readings(scale: Scale) -> Iterator[Reference]:
    yield from ((SCALE, "sold_share.readings", name) for name in scale.sold_share.readings)
    yield from ((SCALE, "havens.readings", name) for name in scale.havens.readings)
    yield from ((SCALE, "pressure.weights", name) for name in scale.pressure.weights)
    yield from ((SCALE, "dumping.weights", name) for name in scale.dumping.weights)
    yield from ((SCALE, "unexplained.capped", name) for name in scale.unexplained.capped)
    for subject, names in scale.unexplained.drivers.items():
        yield from ((SCALE, f"unexplained.drivers.{subject}", name) for name in names)
    for subject, name in scale.tension.moves.items():
        yield SCALE, f"tension.moves.{subject}", name
        yield from (
            (SCALE, f"tension.drivers of {subject}", other) for other in scale.tension.drivers(subject)
        )
    for name, sleeve in scale.episode.sleeves.items():
        yield from ((SCALE, f"episode.sleeves.{name}", reading) for reading in sleeve.readings)


def _instruments(scale: Scale) -> Iterator[Reference]:
    yield from ((SCALE, "turbulence.instruments", name) for name in scale.turbulence.instruments)
    yield from ((SCALE, "turbulence.bounds", name) for name in scale.turbulence.bounds)
    yield from ((SCALE, "crowd.instruments", name) for name in scale.crowd.instruments)
    yield from ((SCALE, "unexplained.drivers", name) for name in scale.unexplained.drivers)
    funds = (*scale.excess.durations, scale.excess.against)
    yield from ((SCALE, "excess", name) for name in funds)
    for name, pair in scale.pairs.items():
        yield from ((PAIRS, f"pairs.{name}", instrument) for instrument in pair.instruments)


def _held(scale: Scale) -> Iterator[Reference]:
    yield from ((SCALE, "tension.instead", subject) for subject in scale.tension.instead)


def _classes(scale: Scale) -> Iterator[Reference]:
    yield from ((SCALE, "sigma.by_days", name) for name in scale.sigma.by_days)


def _sessions(setting: Setting) -> Mapping[str, object]:
    return {each.session: each for each in setting.universe.instruments.values()}


def _problems(names: Iterable[Reference], known: Mapping[str, object], wanted: str) -> Iterator[Problem]:
    for file, key, name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f", perhaps {close[0]!r}" if close else ""
            yield Problem(file, key, repr(name), wanted + hint)
