"""What stands around the prose: headings, the line of state, front matter, notes under tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from commentary.auditing.figures import DIGITS, half_up
from commentary.auditing.proof import Finding, Proof
from commentary.auditing.reader import Block, Page
from commentary.auditing.statement import mentions
from commentary.auditing.verdicts import state_items
from commentary.auditing.words import WEEKDAYS

STATE = " · "
"""What parts the items of the line of state."""


def is_state(text: str) -> bool:
    """True for the line of state."""
    return text.count(STATE) >= 2


def state(proof: Proof, text: str) -> Iterator[Finding]:
    """Episode, verdict, confidence, severity and runner-up are the verdict's own."""
    label, word = _worded(proof, "verdict"), _worded(proof, "confidence_word")
    episode = "" if proof.scene.get("episode.day") == 1 else _worded(proof, "episode.label")
    items = [_flat(item) for item in text.split(STATE)]
    if episode and not items[0].startswith(f"{episode} episode"):
        yield Finding("state", text, items[0], f"{episode} episode")
    head = items[1].removeprefix("the day ") if episode else items[0]
    if label and not head.startswith(label):
        yield Finding("state", text, head, label)
    said = re.search(r"confidence (high|moderate|lean|low)\b", _flat(text))
    if word and said and said[1] != word:
        yield Finding("state", text, said[0], f"confidence {word}")
    for item in text.split(STATE):
        yield from _figures(proof, item)
    yield from state_items(proof, text)


def plain_words(proof: Proof, block: Block) -> Iterator[Finding]:
    """Headings and notes under tables hold no figure, no weekday and, headings, no instrument's claim."""
    text = proof.vocabulary.pattern.sub("", block.text)
    for match in DIGITS.finditer(text):
        yield Finding("numbers", block.text, f"untraced {match[0]!r}", f"no figure in a {block.kind}")
    if any(re.search(rf"\b{name.title()}\b", text) for name in WEEKDAYS):
        yield Finding("dates", block.text, "untraced weekday", f"no day in a {block.kind}")


def front(proof: Proof, page: Page) -> Iterator[Finding]:
    """Front matter says the note's own title, date, verdict, confidence and severity."""
    title = next((block.text for block in page.blocks if block.kind == "title"), "") or _title(proof)
    wanted = {
        "title": title,
        "date": proof.session.isoformat(),
        "verdict": str(proof.scene.get("verdict", "")),
    }
    for key, value in wanted.items():
        if value and page.front.get(key, value) != value:
            yield Finding("state", f"front matter: {key}", page.front[key], value)
    for key, decimals in (("confidence", 2), ("severity", 0)):
        known, shown = proof.scene.get(key), page.front.get(key)
        if isinstance(known, float) and shown and shown != str(half_up(known, decimals)):
            yield Finding("state", f"front matter: {key}", shown, str(half_up(known, decimals)))


def _title(proof: Proof) -> str:
    """The title of a note that has no heading: what is said in its place."""
    return " ".join(item.text for item in proof.sentences if item.section == "title").rstrip(".")


def _worded(proof: Proof, name: str) -> str:
    return _flat(str(proof.scene.get(name, "")))


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[-_*]", " ", text.lower()).split())


def _figures(proof: Proof, item: str) -> Iterator[Finding]:
    masked = item
    for start, end, _ in mentions(item, proof.vocabulary):
        masked = masked[:start] + " " * (end - start) + masked[end:]
    wanted = _expected(proof, _flat(item))
    for match in DIGITS.finditer(masked):
        if match["digits"].rstrip(",") not in wanted:
            yield Finding("state", item, match["digits"], " or ".join(sorted(wanted)) or "no figure")


def _expected(proof: Proof, item: str) -> set[str]:
    """Figures that an item of the line of state may show."""
    if item.startswith("runner up"):
        share = proof.shares.get(str(proof.scene.get("runner_up", "")))
        return set() if share is None else {str(half_up(share * 100, 0))}
    if " episode" in item:
        return _of_episode(proof)
    for start, name, scale in (("confidence", "confidence", 100.0), ("severity", "severity", 1.0)):
        value = proof.scene.get(name)
        if item.startswith(start) and isinstance(value, float):
            return {str(half_up(value * scale, 0)), *({"5"} if start == "severity" else ())}
    return set()


def _of_episode(proof: Proof) -> set[str]:
    """Its day and severity, and the days and years of its first and gravest day."""
    counts = (proof.scene.get(name) for name in ("episode.day", "episode.severity"))
    found = {str(half_up(count, 0)) for count in counts if isinstance(count, float)}
    for name in ("episode.first_date", "episode.gravest_date"):
        value = proof.scene.get(name)
        if isinstance(value, float):
            when = date.fromordinal(int(value))
            found |= {str(when.day), str(when.year)}
    return found
