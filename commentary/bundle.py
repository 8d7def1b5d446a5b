"""A finished note as a publisher takes it: read from its folder, sent to a target, answered by a receipt."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from commentary.errors import PublishError
from commentary.handouts import shape_of
from commentary.model import PhraseUse, Thread
from commentary.shapes import dataclass

FILES = ("note.md", "note.html", "facts.json", "card.json")
"""What a note's folder must hold before the note can be published."""

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE = re.compile(r"\A\s*# (?P<title>[^\n]+)\n")
_NAMED = re.compile(r"\A---\n(?:.*\n)*?title: (?P<title>\".*\")\n")
"""The title of a form that has no heading: posts, speech."""
_STANDFIRST = re.compile(r"\A\s*\*(?P<standfirst>(?!\s)(?:[^*\\]|\\.|\*\*)+)\*\s*(?:\n\n|\Z)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class DoubtfulDelivery(PublishError):  # noqa: N818 - the name says what it is
    """A publisher lost its peer after handing the note over: it may have been published."""


@dataclass(frozen=True)
class Bundle:
    """A note to be published. ``version`` is a short hash of ``note.md``; ``body`` its Markdown without
    front matter and title; ``card`` the text of ``card.json``; ``threads`` those that the note opens
    (status open) or settles (met, failed, lapsed); ``correction`` says that an earlier version of the
    same edition has gone out."""

    session: date
    edition: str
    version: str
    title: str
    standfirst: str
    markdown: str
    body: str
    html: str
    facts: Mapping[str, Any]
    card: str
    folder: Path
    threads: tuple[Thread, ...] = ()
    correction: bool = False

    @property
    def verdict(self) -> Mapping[str, Any]:
        """The verdict as ``facts.json`` tells it."""
        verdict: Mapping[str, Any] = self.facts["verdict"]
        return verdict

    @property
    def uses(self) -> tuple[PhraseUse, ...]:
        """The phrases that the note prints, each once, in order of first appearance."""
        phrases = dict.fromkeys(str(sentence["phrase"]) for sentence in self.facts["sentences"])
        label = str(self.verdict["label"])
        return tuple(PhraseUse(phrase, self.session, label, self.edition) for phrase in phrases if phrase)


@dataclass(frozen=True)
class Receipt:
    """What a publisher answers: where the note lies now (a message id, a path)."""

    place: str


@dataclass(frozen=True)
class Target:
    """A publisher bound to its settings: its name, and what puts one bundle there."""

    name: str
    send: Callable[[Bundle], Receipt]


def read_bundle(folder: Path) -> Bundle:
    """Read the note that lies in ``output/<session>/<edition>/``.

    Raises PublishError naming the file, and the key, that is missing or cannot be read.
    """
    text = {name: _read(folder / name) for name in FILES}
    facts = _facts(folder / "facts.json", text["facts.json"])
    title, standfirst, body = _taken_apart(folder / "note.md", text["note.md"])
    return Bundle(
        session=date.fromisoformat(facts["session"]),
        edition=facts["edition"],
        version=version_of(text["note.md"]),
        title=title,
        standfirst=standfirst,
        markdown=text["note.md"],
        body=body,
        html=text["note.html"],
        facts=facts,
        card=text["card.json"],
        folder=folder,
        threads=_threads(folder / "facts.json", facts),
    )


def version_of(markdown: str) -> str:
    """Short hash of a note's Markdown: two notes with one version are the same, byte for byte."""
    return hashlib.sha256(markdown.encode("utf-8")).hexdigest()[:12]


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        wanted = "wanted a folder that `commentary note` has written"
        raise PublishError(f"no {path.name} in {path.parent}; {wanted}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PublishError(f"cannot read {path}: {error}") from error


def _facts(path: Path, text: str) -> Mapping[str, Any]:
    try:
        facts = json.loads(text)
    except ValueError as error:
        raise PublishError(f"{path} is not JSON: {error}") from error
    if not isinstance(facts, dict):
        raise PublishError(f"{path}: got a {type(facts).__name__}; wanted an object")
    _require(path, facts)
    return facts


def _require(path: Path, facts: Mapping[str, Any]) -> None:
    """The keys that publishing reads; the rest of the file is for other readers."""
    _want(path, "session", "a date such as 2024-08-05", _is_date(facts.get("session")))
    _want(path, "edition", "a name", bool(re.fullmatch(r"[a-z][a-z0-9_-]*", str(facts.get("edition")))))
    verdict, sentences = facts.get("verdict"), facts.get("sentences")
    label = verdict.get("label") if isinstance(verdict, dict) else None
    _want(path, "verdict.label", "the name of a verdict", isinstance(label, str))
    _want(path, "sentences", "a list of sentences, each with its phrase", _are_sentences(sentences))


def _want(path: Path, key: str, wanted: str, right: bool) -> None:
    if not right:
        raise PublishError(f"{path}: {key}: wanted {wanted}")


def _are_sentences(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) and "phrase" in entry for entry in value)


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _taken_apart(path: Path, markdown: str) -> tuple[str, str, str]:
    """Title, standfirst and the Markdown that follows the title."""
    rest = _FRONT_MATTER.sub("", markdown, count=1)
    title = _TITLE.match(rest)
    if title is None and (named := _NAMED.search(markdown)) and shape_of(markdown) != "note":
        return _plain(json.loads(named["title"])), "", rest.lstrip("\n")
    if title is None:
        raise PublishError(f"{path} has no line `# title` after its front matter")
    body = rest[title.end() :].lstrip("\n")
    standfirst = _STANDFIRST.match(body)
    shown = " ".join(standfirst["standfirst"].split()) if standfirst else ""
    return _plain(title["title"]), _plain(shown), body


def _plain(text: str) -> str:
    """One line of Markdown without its backslashes."""
    return _ESCAPE.sub(r"\1", text).strip()


def _threads(path: Path, facts: Mapping[str, Any]) -> tuple[Thread, ...]:
    """A note that opens and settles nothing may leave the key out."""
    try:
        return tuple(_thread(entry) for entry in facts.get("threads", ()))
    except (KeyError, TypeError, ValueError) as error:
        wanted = "name, text, predicate, born, expires, status, settled"
        raise PublishError(f"{path}: threads: wanted {wanted} of each; got a fault at {error}") from error


def _thread(entry: Mapping[str, Any]) -> Thread:
    settled = entry.get("settled")
    return Thread(
        name=str(entry["name"]),
        text=str(entry["text"]),
        predicate=str(entry["predicate"]),
        born=date.fromisoformat(entry["born"]),
        expires=date.fromisoformat(entry["expires"]),
        status=str(entry["status"]),
        settled=date.fromisoformat(settled) if settled else None,
    )
