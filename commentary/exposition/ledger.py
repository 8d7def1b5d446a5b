"""The ledger of an argument: its head, both sides by channel, the totals of the six."""

from __future__ import annotations

from collections.abc import Iterator

from commentary.argument import Argument, Channel, Piece
from commentary.exposition.gates import gate_word
from commentary.exposition.shape import Section, bar, named, percent, points
from commentary.model import VERDICTS
from commentary.shown import MISSING, Showing, signed


def headline(argument: Argument, showing: Showing) -> tuple[str, list[str]]:
    """Title and the lines under it."""
    title = f"{argument.session}: {named(argument.label, showing)}"
    known = [
        f"confidence {argument.confidence_word}, {percent(argument.confidence)}",
        f"severity {argument.severity} of 5" if argument.severity else "",
        argument.phase,
        _episode(argument, showing),
        f"tags: {', '.join(tag.replace('_', ' ') for tag in argument.tags)}" if argument.tags else "",
        f"runner-up {showing.label(argument.runner_up)}",
        f"coverage {percent(argument.coverage)}",
        f"pressure {argument.pressure.shown}",
        f"violence {argument.violence} sign{'' if argument.violence == 1 else 's'}",
    ]
    lines = [" · ".join(part for part in known if part), f"How it came: {_way(argument, showing)}."]
    return title, [*lines, f"Confidence: {argument.confidence_rule}."]


def _episode(argument: Argument, showing: Showing) -> str:
    if not argument.episode_day:
        return ""
    name = f", {showing.label(argument.episode_label)}" if argument.episode_label else ""
    return f"episode day {argument.episode_day}{name}"


def _way(argument: Argument, showing: Showing) -> str:
    way, _, detail = argument.kind.partition(":")
    names = [showing.label(name) for name in detail.split("/")] if detail else []
    told = {
        "won": "highest score, gate open, lead wide enough",
        "gate_failed": f"{names[0] if names else ''} had the highest score and its gate did not open",
        "undecided": f"{' and '.join(names)} could not be told apart",
        "leader": f"no story of the six won; what moved most is in {' '.join(names)}",
    }[way]
    led = f"; led by {showing.label(argument.leader)}" if argument.leader else ""
    return told + led


def sides(argument: Argument, showing: Showing) -> Section:
    """Items by channel, what they read, their strength and points, and each channel's sum."""
    names = showing.label(argument.label), showing.label(argument.runner_up)
    header = ("Channel", "Item", "Strength", "", *(f"for {name}" for name in names), "Reads")
    rows = [row for channel in argument.channels for row in _channel(argument, channel)]
    notes = [
        "Strength is 0 to 1 (a signed item −1 to 1); points are strength × the item's points. "
        "Above zero counts for, below zero against."
    ]
    if argument.label not in VERDICTS:
        top = showing.label(argument.story)
        notes.append(_ruled_note(argument, names[0], top))
    return Section("For and against, by channel", header, tuple(rows), tuple(notes), frozenset({2, 4, 5}), 1)


def _ruled_note(argument: Argument, name: str, top: str) -> str:
    if argument.label == "mixed":
        return f"A mixed day has no points of its own: its column is that of {top}, the highest score."
    return (
        f"{name[0].upper()}{name[1:]} is reached by rule and has no total of its own: its column counts what its rule "
        f"names for and against it or, where it names nothing, what spoke against {top}, the highest score."
    )


def _channel(argument: Argument, channel: Channel) -> Iterator[tuple[str, ...]]:
    title = channel.name.replace("_", " ")
    for piece in channel.pieces:
        yield (title, *piece_row(piece))
        title = ""
    if argument.label in VERDICTS:
        sums = [_sum(channel, name) for name in (argument.label, argument.runner_up)]
        yield ("", f"sum, cap ±{channel.cap:.1f}", "", "", *sums, "")


def piece_row(piece: Piece) -> tuple[str, ...]:
    """An item: title, strength, bar, points on both sides, what it reads."""
    reads = "; ".join(f"{read.title}: {read.shown}" for read in piece.reads)
    strength = signed(piece.strength, 2) if piece.signed else f"{piece.strength:.2f}"
    shape = bar(piece.strength, two_sided=piece.signed)
    return piece.title, strength, shape, points(piece.given), points(piece.rival), reads


def _sum(channel: Channel, name: str) -> str:
    counted = points(channel.counted[name])
    return f"{counted} (cut from {points(channel.sums[name])})" if name in channel.bitten else counted


def totals(argument: Argument, showing: Showing) -> Section:
    """Points of the six by channel, their shares before and after gates."""
    header = ("", *(showing.label(name) for name in VERDICTS))
    rows = [_counted(channel) for channel in argument.channels]
    standings = argument.standings
    rows += [
        ("bias", *(points(each.bias) for each in standings)),
        ("total", *(points(each.total) for each in standings)),
        ("share before gates", *(percent(each.before) for each in standings)),
        ("gate", *(gate_word(each.gate, showing) for each in standings)),
        ("share after gates", *(percent(each.after) for each in standings)),
        ("shrunk for coverage", *(percent(each.shown) if each.after else MISSING for each in standings)),
    ]
    note = "Points by channel after the cap († where it bit); the shares are a softmax of the totals."
    return Section("Totals of the six", header, tuple(rows), (note,), frozenset(range(1, 7)))


def _counted(channel: Channel) -> tuple[str, ...]:
    counted = [points(channel.counted[name]) + ("†" if name in channel.bitten else "") for name in VERDICTS]
    return (channel.name.replace("_", " "), *counted)
