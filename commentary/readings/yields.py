"""Treasury yields: levels in percent, changes in basis points.

A yield that a bond fund's price implies (``SHY/1.85``) has changes of up to five sessions and nothing else: its
level counts from nought, and over 2008–2025 its change of a year lies 36 basis points off the two-year yield's, its
change of 21 sessions 6, of a session 2 (root mean squares; funds age, and income is spread evenly).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import PATH_GAP, Context, year_base
from commentary.readings._protocol import YIELDS, Blocks, Measure, Setting, family, shifted, since_measures
from commentary.readings._scaled import flag, in_sigmas, streak
from commentary.readings._since import first_rows, since, since_blocks
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

LEVEL = Measure("level", Unit.PERCENT, "1 session", 0, -5, 25, "yield in percent")
CHANGE = Measure("change_bp", Unit.BASIS_POINTS, "1 session", 1, -200, 200, "difference of yields")
_LOW = (Unit.FLAG, "252 sessions", 251, 0, 1, "yield is the lowest of 252 sessions")

MEASURES = (
    LEVEL,
    shifted(LEVEL, "level_prev"),
    CHANGE,
    shifted(CHANGE, "change_bp_prev"),
    shifted(CHANGE, "change_bp_prev2", 2),
    Measure("change_5d_bp", Unit.BASIS_POINTS, "5 sessions", 5, -400, 400, "difference of yields"),
    Measure("change_21d_bp", Unit.BASIS_POINTS, "21 sessions", 21, -600, 600, "difference of yields"),
    Measure("change_ytd_bp", Unit.BASIS_POINTS, "year to date", 1, -1000, 1000, "difference of yields"),
    *since_measures("rise_since", 1, "sessions since a rise as large, on a day of rise"),
    *since_measures("fall_since", 1, "sessions since a fall as large, on a day of fall"),
    *since_measures("high_since", 1, "sessions since a yield as high"),
    *since_measures("low_since", 1, "sessions since a yield as low"),
    Measure("at_high_252d", Unit.FLAG, "252 sessions", 251, 0, 1, "yield is the highest of 252 sessions"),
    Measure("at_low_252d", *_LOW),
    Measure("low_252d", *_LOW),
    Measure("average_50d", Unit.PERCENT, "50 sessions", 49, -5, 25, "mean of yields"),
    Measure("average_200d", Unit.PERCENT, "200 sessions", 199, -5, 25, "mean of yields"),
    Measure("streak", Unit.SESSIONS, "all sessions", 1, -200, 200, "changes of one sign in a row, signed"),
)


def _sigma(setting: Setting) -> Measure:
    scale = setting.scale.sigma
    window = f"1 session against {scale.short} and {scale.long} before"
    source = "change in basis points over the root of the mean of two mean squares ending the session before"
    return Measure("change_z", Unit.SIGMA, window, setting.history, -scale.clip, scale.clip, source)


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Levels, changes over several windows and in σ, extremes, averages, streaks."""
    return family(setting.of(*YIELDS), (*MEASURES, _sigma(setting)))


def compute(context: Context) -> Blocks:
    """One frame a measure."""
    ids = context.setting.of(*YIELDS)
    close, linked = (context.column(frame, ids) for frame in (context.market.close, context.market.linked))
    change, own = context.returns(ids), context.levels(ids)
    quoted = linked.where(own)
    path = quoted.ffill(limit=PATH_GAP)
    level = close.where(own)
    return {
        "level": level,
        "level_prev": level.shift(1),
        "change_bp": change,
        "change_bp_prev": change.shift(1),
        "change_bp_prev2": change.shift(2),
        "change_5d_bp": (linked - linked.shift(5)) * 100,
        "change_21d_bp": (quoted - quoted.shift(21)) * 100,
        "change_ytd_bp": (quoted - year_base(path)) * 100,
        "change_z": in_sigmas(change, context.setting.scale.sigma),
        "streak": streak(change),
        **_extremes(path, quoted),
        **_since(context, change.where(own), quoted),
    }


def _extremes(path: pd.DataFrame, quoted: pd.DataFrame) -> dict[str, pd.DataFrame]:
    high, low = path.rolling(252).max(), path.rolling(252).min()
    known = quoted.notna() & high.notna()
    at_low = flag(quoted <= low, known)
    return {
        "at_high_252d": flag(quoted >= high, known),
        "at_low_252d": at_low,
        "low_252d": at_low,
        "average_50d": path.rolling(50).mean().where(quoted.notna()),
        "average_200d": path.rolling(200).mean().where(quoted.notna()),
    }


def _since(context: Context, change: pd.DataFrame, quoted: pd.DataFrame) -> dict[str, pd.DataFrame]:
    first, ordinals = first_rows(quoted), context.ordinals
    return since_blocks(
        {
            "rise_since": since(change, change > 0, first, ordinals),
            "fall_since": since(-change, change < 0, first, ordinals),
            "high_since": since(quoted, quoted.notna(), first, ordinals),
            "low_since": since(-quoted, quoted.notna(), first, ordinals),
        }
    )
