"""Across assets: how much was sold at once, and whether what had run most was sold most."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.readings._scaled import sigma
from commentary.units import Unit

NEEDS = ("returns", "curve")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """The share sold and the reversal of the crowd."""
    sold, crowd, clip = setting.scale.sold_share, setting.scale.crowd, setting.scale.sigma.clip
    share = f"share of those known, {sold.minimum} at least, at {sold.threshold:g} σ or below"
    reversal = "−Σ max(t,0)·z/Σ max(t,0), t the return of the window before in σ: + = winners sold"
    window, move = f"{crowd.window} sessions before", Unit.SIGMA
    history = max(setting.history, crowd.window + 1)
    return (
        ReadingSpec(
            "cross_asset.sold_share", Unit.SHARE, "1 session", sold.readings, setting.history, 0, 1, share
        ),
        ReadingSpec(
            "cross_asset.crowd_reversal", move, window, crowd.instruments, history, -clip, clip, reversal
        ),
    )


def compute(context: Context) -> Blocks:
    """Of those known on the session."""
    scale = context.setting.scale.sold_share
    moves = context.readings(scale.readings)
    known = moves.notna().sum(axis=1)
    share = (moves <= scale.threshold).sum(axis=1) / known.where(known >= scale.minimum)
    return {"cross_asset.sold_share": share, "cross_asset.crowd_reversal": _reversal(context)}


def _reversal(context: Context) -> pd.Series:
    crowd, scale = context.setting.scale.crowd, context.setting.scale.sigma
    moves = context.returns(crowd.instruments)
    roots = context.day_roots(crowd.instruments)
    usual = sigma(moves / roots, scale)
    spanned = (roots**2).rolling(crowd.window).sum().shift(1).pow(0.5)
    run = context.changes(crowd.instruments, crowd.window).shift(1) / (usual * spanned)
    z = (moves / (usual * roots)).clip(-scale.clip, scale.clip)
    weight = run.clip(-crowd.clip, crowd.clip).clip(lower=0).where(z.notna())
    total = weight.sum(axis=1)
    reversal: pd.Series = -(weight * z).sum(axis=1) / total.where(total > crowd.minimum)
    return reversal
