"""What an edit of the rules changes: the verdicts of the same sessions before it and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from commentary.evaluation.labels import LABELS
from commentary.evaluation.rates import WHOLE, YEAR
from commentary.evaluation.sheets import Sheet, Value
from commentary.model import VERDICTS, Verdict

MOST_MOVES = 20
"""How many moves of a share are listed."""

NAMED = 3
"""How many items are named beside a session."""

_NOTHING = 1e-6
"""Points and shares nearer than this are the same."""


@dataclass(frozen=True, slots=True)
class Change:
    """One session under both sets of rules."""

    before: Verdict
    after: Verdict

    @property
    def labels(self) -> tuple[str, str]:
        """Verdict before and after."""
        return self.before.label, self.after.label

    @property
    def relabelled(self) -> bool:
        """Whether the verdict is another one."""
        return self.before.label != self.after.label

    def points(self) -> dict[str, tuple[str, float]]:
        """Items that give other points, the largest difference first: item → verdict, points more."""
        before, after = _points(self.before), _points(self.after)
        found: dict[str, tuple[str, float]] = {}
        for item in dict.fromkeys(chain(before, after)):
            old, new = before.get(item, {}), after.get(item, {})
            more = {name: new.get(name, 0.0) - old.get(name, 0.0) for name in VERDICTS}
            name = max(more, key=lambda each: abs(more[each]))
            if abs(more[name]) > _NOTHING:
                found[item] = name, more[name]
        return dict(sorted(found.items(), key=lambda pair: -abs(pair[1][1])))

    def gates(self) -> dict[str, tuple[bool | None, bool | None]]:
        """Gates that let through what they did not, or the other way round: verdict → passed before, after."""
        before, after = _passed(self.before), _passed(self.after)
        return {name: (before[name], after[name]) for name in before if before[name] is not after[name]}

    def facts(self) -> dict[str, object]:
        """The same for a program: pairs are before and after."""
        before, after = self.before, self.after
        return {
            "session": after.session.isoformat(),
            "label": [before.label, after.label],
            "confidence": [before.confidence, after.confidence],
            "runner_up": [before.runner_up, after.runner_up],
            "points": {item: {name: more} for item, (name, more) in self.points().items()},
            "gates": {name: list(pair) for name, pair in self.gates().items()},
        }

    def move(self) -> Move:
        """The share that moved most, before gates or after them; of the six verdicts."""
        return max((Move(self, name) for name in VERDICTS), key=lambda move: move.size)


@dataclass(frozen=True, slots=True)
class Move:
    """A share of one verdict on one session, under both sets of rules."""

    change: Change
    verdict: str

    @property
    def scores(self) -> tuple[float, float]:
        """Before gates: softmax shares of the six."""
        return self.change.before.scores[self.verdict], self.change.after.scores[self.verdict]

    @property
    def shares(self) -> tuple[float, float]:
        """After gates, shrunk for coverage."""
        before, after = (
            each.shares.get(self.verdict, 0.0) for each in (self.change.before, self.change.after)
        )
        return before, after

    @property
    def size(self) -> float:
        """How far the share went, before gates or after, whichever is more."""
        return max(abs(new - old) for old, new in (self.scores, self.shares))

    def facts(self) -> dict[str, object]:
        """The same for a program: pairs are under the earlier rules and under the later ones."""
        return {
            "session": self.change.after.session.isoformat(),
            "label": self.change.after.label,
            "share_of": self.verdict,
            "before_gates": list(self.scores),
            "after_gates": list(self.shares),
        }


def compared(before: Sequence[Verdict], after: Sequence[Verdict]) -> list[Change]:
    """Both verdicts of each session that both have, in order of ``after``."""
    earlier = {verdict.session: verdict for verdict in before}
    return [Change(earlier[each.session], each) for each in after if each.session in earlier]


def transitions_sheet(changes: Sequence[Change]) -> Sheet:
    """One row for each pair of verdicts that a session went between, the most frequent first."""
    counts = Counter(change.labels for change in changes if change.relabelled)
    rows: list[dict[str, Value]] = [
        {"before": old, "after": new, "sessions": count} for (old, new), count in counts.most_common()
    ]
    note = f"{counts.total()} of {len(changes)} sessions change their verdict."
    return Sheet("transitions", "Verdicts that changed", note, ("before", "after", "sessions"), rows)


def frequencies_sheet(changes: Sequence[Change]) -> Sheet:
    """One row a label: sessions, sessions in 252, and the most in a calendar year, before and after."""
    before, after = (_by_year(changes, place) for place in (0, 1))
    rows: list[dict[str, Value]] = []
    for label in LABELS:
        row: dict[str, Value] = {"label": label}
        for when, years in (("before", before), ("after", after)):
            count = sum(labels[label] for labels in years.values())
            row[when] = count
            row[f"a year {when}"] = count / len(changes) * YEAR if len(changes) >= WHOLE else None
            row[f"most {when}"] = max((labels[label] for labels in years.values()), default=None)
        rows.append(row)
    columns = ("label", "before", "after", "a year before", "a year after", "most before", "most after")
    note = f"Sessions, sessions in {YEAR} (from {WHOLE} on), and the most in a calendar year."
    return Sheet("rates", "How often", note, columns, rows)


def by_year(changes: Sequence[Change]) -> dict[int, dict[str, list[int]]]:
    """Sessions of each label before and after, by calendar year."""
    before, after = (_by_year(changes, place) for place in (0, 1))
    return {year: {label: [before[year][label], after[year][label]] for label in LABELS} for year in before}


def years_sheet(changes: Sequence[Change]) -> Sheet:
    """One row a calendar year: sessions of each label, with an arrow where the two sets of rules differ."""
    rows: list[dict[str, Value]] = [
        {"year": year} | {label: _arrow(*pair) for label, pair in labels.items()}
        for year, labels in by_year(changes).items()
    ]
    return Sheet("years", "Year by year", "Sessions of each label, before → after.", ("year", *LABELS), rows)


def relabelled_sheet(changes: Sequence[Change]) -> Sheet:
    """One row for each session that changes its verdict, oldest first, with what differs beneath."""
    rows: list[dict[str, Value]] = [
        {
            "session": change.after.session.isoformat(),
            "before": change.before.label,
            "after": change.after.label,
            "confidence": f"{change.before.confidence:.2f} → {change.after.confidence:.2f}",
            "runner-up": _arrow(change.before.runner_up, change.after.runner_up),
            "points": _items(change.points()),
            "gates": ", ".join(
                f"{name} {_arrow(*map(_word, pair))}" for name, pair in change.gates().items()
            ),
        }
        for change in changes
        if change.relabelled
    ]
    note = (
        "Points: items that give others, by the verdict that gains or loses most. Where neither points nor gates "
        "differ, the ledger, the rule of a verdict or the sessions before do."
    )
    columns = ("session", "before", "after", "confidence", "runner-up", "points", "gates")
    return Sheet("changed", "Sessions that changed", note, columns, rows)


def moves(changes: Sequence[Change]) -> list[Move]:
    """The largest move of each session that keeps its verdict and moves a share, the largest first."""
    found = [change.move() for change in changes if not change.relabelled]
    return sorted((move for move in found if move.size > _NOTHING), key=lambda move: -move.size)


def moves_sheet(changes: Sequence[Change]) -> Sheet:
    """The sessions that keep their verdict and move a share most, the largest move first."""
    moved = moves(changes)
    rows: list[dict[str, Value]] = [
        {
            "session": move.change.after.session.isoformat(),
            "label": move.change.after.label,
            "share of": move.verdict,
            "before gates": _arrow(*(f"{share:.3f}" for share in move.scores)),
            "after gates": _arrow(*(f"{share:.3f}" for share in move.shares)),
        }
        for move in moved[:MOST_MOVES]
    ]
    note = f"{len(moved)} sessions keep their verdict and move a share; the largest move of each, {MOST_MOVES} at most."
    columns = ("session", "label", "share of", "before gates", "after gates")
    return Sheet("moves", "Shares that moved", note, columns, rows)


def _points(verdict: Verdict) -> Mapping[str, Mapping[str, float]]:
    return {line.item: line.points for line in verdict.evidence}


def _passed(verdict: Verdict) -> dict[str, bool | None]:
    """Whether a verdict may be given: its gate passes, and no verdict by rule shuts it."""
    found: dict[str, bool | None] = {}
    for line in verdict.gates:
        found[line.verdict] = False if found.get(line.verdict) is False else line.passed
    return found


def _by_year(changes: Sequence[Change], place: int) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for change in changes:
        found.setdefault(change.after.session.year, Counter())[change.labels[place]] += 1
    return found


def _items(points: Mapping[str, tuple[str, float]]) -> str:
    told = [f"{item} {more:+.2f} {name}" for item, (name, more) in points.items()]
    more = len(told) - NAMED
    return ", ".join(told[:NAMED]) + (f", {more} more" if more > 0 else "")


def _word(passed: bool | None) -> str:
    return {True: "passed", False: "failed", None: "unknown"}[passed]


def _arrow(before: object, after: object) -> str:
    return str(before) if before == after else f"{before} → {after}"
