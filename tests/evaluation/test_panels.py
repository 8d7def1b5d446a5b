"""Agreement with three readings, counted by hand."""

from __future__ import annotations

from datetime import timedelta

from commentary.evaluation.calls import panel_pairs
from commentary.evaluation.panels import agreement, among_readers, either, panel_sheet
from tests.evaluation.made import START, call, panel_day

PANEL = [
    panel_day(START, "forced_exit", "forced_exit", "forced_exit"),
    panel_day(START + timedelta(days=1), "quiet", "ordinary", "ordinary"),
    panel_day(START + timedelta(days=2), "rates_led", "rates_led", "forced_exit"),
    panel_day(START + timedelta(days=9), "quiet", "quiet", "quiet"),  # not judged
]
CALLS = {
    each.session: each
    for each in (
        call("forced_exit", day=0, runner_up="flight_to_safety"),
        call("quiet", day=1, runner_up="rotation"),
        call("forced_exit", day=2, runner_up="rates_led"),
    )
}
PAIRS = panel_pairs(PANEL, CALLS)


def test_days_that_were_not_judged_are_left_out() -> None:
    assert len(PAIRS) == 3


def test_agreement_with_the_majority() -> None:
    assert agreement(PAIRS) == (1, 3)
    assert either(PAIRS) == (2, 3)


def test_agreement_of_the_readings_with_each_other() -> None:
    assert among_readers(PANEL[:3]) == {"a and b": (2, 3), "a and c": (1, 3), "b and c": (2, 3)}


def test_the_sheet_speaks_of_judged_days_alone() -> None:
    rows = {row["figure"]: (row["hits"], row["of"]) for row in panel_sheet(PANEL, PAIRS).rows}
    assert rows == {
        "verdict is the majority's": (1, 3),
        "verdict or runner-up is": (2, 3),
        "forced confirmed": (1, 2),
        "forced recalled": (1, 1),
        "readings a and b agree": (2, 3),
        "readings a and c agree": (1, 3),
        "readings b and c agree": (2, 3),
    }
