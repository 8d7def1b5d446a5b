"""One thesis a note: the pair that disagrees most."""

from __future__ import annotations

from typing import Any

from commentary.conditions import parse
from commentary.planning.layout import Thesis, ThesisFile
from commentary.planning.thesis import FALLBACK, choose_thesis

SCENE = {"verdict": "rotation", "gold.move_z": -2.0, "sp500.move_z": -1.0}


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
