"""The method's six targets on labelled days: target, measured, and the prototype's figure beside it.

    python scripts/targets.py [BARS [NUMBER …]]

BARS is a folder of real bars, ``COMMENTARY_MARKET_DATA`` by default; ``events.csv``, ``panel.csv`` and the
prototype's ``reference.parquet`` lie beside it. NUMBER 1–6 prints those targets alone; 5 judges every session
anew without each group of inputs and takes minutes; it is left out unless it is asked for, or ``all`` is.
Exits 1 where a target is missed.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from commentary.backtest import Backtest, BacktestOrder, backtest
from commentary.bank import Bank
from commentary.evaluation.calls import Call, Calls, Pair, calls_of, event_pairs, panel_pairs
from commentary.evaluation.panels import agreement, either
from commentary.evaluation.probabilities import left_out, loss
from commentary.evaluation.rates import a_year, by_year, calm_years, hidden
from commentary.evaluation.reliability import BANDS, right_within
from commentary.evaluation.scores import FORCED, forced, sure, top_right, wrong
from commentary.evaluation.shares import Share
from commentary.library import Library
from commentary.model import VERDICTS, Verdict
from commentary.variants import Likeness, Variant, load_groups, open_variant, unchanged

NAMED = Path(__file__).with_name("named_days.csv")
FIRST, LAST = date(2005, 1, 3), date(2025, 12, 31)
RATES_FROM = 2006


@dataclass(frozen=True)
class Line:
    """One figure: what is wanted of it and how it is written."""

    name: str
    target: str
    holds: Callable[[float], bool]
    form: str = "{:.3f}"


@dataclass(frozen=True)
class Bench:
    """The product's backtest and the prototype's calls, on the same days."""

    bars: Path

    @cached_property
    def found(self) -> Backtest:
        beside = self.bars.parent
        order = BacktestOrder(str(self.bars), FIRST, LAST, beside / "events.csv", beside / "panel.csv")
        return backtest(order, Bank(Library()))

    @cached_property
    def ours(self) -> Calls:
        return calls_of(self.found.verdicts)

    @cached_property
    def theirs(self) -> Calls:
        """The prototype's, its ``mixed`` read as ordinary."""
        frame = pd.read_parquet(self.bars.parent / "reference.parquet").set_index("session")
        rows = frame[["label", "top", *(f"p_{name}" for name in VERDICTS)]].to_dict("records")
        days = [stamp.date() for stamp in pd.DatetimeIndex(frame.index)]
        return {day: _prototype(day, row) for day, row in zip(days, rows, strict=True)}

    def events(self, calls: Calls) -> list[Pair]:
        return event_pairs(self.found.events, calls)

    def panel(self, calls: Calls) -> list[Pair]:
        return panel_pairs(self.found.panel, calls)


def _prototype(day: date, row: Mapping[str, object]) -> Call:
    scores = {name: float(str(row[f"p_{name}"])) for name in VERDICTS}
    order = sorted(VERDICTS, key=lambda name: -scores[name])
    label = "ordinary" if row["label"] == "mixed" else str(row["label"])
    runner_up = next(name for name in order if name != label)
    return Call(day, label, str(row["top"]), runner_up, scores.get(label, scores[order[0]]), scores, scores)


def at_least(least: float) -> Callable[[float], bool]:
    return lambda value: value >= least


def at_most(most: float) -> Callable[[float], bool]:
    return lambda value: value <= most


def between(low: float, high: float) -> Callable[[float], bool]:
    return lambda value: low <= value <= high


def _print(line: Line, ours: float | Share | None, theirs: float | Share | None) -> bool:
    """One figure, unless there is nothing to measure it on."""
    value = ours.value if isinstance(ours, Share) else ours
    met = value is not None and line.holds(value)
    beside = "" if theirs is None else f" (prototype {_shown(line, theirs)})"
    shown = _shown(line, ours)
    print(f"FIGURE {line.name} | {line.target} | {shown}{beside} | {'yes' if met else 'no'}", flush=True)
    return met


def _shown(line: Line, figure: float | Share | None) -> str:
    value = figure.value if isinstance(figure, Share) else figure
    if value is None:
        return "none"
    text = line.form.format(value)
    return f"{text} = {figure.hits}/{figure.of}" if isinstance(figure, Share) else text


Measured = Iterator[tuple[Line, float | Share | None, float | Share | None]]


def both(
    bench: Bench, line: Line, measure: Callable[[Calls], float | Share | None]
) -> tuple[Line, float | Share | None, float | Share | None]:
    return line, measure(bench.ours), measure(bench.theirs)


def first(bench: Bench) -> Measured:
    """Top class, wrong verdicts, log loss."""
    events = bench.events
    yield both(bench, Line("1 top class right", "≥ 0.86", at_least(0.86)), lambda c: top_right(events(c)))
    yield both(
        bench,
        Line("1 top class right, high confidence", "≥ 0.86", at_least(0.86)),
        lambda c: top_right(sure(events(c))),
    )
    yield both(bench, Line("1 verdict wrong", "≤ 0.08", at_most(0.08)), lambda c: wrong(events(c)))
    theirs = left_out(events(bench.theirs)).log or 0.0
    yield both(
        bench,
        Line("1 log loss, each year left out", f"< {theirs:.3f}", lambda value: value < theirs),
        lambda c: left_out(events(c)).log,
    )
    raw = loss(events(bench.theirs), lambda pair: pair.call.scores).log or 0.0
    yield both(
        bench,
        Line("1 log loss as it stands", f"< {raw:.3f}", lambda value: value < raw),
        lambda c: loss(events(c), lambda pair: pair.call.scores).log,
    )


def second(bench: Bench) -> Measured:
    """Forced exits on labelled days."""
    events = bench.events
    yield both(
        bench,
        Line("2 forced recall, high confidence", "≥ 0.85", at_least(0.85)),
        lambda c: forced(sure(events(c))).recall,
    )
    yield both(bench, Line("2 forced recall", "≥ 0.75", at_least(0.75)), lambda c: forced(events(c)).recall)
    yield both(
        bench,
        Line("2 forced calls on relief, melt-up, quiet", "0", at_most(0), "{:.0f}"),
        lambda c: float(forced(events(c)).cheerful.hits),
    )
    yield both(
        bench,
        Line("2 forced and rotation swapped", "≤ 1", at_most(1), "{:.0f}"),
        lambda c: float(forced(events(c)).swapped.hits),
    )


def third(bench: Bench) -> Measured:
    """Base rates from 2006 on."""

    def every(calls: Calls) -> list[Call]:
        return [call for day, call in calls.items() if day.year >= RATES_FROM]

    a_year_of = "{:.1f}"
    yield both(
        bench,
        Line("3 forced exits a year", "3 to 5", between(3, 5), a_year_of),
        lambda c: a_year(every(c), FORCED),
    )
    yield both(
        bench,
        Line("3 forced exits, most in a year", "≤ 15", at_most(15), "{:.0f}"),
        lambda c: float(max(labels[FORCED] for labels in by_year(every(c)).values())),
    )
    yield both(
        bench,
        Line("3 years without a forced exit", "≥ 2", at_least(2), "{:.0f}"),
        lambda c: float(len(calm_years(every(c)))),
    )
    yield both(
        bench,
        Line("3 rotations a year", "15 to 35", between(15, 35), a_year_of),
        lambda c: a_year(every(c), "rotation"),
    )
    ours = every(bench.ours)
    mixed = Share(sum(call.label == "mixed" for call in ours), len(ours))
    yield Line("3 mixed, share of sessions", "≤ 0.05", at_most(0.05)), mixed, None
    yield both(
        bench,
        Line("3 another class passed at 75 % or more", "0", at_most(0), "{:.0f}"),
        lambda c: float(len(hidden(every(c)))),
    )


def fourth(bench: Bench) -> Measured:
    """The panel, and the days that the method names."""
    panel = bench.panel
    yield both(
        bench, Line("4 panel: verdict agrees", "≥ 0.65", at_least(0.65)), lambda c: agreement(panel(c))
    )
    yield both(
        bench, Line("4 panel: verdict or runner-up", "≥ 0.80", at_least(0.80)), lambda c: either(panel(c))
    )
    yield both(
        bench,
        Line("4 panel: forced confirmed", "≥ 0.65", at_least(0.65)),
        lambda c: forced(panel(c)).precision,
    )
    yield both(
        bench,
        Line("4 panel: forced recalled", "≥ 0.60", at_least(0.60)),
        lambda c: forced(panel(c)).recall,
    )
    yield Line("4 named days as written", "≥ 0.833", at_least(5 / 6)), _named(bench), _named_there(bench)


def _named(bench: Bench) -> Share:
    """Named days that read as written, those that do not on lines of their own."""
    verdicts = {each.session: each for each in bench.found.verdicts}
    rows = _rows()
    right = 0
    for row in rows:
        verdict = verdicts.get(date.fromisoformat(row["date"]))
        ok = verdict is not None and _as_written(row, verdict, verdicts)
        right += ok
        if not ok and verdict is not None:
            print(
                f"  named {row['date']} {row['label']} {row['sleeve']}: got {verdict.label} "
                f"{verdict.confidence:.2f}, worst sleeve {verdict.worst_sleeve or 'none'}, "
                f"runner-up {verdict.runner_up}, {verdict.kind}"
            )
    return Share(right, len(rows))


def _as_written(row: Mapping[str, str], verdict: Verdict, verdicts: Mapping[date, Verdict]) -> bool:
    if verdict.label != row["label"]:
        return False
    if row["sleeve"] and verdict.worst_sleeve != row["sleeve"]:
        return False
    return not row["not_below"] or (
        verdict.confidence >= verdicts[date.fromisoformat(row["not_below"])].confidence
    )


def _named_there(bench: Bench) -> Share:
    """The same of the prototype, by label alone: it had neither ``rates_led`` nor sleeves."""
    rows = _rows()
    days = [(row["label"], bench.theirs[date.fromisoformat(row["date"])].label) for row in rows]
    return Share(sum(wanted == got for wanted, got in days), len(days))


def _rows() -> list[dict[str, str]]:
    return list(csv.DictReader(NAMED.read_text(encoding="utf-8").splitlines()))


def fifth(bench: Bench) -> Measured:
    """Labels that stay as they are from other inputs."""
    bank = Bank(Library())
    for name, group in load_groups(bank.library).items():
        if not group.must:
            left = _beside(bench, bank, Variant(without=(name,)))
            yield Line(f"5 unchanged without {name}", "≥ 0.95", at_least(0.95)), left.all_days, None
    evening = _beside(bench, bank, Variant(evening=True))
    yield Line("5 unchanged in the evening", "≥ 0.93", at_least(0.93)), evening.all_days, None
    yield Line("5 forced days unchanged in the evening", "≥ 0.85", at_least(0.85)), evening.forced_days, None


def _beside(bench: Bench, bank: Bank, variant: Variant) -> Likeness:
    tapes = open_variant(str(bench.bars), bank, variant)
    return unchanged(bench.found.verdicts, tapes.judged(FIRST, LAST))


def sixth(bench: Bench) -> Measured:
    """What is shown at 90 % or more."""
    high = BANDS[-1]
    yield both(
        bench,
        Line("6 right of days shown at 90 % or more", "≥ 0.85", at_least(0.85)),
        lambda c: right_within(bench.events(c), high),
    )


TARGETS: dict[int, Callable[[Bench], Measured]] = {
    1: first,
    2: second,
    3: third,
    4: fourth,
    5: fifth,
    6: sixth,
}
SLOW = 5


def main(words: Sequence[str]) -> int:
    """Print the targets asked for; return 1 where one is missed."""
    given = bool(words) and words[0] != "all" and not words[0].isdigit()
    bench = Bench(Path(words[0] if given else os.environ["COMMENTARY_MARKET_DATA"]))
    asked = list(_asked(words[given:]))
    met = [_print(*figure) for number in asked for figure in TARGETS[number](bench)]
    print(f"{sum(met)} of {len(met)} met")
    return 0 if all(met) else 1


def _asked(words: Sequence[str]) -> Iterator[int]:
    """Numbers of the targets to print."""
    if words == ["all"]:
        yield from TARGETS
    elif words:
        yield from map(int, words)
    else:
        yield from (number for number in TARGETS if number != SLOW)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
