"""What stands around an argument: what was missing, items on trial, earlier sessions, the readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commentary.argument import Argument, Missing
from commentary.exposition.ledger import piece_row
from commentary.exposition.shape import Section, percent, points
from commentary.shown import MISSING, Showing, bare, figure

BEFORE = 5


def missing(argument: Argument, showing: Showing) -> Section:
    """Items that no reading could fill, and what they could have given."""
    names = showing.label(argument.label), showing.label(argument.runner_up)
    header = ("Item", "Channel", "Wants", *(f"up to, for {name}" for name in names))
    rows = tuple(_absent(each, showing) for each in argument.missing)
    notes = ("Points at full strength.",) if rows else ("Nothing: every item had its readings.",)
    return Section("What was missing", header, rows, notes, frozenset({3, 4}))


def _absent(missing: Missing, showing: Showing) -> tuple[str, ...]:
    wanted = "; ".join(showing.title(name) for name in missing.readings)
    channel = missing.channel.replace("_", " ")
    return (missing.title, channel, wanted, points(missing.given), points(missing.rival))


def trials(argument: Argument) -> Iterator[Section]:
    """Items on trial, as they would have counted."""
    if argument.trials:
        header = ("Item", "Strength", "", "for it", "for the runner-up", "Reads")
        rows = tuple(piece_row(piece) for piece in argument.trials)
        notes = ("These items are on trial: the points are what they would have given; they gave none.",)
        yield Section("On trial", header, rows, notes, frozenset({1, 3, 4}), 1)


def before(argument: Argument, showing: Showing) -> Section:
    """The sessions before, oldest first."""
    header = ("Session", "Verdict", "Confidence", "Severity", "Phase", "Led by")
    rows = tuple(
        (
            past.session.isoformat(),
            showing.label(past.label),
            percent(past.confidence),
            str(past.severity) if past.severity else MISSING,
            past.phase or MISSING,
            showing.label(past.leader) if past.leader else MISSING,
        )
        for past in argument.before
    )
    notes = () if rows else ("Nothing is remembered of them.",)
    return Section(
        "The five sessions before" if len(rows) == BEFORE else "The sessions before",
        header,
        rows,
        notes,
        frozenset({2}),
    )


def neighbours(argument: Argument, showing: Showing) -> Section:
    """The sessions most like this one."""
    near = argument.neighbours
    header = ("Session", "Verdict", "Distance", "Likeness", "In common")
    rows = tuple(
        (
            each.session.isoformat(),
            showing.label(each.label),
            figure(each.distance, "sigma", sign=False),
            f"{each.likeness:.2f}".replace("-", "−"),
            bare(each.common),
        )
        for each in near.found
    )
    notes: Sequence[str] = (near.reason[:1].upper() + near.reason[1:] + ".",)
    if rows:
        notes = (
            f"Of {near.searched:,} sessions since {near.first}. Distance: root mean square difference over the "
            "readings in common, in σ. Likeness: 1 is the same day, 0 no nearer than a day on which nothing moved.",
        )
    return Section("The nearest earlier sessions", header, rows, tuple(notes), frozenset({2, 3, 4}))


def readings(argument: Argument) -> Section:
    """Every reading quoted, with its formula."""
    header = ("Called here", "Reading", "Value", "Window", "Formula")
    rows = tuple(
        (
            quoted.read.title,
            quoted.read.name,
            quoted.read.shown + (f" of {quoted.as_of}" if quoted.as_of else ""),
            quoted.window,
            quoted.formula,
        )
        for quoted in argument.readings
    )
    notes = ("σ is the root mean square of the reading's own moves, from windows that end the day before.",)
    return Section("The readings", header, rows, notes, frozenset({2}), 2)
