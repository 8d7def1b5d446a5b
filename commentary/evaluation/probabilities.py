"""Log loss and Brier score of the six shares, beside forecasts that know only how often each label comes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from commentary.evaluation.calls import Pair
from commentary.evaluation.proper import FLOOR, brier, log_loss
from commentary.evaluation.scores import scored, top_right
from commentary.evaluation.sheets import Sheet, Value
from commentary.model import VERDICTS

Probabilities = Mapping[str, float]
SHARPEST, FLATTEST, HALVINGS = 10.0, 0.05, 50
"""Bounds of what log shares are multiplied by, and how often the stretch between them is halved."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Mean log loss (nats) and mean Brier score of so many days; None of no days."""

    days: int
    log: float | None
    brier: float | None


def loss(pairs: Sequence[Pair], forecast: Callable[[Pair], Probabilities]) -> Loss:
    """Mean losses of a forecast on the days labelled with one of the six."""
    days = scored(pairs)
    if not days:
        return Loss(0, None, None)
    said = [(forecast(pair), pair.wanted) for pair in days]
    return Loss(
        len(days),
        math.fsum(log_loss(each, wanted) for each, wanted in said) / len(days),
        math.fsum(brier(each, wanted) for each, wanted in said) / len(days),
    )


def frequencies(pairs: Sequence[Pair]) -> Probabilities:
    """Share of each of the six labels among the days; one in six each without days."""
    counts = Counter(pair.wanted for pair in scored(pairs))
    whole = counts.total()
    return {name: counts[name] / whole if whole else 1 / len(VERDICTS) for name in VERDICTS}


def whole(shares: Probabilities) -> Probabilities:
    """Shares that sum to one: where no gate passes, what is left of each after shrinking for coverage is none."""
    every = math.fsum(shares.values())
    return {name: value / every if every else 1 / len(shares) for name, value in shares.items()}


def sharpened(shares: Probabilities, factor: float) -> Probabilities:
    """Shares whose logarithms are multiplied by a factor (1 / temperature) and that sum to one again."""
    logs = {name: factor * math.log(max(value, FLOOR)) for name, value in shares.items()}
    most = max(logs.values())
    weights = {name: math.exp(value - most) for name, value in logs.items()}
    whole = math.fsum(weights.values())
    return {name: weight / whole for name, weight in weights.items()}


def fitted(pairs: Sequence[Pair]) -> float:
    """Factor for ``sharpened`` with the least log loss; 1 without days.

    The loss is convex in the factor (Guo et al., International Conference on Machine Learning 2017, on
    temperature scaling), so its slope is halved in on between ``FLATTEST`` and ``SHARPEST``.
    """
    days = [(pair.call.scores, pair.wanted) for pair in scored(pairs) if pair.call.scores]
    if not days:
        return 1.0
    low, high = FLATTEST, SHARPEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if math.fsum(_slope(shares, wanted, middle) for shares, wanted in days) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _slope(shares: Probabilities, wanted: str, factor: float) -> float:
    """Derivative of one day's log loss by the factor: the mean log share under the forecast less the label's."""
    logs = {name: math.log(max(value, FLOOR)) for name, value in shares.items()}
    mean = math.fsum(weight * logs[name] for name, weight in sharpened(shares, factor).items())
    return mean - logs[wanted]


def others(pairs: Sequence[Pair]) -> dict[int, list[Pair]]:
    """Year → the days of all other years."""
    years = sorted({pair.call.session.year for pair in pairs})
    return {year: [pair for pair in pairs if pair.call.session.year != year] for year in years}


def left_out(pairs: Sequence[Pair]) -> Loss:
    """Losses with each year's shares sharpened by the factor that fits the other years best."""
    factors = {year: fitted(rest) for year, rest in others(pairs).items()}
    return loss(pairs, lambda pair: sharpened(pair.call.scores, factors[pair.call.session.year]))


def frequencies_left_out(pairs: Sequence[Pair]) -> Loss:
    """Losses of the label frequencies of all other years."""
    known = {year: frequencies(rest) for year, rest in others(pairs).items()}
    return loss(pairs, lambda pair: known[pair.call.session.year])


def losses_sheet(pairs: Sequence[Pair]) -> Sheet:
    """The ledger's shares beside what label frequencies alone would lose."""
    usual = frequencies(pairs)
    found = {
        "ledger, before gates": loss(pairs, lambda pair: pair.call.scores),
        "ledger, after gates, as shown": loss(pairs, lambda pair: whole(pair.call.shares)),
        "ledger, sharpened, each year left out": left_out(pairs),
        "label frequencies of the same days": loss(pairs, lambda _: usual),
        "label frequencies, each year left out": frequencies_left_out(pairs),
    }
    rows: list[dict[str, Value]] = [
        {"forecast": name, "days": each.days, "log loss": each.log, "Brier": each.brier}
        for name, each in found.items()
    ]
    return Sheet(
        "losses",
        "Probabilities",
        "Mean log loss (nats) and Brier score (0 to 2) of the six shares on days labelled with one of the six; "
        f"less is better. A share counts as {FLOOR:g} at the least. Points are set by hand: what is fitted with "
        "each year left out is one number that sharpens or flattens all shares.",
        ("forecast", "days", "log loss", "Brier"),
        rows,
    )


def folds_sheet(pairs: Sequence[Pair]) -> Sheet:
    """One row a year that was left out."""
    rows: list[dict[str, Value]] = []
    for year, rest in others(pairs).items():
        days = [pair for pair in pairs if pair.call.session.year == year]
        if not scored(days):
            continue
        factor = fitted(rest)
        raw = loss(days, lambda pair: pair.call.scores)
        made = loss(days, lambda pair, factor=factor: sharpened(pair.call.scores, factor))  # type: ignore[misc]
        right = top_right(days)
        rows.append(
            {
                "year": year, "days": right.of, "top class right": right.hits, "log loss": raw.log,
                "factor": factor, "log loss, sharpened": made.log,
            }
        )  # fmt: skip
    return Sheet(
        "folds",
        "Each year left out",
        "The factor is what log shares are multiplied by, as fits the labelled days of all other years best.",
        ("year", "days", "top class right", "log loss", "factor", "log loss, sharpened"),
        rows,
    )
