"""Readings of every session of a source, kept between runs beside its market."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from commentary import calendar
from commentary.cross_checks import MOST_SESSIONS
from commentary.disputes import Dispute, of_session
from commentary.errors import HeldError, OutputError
from commentary.folders import cache_folder
from commentary.library import Library
from commentary.model import InputStatus, ReadingSpec, Scalar
from commentary.scale import load_scale
from commentary.sources import load_market
from commentary.units import Unit
from commentary.universe import Universe, load_universe

if TYPE_CHECKING:
    import numpy as np

    from commentary.market import Market, Readings

FIGURES, WORDS = "figures.npy", "words.json"


class Inputs(Protocol):
    """A choice of inputs other than the archive's. Its ``repr`` tells it from any other."""

    @property
    def name(self) -> str:
        """For the name of a folder; empty where nothing differs."""

    def universe(self, universe: Universe) -> Universe:
        """The instruments that it reads."""

    def market(self, market: Market) -> Market:
        """Their bars."""


@dataclass(frozen=True)
class ReadingFrame:
    """Readings by session and name: figures as a float array (nan where missing), names of things apart."""

    sessions: Sequence[date]
    columns: Mapping[str, int]
    figures: np.ndarray
    words: Mapping[str, Sequence[str | None]]
    specs: Mapping[str, ReadingSpec]
    ages: Mapping[str, Mapping[str, str]]  # session → reading → the earlier day that it was carried from
    market: Market
    universe: Universe
    now: datetime

    def gate(self, session: date) -> tuple[InputStatus, ...]:
        """State of every input. Raises HeldError with every reason for which the session cannot be written."""
        from commentary.sources.quality import gate

        return gate(self.market, self.universe, session, self.now)

    def disputes(self, session: date) -> tuple[Dispute, ...]:
        """Second opinions that disagree on a session, and on those before it that its changes start from."""
        place = self._positions[session]
        return of_session(self.market.disputes, session, self.sessions[:place][::-1][:MOST_SESSIONS])

    def latest(self) -> date:
        """Newest settled session of the data. Raises HeldError where there is none."""
        from commentary.sources.quality import last_session

        return last_session(self.market, self.now)

    @cached_property
    def _positions(self) -> Mapping[date, int]:
        return {day: place for place, day in enumerate(self.sessions)}

    def row(self, session: date, names: Sequence[str] | None = None) -> dict[str, Scalar]:
        """Known readings of a session. Raises HeldError where the data do not have it."""
        place = self._positions.get(session)
        if place is None:
            what = calendar.describe(session)
            first, last = self.sessions[0], self.sessions[-1]
            rule = "none before [history] first of rules/scale.toml is read"
            raise HeldError(
                f"{session} ({what}) is not in the data, which run from {first} to {last} ({rule})"
            )
        figures = self.figures[place].tolist()
        wanted = (
            self.columns
            if names is None
            else {name: self.columns[name] for name in names if name in self.columns}
        )
        values: dict[str, Scalar] = {
            name: figures[column] for name, column in wanted.items() if figures[column] == figures[column]
        }
        for name, column in self.words.items():
            word = column[place]
            if word is not None and (names is None or name in names):
                values[name] = word
        return values

    def carried(self, session: date) -> dict[str, date]:
        """Readings that rest on an earlier day's bar, with that day."""
        return {name: date.fromisoformat(day) for name, day in self.ages.get(session.isoformat(), {}).items()}

    def history(self, name: str, session: date, count: int) -> list[float]:
        """The last ``count`` values of a reading up to a session; empty where it is not computed."""
        if name not in self.columns:
            return []
        end = bisect_left(self.sessions, session) + 1
        found: list[float] = self.figures[max(end - count, 0) : end, self.columns[name]].tolist()
        return found


def open_frame(
    where: str, library: Library, now: datetime, *, recompute: bool = False, cut: Inputs | None = None
) -> ReadingFrame:
    """Readings of a source, from the cache where nothing has changed since. Raises as the sources do.

    ``cut``: other inputs than the archive's, whose readings are kept apart.
    """
    from commentary.sources.cache import file_of

    universe, scale = load_universe(library), load_scale(library)
    universe = cut.universe(universe) if cut else universe
    market = load_market(where, universe, scale, now)
    place = _place(where, cut.name if cut else "")
    key = _key(file_of(where, universe.inputs), library, repr(cut))
    market = cut.market(market) if cut else market
    if recompute or not _kept(place, key):
        from commentary.readings import compute

        _keep(place, key, compute(market, universe, scale))
    return _opened(place, market, universe, now)


def _place(where: str, cut: str) -> Path:
    name = hashlib.sha256(os.path.realpath(where).encode()).hexdigest()[:16]
    return cache_folder() / f"readings-{name}{cut and '-'}{cut}"


def _key(kept: Path, library: Library, cut: str) -> str:
    """What the readings depend on: the market as kept, the rules of scale, the code, what was cut."""
    digest = hashlib.sha256(cut.encode())
    stamp = kept.stat() if kept.is_file() else None
    digest.update(repr((stamp.st_mtime_ns, stamp.st_size) if stamp else os.urandom(8)).encode())
    for place in ("rules/universe.toml", "rules/scale.toml", "rules/pairs.toml", "rules/macro.toml"):
        digest.update(library.path(place).read_bytes())
    package = Path(__file__).parent
    for path in (
        *sorted((package / "readings").glob("*.py")),
        package / "scale.py",
        package / "reading_frame.py",
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _kept(place: Path, key: str) -> bool:
    try:
        return bool(json.loads((place / WORDS).read_text(encoding="utf-8"))["key"] == key)
    except (OSError, ValueError, KeyError):
        return False


def _keep(place: Path, key: str, readings: Readings) -> None:
    """Keep readings in a folder of their own, put in place whole."""
    import numpy as np

    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    except OSError as error:
        raise OutputError(f"{place.parent}: cannot be written ({error.strerror or error})") from None
    figures = readings.values.select_dtypes("number")
    words = readings.values.select_dtypes(exclude="number")
    np.save(beside / FIGURES, figures.to_numpy(np.float64))
    about = {
        "key": key,
        "sessions": [day.date().isoformat() for day in readings.values.index],
        "columns": list(figures.columns),
        "words": {
            name: [value if isinstance(value, str) else None for value in words[name]] for name in words
        },
        "specs": {name: _plain(spec) for name, spec in readings.specs.items()},
        "ages": _ages(readings),
    }
    (beside / WORDS).write_text(json.dumps(about), encoding="utf-8")
    _put_in_place(beside, place)


def _put_in_place(beside: Path, place: Path) -> None:
    """Rename a folder over another. Where a run beside this one was quicker, its readings are as good."""
    shutil.rmtree(place, ignore_errors=True)
    try:
        beside.replace(place)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)


def _ages(readings: Readings) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, column in readings.as_of.items():
        for session, day in column.dropna().items():
            if day != session:
                found.setdefault(session.date().isoformat(), {})[name] = day.date().isoformat()  # type: ignore[attr-defined]
    return found


def _plain(spec: ReadingSpec) -> dict[str, Any]:
    return {**vars(spec), "unit": spec.unit.value}


def _opened(place: Path, market: Market, universe: Universe, now: datetime) -> ReadingFrame:
    import numpy as np

    about = json.loads((place / WORDS).read_text(encoding="utf-8"))
    specs = {
        name: ReadingSpec(**{**spec, "unit": Unit(spec["unit"]), "inputs": tuple(spec["inputs"])})
        for name, spec in about["specs"].items()
    }
    return ReadingFrame(
        sessions=[date.fromisoformat(day) for day in about["sessions"]],
        columns={name: place for place, name in enumerate(about["columns"])},
        figures=np.load(place / FIGURES, mmap_mode="r"),
        words=about["words"],
        specs=specs,
        ages=about["ages"],
        market=market,
        universe=universe,
        now=now,
    )
