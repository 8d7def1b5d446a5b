"""Lays out an evidence item of an author's own: a draft with every key and what is wanted in it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template
from typing import Any

from commentary.errors import OutputError, UsageError
from commentary.files import write_text
from commentary.library import Document, Library, shipped_root
from commentary.model import VERDICTS
from commentary.settings import Settings, library_for

FOLDER = "rules/evidence"
_NAME = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
_NEARLY = 0.8
"""A new channel as like another as this is taken for a slip."""

_BLANK: Mapping[str, Any] = {
    "title": "<what was seen, in a few words>",
    "strength": "<down(gold.move_z, -0.5, -2)>",
    "signed": False,
    "message": "<the same as a sentence>",
    "why": "<who must sell, or chooses to>",
    "misfires": ["<a day on which this fires and means something else>"],
    "references": ["<a paper, a page, or: by hand>"],
    "points": {},
    "examples": [
        {"readings": {"<gold.move_z>": -0.5}, "strength": 0.0},
        {"readings": {"<gold.move_z>": -2.0}, "strength": 1.0},
    ],
}


def lay_out(settings: Settings, name: str, pattern: str | None) -> str:
    """Write ``rules/evidence/<channel>/<item>.toml`` in the working folder; return what was done, as lines.

    ``name`` is channel/item; ``pattern`` an item to start from. Raises UsageError for a name that is none, is
    taken or nearly names a channel, for an unknown pattern and for a folder without settings; OutputError where
    the file cannot be written.
    """
    root, library = _root(settings), library_for(settings)
    items = library.documents(FOLDER)
    channels = sorted({item.folder for item in items})
    channel, item = _split(name, channels)
    _refuse(item, items)
    text = scaffold(channel, _pattern(pattern, items))
    path = root / FOLDER / channel / f"{item}.toml"
    try:
        write_text(path, text)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from None
    return "".join(f"{line}\n" for line in _said(path, channel, channels, library))


def scaffold(channel: str, pattern: Document | None = None) -> str:
    """The text of a draft: blanks to fill, or another item's values under words of one's own."""
    template = Template((Path(__file__).parent / "data" / "evidence.toml").read_text(encoding="utf-8"))
    values = {**_BLANK, **(_as_of(pattern) if pattern else {})}
    points = {verdict: float(values["points"].get(verdict, 0.0)) for verdict in VERDICTS}
    given = {key: _toml(value) for key, value in values.items() if key not in ("points", "examples")}
    return template.substitute(
        given,
        channel=_toml(channel),
        points="\n".join(f"{verdict} = {_toml(value)}" for verdict, value in points.items()),
        examples="\n\n".join(map(_example, values["examples"])),
    )


def _as_of(pattern: Document) -> dict[str, Any]:
    """Another item's values; what it says in words is to be said anew."""
    kept = {key: value for key, value in pattern.data.items() if key in _BLANK}
    return kept | {
        key: f"<as {pattern.name}: {kept[key]}>" for key in ("title", "message", "why") if key in kept
    }


def _example(example: Mapping[str, Any]) -> str:
    readings = ", ".join(f"{_toml(name)} = {_toml(value)}" for name, value in example["readings"].items())
    return f"[[examples]]\nreadings = {{ {readings} }}\nstrength = {_toml(example['strength'])}"


def _toml(value: object) -> str:
    """A text, truth, number or list of texts: TOML writes these as JSON does."""
    return json.dumps(value, ensure_ascii=False)


def _root(settings: Settings) -> Path:
    if settings.folder is not None:
        return settings.folder
    if Path.cwd() == shipped_root():
        return Path.cwd()
    raise UsageError(
        f"no commentary.toml in {Path.cwd()}, so rules here would not be read; commentary init first"
    )


def _split(name: str, channels: list[str]) -> tuple[str, str]:
    if not _NAME.fullmatch(name):
        meant = difflib.get_close_matches(name.split("/")[0].lower(), channels, n=1)
        example = f"{meant[0] if meant else channels[0]}/{name.rsplit('/', 1)[-1].lower()}"
        raise UsageError(
            f"got {name!r}; wanted CHANNEL/ITEM in small letters, digits and _, such as {example}; "
            f"channels are {', '.join(channels)}"
        )
    channel, item = name.split("/")
    if channel not in channels and (
        meant := difflib.get_close_matches(channel, channels, n=1, cutoff=_NEARLY)
    ):
        raise UsageError(
            f"no channel {channel!r}; did you mean {meant[0]!r}? There are {', '.join(channels)}"
        )
    return channel, item


def _refuse(item: str, items: Iterable[Document]) -> None:
    for document in items:
        if document.name == item:
            status = document.data.get("status", "without a status")
            raise UsageError(
                f"{item!r} is there already ({document.path}, {status}); wanted a name of its own"
            )


def _pattern(name: str | None, items: Iterable[Document]) -> Document | None:
    if name is None:
        return None
    known = {document.name: document for document in items}
    short = name.rsplit("/", 1)[-1]
    if short not in known:
        meant = difflib.get_close_matches(short, known, n=3)
        hint = f"; did you mean {', '.join(meant)}?" if meant else ""
        raise UsageError(f"--from {name}: no evidence item{hint}")
    return known[short]


def _said(path: Path, channel: str, channels: list[str], library: Library) -> Iterable[str]:
    yield f"{path}: written, a draft"
    if channel not in channels:
        cap = library.document("rules/ledger.toml").data["cap"]
        yield f"channel {channel!r} is new: its points are capped at {cap} until [caps] of rules/ledger.toml names it"
    yield 'next: replace every <…>, commentary check, status = "trial" or "live", commentary rules diff'
