"""One thesis a note: the pair that disagrees most."""

from __future__ import annotations

from typing import Any

from commentary.conditions import parse
from commentary.model import Scalar
from commentary.planning.layout import Thesis, ThesisFile
from commentary.planning.thesis import FALLBACK, choose_thesis, subjects_of

SCENE: dict[str, Scalar] = {"verdict": "rotation", "gold.move_z": -2.0, "sp500.move_z": -1.0}


def thesis(name: str, when: str, salience: str, **keys: Any) -> Thesis:
    file = ThesisFile(about="by hand", pair=(f"{name}.a", f"{name}.b"), when=when, salience=salience, **keys)
    return Thesis(name, file, parse(when), parse(salience))


def test_the_most_salient_that_holds() -> None:
    theses = (
        thesis("small", "gold.move_z < 0", "1"),
        thesis("large", "gold.move_z < 0", "abs(gold.move_z)"),
        thesis("false", "gold.move_z > 0", "9"),
        thesis("unknown", "oil.move_z > 0", "9"),
        thesis("unweighed", "gold.move_z < 0", "oil.move_z"),
        thesis("elsewhere", "gold.move_z < 0", "9", verdicts=("quiet",)),
    )
    assert choose_thesis(theses, SCENE) == ("large", ("large.a", "large.b"))


def test_a_day_without_one_is_plain() -> None:
    assert choose_thesis((thesis("false", "gold.move_z > 0", "9"),), SCENE) == (FALLBACK, ())


def test_of_those_that_hold_a_preferred_one() -> None:
    theses = (thesis("small", "gold.move_z < 0", "1"), thesis("large", "gold.move_z < 0", "2"))
    assert choose_thesis(theses, SCENE, ("small", "absent"))[0] == "small"
    assert choose_thesis(theses, SCENE, ("absent",))[0] == "large"


def test_a_thesis_is_spoken_of_by_its_subjects_and_never_by_the_index_alone() -> None:
    made = (
        Thesis("gold", ThesisFile("x", ("sp500.move_z", "gold.move_z"), "1 > 0", "1"), *[parse("1 > 0")] * 2),
        Thesis("index", ThesisFile("x", ("sp500.move_z",), "1 > 0", "1"), *[parse("1 > 0")] * 2),
        thesis("named", "1 > 0", "1", subjects=("treasuries", "bonds")),
    )
    assert subjects_of(made, "gold") == {"gold"}
    assert subjects_of(made, "index") == {"sp500"}
    assert subjects_of(made, "named") == {"treasuries", "bonds"}
    assert subjects_of(made, FALLBACK) == frozenset()
