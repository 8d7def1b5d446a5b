"""Volatility and correlation indices: levels, changes in points, moves in σ of log changes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import (
    VOLATILITIES,
    Blocks,
    Measure,
    Setting,
    family,
    shifted,
    since_measures,
)
from commentary.readings._scaled import in_sigmas, streak
from commentary.readings._since import first_rows, since, since_blocks
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

PCT_WINDOW, PCT_MINIMUM = 252, 126
SPIKE = 1.02
"""High over previous close from which giving back is spoken of."""

LEVEL = Measure("level", Unit.POINTS, "1 session", 0, 0, 600, "close of the index")
MEASURES = (
    LEVEL,
    shifted(LEVEL, "level_prev"),
    Measure("change_1d", Unit.POINTS, "1 session", 1, -400, 400, "difference of closes"),
    Measure("change_5d", Unit.POINTS, "5 sessions", 5, -400, 400, "difference of closes"),
    Measure("change_pct_1d", Unit.FRACTION, "1 session", 1, -1, 5, "close over previous close, less 1"),
    Measure("pct_252d", Unit.SHARE, "252 sessions", 125, 0, 1, "rank of the close among 252, ties shared"),
    Measure("average_20d", Unit.POINTS, "20 sessions", 19, 0, 600, "mean of closes"),
    Measure("average_200d", Unit.POINTS, "200 sessions", 199, 0, 600, "mean of closes"),
    Measure("streak", Unit.SESSIONS, "all sessions", 1, -200, 200, "changes of one sign in a row, signed"),
    Measure("high", Unit.POINTS, "1 session", 0, 0, 600, "high of the session"),
    Measure(
        "giveback",
        Unit.SHARE,
        "1 session",
        1,
        0,
        60,
        "(high − close)/(high − previous close) where high is 2 percent up",
    ),
    *since_measures("high_since", 1, "sessions since a close as high"),
    *since_measures("low_since", 1, "sessions since a close as low"),
    *since_measures("best_since", 1, "sessions since a rise of as many points, on a day of rise"),
    *since_measures("worst_since", 1, "sessions since a fall of as many points, on a day of fall"),
)


def _sigmas(setting: Setting) -> tuple[Measure, ...]:
    scale = setting.scale.sigma
    window = f"1 session against {scale.short} and {scale.long} before"
    source = "log change over the root of the mean of two mean squares ending the session before"
    move = Measure("move_z", Unit.SIGMA, window, setting.history, -scale.clip, scale.clip, source)
    return move, shifted(move, "move_z_prev")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Levels, changes, percentile, averages, extremes, streaks; high and giveback where there are highs."""
    return family(setting.of(*VOLATILITIES), (*MEASURES, *_sigmas(setting)))


def compute(context: Context) -> Blocks:
    """One frame a measure."""
    ids = context.setting.of(*VOLATILITIES)
    close, linked = (context.column(frame, ids) for frame in (context.market.close, context.market.linked))
    logs = context.returns(ids)
    ratio = pd.DataFrame(np.exp(logs))
    before = close / ratio
    change, move = close - before, in_sigmas(logs, context.setting.scale.sigma)
    path = context.column(context.path, ids)
    rank = path.rolling(PCT_WINDOW, min_periods=PCT_MINIMUM).rank(pct=True)
    high = context.column(context.market.high, ids)
    spiked = (high >= before * SPIKE) & (high >= close)
    return {
        "level": close,
        "level_prev": close.shift(1),
        "change_1d": change,
        "change_5d": linked - linked.shift(5),
        "change_pct_1d": ratio - 1,
        "pct_252d": rank.where(linked.notna()),
        "average_20d": path.rolling(20).mean().where(linked.notna()),
        "average_200d": path.rolling(200).mean().where(linked.notna()),
        "streak": streak(logs),
        "high": high,
        "giveback": ((high - close) / (high - before)).where(spiked),
        "move_z": move,
        "move_z_prev": move.shift(1),
        **_since(context, linked, change),
    }


def _since(context: Context, linked: pd.DataFrame, change: pd.DataFrame) -> dict[str, pd.DataFrame]:
    first, ordinals = first_rows(linked), context.ordinals
    return since_blocks(
        {
            "high_since": since(linked, linked.notna(), first, ordinals),
            "low_since": since(-linked, linked.notna(), first, ordinals),
            "best_since": since(change, change > 0, first, ordinals),
            "worst_since": since(-change, change < 0, first, ordinals),
        }
    )
