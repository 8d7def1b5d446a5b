"""What shows only beside the readings: names, ranges, conditions that cannot fail or hold."""

from __future__ import annotations

import dataclasses

import pytest

from commentary.conditions import parse
from commentary.model import ReadingSpec
from commentary.rulebook.book import Example, Item, Named, Rulebook
from commentary.rulebook.lint import JUDGED, lint
from commentary.units import Unit
from tests.rulebook import made


def _specs() -> dict[str, ReadingSpec]:
    own = {"leadership.widest": made.spec("leadership.widest", unit=Unit.NAME)}
    wide = {"vix.level": (5.0, 150.0), "spy.volume_ratio": (0.0, 30.0), "spy.range_ratio": (0.0, 30.0)}
    shares = {
        name for name in made.rules().readings if name.endswith(("pct_252d", "_pct", "one_way", "share"))
    }
    shares |= {"breadth.advancing"}
    names = made.rules().readings - set(JUDGED)
    specs = {name: made.spec(name) for name in names}
    specs |= {name: made.spec(name, 0.0, 1.0) for name in shares}
    specs |= {name: made.spec(name, *ends) for name, ends in wide.items()}
    specs |= {"sp500.drawdown": made.spec("sp500.drawdown", -0.95, 0.0)}
    specs |= {"sectors.dispersion_ratio": made.spec("sectors.dispersion_ratio", 0.0, 40.0)}
    return specs | own


def _with(item: Item) -> Rulebook:
    book = made.rules()
    return dataclasses.replace(book, items=(*book.items, item), steps=(*book.steps, _step(item)))


def _step(item: Item) -> object:
    from commentary.rulebook.book import Step

    return Step(item.key, item.place, item.title, item.strength)


def _item(strength: str, points: tuple[float, ...] = (0.2, 0, 0, 0, 0, 0)) -> Item:
    examples = (Example({"sp500.return_1d": -0.01}, 0.0), Example({"sp500.return_1d": -0.03}, 1.0))
    return Item(
        "mine",
        "rules/evidence/x/mine.toml",
        "x",
        "Mine",
        parse(strength),
        False,
        points,
        "",
        "",
        (),
        (),
        examples,
    )


def _found(strength: str, points: tuple[float, ...] = (0.2, 0, 0, 0, 0, 0)) -> list[str]:
    specs = _specs() | {"sp500.return_1d": made.spec("sp500.return_1d", -0.3, 0.3)}
    return [str(problem) for problem in lint(_with(_item(strength, points)), specs)]


def test_the_shipped_rules_are_clean() -> None:
    assert lint(made.rules(), _specs()) == []


def test_a_sound_item_is_clean() -> None:
    assert _found("down(sp500.return_1d, -0.01, -0.03)") == []


def test_two_percent_written_as_two() -> None:
    problems = _found("1 - up(sp500.return_1d, -2.0, 0.02)")
    assert any(
        "-2 for sp500.return_1d" in problem and "between -0.3 and 0.3" in problem for problem in problems
    )


def test_a_strength_that_never_moves() -> None:
    assert any("always 0" in problem for problem in _found("down(sp500.return_1d, -2, -3)"))


def test_a_strength_beyond_one() -> None:
    assert any(
        "a strength from 0 to 1" in problem for problem in _found("2 * down(sp500.return_1d, -0.01, -0.03)")
    )


def test_points_that_are_all_zero() -> None:
    assert any(
        "none but zeros" in problem for problem in _found("down(sp500.return_1d, -0.01, -0.03)", (0.0,) * 6)
    )


def test_an_unknown_reading_and_what_was_meant() -> None:
    problems = _found("down(sp500.retrun_1d, -0.01, -0.03)")
    assert any("did you mean 'sp500.return_1d'?" in problem for problem in problems)


def test_a_threshold_without_examples() -> None:
    assert any(
        "no pair for sp500.return_1d at -0.04" in found for found in _found("down(sp500.return_1d, 0, -0.04)")
    )


@pytest.mark.parametrize(
    ("when", "said"),
    [("vix.level > 1000", "never holds"), ("vix.level > 1", "always holds"), ("vix.level > 20", "")],
)
def test_a_tag_that_never_or_always_holds(when: str, said: str) -> None:
    book = dataclasses.replace(made.rules(), tags=(Named("mine", "mine", parse(when)),))
    found = [problem.got for problem in lint(book, _specs())]
    assert any(said in got for got in found) if said else not found
