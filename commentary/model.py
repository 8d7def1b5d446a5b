"""The shapes that travel from stage to stage. No stage's own types, no pandas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from commentary.case import Case
from commentary.desk import Reported
from commentary.disputes import Dispute
from commentary.shapes import dataclass
from commentary.units import Unit

Scalar = float | str
"""A reading's value: a number (flags are 1.0 and 0.0, dates ordinals) or the name of something."""
VERDICTS = ("forced_exit", "rotation", "flight_to_safety", "relief_rally", "melt_up", "quiet")
"""The six verdicts that the ledger scores, in the order of every table."""

RULED = ("rates_led", "ordinary", "mixed")
"""The three verdicts reached by rule."""


@dataclass(frozen=True)
class ReadingSpec:
    """What a reading declares of itself.

    ``inputs`` are instrument ids; ``history`` counts the sessions needed before a first value;
    ``low`` and ``high`` bound what is plausible; ``source`` names where the formula comes from.
    """

    name: str
    unit: Unit
    window: str
    inputs: tuple[str, ...]
    history: int
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class InputStatus:
    """One series as it stood when the tape was read. ``status`` is fresh, carried, stale or missing."""

    instrument: str
    symbol: str
    source: str
    last_bar: date | None
    status: str
    detail: str = ""


@dataclass(frozen=True)
class Tape:
    """All readings of one settled session. A missing reading is absent from ``values``."""

    session: date
    values: Mapping[str, Scalar]
    specs: Mapping[str, ReadingSpec]
    inputs: tuple[InputStatus, ...] = ()
    as_of: Mapping[str, date] = field(default_factory=dict)  # only where it differs from session
    disputes: tuple[Dispute, ...] = ()  # second opinions on its bars that disagree


@dataclass(frozen=True)
class EvidenceLine:
    """One item of the ledger as it fired: strength 0–1 (one_way −1…1) and points per verdict."""

    item: str
    channel: str
    title: str
    strength: float
    points: Mapping[str, float]


@dataclass(frozen=True)
class GateLine:
    """One necessary condition: the expression, whether it passed (None: unknown), and how far it is."""

    verdict: str
    expression: str
    passed: bool | None
    distance: float | None


@dataclass(frozen=True)
class Verdict:
    """What the rulebook concluded of one session.

    ``scores`` are softmax shares of the six before gates (they sum to one); ``shares`` are
    renormalised over passed gates and shrunk for coverage. ``confidence`` is what is shown (≤ 0.95).
    """

    session: date
    label: str
    kind: str
    leader: str
    confidence: float
    confidence_word: str  # high, moderate, lean
    runner_up: str
    margin: float
    scores: Mapping[str, float]
    shares: Mapping[str, float]
    evidence: tuple[EvidenceLine, ...]
    gates: tuple[GateLine, ...]
    strengths: Mapping[str, float]
    derived: Mapping[str, float]
    severity: int
    worst_sleeve: str
    sleeves: Mapping[str, int]  # sleeve hit → its own severity 1–5
    phase: str
    tags: tuple[str, ...]
    coverage: float
    pressure: float
    violence: int
    supporting: float  # points for the label
    opposing: float  # points against the label
    missing: tuple[str, ...]  # items dropped for want of a reading
    case: Case | None = None  # the argument in short, where a note carries it
    trial: tuple[EvidenceLine, ...] = ()  # items on trial: what they would have given; they gave nothing


@dataclass(frozen=True)
class PastSession:
    """A session before the day's, as a later note needs to remember it."""

    session: date
    label: str
    kind: str
    confidence: float
    runner_up: str
    severity: int
    phase: str
    leader: str


@dataclass(frozen=True)
class PhraseUse:
    """A phrase printed in an earlier note: where rests are counted from."""

    phrase: str
    session: date
    label: str
    edition: str


@dataclass(frozen=True)
class Thread:
    """What would change the reading: a predicate with birth and expiry (in sessions after birth)."""

    name: str
    text: str
    predicate: str
    born: date
    expires: date
    status: str = "open"  # open, met, failed, lapsed
    settled: date | None = None


@dataclass(frozen=True)
class Memory:
    """What earlier published notes said: phrases at rest and open threads."""

    uses: tuple[PhraseUse, ...] = ()
    threads: tuple[Thread, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A message as it was chosen, with the names bound to its slots (``it`` → instrument id)."""

    message: str
    section: str
    stance: str  # supports, opposes, neutral
    place: str  # lead, body, close
    salience: float
    names: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # list of the message → its members
    when: str = ""
    topic: str = ""  # two messages of one topic are not both said
    thread: str = ""  # title of the thread that this message opens


@dataclass(frozen=True)
class Section:
    """A run of messages that becomes one paragraph, under a heading or none.

    ``choices`` stand in the order of printing; the ``quota`` most salient that find words are printed,
    and none where fewer than ``least`` do. ``required`` sections may break a phrase's rest. In a ``novel``
    section every further message must rest on a reading that the ones before it did not.
    """

    name: str
    heading: str
    choices: tuple[Choice, ...]
    quota: int
    least: int = 1
    words: int = 0  # none are printed where they have fewer
    required: bool = False
    novel: bool = False
    families: int = 2  # of images that the paragraph may draw on
    every: bool = False  # each choice is printed, a message as often as it was chosen
    joined: str = ""  # stands in the paragraph before it: always, or where it is short


@dataclass(frozen=True)
class Plan:
    """The document plan: one thesis, then sections in order; title, standfirst and closing apart."""

    thesis: str
    pair: tuple[str, ...]  # the two readings that disagree, which title or standfirst must speak of
    sections: tuple[Section, ...]
    threads: tuple[Thread, ...]  # opened today
    settled: tuple[Thread, ...]  # met, failed or lapsed today
    scene: Mapping[str, Scalar]  # what conditions and slots may read: tape, verdict, yesterday


@dataclass(frozen=True)
class ShownNumber:
    """A figure as printed, its place in the sentence, and the reading that it shows."""

    shown: str
    value: float
    unit: str
    reading: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One printed sentence with its trace."""

    text: str
    section: str
    message: str
    phrase: str
    stance: str
    place: str
    family: str
    tier: str
    when: str  # message and phrase condition, joined
    numbers: tuple[ShownNumber, ...] = ()
    subjects: tuple[str, ...] = ()  # instruments that the sentence names
    reported: tuple[Reported, ...] = ()  # texts of desk inputs, printed as they were put in


@dataclass(frozen=True)
class Cell:
    """A table cell: what is shown and, for a figure, where it comes from."""

    shown: str
    reading: str = ""
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the note: name, header and rows of cells."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Card:
    """Everything that a note was written from. ``card.json`` → the same note, byte for byte."""

    format: int
    edition: str
    tape: Tape
    before: tuple[PastSession, ...]
    memory: Memory
    desk: Mapping[str, object]
    settings: Mapping[str, object]
    charts: Mapping[str, object]
    versions: Mapping[str, str]
    printed: Mapping[str, object] = field(default_factory=dict)  # verdict, phrases, hash of what was written
    inputs: str = (
        ""  # the set that it was drawn from, one of universe.SETS; empty on cards older than the word
    )


@dataclass(frozen=True)
class Note:
    """A finished note: its surfaces and its trace."""

    session: date
    edition: str
    title: str
    markdown: str
    html: str
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    verdict: Verdict
    plan: Plan
    card: Card
