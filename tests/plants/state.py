"""Errors of the verdict: its word, confidence, severity, phase, episode and runner-up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.model import RULED, VERDICTS, Note
from tests.plants.world import (
    Change,
    Changes,
    World,
    draw,
    line_change,
    name_change,
    relined,
    reworded,
    sentence_change,
)

LABELS = (*VERDICTS, *RULED)
WORDS = ("high", "moderate", "lean")
PHASES = ("onset", "cascade", "exhaustion", "relief", "strain", "aftermath", "unresolved")
SLEEVES = ("bitcoin", "gold", "crude", "the dollar", "copper", "technology", "two-years", "the yen")
TAGS = ("rates", "metals", "crypto", "carry", "energy", "credit")


def wrong_state(note: Note, world: World) -> Changes:
    """Verdict, confidence, severity, phase, episode, runner-up and tags, in the lines and in the prose."""
    line = state_line(note)
    for what, new in _otherwise(line, note, world):
        yield line_change(note, world, "state line", f"state: {what}", (line, new))
        front = _front(note, world, what, new)
        if front:
            yield line_change(note, world, "front matter", f"front matter: {what}", front)
            yield _both(note, world, what, ((line, new), front))
    yield from _called(note, world)


def state_line(note: Note) -> str:
    """The line of state of a note's Markdown."""
    return next(
        line for line in note.markdown.splitlines() if line.startswith("**") and "confidence **" in line
    )


def _both(note: Note, world: World, what: str, edits: tuple[tuple[str, str], tuple[str, str]]) -> Change:
    def made() -> Note:
        return relined(relined(note, world, *edits[0]), world, *edits[1])

    (line, new), _ = edits
    return Change("state line", f"state and front matter: {what}", line, new, made)


def _otherwise(line: str, note: Note, world: World) -> Iterator[tuple[str, str]]:
    key = note.session.isoformat()
    for what, pattern, choices in _parts(world):
        for match in re.finditer(pattern, line):
            old = match["it"]
            others = [choice for choice in choices if choice.lower() != old.lower()]
            new = others[draw(key + what, len(others))] if others else _number(old, key + what)
            yield f"{what} {old} → {new}", line[: match.start("it")] + new + line[match.end("it") :]


def _parts(world: World) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    short = tuple(world.kit.words.of(label) for label in LABELS)
    names = "|".join(map(re.escape, short))
    return (
        ("verdict", r"^\*\*(?P<it>[^*,]+)\*\*", tuple(name.capitalize() for name in short)),
        ("verdict", r"· the day \*\*(?P<it>[^*]+)\*\*", short),
        ("confidence word", r"confidence \*\*(?P<it>\w+)\*\*", WORDS),
        ("confidence", r"\*\*, (?P<it>\d+) %", ()),
        ("severity", r"severity \*\*(?P<it>\d) of 5", ()),
        ("phase", rf"(?:· |day \d+: )(?P<it>{'|'.join(PHASES)})(?= ·|$|\*)", PHASES),
        ("episode day", r"episode, day (?P<it>\d+)", ()),
        ("episode label", r"^\*\*(?P<it>[\w-]+) episode", ("Forced-exit", "Flight-to-safety", "Rotation")),
        ("episode first label", rf"\(began [^()]* as (?P<it>{names})", short),
        ("episode first day", r"\(began (?P<it>\d+)", ()),
        ("episode gravest day", r"severity \d on (?P<it>\d+)", ()),
        ("episode severity", r"severity (?P<it>\d) on \d", ()),
        ("runner-up", rf"runner-up (?P<it>{names})", short),
        ("runner-up share", r"runner-up [\w -]+, (?P<it>\d+) %", ()),
        ("gate", rf"the gate of (?P<it>{names})", short),
        ("leader", r"\(led by (?P<it>[\w -]+)", SLEEVES),
        ("tag", r"tags:.*\bled by (?P<it>\w+)", TAGS),
    )


def _number(old: str, key: str) -> str:
    step = (1, -1, 2, 10)[draw(key, 4)]
    if len(old) == 1:
        return str(int(old) % 5 + 1) if int(old) else "2"
    new = int(old) + step
    return str(new if 0 < new < 100 else int(old) - 3)


def _front(note: Note, world: World, what: str, line: str) -> tuple[str, str] | None:
    """The same error among the keys of the front matter."""
    verdict = note.verdict
    if what.startswith("verdict "):
        said = line.split("**")[3 if "· the day **" in line else 1].lower()
        other = next(label for label in LABELS if world.kit.words.of(label) == said)
        return f"\nverdict: {verdict.label}\n", f"\nverdict: {other}\n"
    if what.startswith("confidence ") and "word" not in what:
        shown = re.search(r"\nconfidence: (\d\.\d\d)\n", note.markdown)
        new = re.search(r"\*\*, (\d+) %", line)
        if shown and new:
            return shown[0], f"\nconfidence: {int(new[1]) / 100:.2f}\n"
    if what.startswith("severity "):
        return f"\nseverity: {verdict.severity}\n", f"\nseverity: {verdict.severity % 5 + 1}\n"
    return None


def _called(note: Note, world: World) -> Changes:
    """The day's verdict or confidence called by another name in the prose."""
    names = world.bank.names[note.verdict.label]
    other = LABELS[(LABELS.index(note.verdict.label) + 1 + draw(note.session.isoformat(), 8)) % len(LABELS)]
    theirs = world.bank.names[other]
    for where, sentence in enumerate(note.sentences):
        if sentence.section not in ("verdict", "title", "standfirst"):
            continue
        if re.search(r"yesterday|ago|day’s|was the word", sentence.text, re.IGNORECASE):
            continue
        for old, new in ((names.full, theirs.full), (names.short, theirs.short)):
            match = re.search(rf"(?<!not )\b{re.escape(old)}\b", sentence.text, re.IGNORECASE)
            if match:
                text = new[0].upper() + new[1:] if match[0][0].isupper() else new
                planted = reworded(sentence, match.start(), match.end(), text)
                what = f"verdict in the prose: {match[0]} → {text}"
                yield name_change(note, world, where, what, (planted, note.verdict.label, other))
                break
        yield from _held(note, world, where)


def _held(note: Note, world: World, where: int) -> Changes:
    """The word for how sure the verdict is."""
    sentence = note.sentences[where]
    match = re.search(r"\b(high|moderate) confidence\b", sentence.text)
    if match:
        new = "moderate" if match[1] == "high" else "high"
        planted = reworded(sentence, match.start(1), match.end(1), new)
        yield sentence_change(note, world, where, f"confidence in the prose: {match[1]} → {new}", planted)
