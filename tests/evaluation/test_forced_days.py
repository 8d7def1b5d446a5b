"""The most forced days and near misses, on verdicts written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from commentary.evaluation.forced_days import most_forced
from commentary.model import VERDICTS, GateLine, Verdict
from tests.verdicts import verdict

OPEN = GateLine("forced_exit", "tape.pressure >= 1.75", True, -0.5)
SHORT = GateLine("forced_exit", "tape.pressure >= 1.75", False, 0.25)
UNKNOWN = GateLine("forced_exit", "tape.pressure >= 1.75", None, None)
SHUT = GateLine("forced_exit", "not (rates_led and tape.yield_leg >= 1.5)", False, None)


def day(number: int, label: str, score: float, raw: float | None, **changes: Any) -> Verdict:
    scores = dict.fromkeys(VERDICTS, (1 - score) / 5) | {"forced_exit": score}
    derived = {} if raw is None else {"severity.raw": raw}
    return verdict(label, session=date(2024, 8, number), scores=scores, derived=derived, **changes)


def test_in_order_of_score_times_raw_severity() -> None:
    days = [
        day(1, "forced_exit", 0.9, 2.0),  # 1.8
        day(2, "forced_exit", 0.6, 5.0),  # 3.0
        day(5, "rates_led", 0.8, 3.0, gates=(OPEN, SHUT)),  # 2.4
        day(6, "forced_exit", 1.0, None),
        day(7, "forced_exit", 0.6, 3.0),  # 1.8
    ]
    found = most_forced(days, 40)
    assert [each.verdict.session.day for each in found] == [2, 5, 1, 7, 6]
    assert found[1].weight == pytest.approx(2.4)
    assert found[-1].weight is None
    assert [each.verdict.session.day for each in most_forced(days, 2)] == [2, 5]


def test_a_day_called_otherwise_needs_half_of_the_ledger() -> None:
    days = [day(1, "mixed", 0.5, 2.0), day(2, "mixed", 0.499, 9.0), day(5, "forced_exit", 0.3, 1.0)]
    assert [each.verdict.session.day for each in most_forced(days, 40)] == [1, 5]


@pytest.mark.parametrize(
    ("label", "kind", "gates", "missed", "short"),
    [
        ("forced_exit", "won", (OPEN,), "", None),
        ("ordinary", "gate_failed:forced_exit", (SHORT,), "gate", 0.25),
        ("ordinary", "gate_failed:forced_exit", (SHORT, SHUT), "gate", 0.25),
        ("ordinary", "gate_failed:forced_exit", (UNKNOWN,), "unknown", None),
        ("rates_led", "gate_failed:forced_exit", (OPEN, SHUT), "closed", None),
        ("mixed", "undecided:forced_exit/rotation", (OPEN,), "undecided", None),
        ("flight_to_safety", "won", (OPEN,), "outscored", None),
    ],
)
def test_why_the_label_is_another(
    label: str, kind: str, gates: tuple[GateLine, ...], missed: str, short: float | None
) -> None:
    others = (GateLine("rotation", "leadership.spread_z >= 2", False, 1.5),)
    (found,) = most_forced([day(1, label, 0.7, 2.0, kind=kind, gates=(*others, *gates))], 40)
    assert (found.missed, found.short) == (missed, short)
