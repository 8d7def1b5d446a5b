"""Frozen data classes made quickly are those of the standard library: held against it, one by one."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from functools import cached_property
from typing import Any

import pytest

from commentary import shapes
from commentary.shapes import dataclass


@dataclass(frozen=True)
class Quick:
    a: int
    b: str = "x"
    c: list[int] = field(default_factory=list)

    @cached_property
    def doubled(self) -> int:
        return 2 * self.a


@dataclasses.dataclass(frozen=True)
class Slow:
    a: int
    b: str = "x"
    c: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Pair:
    left: int
    right: int


@dataclass(frozen=True)
class Wider(Quick):
    d: float = 0.5


def test_it_holds_and_prints_what_it_was_given() -> None:
    assert repr(Quick(1, c=[2])) == repr(Slow(1, c=[2])).replace("Slow", "Quick")
    assert asdict(Quick(1)) == asdict(Slow(1)) == {"a": 1, "b": "x", "c": []}
    assert Quick(1).c is not Quick(1).c
    assert [item.name for item in fields(Wider)] == ["a", "b", "c", "d"]
    assert Quick.__match_args__ == Slow.__match_args__  # type: ignore[attr-defined]


def test_it_compares_by_what_it_holds_within_its_class() -> None:
    assert Quick(1) == Quick(1) != Quick(2)
    assert Wider(1) != Quick(1)
    assert Pair(1, 2) != (1, 2)
    assert hash(Pair(1, 2)) == hash(Pair(1, 2))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Quick(1))


def test_it_never_changes() -> None:
    one: Any = Quick(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'a'"):
        one.a = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'a'"):
        del one.a
    assert replace(one, a=3) == Quick(3)
    assert (one.doubled, one.doubled) == (2, 2)


def test_it_travels() -> None:
    assert pickle.loads(pickle.dumps(Wider(1, d=2.0))) == Wider(1, d=2.0)


@pytest.mark.parametrize("kind", [Quick, Slow])
def test_wrong_calls_are_refused_in_the_same_words(kind: Any) -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        kind()
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        kind(1, z=2)


def test_own_methods_stay() -> None:
    @dataclass(frozen=True)
    class Own:
        a: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    assert (repr(Own(1)), Own(1) == Own(2)) == ("own", True)


def test_classes_that_may_change_are_the_standard_librarys() -> None:
    with pytest.raises(ValueError, match="not frozen"):
        shapes.dataclass(frozen=False)
