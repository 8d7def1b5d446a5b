"""Figures of verdicts against labelled days: what ``prototype_check`` and ``verdict_figures`` print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from commentary.model import RULED, VERDICTS, PastSession, Tape, Verdict
from commentary.rulebook.book import Rulebook
from commentary.rulebook.judge import judge

REMEMBERED = 12


def judged(rulebook: Rulebook, tapes: Iterable[Tape]) -> dict[date, Verdict]:
    """Judge sessions in order, each with the ones before it."""
    before: list[PastSession] = []
    found: dict[date, Verdict] = {}
    for tape in tapes:
        verdict = found[tape.session] = judge(rulebook, tape, before[-REMEMBERED:])
        before.append(
            PastSession(
                verdict.session, verdict.label, verdict.kind, verdict.confidence,
                verdict.runner_up, verdict.severity, verdict.phase, verdict.leader,
            )
        )  # fmt: skip
    return found


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
    print(f"six-way top class right: {_same(plain.top, plain.wanted)} (target 0.86)")
    print(f"  on high-confidence rows: {_same(sure.top, sure.wanted)}")
    print(f"label right: {_same(plain.label, plain.wanted)}; high: {_same(sure.label, sure.wanted)}")
    for name, rows in (("all", days), ("high", sure)):
        wanted, called = rows[rows.wanted == "forced_exit"], rows[rows.label == "forced_exit"]
        right = _same(called.label, called.wanted)
        print(f"forced {name}: recall {_same(wanted.label, wanted.wanted)}, precision {right}")
    shown = days[days.confidence >= 0.9]
    print(f"shown at 0.90 or more: {len(shown)}, right {_same(shown.label, shown.wanted)}")
    _list(days[days.label != days.wanted], "events where the label differs")


def _panel(panel: pd.DataFrame, frame: pd.DataFrame) -> None:
    days = panel.rename(columns={"majority": "wanted"}).join(frame, how="inner")
    called, wanted = days[days.label == "forced_exit"], days[days.wanted == "forced_exit"]
    either = (days.label == days.wanted) | (days.runner_up == days.wanted)
    agree = _same(days.label, days.wanted)
    print(f"\npanel: {len(days)} days, label agrees {agree}, label or runner-up {either.mean():.3f}")
    print(
        f"forced confirmed {_same(called.label, called.wanted)}, recall {_same(wanted.label, wanted.wanted)}"
    )
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
        print(
            f"  {day:%Y-%m-%d} {row.wanted:17s} got {row.label:17s} runner-up {row.runner_up:17s} {row.kind}"
        )
