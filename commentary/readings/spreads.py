"""Credit: option-adjusted spreads under the name of their bond fund, high yield against grade, and what each fund
returned beyond Treasuries of its own duration, which is known in the evening, when no spread is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import SPREADS, Blocks, Measure, Setting, since_measures
from commentary.readings._scaled import in_sigmas, in_sigmas_of
from commentary.readings._since import first_rows, since, since_blocks
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

SUFFIX = "_spread"
JUNK, GRADE = "high_yield", "grade"


def _measures(setting: Setting) -> Iterator[Measure]:
    clip, bp = setting.scale.sigma.clip, Unit.BASIS_POINTS
    window = f"1 session against {setting.scale.sigma.short} and {setting.scale.sigma.long} before"
    yield Measure("oas_level", Unit.PERCENT, "1 session", 0, 0, 40, "option-adjusted spread in percent")
    yield Measure("oas_change_bp", bp, "1 session", 1, -400, 400, "difference of spreads")
    yield Measure("oas_change_5d_bp", bp, "5 sessions", 5, -1000, 1000, "difference of spreads")
    yield Measure("oas_change_z", Unit.SIGMA, window, setting.history, -clip, clip, "change over its σ")
    yield from since_measures("oas_widest_since", 1, "sessions since a spread as wide")


def _excess(setting: Setting, fund: str) -> Iterator[Measure]:
    """Minus its z has, over 2007–2025, a correlation of 0.64 (high yield) and 0.58 (grade) with oas_change_z."""
    clip, hedge = setting.scale.sigma.clip, setting.scale.excess.hedge(fund)
    window = f"1 session against {setting.scale.sigma.short} and {setting.scale.sigma.long} before"
    formula = f"return with income less {hedge:.3f} of the Treasury fund's, the ratio of their durations"
    yield Measure("excess_1d", Unit.FRACTION, "1 session", 1, -1, 1, formula)
    yield Measure("excess_z", Unit.SIGMA, window, setting.history, -clip, clip, f"{formula}, over its own σ")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Level, changes and widest since for each spread; the z of HYG less LQD; each fund against Treasuries."""
    clip = setting.scale.sigma.clip
    for spread in setting.of(*SPREADS):
        yield from (measure.of(spread.removesuffix(SUFFIX), spread) for measure in _measures(setting))
    for fund in setting.scale.excess.durations:
        against = setting.scale.excess.against
        yield from (measure.of(fund, fund, against) for measure in _excess(setting, fund))
    window, source = "1 session", "z of the return of high yield less that of investment grade"
    yield ReadingSpec(
        f"{JUNK}.vs_grade_z", Unit.SIGMA, window, (JUNK, GRADE), setting.history, -clip, clip, source
    )


def compute(context: Context) -> Blocks:
    """Frames by fund, and one series."""
    ids, scale = context.setting.of(*SPREADS), context.setting.scale.sigma
    close, linked = (context.column(frame, ids) for frame in (context.market.close, context.market.linked))
    change = context.returns(ids)
    widest = since(linked, linked.notna(), first_rows(linked), context.ordinals)
    blocks = {
        "oas_level": close,
        "oas_change_bp": change,
        "oas_change_5d_bp": (linked - linked.shift(5)) * 100,
        "oas_change_z": in_sigmas(change, scale),
        **since_blocks({"oas_widest_since": widest}),
    }
    funds = [spread.removesuffix(SUFFIX) for spread in ids]
    moves = context.returns((JUNK, GRADE))
    named: dict[str, pd.DataFrame | pd.Series] = {
        name: block.set_axis(funds, axis=1) for name, block in blocks.items()
    }
    excess = _beyond(context)
    named |= {"excess_1d": excess, "excess_z": in_sigmas(excess, scale)}
    return named | {f"{JUNK}.vs_grade_z": in_sigmas_of(moves[JUNK] - moves[GRADE], scale)}


def _beyond(context: Context) -> pd.DataFrame:
    """Returns with income less the hedge's, by fund: on the day that a fund pays its price falls by as much."""
    told = context.setting.scale.excess
    funds = list(told.durations)
    total = context.column(context.market.total, (*funds, told.against))
    return pd.DataFrame({fund: total[fund] - told.hedge(fund) * total[told.against] for fund in funds})
