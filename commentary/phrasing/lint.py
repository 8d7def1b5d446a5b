"""Mistakes in phrases, found before a note is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from commentary.authored import meant
from commentary.binding import bound
from commentary.condition_writing import ConditionError
from commentary.conditions import check_names, parse
from commentary.errors import Problem
from commentary.phrasing.lexicon import FAMILIES, Lexicon, Phrase
from commentary.phrasing.lint_desk import told
from commentary.phrasing.numbers import FORMATS, WORDS

NUMBER_WORDS = frozenset(WORDS[2:]) | {
    "dozen", "hundred", "thousand", "million", "billion", "twice", "thrice", "half", "halves", "third", "thirds",
    "quarter", "quarters", "fifth", "fifths", "tenth", "tenths", "double", "triple",
}  # fmt: skip
"""Words that are figures: only a slot may print one."""

ALLOWED = re.compile(
    r"\b(?:two|three|five|seven|ten|thirty)-years?\b|\bnine-day\b|\bthree-month\b|\bone-month\b|\bthirty-day\b"
    r"|\b(?:20|50|100|200)-day\b"
    r"|\b(?:Nasdaq 100|Russell 2000|S&P 500)\b|\bthe quarter[’']s\b|\ba quarter[’']s\b",
    re.IGNORECASE,
)
"""Names of instruments, tenors and averages that contain a number."""

BANNED = (
    "dead cat", "perfect storm", "green shoots", "animal spirits", "falling knife", "bloodbath", "rollercoaster",
    "roller coaster", "sea of red", "headwind", "tailwind", "in a world where", "worth noting", "testament to",
    "navigate", "landscape", "underscore", "amid ", "delve", "buy the dip",
    "price target", "we expect", "will rise", "will fall", "quarter of", "three quarters",
)  # fmt: skip
"""Clichés and words that no tape can prove."""

LONGEST = 35
"""Words of a sentence."""

NAME_FORMS = {"name", "full", "short", "long_words", "short_words"}
FILTERS = {*FORMATS, "names", "verb"}


_NAME_FIRST = re.compile(rf"[.!?]\s+{{{{[^}}|]*(?:\.(?:{'|'.join(sorted(NAME_FORMS))})\b|\|\s*names)")

_PLAIN_SLOT = re.compile(
    r"""{{\s*([a-z_]\w*)(?:\.(\w+))?(?:\.\w+)*\s*(?:\|\s*(\w+)(?:\((?:\s*(?:'[^']*'|"[^"]*")\s*,?)*\))?\s*)?}}"""
)
"""A subject, its measure, a format: nearly every slot. What is written otherwise is read by the engine."""
_BRACE = re.compile(r"{[{%#]|[}%#]}")


@dataclass(frozen=True)
class Heard:
    """What phrases may refer to: a message's bindings and lists, the vocabulary, the names of subjects."""

    bindings: Mapping[str, tuple[Mapping[str, str], ...]]  # message → names bound to it and other
    lists: Mapping[str, tuple[str, ...]]  # message → names of its lists
    names: Collection[str]
    subjects: Collection[str]


def lint_lexicon(lexicon: Lexicon, heard: Heard) -> list[Problem]:
    """Every mistake of every phrase."""
    problems: list[Problem] = []
    for message, phrases in lexicon.phrases.items():
        place = f"templates/phrases/{message}.toml"
        if message not in heard.bindings:
            problems.append(Problem(place, "(file)", message, "the name of a message in rules/messages"))
            continue
        seen: dict[str, str] = {}
        for phrase in phrases:
            key = f"phrases.{phrase.file.id}"
            problems += [Problem(place, key, *said) for said in _words(phrase)]
            problems += [Problem(place, key, *said) for said in told(phrase, heard.bindings[message])]
            problems += [Problem(place, key, *said) for said in _slots(phrase, heard)]
            if phrase.file.id in seen or phrase.file.text in seen.values():
                problems.append(Problem(place, key, "the same id or text again", "phrases that differ"))
            seen[phrase.file.id] = phrase.file.text
    return list(dict.fromkeys(problems))


def _words(phrase: Phrase) -> Iterator[tuple[str, str]]:
    plain = re.sub(r"{{.*?}}|{%.*?%}", "·", phrase.file.text)
    bare = ALLOWED.sub("", plain)
    if digits := re.findall(r"\d+", bare):
        yield f"the digit {digits[0]!r}", "a slot with a format"
    for word in re.findall(r"[A-Za-z]+", bare):
        if word.lower() in NUMBER_WORDS:
            yield f"the number word {word!r}", "a slot with count, nth, part or times"
    for cliche in BANNED:
        if cliche in plain.lower():
            yield repr(cliche), "words that this day alone bears out"
    if phrase.file.family not in FAMILIES:
        yield f"family {phrase.file.family!r}", f"one of {', '.join(FAMILIES)}"
    for sentence in re.split(r"(?<=[.!?])\s+", plain):
        if len(sentence.split()) > LONGEST:
            yield f"a sentence of {len(sentence.split())} words", f"at most {LONGEST}"
    if _NAME_FIRST.search(phrase.file.text):
        yield (
            "a further sentence that begins with a name",
            "a word of the phrase's own first: names are lower case",
        )
    if "—" in plain or "!" in plain:
        yield "an em dash or exclamation mark", "a comma, a colon or a full stop"


@dataclass(frozen=True)
class _Read:
    """Formats of a phrase, and its slots as subject and measure."""

    formats: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]


def _read(text: str) -> _Read:
    """What a phrase's template asks for; plain slots without the engine. Raises TemplateSyntaxError."""
    if not _BRACE.search(_PLAIN_SLOT.sub("", text)):
        found = [match.groups() for match in _PLAIN_SLOT.finditer(text)]
        return _Read(
            tuple(form for _, _, form in found if form),
            tuple((subject, measure) for subject, measure, _ in found if measure),
        )
    tree = Environment().parse(text)
    slots = (
        (found.node.name, found.attr)
        for found in tree.find_all(nodes.Getattr)
        if isinstance(found.node, nodes.Name)
    )
    return _Read(tuple(found.name for found in tree.find_all(nodes.Filter)), tuple(slots))


def _slots(phrase: Phrase, heard: Heard) -> Iterator[tuple[str, str]]:
    try:
        read = _read(phrase.file.text)
    except TemplateSyntaxError as error:
        yield (
            f"a template that Jinja refuses: {error.message}",
            "slots such as {{ gold.return_1d | percent }}",
        )
        return
    for name in read.formats:
        if name not in FILTERS:
            yield f"format {name!r}", f"one of {', '.join(sorted(FILTERS))}"
    for names in heard.bindings[phrase.message]:
        yield from _references(read, names, heard, phrase)
        yield from _condition(phrase, names, heard)


def _references(
    read: _Read, names: Mapping[str, str], heard: Heard, phrase: Phrase
) -> Iterator[tuple[str, str]]:
    lists = heard.lists[phrase.message]
    for name, measure in read.slots:
        subject = names.get(name, name)
        if measure in NAME_FORMS:
            known = subject in heard.subjects or subject in heard.names
        else:
            known = f"{subject}.{measure}" in heard.names or subject == "leader"
        if not known and name not in lists:
            hint = meant(f"{subject}.{measure}", heard.names)
            yield f"slot {subject}.{measure}", f"a reading, or a name form of a subject{hint}"


def _condition(phrase: Phrase, names: Mapping[str, str], heard: Heard) -> Iterator[tuple[str, str]]:
    if not phrase.file.when:
        return
    try:
        extra = {f"{name}.count" for name in heard.lists[phrase.message]}
        check_names(parse(bound(phrase.file.when, names)), {*heard.names, *extra} if extra else heard.names)
    except ConditionError as error:
        yield f"when = {phrase.file.when!r}", error.reason
