"""The sentences of the figures, word by word, from figures made by hand."""

from __future__ import annotations

from datetime import date

from commentary.calendar import sessions_between
from commentary.evaluation import remarks
from commentary.evaluation.forced_days import ForcedDay
from commentary.evaluation.labels import LABELS
from commentary.evaluation.leading import Leading
from commentary.evaluation.remarks import Row
from commentary.evaluation.sheets import Value
from commentary.evaluation.year_rows import Run, YearRow, year_rows
from tests.verdicts import verdict


def name(ident: str) -> str:
    return ident.replace("_", " ")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def rows(**forced: int) -> tuple[YearRow, ...]:
    """Whole years, ``y2008=3``, of so many forced exits and else quiet days."""
    days = []
    for year, count in forced.items():
        number = int(year[1:])
        for place, day in enumerate(sessions_between(date(number, 1, 1), date(number, 12, 31))):
            days.append(verdict("forced_exit" if place < count else "quiet", session=day))
    return year_rows(days)


def test_calendar() -> None:
    # 252, 253 and 252 sessions, 21 of them forced: 736 of 757 are quiet.
    text = plain(remarks.on_calendar(rows(y2019=6, y2020=14, y2021=1)))
    assert text == "97 % of 757 sessions are quiet or ordinary. Of 21 forced exits, 20 fall in 2019 and 2020."


def test_calendar_of_one_year() -> None:
    text = plain(remarks.on_calendar(rows(y2019=1)))
    assert text == "100 % of 252 sessions are quiet or ordinary; 1 forced exit among the rest."


def test_forced_years() -> None:
    # 15 in 505 sessions: 7.5 in 252.
    assert remarks.on_forced_years(rows(y2019=0, y2020=15)) == (
        "15 forced exits, 7.5 in 252 sessions; most in 2020 (15); none in 2019."
    )


def test_forced_years_say_which_is_no_whole_one() -> None:
    (row,) = year_rows([verdict("quiet", session=day) for day in (date(2025, 1, 2), date(2025, 1, 3))])
    assert remarks.on_forced_years((row,)) == (
        "0 forced exits. 2025 is counted from 2 January 2025 to 3 January 2025."
    )


def test_forced_days() -> None:
    called, near = (ForcedDay(verdict(), 0.9, 3.0, missed, None) for missed in ("", "gate"))
    assert remarks.on_forced_days([called, called, near]) == (
        "2 of these 3 days were called forced exits; 1 is a near miss, marked as such, with what kept the verdict "
        "from it."
    )
    assert remarks.on_forced_days([called, called]) == (
        "2 of these 2 days were called forced exits; no near miss is as large."
    )
    assert remarks.on_forced_days([]) == "No day was called a forced exit, and none was near."


def test_leading() -> None:
    metals, oil = Leading("metals", 45, 0.45, (), {}), Leading("oil", 30, 0.3, (), {})
    rest = Leading("rates", 25, 0.25, (), {})
    assert plain(remarks.on_leading([metals, oil, rest], name)) == (
        "Metals led most often, on 45 % of 100 ordinary days, oil next with 30 %; no sleeve led half of them."
    )
    most = Leading("metals", 70, 0.7, (), {})
    assert plain(remarks.on_leading([most, oil], name)) == (
        "Metals led most often, on 70 % of 100 ordinary days, oil next with 30 %."
    )
    assert plain(remarks.on_leading([oil, Leading("rates", 30, 0.3, (), {})], name)) == (
        "Oil and rates led most often, each on 30 % of 60 ordinary days; no sleeve led half of them."
    )
    assert remarks.on_leading([], name) == "No session was called ordinary."


def test_runs() -> None:
    day = date(2020, 1, 2)
    quiet, forced = Run("quiet", 18, day, day), Run("forced_exit", 2, day, day)
    assert remarks.on_runs([forced, quiet], name) == (
        "The longest run under one label is 18 sessions of quiet; forced exits came at most 2 sessions in a row."
    )
    alone = Run("forced_exit", 1, day, day)
    assert remarks.on_runs([alone, quiet], name).endswith("; no forced exit was followed by another.")
    assert remarks.on_runs([quiet], name) == "The longest run under one label is 18 sessions of quiet."


def band(shown: float | None, hits: int, of: int, low: float, high: float) -> Row:
    return {
        "shown": shown,
        "hits": hits,
        "of": of,
        "share": hits / of if of else None,
        "low": low,
        "high": high,
    }


def test_reliability_takes_the_highest_band_that_has_days() -> None:
    within = remarks.on_reliability([band(0.6, 1, 2, 0.1, 0.9), band(0.94, 46, 50, 0.81, 0.97)])
    assert plain(within) == (
        "Of 50 labelled days in the highest band, shown at 94 % on average, 92 % were right (interval 81 % to 97 %): "
        "what was shown lies within the interval."
    )
    below = remarks.on_reliability([band(0.94, 40, 50, 0.67, 0.89), band(None, 0, 0, 0.0, 1.0)])
    assert below.endswith(": less often than was shown.")
    above = remarks.on_reliability([band(0.5, 40, 50, 0.67, 0.89)])
    assert above.endswith(": more often than was shown.")
    assert remarks.on_reliability([band(None, 0, 0, 0.0, 1.0)]) == "No labelled day was judged."


def test_confusion_leaves_days_labelled_mixed_aside() -> None:
    def row(label: str, **counts: int) -> dict[str, Value]:
        return {"labelled": label, **dict.fromkeys(LABELS, 0), **counts}

    found = [
        row("forced_exit", forced_exit=20, flight_to_safety=2),
        row("flight_to_safety", flight_to_safety=9, forced_exit=4),
        row("mixed", forced_exit=7),
    ]
    assert remarks.on_confusion(found, LABELS, name) == (
        "Of 35 days not labelled mixed, 6 were called otherwise, most often flight to safety called forced exit "
        "(4 days)."
    )
    alike = [row("quiet", ordinary=2), row("rotation", ordinary=2)]
    assert remarks.on_confusion(alike, LABELS, name).endswith(
        "4 were called otherwise, most often quiet called ordinary and rotation called ordinary (2 days each)."
    )
    single = [row("quiet", ordinary=1, quiet=3), row("rotation", ordinary=1)]
    assert remarks.on_confusion(single, LABELS, name) == (
        "Of 5 days not labelled mixed, 2 were called otherwise, no two of them alike."
    )
    assert remarks.on_confusion(found[2:], LABELS, name) == (
        "Of 0 days not labelled mixed, none were called otherwise."
    )


def test_panel() -> None:
    found: list[Row] = [
        {"figure": "verdict is the majority's", "share": 0.57},
        {"figure": "readings a and b agree", "share": 0.91},
        {"figure": "readings a and c agree", "share": 0.87},
    ]
    assert plain(remarks.on_panel(found)) == (
        "The verdict is the majority’s on 57 % of days; the readings agree with each other on 87 % to 91 %."
    )
    assert remarks.on_panel([{**found[0], "share": None}]) == "No day of the panel was judged."


def forecaster(who: str, figure: str, share: float, low: float, high: float) -> Row:
    return {"forecaster": who, "figure": figure, "share": share, "low": low, "high": high}


def test_plain_rules_that_are_ahead_are_told() -> None:
    right, precision, often = "verdict right, all", "forced precision", "sessions called forced"
    found = [
        forecaster("ledger", right, 0.85, 0.8, 0.91),
        forecaster("(a) index", right, 0.59, 0.49, 0.68),
        forecaster("(c) havens", right, 0.72, 0.62, 0.79),
        forecaster("ledger", precision, 0.8, 0.62, 0.91),
        forecaster("(a) index", precision, 0.89, 0.69, 0.97),
        forecaster("ledger", often, 0.02, 0.01, 0.03),
        forecaster("(a) index", often, 0.04, 0.03, 0.05),
    ]
    assert plain(remarks.on_plain_rules(found)) == (
        "Right on labelled days, the ledger and the best plain rule, (c) havens: 85 % against 72 %; the intervals do "
        "not overlap. A plain rule is ahead on forced precision ((a) index, 89 % against 80 %)."
    )
    assert remarks.on_plain_rules(found[5:]) == "No labelled day was judged."
    assert remarks.on_plain_rules(found[:3]).endswith("do not overlap. None is ahead on any figure below.")
