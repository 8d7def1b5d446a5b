"""Where rule and phrase files lie, and how they are read: shipped ones, overlaid by the user's by name."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from commentary.errors import AuthoringError, CommentaryError, Problem
from commentary.files import write_bytes
from commentary.folders import cache_folder

KINDS = ("rules", "templates")


_Entry = tuple[int, int, str, dict[str, Any]]
"""Time and size of a file, hash of its text, its keys."""


class Document(NamedTuple):
    """One TOML file: its place below the root (``rules/evidence/havens/gold_bid.toml``), its keys, its hash."""

    place: str
    path: str
    data: Mapping[str, Any]
    hash: str

    @property
    def name(self) -> str:
        """File name without its ending."""
        return self.place.rsplit("/", 1)[1].removesuffix(".toml")

    @property
    def folder(self) -> str:
        """Name of the folder that the file lies in."""
        return self.place.rsplit("/", 2)[1]


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
        self.roots: tuple[Path, ...] = (shipped_root(), *overlays)
        self._read: dict[str, tuple[Document, ...]] = {}

    @classmethod
    def alone(cls, root: Path) -> Library:
        """The files of one root, with nothing shipped beneath."""
        library = cls()
        library.roots = (root,)
        return library

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

    def fingerprint(self, kind: str) -> str:
        """Hash of the text of every file of a kind: changes when an author changes one.

        Raises AuthoringError naming every file that is not TOML.
        """
        hashes = {document.place: document.hash for document in self.documents(kind)}
        for place, path in self._files(kind).items():
            if place not in hashes:
                hashes[place] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        return hashlib.sha256(repr(sorted(hashes.items())).encode()).hexdigest()[:16]

    def _documents(self, below: str) -> Iterator[Document]:
        files = self._files(below)
        places = sorted(place for place in files if place.endswith(".toml"))
        parsed = _Parsed("\0".join([below, *map(str, self.roots)]))
        problems: list[Problem] = []
        for place in places:
            try:
                yield parsed.read(place, files[place])
            except ValueError as error:  # text that is not UTF-8, or not TOML
                problems.append(_not_toml(place, error))
        if problems:
            raise AuthoringError(problems)
        parsed.save()


def _not_toml(place: str, error: Exception) -> Problem:
    return Problem(place, "(file)", f"text that is not TOML: {error}", "a TOML file")


class _Parsed:
    """Parsed TOML kept between runs: parsing thousands of files takes longer than writing a note."""

    def __init__(self, roots: str) -> None:
        stamp = hashlib.sha256(roots.encode()).hexdigest()[:16]
        self.file = cache_folder() / f"library-{stamp}.bin"
        self.used: dict[str, _Entry] = {}
        self.fresh = False

    @cached_property
    def kept(self) -> dict[str, _Entry]:
        try:
            kept: dict[str, _Entry] = marshal.loads(self.file.read_bytes())
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return kept

    def read(self, place: str, path: str) -> Document:
        stat = os.stat(path)  # noqa: PTH116 - a path object for each costs more
        entry = self.kept.get(place)
        if entry is None or entry[:2] != (stat.st_mtime_ns, stat.st_size):
            import tomllib

            raw = Path(path).read_bytes()
            data = tomllib.loads(raw.decode("utf-8"))
            entry = (stat.st_mtime_ns, stat.st_size, hashlib.sha256(raw).hexdigest(), data)
            self.fresh = True
        self.used[place] = entry
        return Document(place, path, entry[3], entry[2])

    def save(self) -> None:
        if self.fresh or len(self.used) != len(self.kept):
            with contextlib.suppress(
                OSError, ValueError
            ):  # a cache that cannot be kept costs time, nothing else
                write_bytes(self.file, marshal.dumps(self.used))
