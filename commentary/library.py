"""Where rule and phrase files lie, and how they are read: shipped ones, overlaid by the user's by name."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from commentary.errors import AuthoringError, CommentaryError, Problem
from commentary.files import write_text
from commentary.folders import cache_folder

KINDS = ("rules", "templates")


@dataclass(frozen=True, slots=True)
class Document:
    """One TOML file: its place below the root (``rules/evidence/havens/gold_bid.toml``) and its keys."""

    place: str
    path: Path
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """File name without its ending."""
        return self.path.stem


def shipped_root() -> Path:
    """Folder that holds the shipped ``rules/`` and ``templates/``: in a wheel ``_data``, else the checkout.

    Raises CommentaryError where neither is there.
    """
    package = Path(__file__).parent
    for root in (package / "_data", package.parent):
        if all((root / kind).is_dir() for kind in KINDS):
            return root
    raise CommentaryError(
        f"the shipped rules/ and templates/ are neither in {package / '_data'} nor beside it"
    )


class Library:
    """Rules and templates of one run. Later roots overlay earlier ones, file by file."""

    def __init__(self, overlays: tuple[Path, ...] = ()) -> None:
        self.roots = (shipped_root(), *overlays)
        self._read: dict[str, tuple[Document, ...]] = {}

    def path(self, place: str) -> Path:
        """Path of one file, the last root that has it. Raises CommentaryError where none has."""
        for root in reversed(self.roots):
            if (root / place).is_file():
                return root / place
        raise CommentaryError(f"no file {place} in {', '.join(str(root) for root in self.roots)}")

    def places(self, below: str, ending: str) -> dict[str, Path]:
        """Every file below a folder, by place, in order of place."""
        files = self._files(below)
        return {place: Path(files[place]) for place in sorted(files) if place.endswith(ending)}

    def _files(self, below: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for root in map(str, self.roots):
            for folder, _, files in os.walk(os.path.join(root, below)):  # noqa: PTH118 - five times as fast
                inside = folder[len(root) + 1 :].replace(os.sep, "/")
                found.update({f"{inside}/{file}": f"{folder}{os.sep}{file}" for file in files})
        return found

    def documents(self, below: str) -> tuple[Document, ...]:
        """Every TOML file below a folder.

        Raises AuthoringError naming every file that is not TOML, all at once.
        """
        kind = below.split("/")[0]
        if kind not in self._read:
            self._read[kind] = tuple(self._documents(kind))
        inside = below.rstrip("/") + "/"
        return tuple(document for document in self._read[kind] if document.place.startswith(inside))

    def document(self, place: str) -> Document:
        """One TOML file. Raises CommentaryError where no root has it."""
        for document in self.documents(place.rsplit("/", 1)[0]):
            if document.place == place:
                return document
        raise CommentaryError(f"no file {place} in {', '.join(str(root) for root in self.roots)}")

    def fingerprint(self, *below: str) -> str:
        """Hash of the text of every file below the folders: changes when an author changes one."""
        digest = hashlib.sha256()
        for folder in below:
            files = self._files(folder)
            for place in sorted(files):
                digest.update(f"{place}\0".encode())
                with open(files[place], "rb") as file:  # noqa: PTH123 - a path object for each costs more
                    digest.update(file.read())
        return digest.hexdigest()[:16]

    def _documents(self, below: str) -> Iterator[Document]:
        files = self._files(below)
        places = sorted(place for place in files if place.endswith(".toml"))
        parsed = _Parsed("\0".join([below, *map(str, self.roots)]))
        problems: list[Problem] = []
        for place in places:
            try:
                yield Document(place, Path(files[place]), parsed.read(place, files[place]))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                problems.append(_not_toml(place, error))
        if problems:
            raise AuthoringError(problems)
        parsed.save()


def _not_toml(place: str, error: Exception) -> Problem:
    return Problem(place, "(file)", f"text that is not TOML: {error}", "a TOML file")


class _Parsed:
    """Parsed TOML kept between runs: parsing five hundred files takes longer than writing a note."""

    def __init__(self, roots: str) -> None:
        stamp = hashlib.sha256(roots.encode()).hexdigest()[:16]
        self.file = cache_folder() / f"library-{stamp}.json"
        self.used: dict[str, Any] = {}
        self.fresh = False

    @cached_property
    def kept(self) -> dict[str, Any]:
        try:
            kept: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept

    def read(self, place: str, path: str) -> dict[str, Any]:
        stat = os.stat(path)  # noqa: PTH116 - a path object for each costs more
        stamp = [stat.st_mtime_ns, stat.st_size]
        entry = self.kept.get(place)
        if entry is None or entry[0] != stamp:
            entry = [stamp, tomllib.loads(Path(path).read_text(encoding="utf-8"))]
            self.fresh = True
        self.used[place] = entry
        found: dict[str, Any] = entry[1]
        return found

    def save(self) -> None:
        if self.fresh or len(self.used) != len(self.kept):
            try:
                write_text(self.file, json.dumps(self.used))
            except (OSError, TypeError):
                return  # a cache that cannot be kept costs time, nothing else
