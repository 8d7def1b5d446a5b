"""Credit: option-adjusted spreads under the name of their bond fund, and high yield against grade."""

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


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Level, changes and widest since for each spread; the z of HYG less LQD."""
    clip = setting.scale.sigma.clip
    for spread in setting.of(*SPREADS):
        yield from (measure.of(spread.removesuffix(SUFFIX), spread) for measure in _measures(setting))
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
    return named | {f"{JUNK}.vs_grade_z": in_sigmas_of(moves[JUNK] - moves[GRADE], scale)}
