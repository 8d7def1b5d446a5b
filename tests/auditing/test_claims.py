"""Single claims: sentences that are true and near ones that are not, on one scene."""

from __future__ import annotations

import pytest

from commentary.auditing.audit import CHECKS
from commentary.auditing.comparisons import moved
from commentary.auditing.statement import Statement
from tests.auditing.notes import day, proof, sentence, spec


def checks(marked: str, when: str = "", **scene: float) -> set[str]:
    """Checks that find something in a sentence of the forced exit's note."""
    note = day("forced_exit")
    known = {**note.scene, **{name.replace("__", "."): value for name, value in scene.items()}}
    made = sentence(marked, when, known)
    given = proof(note, [made], [])
    given = type(given)(
        "", [made], [], known, {name: spec(name) for name in known}, given.vocabulary, given.session
    )  # fmt: skip
    return {finding.check for check in CHECKS for finding in check(Statement(given, made))}


TRUE = [
    ("Gold, which had risen for weeks, was the surprise.", "gold.move_z < 0"),
    ("Tesla had risen for days; it fell.", "tesla.return_1d < 0"),
    ("The loss in gold was the smaller one.", "gold.return_1d < 0"),
    ("Gold failed to rise.", "gold.return_1d < 0"),
    ("Nobody thinks that gold rose because of it.", "gold.return_1d < 0"),
    ("A rise in gold would say the opposite.", "gold.return_1d < 0"),
    ("Gold lost its nerve.", "gold.return_1d < 0"),
    ("The rent on holding gold rose.", "gold.return_1d < 0 and ust2y.change_bp > 0"),
    ("The members of the S&P rose, some of them.", "sp500.return_1d < 0"),
    (
        "SPY has not lost as much since [March 2020|spy.gap_since_date].",
        "spy.return_1d < 0 and spy.gap_since_date > 0",
    ),
    ("The session is the best witness for the other side.", "spy.intraday_1d > 0"),
    ("The yen rose and yields fell, as they do.", "yen.move_z < 0 and yen.return_1d > 0"),
    (
        "On [Friday|calendar.date_prev] utilities rose.",
        "utilities.return_1d_prev > 0",
    ),
    ("One of them is early.", "gold.return_1d < 0"),
    ("The quarter’s worst fifth was sold first.", "winners_3m.return_1d < 0"),
    ("May the better haven win.", "gold.return_1d < 0"),
]
FALSE = [
    ("Gold rose.", "gold.return_1d < 0", "directions"),
    ("Gold and silver rose.", "gold.return_1d < 0 and silver.return_1d < 0", "directions"),
    ("Gold did not fall.", "gold.return_1d < 0", "directions"),
    ("Treasury buyers aside, gold ended higher.", "gold.return_1d < 0", "directions"),
    ("The yen fell.", "yen.move_z < 0 and yen.return_1d > 0", "directions"),
    ("Gold miners were sold.", "gold.return_1d < 0", "subjects"),
    ("The S&P closed above its 200-day average, gold below.", "sp500.level > 0", "subjects"),
    ("The S&P stands below its 200-day average.", "sp500.vs_average_200d > 0", "directions"),
    ("The S&P stands above its 100-day average.", "sp500.vs_average_200d > 0", "numbers"),
    ("The S&P fell in May.", "sp500.return_1d < 0", "dates"),
    ("The S&P fell to a record low.", "sp500.return_1d < 0", "superlatives"),
    ("It was the worst loss since spring.", "sp500.return_1d < 0", "superlatives"),
    ("Two of the three fell.", "sp500.return_1d < 0", "numbers"),
    ("Gold lost half of it.", "gold.return_1d < 0", "numbers"),
    ("Gold lost 2 percent.", "gold.return_1d < 0", "numbers"),
    ("Utilities rose [1.7 percent|utilities.return_1d_prev].", "utilities.return_1d_prev > 0", "windows"),
    ("Gold lost [1.3 percent|gold.return_1d] yesterday.", "gold.return_1d < 0", "windows"),
    ("Gold fell again, in a row.", "gold.return_1d < 0", "streaks"),
    ("A close above the S&P’s 200-day average would help.", "sp500.level > sp500.average_200d", "directions"),
    ("Silver beat gold.", "silver.return_1d < gold.return_1d", "directions"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "when"), TRUE)
def test_true_sentences_are_left_alone(text: str, when: str) -> None:
    assert checks(text, when, tesla__return_1d=-0.04, spy__return_1d=-0.03) <= {"conditions"}


@pytest.mark.parametrize(("text", "when", "check"), FALSE)
def test_false_sentences_are_found(text: str, when: str, check: str) -> None:
    assert check in checks(text, when)


def test_numbers_on_a_side_of_their_reading() -> None:
    assert checks("VIX stood [14 percent|vix.gap] above it.", "vix.level > 0", vix__gap=0.14) == set()
    assert "directions" in checks("Gold closed [1.3 percent|gold.return_1d] above it.", "gold.return_1d < 0")


def test_months_without_a_year_are_of_the_last_twelve() -> None:
    recent, old = 738_900.0, 738_000.0  # 15 January 2024, 28 July 2021
    text = "Gold has not fallen as much since [{}|gold.worst_since_date]."
    assert checks(text.format("January"), "gold.worst_since_date > 0", gold__worst_since_date=recent) == set()
    assert "dates" in checks(text.format("July"), "gold.worst_since_date > 0", gold__worst_since_date=old)
    assert (
        checks(text.format("mid-January"), "gold.worst_since_date > 0", gold__worst_since_date=recent)
        == set()
    )
    assert "dates" in checks(
        text.format("late January"), "gold.worst_since_date > 0", gold__worst_since_date=recent
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Protection was dear when gold rose [1.3 percent|gold.return_1d].", True),
        ("Protection is dear when gold rises.", False),
        ("Gold would have risen.", False),
    ],
)
def test_when_before_a_past_verb_tells_what_was(text: str, told: bool) -> None:
    note = day("forced_exit")
    statement = Statement(proof(note, [], []), sentence(text, "gold.return_1d < 0", note.scene))
    assert statement.hypothetical is not told


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Gold went from [41|gold.level_prev] to [42|gold.level].", True),
        ("Gold went from [42|gold.level_prev] to [42|gold.level].", False),
        ("Gold reached [42|gold.level], from [42|gold.level_prev].", False),
        ("Gold at [42|gold.level] and silver at [42|silver.level].", True),
    ],
)
def test_a_move_is_between_two_figures(text: str, right: bool) -> None:
    note = day("forced_exit")
    statement = Statement(proof(note, [], []), sentence(text, "", note.scene | dict.fromkeys(LEVELS, 42.0)))
    assert (list(moved(statement)) == []) is right


LEVELS = ("gold.level", "gold.level_prev", "silver.level")
