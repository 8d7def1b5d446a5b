"""What conditions read, over every session of a source at once: readings, and what judging adds to them.

Judging twenty years takes some seconds; what it adds is kept in the folder of the readings, and judged afresh
when the rules of the verdict or the program change.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commentary.condition_masks import Masks
from commentary.episode import REMEMBERED, remembered
from commentary.files import write_bytes
from commentary.model import PastSession, Tape
from commentary.planning.scene import build_scene
from commentary.rulebook.judge import judge

if TYPE_CHECKING:
    from commentary.tapes import Tapes

FILE = "judged.npz"

WORDING = (
    "messages/",
    "layouts/",
    "theses/",
    "themes/",
    "editions/",
    "tables.toml",
    "words.toml",
    "questions.toml",
)
"""Rules that no verdict reads."""

_CODE = (
    "rulebook/*.py",
    "planning/scene.py",
    "condition*.py",
    "episode.py",
    "calendar*.py",
    "weeks.py",
    "mornings.py",
    "scenes.py",
)


@dataclass(frozen=True)
class Scenes:
    """Names of every session, oldest first. Desk inputs and settled threads are no part of them.

    ``judged`` holds one array a name: floats with nan where it is missing, or objects with None.
    """

    tapes: Tapes
    sessions: Sequence[date]
    judged: Mapping[str, np.ndarray]

    @property
    def labels(self) -> list[str]:
        """The verdict of each session."""
        return [str(label) for label in self.judged["verdict"]]

    @property
    def before(self) -> list[PastSession]:
        """Each session as a later note remembers it."""
        columns = [self.judged[name] for name in _PAST]
        return [
            PastSession(
                day, row[0], row[1], float(row[2]), row[3] or "", int(row[4]), row[5] or "", row[6] or ""
            )
            for day, row in zip(self.sessions, zip(*columns, strict=True), strict=True)
        ]

    @property
    def folder(self) -> Path:
        """Where what was counted on these readings is kept: it goes when they change."""
        return _place(self.tapes).parent

    def masks(self, names: Iterable[str], more: Mapping[str, np.ndarray] | None = None) -> Masks:
        """Conditions that read these names; ``more`` are columns that only the caller knows."""
        frame = self.tapes.frame
        columns = dict(self.judged)
        wanted = sorted(name for name in set(names) - set(columns) if name in frame.columns)
        figures = frame.figures[:, [frame.columns[name] for name in wanted]].T
        columns.update(zip(wanted, np.ascontiguousarray(figures), strict=True))
        columns.update(
            {name: np.array(frame.words[name], dtype=object) for name in set(names) if name in frame.words}
        )
        columns.update(more or {})
        return Masks(columns, len(self.sessions))


_PAST = ("verdict", "past.kind", "confidence", "runner_up", "severity", "phase", "leader")


def open_scenes(tapes: Tapes) -> Scenes:
    """Scenes of every session of a source, from the cache where neither readings nor rules have changed."""
    file = _place(tapes)
    key = _key(tapes)
    judged = _kept(file, key)
    if judged is None:
        judged = _judged(tapes)
        with contextlib.suppress(OSError):  # a cache that cannot be kept costs time, nothing else
            write_bytes(file, _packed(judged, key))
    return Scenes(tapes, tapes.sessions, judged)


def _place(tapes: Tapes) -> Path:
    """Beside the readings: another folder stands there once they change."""
    figures = tapes.frame.figures
    if not isinstance(figures, np.memmap) or figures.filename is None:
        raise TypeError("readings that were not opened from their folder")
    return Path(str(figures.filename)).parent / FILE


def _key(tapes: Tapes) -> str:
    digest = hashlib.sha256()
    for document in tapes.bank.library.documents("rules"):
        if not document.place.removeprefix("rules/").startswith(WORDING):
            digest.update(f"{document.place} {document.hash}".encode())
    package = Path(__file__).parent
    for pattern in _CODE:
        for path in sorted(package.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _judged(tapes: Tapes) -> dict[str, np.ndarray]:
    """What judging adds, by name. Each session knows the ones before it."""
    past: list[PastSession] = []
    rows: list[dict[str, Any]] = []
    wanted = [
        name
        for name in tapes.bank.rulebook.readings
        if name in tapes.frame.columns or name in tapes.frame.words
    ]
    for day in tapes.sessions:
        verdict = judge(tapes.bank.rulebook, tapes.ungated(day, wanted), past[-REMEMBERED:])
        scene = build_scene(Tape(day, {}, {}), verdict, past[-REMEMBERED:])
        rows.append({**scene, "past.kind": verdict.kind})
        past.append(remembered(verdict))
    names = sorted({name for row in rows for name in row})
    return {name: _column([row.get(name) for row in rows]) for name in names}


def _column(values: list[Any]) -> np.ndarray:
    if any(isinstance(value, str) for value in values):
        return np.array(values, dtype=object)
    return np.array([float("nan") if value is None else value for value in values], dtype=float)


def _packed(judged: Mapping[str, np.ndarray], key: str) -> bytes:
    figures = {name: column for name, column in judged.items() if column.dtype != object}
    words = {name: list(column) for name, column in judged.items() if column.dtype == object}
    about = json.dumps({"key": key, "figures": list(figures), "words": words}).encode()
    stream = io.BytesIO()
    np.savez(stream, about=np.frombuffer(about, np.uint8), figures=np.array(list(figures.values())))
    return stream.getvalue()


def _kept(file: Path, key: str) -> dict[str, np.ndarray] | None:
    """What was kept under the key; None where there is nothing, or it is of another."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            about = json.loads(bytes(arrays["about"]))
            if about["key"] != key:
                return None
            figures = dict(zip(about["figures"], arrays["figures"], strict=True))
    except (OSError, EOFError, ValueError, KeyError):
        return None
    return {**figures, **{name: np.array(words, dtype=object) for name, words in about["words"].items()}}
