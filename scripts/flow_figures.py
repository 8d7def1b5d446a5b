"""Measures the models of flows, and how often each message that rests on one is true, over twenty years.

    python scripts/flow_figures.py [BARS]

BARS is a folder of bars, ``COMMENTARY_MARKET_DATA`` by default. For each model: its percentiles, and how it goes
with the next session's return and with its size; a correlation within two standard errors of nought is none. No
phrase says more than the model's own rule: these figures are why.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from commentary import readings, sources
from commentary.conditions import parse
from commentary.library import Library
from commentary.listing import shown
from commentary.planning.messages import load_messages
from commentary.readings.trend import MARKETS
from commentary.scale import load_scale
from commentary.universe import load_universe

FIRST = "2005-01-03"
MODELS = {
    "voltarget.exposure": "sp500", "voltarget.change_1d": "sp500", "voltarget.change_5d": "sp500",
    "leveraged.rebalance_share": "sp500", "trend.turned": "sp500",
    **{f"{market}.trend_signal": market for market in MARKETS},
    **{f"{market}.trend_change_1d": market for market in MARKETS},
}  # fmt: skip
"""Reading → the market whose next session it is held against."""

QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
KEPT = ("model_", "fund_")
"""How the names of messages on models and on share counts begin."""


def models(values: pd.DataFrame) -> Iterator[dict[str, object]]:
    """One row a model."""
    for name, market in MODELS.items():
        found, after = values[name], values[f"{market}.return_1d"].shift(-1)
        row: dict[str, object] = {"reading": name, "sessions": int(found.notna().sum())}
        row |= {f"{share:.0%}": round(float(found.quantile(share)), 3) for share in QUANTILES}
        row["next day"] = round(float(found.corr(after)), 3)
        row["its size"] = round(float(found.corr(after.abs())), 3)
        row["2 se"] = round(2 / float(np.sqrt(found.notna().sum())), 3)
        yield row


def messages(values: pd.DataFrame, library: Library) -> Iterator[dict[str, object]]:
    """One row a message over its subjects: sessions on which its condition is true of any, and is known."""
    scope = {str(name): values[name].to_numpy() for name in values}
    found: dict[str, list[np.ndarray]] = {}
    for message in load_messages(library):
        if message.name.partition("/")[2].startswith(KEPT):
            found.setdefault(message.name, []).append(_truth(message.when.source, scope, len(values)))
    for name, columns in found.items():
        known = ~np.all(np.isnan(columns), axis=0)
        true = np.any(np.array(columns) == 1, axis=0)
        share = f"{true.sum() / known.sum():.1%}" if known.any() else "no counts in bars"
        yield {"message": name, "true": int(true.sum()), "of": int(known.sum()), "share": share}


def _truth(source: str, scope: Mapping[str, np.ndarray], length: int) -> np.ndarray:
    return parse(source).columns(scope, length)


def main(arguments: list[str]) -> int:
    """Measure and print."""
    given = arguments[0] if arguments else os.environ.get("COMMENTARY_MARKET_DATA", "")
    if not given:
        print("usage: python scripts/flow_figures.py BARS (or set COMMENTARY_MARKET_DATA)", file=sys.stderr)
        return 2
    library = Library()
    universe, scale = load_universe(library), load_scale(library)
    market = sources.load_market(given, universe, scale, datetime.now(UTC))
    values = readings.compute(market, universe, scale).values.loc[FIRST:]
    for rows in (list(models(values)), list(messages(values, library))):
        print(shown(list(rows[0]), rows, "table"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
