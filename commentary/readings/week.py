"""The index on each session of the week: what came of a verdict is read from the sessions after it."""

from __future__ import annotations

from collections.abc import Iterable

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting, shifted
from commentary.readings.returns import RETURN_1D

NEEDS = ("returns",)

SUBJECT = "sp500"
BACK = (3, 4)
"""Sessions ago; of the last three every price has its return."""


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """The index's return of three and four sessions ago."""
    if SUBJECT in setting.priced:
        yield from (shifted(RETURN_1D, f"return_1d_prev{back}", back).of(SUBJECT) for back in BACK)


def compute(context: Context) -> Blocks:
    """Missing where the index had no session so long ago."""
    if SUBJECT not in context.setting.priced:
        return {}
    returns = context.reading(f"{SUBJECT}.return_1d")
    return {f"{SUBJECT}.return_1d_prev{back}": returns.shift(back) for back in BACK}
