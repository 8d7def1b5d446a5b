"""Finished notes on disk: four files a note, each written whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from commentary.cards import dump_card
from commentary.errors import OutputError
from commentary.facts import dump_facts
from commentary.files import write_text
from commentary.handouts import paragraphs_of, posts_of, shape_of
from commentary.model import Card, Note


def write_out(note: Note, output: Path) -> Path:
    """Write ``note.md``, ``note.html``, ``card.json``, ``facts.json``, and what the edition hands on besides.

    Return their folder.

    Raises OutputError naming the file that could not be written.
    """
    folder = output / note.session.isoformat() / note.edition
    files = {
        "note.md": note.markdown,
        "note.html": note.html,
        "facts.json": dump_facts(note),
        "card.json": dump_card(with_print(note)),
        **handouts(note),
    }
    for name, text in files.items():
        try:
            write_text(folder / name, text)
        except OSError as error:
            raise OutputError(f"{folder / name}: cannot be written ({error.strerror or error})") from None
    return folder


def handouts(note: Note) -> dict[str, str]:
    """What is handed on as it is: the posts of a thread as a list, the text of a speech."""
    shape = shape_of(note.markdown)
    if shape == "posts":
        return {"posts.json": json.dumps(posts_of(note.markdown), indent=1, ensure_ascii=False) + "\n"}
    return {"speech.txt": "\n\n".join(paragraphs_of(note.markdown)) + "\n"} if shape == "spoken" else {}


def with_print(note: Note) -> Card:
    """The note's card, with what was printed from it."""
    printed = {
        "verdict": note.verdict.label,
        "phrases": [sentence.phrase for sentence in note.sentences],
        "markdown": fingerprint(note.markdown),
    }
    return replace(note.card, printed=printed)


def fingerprint(text: str) -> str:
    """Hash of a text, short enough to print."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def differences(note: Note) -> list[str]:
    """What is no longer as the card remembers it: versions, verdict, phrases. Empty where nothing differs."""
    printed = note.card.printed
    if not printed or printed["markdown"] == fingerprint(note.markdown):
        return []
    before, now = list(printed["phrases"]), [sentence.phrase for sentence in note.sentences]  # type: ignore[call-overload]
    found = (
        [f"verdict: was {printed['verdict']}, is {note.verdict.label}"]
        if printed["verdict"] != note.verdict.label
        else []
    )
    found += [f"no longer said: {name}" for name in before if name not in now]
    found += [f"newly said: {name}" for name in now if name not in before]
    return found or ["the wording of a phrase, a table or a template"]
