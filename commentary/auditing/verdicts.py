"""The verdict as it is said: each item of the line of state, and its names in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from commentary.auditing import episodes
from commentary.auditing.figures import half_up
from commentary.auditing.proof import Finding, Proof
from commentary.auditing.statement import Statement
from commentary.model import RULED, VERDICTS, Verdict

_MARKS = re.compile(r"[*_]")
_SAID_IN = frozenset({"title", "standfirst", "verdict"})
"""Sections that name the day's verdict; elsewhere rivals and yesterdays are named at will."""
_LABELS: Mapping[str, str] = {
    "forced_exit": r"forced exit",
    "rotation": r"rotation",
    "flight_to_safety": r"flight to safety",
    "relief_rally": r"relief rally",
    "melt_up": r"melt-up",
    "rates_led": r"rates-led|repricing led by rates",
}
_DAYS = r"(?:day|session|tape|monday|tuesday|wednesday|thursday|friday)\b"
_PLAIN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\ban? (?:[\w-]+ )?(?P<label>quiet|ordinary|mixed) {_DAYS}",
        r"^(?:still |nearly )?(?P<label>quiet|ordinary|mixed)(?=[,:.]|$| and | again)",
        r"\b(?:verdict|word|label|ours|name|file|evidence)\b[^.,;]*?\b(?:is|says?|reads?|to|for)"
        r"(?: (?:an?|that is))? (?P<label>quiet|ordinary|mixed)\b",
        r"\b(?:it (?:was|is)|reads as|makes it|this was owed:|leans to)"
        r" (?:an? )?(?P<label>quiet|ordinary|mixed)(?! by)\b",
        r", (?P<label>quiet|ordinary|mixed)$",
    )
)
"""How the verdicts that are common words are said as verdicts."""
_EXCUSED_BEFORE = re.compile(
    r"(?:\b(?:not|nearly|almost|nor|never|than|rather|of|towards?|could|would|might|be|at|after|last|before|beside"
    r"|without|rival|either|instead|neighbor|between|from|close|like|only|far|short|yesterday)\b|[’']s)"
    r"(?: (?:merely |only |quite )?(?:an?|to|to an?|as an?|the|the last|call it|read as an?|been an?|word))*\s*$",
    re.IGNORECASE,
)
_EXCUSED_AFTER = re.compile(
    r"^(?:[’']s\b| (?:close behind|being the other|would|asks|of (?:\w+ )?(?:sessions?|days?) ago|is \w+ sessions?"
    r"|\w+ (?:sessions?|days?) ago))",
    re.IGNORECASE,
)
_PASSED = re.compile(r"\b(?:session before|yesterday|day before|ago|last)\b", re.IGNORECASE)
_RIVALS = (
    "runner_up", "yesterday.verdict", "yesterday.verdict_2", "episode.label", "episode.first_label", "ended.label",
    "week.gravest_label", "week.after_label", "week.first_label", "week.common_label",
)  # fmt: skip
_READ_AS = re.compile(
    r"(?:runner_up|yesterday\.verdict\w*|episode\.(?:first_)?label|ended\.label) == '(\w+)'"
)

_IN_WEEK = re.compile(r"\bweek\.(\w+) (?:>=|==) [1-9]")
"""A verdict that the week has had."""


def state_items(proof: Proof, text: str) -> Iterator[Finding]:
    """Every item of the line of state is one that the verdict and the episode bear out."""
    if proof.verdict is None:
        return
    episode = _episode(proof)
    for place, item in enumerate(_MARKS.sub("", text).split(" · ")):
        heads = {episode} if episode else _head(proof, proof.verdict)
        wanted = heads if place == 0 else _item(proof, proof.verdict, item)
        if item.strip() not in wanted:
            yield Finding("state", text, item, " or ".join(sorted(wanted)) or "no such item")
    said = len(text.split(" · "))
    if said != (due := _due(proof.verdict, bool(episode))):
        yield Finding("state", text, f"{said} items", f"{due} items")


def named(statement: Statement) -> Iterator[Finding]:
    """Title, standfirst and verdict call the day by its verdict, or say that they do not."""
    proof, sentence = statement.proof, statement.sentence
    label = str(proof.scene.get("verdict", ""))
    if sentence.section not in _SAID_IN or not label:
        return
    read = (*_READ_AS.findall(sentence.when), *_IN_WEEK.findall(sentence.when))
    allowed = {label, *read, *_slotted(proof, sentence.phrase)}
    for said, start, end in _names(statement.text):
        if said not in allowed and not _excused(statement, said, start, end):
            yield statement.finding("state", f"{statement.text[start:end]!r}", label.replace("_", " "))


def sure(statement: Statement) -> Iterator[Finding]:
    """ "High confidence" is the verdict's own word."""
    word = statement.proof.scene.get("confidence_word")
    match = re.search(r"\b(high|moderate|low) confidence\b", statement.text, re.IGNORECASE)
    if match and word and match[1].lower() != word:
        yield statement.finding("state", match[0], f"{word} confidence")


def _names(text: str) -> Iterator[tuple[str, int, int]]:
    for label, pattern in _LABELS.items():
        for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            yield label, match.start(), match.end()
    for plain in _PLAIN:
        for match in plain.finditer(text):
            yield match["label"].lower(), match.start("label"), match.end("label")


def _slotted(proof: Proof, phrase: str) -> set[str]:
    """Rival and yesterday's verdict, where the phrase has a slot for them."""
    text = proof.phrases[phrase].text if phrase in proof.phrases else ""
    slots = (f"{{{{ {name}." in text for name in _RIVALS)
    return {str(proof.scene.get(name)) for name, there in zip(_RIVALS, slots, strict=True) if there}


def _excused(statement: Statement, said: str, start: int, end: int) -> bool:
    """A rival that is read as one, a verdict that is past, or a word that is denied."""
    before, after = statement.text[:start], statement.text[end:]
    scene = statement.proof.scene
    if said == scene.get("yesterday.verdict") and "yesterday." in statement.sentence.when:
        return True
    if said == "forced_exit" and "sessions_since_forced" in statement.sentence.when:
        return True
    if _PASSED.search(before) and said == scene.get("yesterday.verdict"):
        return True
    return bool(_EXCUSED_BEFORE.search(before) or _EXCUSED_AFTER.search(after))


def _head(proof: Proof, verdict: Verdict) -> set[str]:
    name = _word(proof, verdict.label)
    head = name[:1].upper() + name[1:]
    way, _, detail = verdict.kind.partition(":")
    if way == "undecided":
        names = [_word(proof, part) for part in detail.split("/")]
        return {f"{head} (undecided between {' and '.join(names)})"}
    failed = f"the gate of {_word(proof, detail)} did not open" if way == "gate_failed" else ""
    leaders = calls(proof, verdict.leader) if verdict.leader and verdict.label == "ordinary" else set()
    if not leaders:
        return {f"{head} ({failed})" if failed else head}
    return {f"{head} (led by {name}{'; ' + failed if failed else ''})" for name in leaders}


def _item(proof: Proof, verdict: Verdict, item: str) -> set[str]:
    """What may stand in the place of an item, by its first word."""
    first = item.split()[0] if item.split() else ""
    known = {
        "confidence": _confidence(verdict, item),
        "severity": {f"severity {verdict.severity} of 5"} if verdict.severity else set(),
        "the": {f"the day {_small(head)}" for head in _head(proof, verdict)} if _episode(proof) else set(),
        "runner-up": _runner_up(proof, verdict),
        "tags:": {"tags: " + ", ".join(tag.replace("_", " ") for tag in verdict.tags)}
        if verdict.tags
        else set(),
    }
    return known.get(first, {verdict.phase} if verdict.phase and not _episode(proof) else set())


def _confidence(verdict: Verdict, item: str) -> set[str]:
    """The word and the figure; what it is a share of is the renderer's own sentence."""
    said = f"confidence {verdict.confidence_word}, {half_up(verdict.confidence * 100, 0)} %"
    rest = item.removeprefix(said)
    return {said + rest} if rest != item and (not rest or rest.startswith(" (")) else {said}


def _episode(proof: Proof) -> str:
    """How the line begins where an episode runs: counted again where the sessions before are known."""
    labels = (*VERDICTS, *RULED)
    return episodes.head(proof, {label: _word(proof, label) for label in labels})


def _small(head: str) -> str:
    return head[:1].lower() + head[1:]


def _runner_up(proof: Proof, verdict: Verdict) -> set[str]:
    if not verdict.runner_up:
        return set()
    share = half_up(verdict.shares.get(verdict.runner_up, 0.0) * 100, 0)
    name = f"runner-up {_word(proof, verdict.runner_up)}"
    shut = [gate for gate in verdict.gates if gate.verdict == verdict.runner_up and gate.passed is False]
    return {name if shut or share < 1 else f"{name}, {share} %"}


def _due(verdict: Verdict, episode: bool) -> int:
    """How many items the line of state must have."""
    own = episode or verdict.phase
    return 2 + sum(bool(item) for item in (verdict.severity, own, verdict.runner_up, verdict.tags))


def _word(proof: Proof, ident: str) -> str:
    """The short name of a verdict, as a line writes it."""
    names = proof.vocabulary.others.get(ident, ())
    return names[1] if len(names) > 1 else ident.replace("_", " ")


def calls(proof: Proof, ident: str) -> set[str]:
    """Every name of a leader, with and without its article."""
    known = {*proof.vocabulary.names.get(ident, ()), *proof.vocabulary.others.get(ident, ())}
    return {ident.replace("_", " "), *known, *(f"the {name}" for name in known)}
