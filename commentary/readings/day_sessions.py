"""Which session moved a market, and in which order markets fell on one day: from splits by the hour.

The parts of a day are observed (``commentary.sources.hour_splits``: what each is, to the minute): ``closed`` from
New York's close to 18:00 there, ``asia`` to the London opening, ``london`` to 09:00 New York, ``newyork`` to the
close. The S&P's are those of its future.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Measure, Setting, family
from commentary.units import Unit

NEEDS = ("returns", "calendar_days")

SUBJECTS = ("gold", "silver", "bitcoin", "sp500")
PARTS = ("closed", "asia", "london", "newyork")

SPOKEN_FROM = 0.005
"""Size of a day's move from which its parts are told as shares of it."""

HIT = -1.5
"""The σ at or below which a market has its place in the order of a fall."""

DAY = "1 session"


def _return(name: str, source: str) -> Measure:
    return Measure(name, Unit.FRACTION, DAY, 1, -1, 2, source)


def _share(name: str, source: str) -> Measure:
    return Measure(name, Unit.RATIO, DAY, 1, -200, 200, f"{source}, above half a percent")


OBSERVED = (
    _return("closed_return", "18:00 New York on the evening before over New York's close before it, less 1"),
    _return(
        "asia_return", "the London opening, 08:00 there, over 18:00 New York on the evening before, less 1"
    ),
    _return("london_return", "09:00 New York over the London opening, less 1"),
    _return("newyork_return", "New York's close over 09:00 New York, less 1"),
    _return("first_hour_return", "10:00 New York over 09:00, less 1"),
    _return("last_hour_return", "New York's close over an hour before it, less 1"),
    _return("asia_gap", "first price after the evening's pause over the last before it, less 1"),
    _return("largest_hour_return", "the largest move of an hour from the evening to the close"),
    Measure(
        "largest_hour", Unit.COUNT, DAY, 1, 0, 23, "New York's hour in which the largest move of one began"
    ),
    Measure(
        "half_done_hour",
        Unit.COUNT,
        DAY,
        1,
        0,
        400,
        "hours from New York's close before until half of the day's loss was done for good (in logs)",
    ),
)
"""What hourly bars give, carried from no other day."""

MADE = (
    _return("before_newyork_return", "the parts before 09:00 New York, compounded"),
    _return("opening_gap", "asia_gap after a weekend or a holiday"),
    *(_share(f"{part}_share", f"log of {part}_return over the sum of all four") for part in PARTS),
    _share("last_hour_share", "log of last_hour_return over the sum of all four parts"),
    Measure("led_by", Unit.NAME, DAY, 1, 0, 0, "the part with the largest share, above half a percent"),
)


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Parts, hours and shares of each market; the order in which they fell."""
    subjects = tuple(name for name in SUBJECTS if name in setting.priced)
    yield from family(subjects, (*OBSERVED, *MADE))
    yield from _order(tuple(f"{name}.half_done_hour" for name in subjects), setting.history)


def _order(inputs: tuple[str, ...], history: int) -> Iterator[ReadingSpec]:
    fell = "of those at or below −1.5σ, by half_done_hour"
    yield ReadingSpec("day.first_to_fall", Unit.NAME, DAY, inputs, history, 0, 0, f"the only earliest {fell}")
    yield ReadingSpec("day.last_to_fall", Unit.NAME, DAY, inputs, history, 0, 0, f"the only latest {fell}")
    apart = f"hours from the earliest to the latest {fell}; two at least"
    yield ReadingSpec("day.hours_apart", Unit.COUNT, DAY, inputs, history, 0, 400, apart)
    known = "whether there is one earliest and one latest"
    yield ReadingSpec("day.order_known", Unit.FLAG, DAY, inputs, history, 0, 1, known)


def compute(context: Context) -> Blocks:
    """One frame a measure; nan where the day was not split, or the market has no move of its own that day."""
    ids = tuple(name for name in SUBJECTS if name in context.setting.priced)
    moved = context.returns(ids).notna()
    found = {measure.name: _seen(context, measure.name, ids).where(moved) for measure in OBSERVED}
    logs = {part: _log(found[f"{part}_return"]) for part in PARTS}
    whole = logs["closed"] + logs["asia"] + logs["london"] + logs["newyork"]
    told = whole.where(pd.DataFrame(np.expm1(whole)).abs() >= SPOKEN_FROM)
    shares = {part: logs[part] / told for part in PARTS}
    spanned = context.reading("calendar.days_spanned")
    return {
        **found,
        "before_newyork_return": pd.DataFrame(np.expm1(whole - logs["newyork"])),
        "opening_gap": found["asia_gap"].where(spanned > 1, axis=0),
        **{f"{part}_share": share for part, share in shares.items()},
        "last_hour_share": _log(found["last_hour_return"]) / told,
        **_leading(shares, ids),
        **order(found["half_done_hour"].where(context.frame("move_z", ids) <= HIT)),
    }


def _seen(context: Context, measure: str, ids: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: context.observed(f"{name}.{measure}") for name in ids}, index=context.sessions)


def _log(simple: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(np.log1p(simple.where(simple > -1)))


def _leading(shares: Mapping[str, pd.DataFrame], ids: Sequence[str]) -> dict[str, pd.Series]:
    return {
        f"{name}.led_by": _highest(pd.DataFrame({part: share[name] for part, share in shares.items()}))
        for name in ids
    }


def order(done: pd.DataFrame) -> dict[str, pd.Series]:
    """Who fell first and last, by the hours at which half of each loss was done: sessions × markets, nan for
    those that did not fall. Unordered where fewer than two fell, or several in the same hour."""
    several = done.where(done.notna().sum(axis=1) > 1)
    first, last = several.min(axis=1), several.max(axis=1)
    earliest = several.where(several.eq(first, axis=0).sum(axis=1) == 1)
    latest = several.where(several.eq(last, axis=0).sum(axis=1) == 1)
    known = (earliest.notna().any(axis=1) & latest.notna().any(axis=1)).astype(float)
    return {
        "day.first_to_fall": _highest(-earliest),
        "day.last_to_fall": _highest(latest),
        "day.hours_apart": last - first,
        "day.order_known": known.where(first.notna()),
    }


def _highest(values: pd.DataFrame) -> pd.Series:
    """Name of the column with the largest value; none where there is none."""
    whole = values.dropna(how="all")
    return whole.idxmax(axis=1).reindex(values.index).astype(object)
