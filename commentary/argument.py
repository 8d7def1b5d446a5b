"""The whole argument of one verdict, line by line, in a shape that a page, a program or a test can read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from commentary.model import PastSession
from commentary.quoted import Part as Part
from commentary.quoted import Read as Read
from commentary.shapes import dataclass


@dataclass(frozen=True)
class Quoted:
    """A reading that an argument quotes, with its window, its formula and, where carried, the day it is from."""

    read: Read
    window: str
    formula: str
    as_of: date | None


@dataclass(frozen=True)
class Piece:
    """One item of the ledger as it fired.

    ``strength`` is 0–1, −1…1 where ``signed``; ``points`` are those of the six, ``given`` those for the label
    (below zero: against it), ``rival`` those for the runner-up; ``reads`` what it rests on.
    """

    item: str
    title: str
    strength: float
    signed: bool
    points: Mapping[str, float]
    given: float
    rival: float
    reads: tuple[Read, ...]


@dataclass(frozen=True)
class Channel:
    """Items whose points are capped together, largest for the label first.

    ``sums`` are the points of the six before the cap, ``counted`` after it; ``bitten`` names where they differ.
    """

    name: str
    cap: float
    pieces: tuple[Piece, ...]
    sums: Mapping[str, float]
    counted: Mapping[str, float]
    bitten: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One of the six: bias and total in points, share before gates, gate, share after gates.

    ``gate`` is passed, failed, unknown or ``closed:<verdict>``; ``after`` is renormalised over the verdicts that
    may win, ``shown`` the same shrunk for coverage.
    """

    verdict: str
    bias: float
    total: float
    before: float
    gate: str
    after: float
    shown: float


@dataclass(frozen=True)
class Closing:
    """A scored verdict whose gate a ruled one shuts while it holds: on what condition, and whether it did."""

    verdict: str
    condition: Part
    closed: bool


@dataclass(frozen=True)
class Gate:
    """What a verdict asks: the gate of one of the six, or when a ruled one holds and which gates it shuts.

    ``distance`` is the whole gate's, as the verdict carries it; None of a ruled verdict.
    """

    verdict: str
    ruled: bool
    expression: str
    passed: bool | None
    distance: float | None
    condition: Part
    closes: tuple[Closing, ...] = ()


@dataclass(frozen=True)
class Move:
    """A reading taken from where it stands to a level; ``sigmas`` where its distance is one in σ, ``away`` as printed.

    ``value_as`` and ``level_as`` are the move in per cent or basis points that a move in σ stands for, "" where
    that is not known.
    """

    reading: str
    title: str
    value: float
    value_shown: str
    level: float
    level_shown: str
    sigmas: float | None
    away: str
    value_as: str = ""
    level_as: str = ""


@dataclass(frozen=True)
class Turn:
    """Readings that, moved together with the others held, give another label."""

    label: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Missing:
    """An item without a reading: which are missing, and the points that it could have given at full strength."""

    item: str
    title: str
    channel: str
    readings: tuple[str, ...]
    given: float
    rival: float
    points: Mapping[str, float]


@dataclass(frozen=True)
class Neighbour:
    """An earlier session that resembled this one.

    ``distance`` is the root mean square difference over ``common`` readings, in σ; ``likeness`` is
    1 − distance²/size², size being the day's own distance from a day on which nothing moved: 1 is the same day,
    0 no nearer than a day without moves.
    """

    session: date
    label: str
    distance: float
    likeness: float
    common: int


@dataclass(frozen=True)
class Neighbours:
    """The nearest earlier sessions among ``searched``; ``reason`` says why there are none."""

    found: tuple[Neighbour, ...] = ()
    searched: int = 0
    first: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Argument:
    """Everything that speaks for and against one verdict.

    ``story`` is the one of the six that the evidence is read for: the label, or the highest total where the label
    was reached by rule. ``confidence_rule`` says in words where the confidence comes from. ``turns`` are single
    readings that change the label, nearest first; ``to_rival`` those that give the runner-up; ``pair`` two
    readings where no single one does. ``trials`` are items on trial, which gave no points. ``before`` are the five
    sessions before, oldest first; ``episode_day`` and ``episode_label`` are None and "" where not known. ``readings``
    are those quoted, by name.
    """

    session: date
    label: str
    kind: str
    confidence: float
    confidence_word: str
    confidence_rule: str
    severity: int
    phase: str
    tags: tuple[str, ...]
    leader: str
    episode_day: int | None
    episode_label: str
    coverage: float
    pressure: Read
    violence: int
    story: str
    runner_up: str
    channels: tuple[Channel, ...]
    standings: tuple[Standing, ...]
    gates: tuple[Gate, ...]
    turns: tuple[Turn, ...]
    to_rival: tuple[Turn, ...]
    pair: Turn | None
    missing: tuple[Missing, ...]
    trials: tuple[Piece, ...]
    before: tuple[PastSession, ...]
    neighbours: Neighbours
    readings: tuple[Quoted, ...]
