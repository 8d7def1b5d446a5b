"""The whole argument of a verdict, drawn from the ledger, the gates and the flips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from commentary.argument import Channel, Closing, Gate, Missing, Move, Piece, Quoted, Read, Standing, Turn
from commentary.case import Flip
from commentary.model import VERDICTS, EvidenceLine, PastSession, Tape, Verdict
from commentary.rulebook.book import Item, Rulebook, Ruled
from commentary.rulebook.decide import Decision, decide
from commentary.rulebook.explain import flips, pair_flip
from commentary.rulebook.in_short import gate_state
from commentary.rulebook.ledger import Scope, scope_of, totals
from commentary.rulebook.parts import Reader, in_order
from commentary.rulebook.sides import given, story_of
from commentary.shown import Showing, figure, gap
from commentary.units import Unit


@dataclass(frozen=True)
class Pleading:
    """A judged session, ready to be argued. Every part is worked out when it is asked for."""

    rulebook: Rulebook
    tape: Tape
    before: Sequence[PastSession]
    verdict: Verdict
    showing: Showing

    @cached_property
    def _decided(self) -> tuple[Scope, Decision]:
        scope = scope_of(self.rulebook, self.tape)
        return scope, decide(self.rulebook, scope)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.rulebook, self._decided[0], self.showing)

    @cached_property
    def story(self) -> str:
        """The one of the six that the evidence is read for."""
        return story_of(self.verdict.label, self.verdict.scores)

    def read(self, name: str) -> Read:
        """A reading as the argument quotes it."""
        return self._reader.read(name)

    def channels(self) -> tuple[Channel, ...]:
        """Channels in which an item fired, in the order of the rules."""
        fired = {line.item: line for line in self.verdict.evidence}
        found = []
        for cap, items in self.rulebook.channels:
            if lines := [(item, fired[item.name]) for item in items if item.name in fired]:
                found.append(self._channel(cap, lines))
        return tuple(found)

    def _channel(self, cap: float, lines: Sequence[tuple[Item, EvidenceLine]]) -> Channel:
        pieces = sorted((self._piece(*pair) for pair in lines), key=lambda piece: (-piece.given, piece.item))
        sums = {name: sum(line.points[name] for _, line in lines) for name in VERDICTS}
        counted = {name: min(max(points, -cap), cap) for name, points in sums.items()}
        bitten = tuple(name for name in VERDICTS if counted[name] != sums[name])
        return Channel(lines[0][0].channel, cap, tuple(pieces), sums, counted, bitten)

    def _piece(self, item: Item, line: EvidenceLine) -> Piece:
        points = given(self.rulebook, self.verdict.label, self.story, item, line.strength)
        return Piece(
            item.name,
            item.title,
            line.strength,
            item.signed,
            dict(line.points),
            points,
            line.points[self.verdict.runner_up],
            self._reader.reads(in_order(item.strength)),
        )

    def trials(self) -> tuple[Piece, ...]:
        """Items on trial, as they would have counted."""
        items = {item.name: item for item in self.rulebook.trials}
        return tuple(self._piece(items[line.item], line) for line in self.verdict.trial)

    def standings(self) -> tuple[Standing, ...]:
        """The six with their points and shares, in the order of every table."""
        scope, decision = self._decided
        points = totals(self.rulebook, scope)
        return tuple(
            Standing(
                name,
                self.rulebook.scored[place].bias,
                points[place],
                decision.scores[place],
                gate_state(self.verdict, name),
                decision.shares[place],
                self.verdict.shares[name],
            )
            for place, name in enumerate(VERDICTS)
        )

    def gates(self) -> tuple[Gate, ...]:
        """Gates of the six, then the ruled verdicts that ask something."""
        own = {gate.verdict: gate for gate in reversed(self.verdict.gates)}
        scored = [
            Gate(
                each.name,
                False,
                each.gate.source,
                own[each.name].passed,
                own[each.name].distance,
                self._reader.part(each.gate.source),
            )
            for each in self.rulebook.scored
        ]
        return (*scored, *(self._ruled(ruled) for ruled in self.rulebook.ruled.values() if ruled.when))

    def _ruled(self, ruled: Ruled) -> Gate:
        source = ruled.when.source if ruled.when else ""
        condition = self._reader.part(source)
        shut = {name for name, by in self._decided[1].closed if by == ruled.name}
        closes = tuple(
            Closing(name, self._reader.part(closing.source), name in shut)
            for name, closing in ruled.closes.items()
        )
        return Gate(ruled.name, True, source, condition.passed, None, condition, closes)

    def missing(self) -> tuple[Missing, ...]:
        """Items that no reading could fill, the weightiest first."""
        absent = set(self.verdict.missing)
        found = [self._missing(item) for item in self.rulebook.items if item.name in absent]
        return tuple(sorted(found, key=lambda each: (-sum(map(abs, each.points.values())), each.item)))

    def _missing(self, item: Item) -> Missing:
        points = dict(zip(VERDICTS, item.points, strict=True))
        wanted = sorted(self.rulebook.reach[item.key] - set(self.tape.values))
        full = given(self.rulebook, self.verdict.label, self.story, item, 1.0)
        rival = points[self.verdict.runner_up]
        return Missing(item.name, item.title, item.channel, tuple(wanted), full, rival, points)

    def turns(self, to: str = "") -> tuple[Turn, ...]:
        """Single readings that change the label, or give the one asked for, the nearest first."""
        return tuple(self._turn((flip,)) for flip in self._flips(to))

    def pair(self) -> Turn | None:
        """Two readings that change the label together; None where one does alone, or no two do."""
        if self._flips(""):
            return None
        found = pair_flip(self.rulebook, self.tape, self.before, self.verdict)
        return self._turn(found) if found else None

    def _flips(self, to: str) -> tuple[Flip, ...]:
        return flips(self.rulebook, self.tape, self.before, self.verdict, to)

    def _turn(self, found: Sequence[Flip]) -> Turn:
        return Turn(found[0].label, tuple(map(self._move, found)))

    def _move(self, flip: Flip) -> Move:
        name = flip.reading
        sigmas = flip.level - flip.value if self.showing.unit(name) == Unit.SIGMA else None
        shown, aim = self.showing.of(name, flip.value), self.showing.of(name, flip.level)
        away, scale = gap(flip.level - flip.value, self.showing.unit(name)), _scale(self.tape, name)
        moved = [figure(scale[0] * level, scale[1]) if scale else "" for level in (flip.value, flip.level)]
        return Move(name, self.showing.title(name), flip.value, shown, flip.level, aim, sigmas, away, *moved)

    def readings(self) -> tuple[Quoted, ...]:
        """Every reading of the tape that the rules read and the tape has, with its formula."""
        names = sorted(name for name in self.rulebook.readings if name in self.tape.specs)
        return tuple(self._quoted(name) for name in names if name in self.tape.values)

    def _quoted(self, name: str) -> Quoted:
        spec = self.tape.specs[name]
        return Quoted(self.read(name), spec.window, spec.source, self.tape.as_of.get(name))

    def confidence_rule(self) -> str:
        """Where the confidence comes from, in words."""
        settings, verdict = self.rulebook.settings, self.verdict
        if verdict.label in self.rulebook.ruled:
            rule = self.rulebook.ruled[verdict.label].confidence.source
            return f"its rule, {rule}, shrunk for coverage, at most {_percent(settings.shown_at_most)}"
        share = self._decided[1].shares[VERDICTS.index(verdict.label)]
        won = verdict.kind == "won"
        most = settings.shown_at_most if won else settings.second_at_most
        why = "" if won else " of a verdict whose rival failed its gate"
        return (
            f"share after gates {_percent(share)}, shrunk for coverage {_percent(verdict.shares[verdict.label])}, "
            f"shown at most {_percent(most)}{why}{self._held_back()}"
        )

    def _held_back(self) -> str:
        """That inputs are missing without which two verdicts cannot be told apart, where that is so."""
        lean = self.rulebook.settings.lean
        if self.verdict.label not in lean.verdicts or lean.when.holds(self._decided[0]) is not True:
            return ""
        return f", and at most {_percent(lean.at_most)} for want of inputs ({lean.when.source})"


def _scale(tape: Tape, name: str) -> tuple[float, Unit] | None:
    """What one σ of a move is: a return, or basis points of a yield; None where the tape does not say."""
    subject, _, measure = name.partition(".")
    if measure == "move_z":
        one, day = tape.values.get(f"{subject}.sigma_1d"), tape.values.get(f"{subject}.return_1d")
        value = tape.values[name]
        same = isinstance(day, float) and isinstance(value, float) and day * value > 0
        return (one, Unit.FRACTION) if isinstance(one, float) and same else None
    if measure == "change_z":
        change, value = tape.values.get(f"{subject}.change_bp"), tape.values[name]
        if isinstance(change, float) and isinstance(value, float) and _SMALL < abs(value) < _CLIPPED:
            return change / value, Unit.BASIS_POINTS
    return None


_SMALL, _CLIPPED = 0.1, 8.0
"""Between these a yield's change over its z is its σ: nearer nought it is all rounding, beyond it is clipped."""


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
