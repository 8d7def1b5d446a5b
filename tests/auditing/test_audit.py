"""True notes pass whole; what is planted in them is found, each kind by the check that is meant for it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from commentary.auditing import audit
from commentary.errors import AuditError
from tests.auditing.notes import NOTES, altered, day


@pytest.mark.parametrize("name", NOTES)
def test_a_true_note_has_no_finding(name: str) -> None:
    assert audit(day(name).proof()) == ()


def test_an_audit_is_quick() -> None:
    proof = day("forced_exit").proof()
    audit(proof)
    start = time.process_time()
    audit(proof)
    assert time.process_time() - start < 0.06


PLANTED = [
    # numbers
    ("forced_exit", "lost 3 percent", "lost 4 percent", "numbers"),
    ("rates_led", "17 basis points", "71 basis points", "numbers"),
    ("rates_led", "3.75", "3.57", "numbers"),
    ("forced_exit", "5,012", "5,102", "numbers"),
    ("ordinary", "2.5 sigma", "2.6 sigma", "numbers"),
    ("forced_exit", "one basis point", "two basis points", "numbers"),
    ("forced_exit", "[nearly two-thirds]".strip("[]"), "nearly three-quarters", "numbers"),
    ("ordinary", "nearly three times", "more than three times", "numbers"),
    ("ordinary", "eight basis points", "nine basis points", "numbers"),
    ("forced_exit", "third straight", "fourth straight", "numbers"),
    ("ordinary", "It has had no worse day", "Three of them had no worse day", "numbers"),
    # units
    ("rates_led", "17 basis points", "17 percent", "units"),
    ("ordinary", "2.5 sigma", "2.5 percent", "units"),
    ("rates_led", "3.4 points", "3.4 percent", "units"),
    ("forced_exit", "spans three days", "spans three weeks", "units"),
    # dates
    ("forced_exit", "On Friday utilities", "On Thursday utilities", "dates"),
    ("forced_exit", "March 2020", "May 2020", "dates"),
    ("rates_led", "2007", "2008", "dates"),
    ("ordinary", "since February", "since March", "dates"),
    ("ordinary", "Spreads on junk", "On Wednesday spreads on junk", "dates"),
    # subjects
    ("forced_exit", "Crude hardly", "Copper hardly", "subjects"),
    ("ordinary", "Silver lost", "Platinum aside, Nvidia lost", "subjects"),
    ("forced_exit", "Gold and silver dropped", "Silver and gold dropped", "subjects"),
    ("rates_led", "Technology was the worst", "Energy was the worst", "subjects"),
    ("forced_exit", "gold, silver and bitcoin", "gold, silver and gold", "subjects"),
    ("ordinary", "of gold’s retreat", "of the dollar’s retreat", "subjects"),
    # directions
    ("forced_exit", "The S&P lost", "The S&P gained", "directions"),
    ("forced_exit", "on Friday, rose", "on Friday, fell", "directions"),
    ("rates_led", "sector, down", "sector, up", "directions"),
    ("forced_exit", "utilities rose while", "utilities fell while", "directions"),
    ("forced_exit", "even opened higher", "even opened lower", "directions"),
    ("forced_exit", "Gold did not rise", "Gold did not fall", "directions"),
    ("forced_exit", "fell further than chips", "fell less than chips", "directions"),
    ("rates_led", "Small companies beat", "Small companies trailed", "directions"),
    ("forced_exit", "closed above three-month", "closed below three-month", "directions"),
    ("forced_exit", "close beneath the S&P’s", "close above the S&P’s", "directions"),
    ("ordinary", "narrowed from", "widened from", "directions"),
    ("ordinary", "gold’s retreat", "gold’s advance", "directions"),
    ("forced_exit", "95 fell", "95 rose", "directions"),
    ("forced_exit", "widest gap down", "widest gap up", "directions"),
    ("rates_led", "curve flattened", "curve steepened", "directions"),
    ("forced_exit", "sterling fell", "sterling rose", "directions"),
    # superlatives and streaks
    ("forced_exit", "its worst day since", "its best day since", "superlatives"),
    ("ordinary", "its highest close since", "its lowest close since", "superlatives"),
    ("rates_led", "the worst sector", "the best sector", "superlatives"),
    ("ordinary", "The widest spread", "The narrowest spread", "superlatives"),
    ("forced_exit", "Crude hardly moved", "Crude hardly moved, a record", "superlatives"),
    ("forced_exit", "yet sterling fell", "its best week on file, yet sterling fell", "superlatives"),
    ("rates_led", "rose 3.4 points", "rose 3.4 points, a one-year high,", "superlatives"),
    ("ordinary", "The S&P fell while", "For a further day running, in a row, the S&P fell while", "streaks"),
    # windows
    ("forced_exit", "in a week", "in a month", "windows"),
    ("forced_exit", "Over five sessions", "On the day", "windows"),
    ("rates_led", "this year", "this week", "windows"),
    ("forced_exit", "higher on the day", "higher over the month", "windows"),
    ("forced_exit", "its worst day since", "its worst week since", "windows"),
]


@pytest.mark.parametrize(("name", "old", "new", "check"), PLANTED)
def test_what_is_planted_is_found(name: str, old: str, new: str, check: str) -> None:
    findings = audit(altered(day(name).proof(), old, new))
    assert check in {finding.check for finding in findings}, findings


def test_a_stale_number_is_found_though_text_and_trace_agree() -> None:
    proof = day("forced_exit").proof()
    stale = [
        replace(
            item,
            text=item.text.replace("3 percent", "2 percent"),
            numbers=tuple(
                replace(number, shown="2 percent", value=-0.0184)
                if number.reading == "sp500.return_1d"
                else number
                for number in item.numbers
            ),
        )
        for item in proof.sentences
    ]
    markdown = proof.markdown.replace("The S&P lost 3 percent", "The S&P lost 2 percent")
    findings = audit(replace(proof, sentences=stale, markdown=markdown))
    assert any(finding.check == "numbers" and "on the tape" in finding.wanted for finding in findings)


def test_a_condition_that_is_false_or_unknown_is_found() -> None:
    proof = day("rates_led").proof()
    known = {key: value for key, value in proof.scene.items() if key != "ust30y.change_bp"}
    for scene in ({**proof.scene, "gold.return_1d": 0.01}, known):
        assert "conditions" in {finding.check for finding in audit(replace(proof, scene=scene))}


def test_a_since_that_is_bounded_must_say_so() -> None:
    proof = day("rates_led").proof()
    scene = {**proof.scene, "ust2y.high_since_bounded": 1.0}
    assert "superlatives" in {finding.check for finding in audit(replace(proof, scene=scene))}


def test_findings_make_an_error() -> None:
    error = AuditError(audit(altered(day("ordinary").proof(), "Silver lost 3.7", "Silver lost 7.3")))
    assert error.exit_status == 3
    assert "7.3" in str(error)
