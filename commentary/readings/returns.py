"""Returns of everything that has a price, and the same in σ."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Measure, Setting, family, shifted
from commentary.readings._scaled import sigma
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

RETURN_1D = Measure("return_1d", Unit.FRACTION, "1 session", 1, -1, 2, "close over previous close, less 1")
RETURN_5D = Measure("return_5d", Unit.FRACTION, "5 sessions", 5, -1, 4, "close over that of 5 before, less 1")
RETURN_21D = Measure(
    "return_21d", Unit.FRACTION, "21 sessions", 21, -1, 9, "close over that of 21 before − 1"
)
RETURN_YTD = Measure(
    "return_ytd",
    Unit.FRACTION,
    "year to date",
    1,
    -1,
    99,
    "close over the last close of the year before, less 1",
)

PAID_1D = Measure(
    "paid_1d",
    Unit.FRACTION,
    "1 session",
    1,
    0,
    1,
    "return of adjusted closes less that of closes, from a basis point on",
)
LEAST_PAID = 1e-4
"""Adjusted closes are rounded: what they differ by below a basis point nobody was paid."""


def _sigmas(setting: Setting) -> tuple[Measure, ...]:
    scale, history = setting.scale.sigma, setting.history
    window = f"1 session against {scale.short} and {scale.long} before"
    source = "return over the root of the mean of two mean squares, both ending the session before"
    five = f"5 sessions against {scale.short} and {scale.long} before"
    move = Measure("move_z", Unit.SIGMA, window, history, -scale.clip, scale.clip, source)
    usual = "root of the mean of two mean squares of returns, both ending the session before"
    return (
        Measure("sigma_1d", Unit.FRACTION, window, history, 0, 1, usual),
        move,
        shifted(move, "move_z_prev"),
        shifted(move, "move_z_prev2", 2),
        Measure(
            "return_5d_z", Unit.SIGMA, five, max(history, 5), -scale.clip, scale.clip, "log return over σ·√5"
        ),
    )


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Returns over 1, 5, 21 sessions and the year, of today and before, and moves in σ."""
    before = (
        shifted(RETURN_1D, "return_1d_prev"),
        shifted(RETURN_1D, "return_1d_prev2", 2),
        shifted(RETURN_5D, "return_5d_prev"),
        shifted(RETURN_YTD, "return_ytd_prev"),
    )
    plain = (RETURN_1D, RETURN_5D, RETURN_21D, RETURN_YTD, PAID_1D)
    return family(setting.priced, (*plain, *before, *_sigmas(setting)))


def compute(context: Context) -> Blocks:
    """One frame a measure. ``*_z`` of an inverse instrument take the opposite sign: + = dollar up.

    What stands in for an instrument has its moves, of a week at most: funds wear, futures roll.
    """
    ids, scale = context.setting.priced, context.setting.scale.sigma
    one, five, own = context.returns(ids), context.changes(ids, 5), context.levels(ids)
    year = (context.column(context.linked, ids) / context.since_new_year(ids) - 1).where(own)
    signs = pd.Series({name: -1.0 if context.universe[name].inverse else 1.0 for name in ids})
    roots = context.day_roots(ids)
    usual = sigma(one / roots, scale)
    scales = usual * roots
    move = (one / scales).clip(-scale.clip, scale.clip) * signs
    week = _logs(five) / (usual * (roots**2).rolling(5).sum() ** 0.5) * signs
    return {
        "return_1d": one,
        "paid_1d": _paid(context, ids),
        "return_5d": five,
        "return_21d": context.changes(ids, 21).where(own),
        "return_ytd": year,
        "return_1d_prev": one.shift(1),
        "return_1d_prev2": one.shift(2),
        "return_5d_prev": five.shift(1),
        "return_ytd_prev": year.shift(1),
        "sigma_1d": scales,
        "move_z": move,
        "move_z_prev": move.shift(1),
        "move_z_prev2": move.shift(2),
        "return_5d_z": week.clip(-scale.clip, scale.clip),
    }


def _paid(context: Context, ids: tuple[str, ...]) -> pd.DataFrame:
    paid = context.column(context.market.total, ids) - context.column(context.market.returns, ids)
    return paid.where((paid >= LEAST_PAID) | paid.isna(), 0.0)


def _logs(moves: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(np.log1p(moves.where(moves > -1)))
