"""The verdict of one session: the main path of this room."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from commentary.episode import episode_names
from commentary.model import VERDICTS, EvidenceLine, GateLine, PastSession, Tape, Verdict
from commentary.rulebook.book import Item, Leader, Rulebook
from commentary.rulebook.decide import Decision, decide, ranked
from commentary.rulebook.grade import Grades, grade, leader, phase, remember, tags
from commentary.rulebook.ledger import Scope, coverage, scope_of, strengths
from commentary.rulebook.sides import given
from commentary.units import rounded

CHANCE = 1 / len(VERDICTS)


def judge(rulebook: Rulebook, tape: Tape, before: Sequence[PastSession]) -> Verdict:
    """Judge one session.

    ``before`` are the sessions before it, oldest first, yesterday last: phases look back at them, the label
    never does. What the tape does not have drops its items and lowers the coverage. Raises nothing on any tape.
    """
    scope = scope_of(rulebook, tape)
    remember(scope, before)
    decision = decide(rulebook, scope)
    grades = grade(rulebook, scope, decision.label)
    led, subject = leader(_may_lead(rulebook, decision.label), scope)
    scope["verdict"] = decision.label
    today = PastSession(tape.session, decision.label, decision.kind, 0.0, "", grades.severity, "", "")
    scope.update(episode_names(before, today))
    return _Writer(rulebook, scope, decision, grades).verdict(tape.session, led, subject)


class _Writer:
    """Puts down what was decided. Reads the scope; decides nothing."""

    def __init__(self, rulebook: Rulebook, scope: Scope, decision: Decision, grades: Grades) -> None:
        self.rulebook, self.scope, self.decision, self.grades = rulebook, scope, decision, grades
        self.strengths = strengths(rulebook, scope)
        self.coverage = coverage(rulebook, self.strengths)
        self.story = self._story()
        self.sure = self._confidence()
        self.sides = self._points_for_and_against()

    def verdict(self, session: date, led: str, subject: str) -> Verdict:
        return Verdict(
            session=session,
            label=self.decision.label,
            kind=f"leader:{led or 'none'}" if self.decision.kind == "leader" else self.decision.kind,
            leader=subject,
            confidence=self.sure,
            confidence_word=self._word(self.sure),
            runner_up=self._runner_up(),
            margin=self._margin(),
            scores=dict(zip(VERDICTS, self.decision.scores, strict=True)),
            shares=self._shares(),
            evidence=self._lines(self.rulebook.items, 0.0),
            gates=self._gates(),
            strengths=self.strengths,
            derived=self._derived(),
            severity=self.grades.severity,
            worst_sleeve=self.grades.worst,
            sleeves=self.grades.sleeves,
            phase=phase(self.rulebook, self.scope),
            tags=tags(self.rulebook, self.scope),
            coverage=self.coverage,
            pressure=_number(self.scope, "tape.pressure"),
            violence=_count(self.scope, "tape.violence"),
            supporting=self.sides[0],
            opposing=self.sides[1],
            missing=tuple(item.name for item in self.rulebook.items if item.name not in self.strengths),
            trial=self._lines(self.rulebook.trials, None),
        )

    def _story(self) -> int:
        """The scored verdict that the evidence is read for: the label, else the highest score."""
        label = self.decision.label
        return VERDICTS.index(label) if label in VERDICTS else ranked(self.decision.scores)[0]

    def _shrunk(self, share: float) -> float:
        return CHANCE + (share - CHANCE) * self.coverage

    def _shares(self) -> dict[str, float]:
        return {name: self._shrunk(share) for name, share in zip(VERDICTS, self.decision.shares, strict=True)}

    def _confidence(self) -> float:
        settings, decision = self.rulebook.settings, self.decision
        if decision.label in self.rulebook.ruled:
            raw = self.rulebook.ruled[decision.label].confidence.number(self.scope)
            return min(self._shrunk(raw if raw == raw else CHANCE), settings.shown_at_most)
        at_most = settings.shown_at_most if decision.kind == "won" else settings.second_at_most
        return min(self._shrunk(decision.shares[self.story]), at_most, self._allowed())

    def _allowed(self) -> float:
        """The most that the verdict's own file and the inputs allow: without some, two cannot be told apart."""
        lean, own = self.rulebook.settings.lean, self.rulebook.scored[self.story].at_most
        blind = self.decision.label in lean.verdicts and lean.when.holds(self.scope) is True
        most = own.number(self.scope) if own is not None else math.nan
        return min(lean.at_most if blind else 1.0, most if most == most else 1.0)

    def _word(self, confidence: float) -> str:
        settings = self.rulebook.settings
        if confidence >= settings.high:
            return "high"
        return "moderate" if confidence >= settings.moderate else "lean"

    def _runner_up(self) -> str:
        order = ranked(self.decision.scores)
        if self.decision.label not in VERDICTS:
            return VERDICTS[order[1]] if self.decision.label == "mixed" else VERDICTS[order[0]]
        return next(VERDICTS[place] for place in order if place != self.story)

    def _margin(self) -> float:
        shares = self.decision.shares if any(self.decision.shares) else self.decision.scores
        first, second = ranked(shares)[:2]
        return shares[first] - shares[second]

    def _lines(self, items: Sequence[Item], left_out: float | None) -> tuple[EvidenceLine, ...]:
        """Known items and the points that their strengths make, but those of one strength."""
        lines: list[tuple[float, EvidenceLine]] = []
        for item in items:
            strength = self.strengths.get(item.name)
            if strength is not None and strength != left_out:
                points = {name: strength * each for name, each in zip(VERDICTS, item.points, strict=True)}
                line = EvidenceLine(item.name, item.channel, item.title, strength, points)
                lines.append((-abs(points[VERDICTS[self.story]]), line))
        return tuple(line for _, line in sorted(lines, key=lambda pair: (pair[0], pair[1].item)))

    def _points_for_and_against(self) -> tuple[float, float]:
        """Points of the fired items for the label and against it."""
        given = [self._given(item) for item in self.rulebook.items if item.name in self.strengths]
        return sum(each for each in given if each > 0), -sum(each for each in given if each < 0)

    def _given(self, item: Item) -> float:
        strength = self.strengths[item.name]
        return given(self.rulebook, self.decision.label, VERDICTS[self.story], item, strength)

    def _gates(self) -> tuple[GateLine, ...]:
        lines = []
        for verdict in self.rulebook.scored:
            gate = verdict.gate
            lines.append(
                GateLine(verdict.name, gate.source, gate.passed(self.scope), gate.distance(self.scope))
            )
        for name, by in self.decision.closed:
            closing = self.rulebook.ruled[by].closes[name]
            lines.append(GateLine(name, f"not ({by} and {closing.source})", False, None))
        return tuple(lines)

    def _derived(self) -> Mapping[str, float]:
        found = {
            step.key: self.scope[step.key] for step in self.rulebook.steps if step.key[:9] != "evidence."
        }
        found |= {name: self.scope[name] for name in ("tape.sleeves", "severity.raw")}
        return {name: rounded(value) for name, value in found.items() if value == value}


def _may_lead(rulebook: Rulebook, label: str) -> list[Leader]:
    sleeve = rulebook.ruled[label].leader if label in rulebook.ruled else ""
    return [each for each in rulebook.leaders if sleeve in ("", each.sleeve)]


def _number(scope: Scope, name: str) -> float:
    value = scope.get(name)
    return float(value) if isinstance(value, (int, float)) else float("nan")


def _count(scope: Scope, name: str) -> int:
    value = _number(scope, name)
    return int(value) if value == value else 0
