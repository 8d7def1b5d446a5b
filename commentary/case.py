"""The short form of a verdict's argument, as a note carries it, and what a single reading could change."""

from __future__ import annotations

from commentary.shapes import dataclass


@dataclass(frozen=True)
class Flip:
    """The level of one reading at which the label would change, other readings held.

    ``strides`` is how far that is: in σ where the reading is one, else in its unit's stride.
    """

    reading: str
    value: float
    level: float
    label: str
    strides: float = 0.0


@dataclass(frozen=True)
class CaseItem:
    """One item of the ledger: the reading that it rests on first, its strength and its points for the label."""

    item: str
    title: str
    reading: str
    strength: float
    points: float


@dataclass(frozen=True)
class CaseGate:
    """The comparison that decides the gate of ``verdict``, in the unit of what is compared ("": a bare number).

    ``expression`` is what is compared, ``sign`` one of <, <=, >, >=; ``margin`` is by how much it passes,
    below zero by how much it fails.
    """

    verdict: str
    expression: str
    value: float
    sign: str
    threshold: float
    margin: float
    unit: str


@dataclass(frozen=True)
class Case:
    """The strongest items for the label and against it, the gate, the runner-up, the nearest flip.

    ``runner_up_gate`` is passed, failed, unknown or ``closed:<verdict>`` where a ruled verdict shut it.
    """

    supports: tuple[CaseItem, ...]
    opposes: tuple[CaseItem, ...]
    gate: CaseGate | None
    runner_up: str
    runner_up_gate: str
    flip: Flip | None
