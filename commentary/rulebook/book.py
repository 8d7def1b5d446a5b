"""The rules of one run, read and parsed: what ``load`` returns and every other module here works from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from commentary.conditions import Condition
from commentary.errors import Problem
from commentary.rulebook.gates import Gate
from commentary.shapes import dataclass


@dataclass(frozen=True)
class Example:
    """Readings in, strength out, worked out by hand."""

    readings: Mapping[str, float | str]
    strength: float


@dataclass(frozen=True)
class Item:
    """One evidence item: an expression that gives a strength, and points per verdict in VERDICTS' order.

    ``status`` is draft, trial, live or retired; ``retired`` says since when and why.
    """

    name: str
    place: str
    channel: str
    title: str
    strength: Condition
    signed: bool
    points: tuple[float, ...]
    message: str
    why: str
    misfires: tuple[str, ...]
    references: tuple[str, ...]
    examples: tuple[Example, ...]
    status: str = "live"
    retired: str = ""

    @property
    def key(self) -> str:
        """Name under which other rules read the item's strength."""
        return f"evidence.{self.name}"

    @property
    def weight(self) -> float:
        """Points that the item could give, all verdicts together: its part in the coverage."""
        return sum(abs(points) for points in self.points)


@dataclass(frozen=True)
class Draft:
    """An item that its author is not done with: what a live one would be refused for; None where not read."""

    name: str
    place: str
    wanting: tuple[Problem, ...]
    item: Item | None


@dataclass(frozen=True)
class Shelf:
    """Items that are not worked out: no rule and no message may name one."""

    drafts: tuple[Draft, ...] = ()
    retired: tuple[Item, ...] = ()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each is, by name."""
        drafts = {draft.name: "a draft" for draft in self.drafts}
        return drafts | {item.name: f"retired, {item.retired}" for item in self.retired}

    def told(self, name: str) -> str:
        """Why an item, or its strength, is not there for others: words to end a sentence, "" where it is."""
        found = self.names.get(name.removeprefix("evidence."))
        return f" that is worked out; {name} is {found}" if found else ""


@dataclass(frozen=True)
class Step:
    """One number that rules compute: ``key`` is the name that other rules read it under."""

    key: str
    place: str
    title: str
    value: Condition

    @property
    def place_key(self) -> str:
        """Key of the expression in its file."""
        return "strength" if self.key.startswith("evidence.") else f"derived.{self.key}.value"


@dataclass(frozen=True)
class Scored:
    """One of the six verdicts: its bias in points and the condition without which it cannot be given.

    ``neighbour`` is the verdict on the same side of the ledger, which takes its place without further ado
    when its gate fails ("": none). ``at_most`` is the most confidence that may be shown on a day (None: the
    ledger's).
    """

    name: str
    place: str
    title: str
    bias: float
    gate: Gate
    neighbour: str
    at_most: Condition | None = None


@dataclass(frozen=True)
class Ruled:
    """A verdict reached by rule. ``closes`` shuts the gate of a scored verdict while ``when`` holds.

    ``leader`` is the sleeve that leads such a day ("": whichever moved most). ``supports`` and ``opposes``
    name the items that count for it and against it; where both are empty, what speaks for the highest score
    opposes.
    """

    name: str
    place: str
    title: str
    when: Condition | None
    closes: Mapping[str, Condition]
    confidence: Condition
    leader: str
    supports: tuple[str, ...]
    opposes: tuple[str, ...]


@dataclass(frozen=True)
class Lean:
    """Verdicts that are shown as a lean at most, whatever their share, while ``when`` holds."""

    when: Condition
    verdicts: tuple[str, ...]
    at_most: float


@dataclass(frozen=True)
class Settings:
    """Figures of the ledger (``rules/ledger.toml``): points, shares of one, and shares again."""

    temperature: float
    cap: float
    caps: Mapping[str, float]
    least: float
    lead: float
    standing: float
    conflict_gap: float
    conflict_least: float
    shown_at_most: float
    second_at_most: float
    high: float
    moderate: float
    lean: Lean


@dataclass(frozen=True)
class Sleeve:
    """Part of a book that can be hit: the test, how deep in σ, and the depths that part its five degrees."""

    name: str
    title: str
    hit: Condition
    depth: Condition


@dataclass(frozen=True)
class Severity:
    """How hard a day was: ``raw`` cut into 1–5 for the verdicts that are graded."""

    raw: Condition
    cuts: tuple[float, ...]
    depth_cuts: tuple[float, ...]
    graded: tuple[str, ...]
    sleeves: tuple[Sleeve, ...]


@dataclass(frozen=True)
class Named:
    """A phase or a tag: a name and when it holds."""

    name: str
    title: str
    when: Condition


@dataclass(frozen=True)
class Leader:
    """What may lead a day: an instrument, its sleeve, and how large its move is, in σ made comparable.

    Where ``named_by`` is not empty the id of what moved is the value of that reading.
    """

    subject: str
    sleeve: str
    size: Condition
    named_by: str


@dataclass(frozen=True)
class Rulebook:
    """All rules of one run. ``steps`` are derived numbers and strengths, each after those it needs.

    ``items`` count: they are live. ``trials`` are worked out and shown beside them; they give no points.
    """

    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    scored: tuple[Scored, ...]
    ruled: Mapping[str, Ruled]
    settings: Settings
    severity: Severity
    phases: tuple[Named, ...]
    tags: tuple[Named, ...]
    leaders: tuple[Leader, ...]
    trials: tuple[Item, ...] = ()
    shelf: Shelf = Shelf()

    @cached_property
    def computed(self) -> tuple[Item, ...]:
        """Items whose strengths are worked out: live ones and those on trial."""
        return (*self.items, *self.trials)

    @cached_property
    def channels(self) -> tuple[tuple[float, tuple[Item, ...]], ...]:
        """Cap and items of each channel."""
        names = dict.fromkeys(item.channel for item in self.items)
        caps = self.settings.caps
        return tuple(
            (caps.get(name, self.settings.cap), tuple(item for item in self.items if item.channel == name))
            for name in names
        )

    @cached_property
    def scales(self) -> tuple[tuple[float, tuple[tuple[str, tuple[float, ...]], ...]], ...]:
        """Cap of each channel, with the key and the points of its items."""
        return tuple((cap, tuple((item.key, item.points) for item in items)) for cap, items in self.channels)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that any rule reads: readings, derived numbers, strengths and the verdict's own."""
        return frozenset().union(*(condition.names for _, _, condition in self.conditions))

    @cached_property
    def readings(self) -> frozenset[str]:
        """The names that must come with the tape."""
        naming = {leader.named_by for leader in self.leaders if leader.named_by}
        return (self.names | naming) - {step.key for step in self.steps}

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """Derived number or strength → the readings that it comes from in the end."""
        found: dict[str, frozenset[str]] = {}
        for step in self.steps:
            found[step.key] = frozenset().union(*(found.get(name, {name}) for name in step.value.names))
        return found

    @cached_property
    def dependents(self) -> Mapping[str, tuple[Step, ...]]:
        """Reading → the steps that change with it, in order."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            for name in self.reach[step.key]:
                found.setdefault(name, []).append(step)
        return {name: tuple(steps) for name, steps in found.items()}

    @cached_property
    def conditions(self) -> tuple[tuple[str, str, Condition], ...]:
        """Every condition with its file and key."""
        found = [(step.place, step.place_key, step.value) for step in self.steps]
        found += [(verdict.place, "gate", verdict.gate.condition) for verdict in self.scored]
        found += [(each.place, "at_most", each.at_most) for each in self.scored if each.at_most]
        for ruled in self.ruled.values():
            found += [(ruled.place, "when", ruled.when)] if ruled.when else []
            found += [(ruled.place, f"closes.{name}", closing) for name, closing in ruled.closes.items()]
            found.append((ruled.place, "confidence", ruled.confidence))
        found.append(("rules/ledger.toml", "lean.when", self.settings.lean.when))
        found.append(("rules/severity.toml", "raw", self.severity.raw))
        for sleeve in self.severity.sleeves:
            found.append(("rules/severity.toml", f"sleeves.{sleeve.name}.hit", sleeve.hit))
            found.append(("rules/severity.toml", f"sleeves.{sleeve.name}.depth", sleeve.depth))
        found += [("rules/phases.toml", f"phases.{phase.name}.when", phase.when) for phase in self.phases]
        found += [("rules/tags.toml", f"tags.{tag.name}.when", tag.when) for tag in self.tags]
        for leader in self.leaders:
            found.append(("rules/leaders.toml", f"leaders.{leader.subject}.size", leader.size))
        return tuple(found)
