"""Judges the prototype's own readings with this rulebook and holds the outcome against its verdicts and labels.

Usage: python scripts/prototype_check.py FOLDER
FOLDER holds reference.parquet, events.csv and panel.csv. Readings that the reference does not have are unknown.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from commentary.library import Library
from commentary.model import RULED, VERDICTS, PastSession, Tape, Verdict
from commentary.rulebook.book import Rulebook
from commentary.rulebook.judge import judge
from commentary.rulebook.load import load_rulebook

CLOSE = 0.03
REMEMBERED = 12
PERCENT = {"sp500_return_pct": "sp500.return_1d", "nasdaq_return_pct": "nasdaq.return_1d", "sp500.drawdown_pct": "sp500.drawdown"}


def main(folder: Path) -> None:
    """Print agreement with the prototype, then the figures of ``verdict_report``."""
    reference = pd.read_parquet(folder / "reference.parquet").set_index("session")
    rulebook = load_rulebook(Library())
    started = time.process_time()
    verdicts = judged(rulebook, tapes(reference))
    spent = (time.process_time() - started) / len(verdicts) * 1000
    print(f"{len(verdicts)} sessions, {spent:.2f} ms CPU each")
    against_prototype(reference, verdicts)
    verdict_report(folder, verdicts)


def tapes(reference: pd.DataFrame) -> list[Tape]:
    """One tape a session from the reference's columns, under this program's names."""
    frame = reference.drop(columns=["top", "label", "violence"]).rename(columns={"pressure": "tape.pressure"})
    for old, new in PERCENT.items():
        frame[new] = frame.pop(old) / 100
    frame["tape.pressure_max_5d"] = frame["tape.pressure"].shift(1).rolling(5, min_periods=1).max()
    return [
        Tape(day.date(), {name: value for name, value in row.items() if value == value}, {})
        for day, row in zip(frame.index, frame.astype(float).to_dict("records"), strict=True)
    ]


def judged(rulebook: Rulebook, tapes_in_order: list[Tape]) -> dict[date, Verdict]:
    """Judge sessions in order, each with the ones before it."""
    before: list[PastSession] = []
    found: dict[date, Verdict] = {}
    for tape in tapes_in_order:
        verdict = found[tape.session] = judge(rulebook, tape, before[-REMEMBERED:])
        before.append(
            PastSession(
                verdict.session, verdict.label, verdict.kind, verdict.confidence,
                verdict.runner_up, verdict.severity, verdict.phase, verdict.leader,
            )
        )  # fmt: skip
    return found


def against_prototype(reference: pd.DataFrame, verdicts: Mapping[date, Verdict]) -> None:
    """Shares before gates, top class and violence against the reference's columns."""
    ours = pd.DataFrame([verdict.scores for verdict in verdicts.values()], index=reference.index)
    theirs = reference[[f"p_{name}" for name in VERDICTS]].set_axis(list(VERDICTS), axis=1)
    largest = (ours[list(VERDICTS)] - theirs).abs().max(axis=1)
    violence = pd.Series([verdict.violence for verdict in verdicts.values()], index=reference.index)
    print(f"all six p within {CLOSE}: {(largest <= CLOSE).mean():.4f} of sessions (target 0.95)")
    print(f"same top class: {(ours.idxmax(axis=1) == reference['top']).mean():.4f}")
    print(f"same violence: {(violence == reference['violence']).mean():.4f}")


def verdict_report(folder: Path, verdicts: Mapping[date, Verdict]) -> None:
    """Six-way accuracy and labels on events.csv, agreement on panel.csv, base rates by year."""
    rows = {
        pd.Timestamp(day): (each.label, each.runner_up, max(each.scores, key=lambda name: each.scores[name]),
                            each.kind, each.confidence, max(each.shares.values()))
        for day, each in verdicts.items()
    }  # fmt: skip
    columns = ["label", "runner_up", "top", "kind", "confidence", "share"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    _events(pd.read_csv(folder / "events.csv", parse_dates=["date"]).set_index("date"), frame)
    _panel(pd.read_csv(folder / "panel.csv", parse_dates=["date"]).set_index("date"), frame)
    _base_rates(frame)


def _events(events: pd.DataFrame, frame: pd.DataFrame) -> None:
    days = events.rename(columns={"label": "wanted", "confidence": "sure"}).join(frame, how="inner")
    plain = days[days.wanted != "mixed"]
    sure = plain[plain.sure == "high"]
    print(f"\nevents: {len(days)} days, {len(plain)} not mixed")
    print(f"six-way top class right: {_same(plain.top, plain.wanted)} (target 0.86); high: {_same(sure.top, sure.wanted)}")
    print(f"label right: {_same(plain.label, plain.wanted)}; high: {_same(sure.label, sure.wanted)}")
    for name, rows in (("all", days), ("high", sure)):
        wanted, called = rows[rows.wanted == "forced_exit"], rows[rows.label == "forced_exit"]
        print(f"forced {name}: recall {_same(wanted.label, wanted.wanted)}, precision {_same(called.label, called.wanted)}")
    shown = days[days.confidence >= 0.9]
    print(f"shown at 0.90 or more: {len(shown)}, right {_same(shown.label, shown.wanted)}")
    _list(days[days.label != days.wanted], "events where the label differs")


def _panel(panel: pd.DataFrame, frame: pd.DataFrame) -> None:
    days = panel.rename(columns={"majority": "wanted"}).join(frame, how="inner")
    called, wanted = days[days.label == "forced_exit"], days[days.wanted == "forced_exit"]
    either = (days.label == days.wanted) | (days.runner_up == days.wanted)
    print(f"\npanel: {len(days)} days, label agrees {_same(days.label, days.wanted)}, label or runner-up {either.mean():.3f}")
    print(f"forced confirmed {_same(called.label, called.wanted)}, recall {_same(wanted.label, wanted.wanted)}")
    _list(days[days.label != days.wanted], "panel days where the label differs")


def _base_rates(frame: pd.DataFrame) -> None:
    years = frame[frame.index >= "2006"]
    counts = years.groupby(years.index.year)["label"].value_counts().unstack(fill_value=0)
    print("\nlabels by year, 2006 on")
    print(counts.reindex(columns=[*VERDICTS, *RULED], fill_value=0).to_string())
    spans = len(years) / 252
    print("a year:", (years.label.value_counts() / spans).round(1).to_dict())
    print(f"mixed: {(years.label == 'mixed').mean():.4f} of sessions (at most 0.05)")
    print("kinds:", years.kind.value_counts().head(16).to_dict())
    contradicted = years[(years.share >= 0.75) & ~years.label.isin(VERDICTS)]
    print(f"labelled otherwise than a passed class at 75 % or more: {len(contradicted)}")


def _same(left: pd.Series, right: pd.Series) -> str:
    return f"{(left == right).mean():.3f}" if len(left) else "none"


def _list(days: pd.DataFrame, title: str) -> None:
    print(f"{title}: {len(days)}")
    for day, row in days.iterrows():
        print(f"  {day:%Y-%m-%d} {row.wanted:17s} got {row.label:17s} runner-up {row.runner_up:17s} {row.kind}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
