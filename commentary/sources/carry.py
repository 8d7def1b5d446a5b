"""``[carry]`` of ``rules/scale.toml``: how long a value may stand in for a holiday of its exchange."""

from __future__ import annotations

from collections.abc import Mapping

from commentary.errors import AuthoringError, Problem
from commentary.scale import SCALE, Scale
from commentary.universe import SESSIONS

MOST = 3
"""Days: METHOD carries no yield further."""


def limits(scale: Scale) -> Mapping[str, int]:
    """Class of session → sessions that a value is carried. Raises AuthoringError with every mistake."""
    problems = [
        Problem(SCALE, f"carry.{name}", repr(value), wanted)
        for name, value in scale.carry.items()
        if (wanted := _wanted(name, value))
    ]
    if problems:
        raise AuthoringError(problems)
    return {name: int(str(value)) for name, value in scale.carry.items()}


def _wanted(name: str, value: object) -> str:
    if name not in SESSIONS:
        return f"a class of session: {', '.join(SESSIONS)}"
    if type(value) is not int or not 0 <= value <= MOST:
        return f"a whole number of sessions from 0 to {MOST}"
    return ""
