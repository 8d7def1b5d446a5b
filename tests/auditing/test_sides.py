"""Claims that stand in other words than a verb of direction, windows left out, and what no tape shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commentary.auditing.audit import CHECKS
from commentary.auditing.proof import PhraseText
from commentary.auditing.statement import Statement
from tests.auditing.notes import day, proof, sentence, spec

SCENE = {
    "sp500.return_1d": -0.03, "sp500.return_5d": -0.051, "sp500.return_1d_prev": -0.0184, "sp500.level": 5186.0,
    "sp500.low_20d": 5346.0, "oil.return_1d": -0.012, "gold.return_1d": -0.013, "russell.level": 2039.0,
    "russell.average_200d": 2100.0, "russell.vs_average_200d": -0.029, "vix.level": 38.6, "vix3m.level": 31.0,
    "small_vs_nasdaq100.spread_1d": 0.011, "winners_3m.return_1d": -0.04, "nasdaq100.return_1d": -0.0296,
    "sp500.at_record": 0.0, "calendar.expiry": 1.0, "breadth.new_highs": 12.0,
}  # fmt: skip


def checks(marked: str, when: str = "", section: str = "body", text: str = "") -> set[str]:
    """Checks that find something in a sentence set in a scene of a falling day."""
    note = day("forced_exit")
    scene = {**note.scene, **SCENE, "verdict": "forced_exit", "runner_up": "flight_to_safety"}
    made = sentence(marked, when, scene, section)
    given = replace(
        proof(note, [made], []),
        scene=scene,
        specs={name: spec(name) for name in scene},
        phrases={"p": PhraseText(text)} if text else {},
    )
    return {finding.check for check in CHECKS for finding in check(Statement(given, made))}


@pytest.mark.parametrize(
    ("true", "false", "when", "section", "check"),
    [
        ("It fell: crude followed the S&P down.", "Crude followed the S&P up.",
         "sp500.return_1d < 0 and oil.return_1d < 0", "body", "directions"),
        ("Small companies beat the Nasdaq 100 by [1.1 points|small_vs_nasdaq100.spread_1d].",
         "Small companies trailed the Nasdaq 100 by [1.1 points|small_vs_nasdaq100.spread_1d].", "", "body",
         "directions"),
        ("At [5,346|sp500.low_20d] every close of the S&P’s month is above the price.",
         "At [5,346|sp500.low_20d] every close of the S&P’s month is below the price.", "", "body", "directions"),
        ("Unity would have denied it; the S&P closed at [5,186|sp500.level], back below [5,346|sp500.low_20d].",
         "Unity would have denied it; the S&P closed at [5,186|sp500.level], back above [5,346|sp500.low_20d].", "",
         "body", "directions"),
        ("One thing is missing: the Russell 2000 above [2,100|russell.average_200d].",
         "One thing is missing: the Russell 2000 below [2,100|russell.average_200d].", "", "watch", "directions"),
        ("VIX stays above three-month VIX.", "VIX stays below three-month VIX.",
         "vix.level > vix3m.level", "body", "directions"),
        ("Gold brought no relief: it fell [1.3 percent|gold.return_1d].",
         "Gold brought no relief: it rose [1.3 percent|gold.return_1d].", "", "body", "directions"),
        ("Gold fell as the S&P fell, a habit that answers when called.",
         "Gold rose as the S&P fell, a habit that answers when called.",
         "gold.return_1d < 0 and sp500.return_1d < 0", "body", "directions"),
        ("Lower, for reasons that disagree", "Higher, for reasons that disagree", "sp500.return_1d < 0",
         "title", "directions"),
        ("A private loss in gold", "A private gain in gold", "gold.return_1d < 0", "title", "directions"),
        ("The S&P lost [5.1 percent|sp500.return_5d] on the week.", "The S&P lost [5.1 percent|sp500.return_5d].", "",
         "body", "windows"),
        ("The quarter’s winners lost [4 percent|winners_3m.return_1d].",
         "The year’s winners lost [4 percent|winners_3m.return_1d].", "", "body", "windows"),
        ("The S&P lost [1.8 percent|sp500.return_1d_prev] yesterday.",
         "The S&P ended [1.8 percent|sp500.return_1d_prev] lower.", "", "body", "windows"),
        ("The S&P lost [3 percent|sp500.return_1d] on a hard day for stocks.",
         "The S&P lost [3 percent|nasdaq100.return_1d] on a hard day for stocks.", "", "body", "subjects"),
        ("It was a forced exit.", "It was a rotation.", "", "verdict", "state"),
        ("The verdict is forced exit.", "The verdict is quiet.", "", "verdict", "state"),
        ("The S&P fell.", "The S&P fell, the largest loss of the year.", "sp500.return_1d < 0", "body", "superlatives"),
        ("The S&P fell.", "The S&P fell to a record close.", "sp500.return_1d < 0 and sp500.at_record == 0", "body",
         "superlatives"),
        ("[12|breadth.new_highs] stocks closed at their highest in a year.",
         "[12|breadth.new_highs] stocks closed at their lowest in a year.", "", "body", "directions"),
        ("Nobody is named.", "A pension fund was the seller.", "", "body", "unseen"),
        ("Nothing is promised.", "Dealers expect a rebound.", "", "body", "unseen"),
    ],
)  # fmt: skip
def test_a_side_and_its_opposite(true: str, false: str, when: str, section: str, check: str) -> None:
    assert not checks(true, when, section)
    assert check in checks(false, when, section)


def test_an_expiry_is_one_by_the_calendar() -> None:
    assert "unseen" in checks("It was a day of expiry.", "vix.level > 3")
    assert not checks("It was a day of expiry.", "calendar.expiry and vix.level > 3")


def test_a_rival_is_named_where_the_phrase_has_a_slot_for_it() -> None:
    said = "Next in line stands a flight to safety."
    assert "state" in checks(said, section="standfirst")
    assert not checks(said, section="standfirst", text="Next in line stands {{ runner_up.full }}.")


def test_how_sure_the_verdict_is() -> None:
    word = day("forced_exit").scene["confidence_word"]
    other = "moderate" if word == "high" else "high"
    assert not checks(f"It is held with {word} confidence.")
    assert "state" in checks(f"It is held with {other} confidence.")
