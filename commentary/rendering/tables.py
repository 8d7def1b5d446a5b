"""The tables of a note: moves, levels, threads. Every figure names its reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from commentary.authored import STRICT, validated
from commentary.library import Library
from commentary.model import Cell, Scalar, Table, Thread
from commentary.rendering.cells import change, distance, level, sigma
from commentary.shapes import dataclass
from commentary.universe import Universe

MINUS = "−"


@dataclass(frozen=True)
class MovesFile:
    """Which instruments the table of moves may show."""

    __pydantic_config__ = STRICT

    rows: int
    core: tuple[str, ...]
    movers: tuple[str, ...]
    foremost: (
        int  # of the largest moves in sigmas, whatever instruments they are; they stand beyond ``rows`` too
    )


@dataclass(frozen=True)
class LevelFile:
    """One level that may be shown, and what crossing it would say."""

    __pydantic_config__ = STRICT

    name: str
    at: str
    of: str
    sigma: str
    within: float
    above: str
    below: str


@dataclass(frozen=True)
class TablesFile:
    """``rules/tables.toml``."""

    __pydantic_config__ = STRICT

    moves: MovesFile
    levels: tuple[LevelFile, ...]
    titles: Mapping[str, str] = field(default_factory=dict)  # reading → what tables call it


@dataclass(frozen=True)
class Tabulated:
    """What tables are made from."""

    file: TablesFile
    universe: Universe
    scene: Mapping[str, Scalar]
    named: frozenset[str] = frozenset()  # instruments of which the prose prints a figure or sets a level


def load_tables(library: Library) -> TablesFile:
    """Read ``rules/tables.toml``. Raises AuthoringError with every mistake."""
    ((_, file),) = validated([library.document("rules/tables.toml")], TablesFile)
    return file


def moves(source: Tabulated) -> Table:
    """Close, changes over one day, a week, a month, the year so far, and the day in sigmas."""
    header = ("", "Close", "1d", "5d", "1m", "YTD", "z")
    rows = tuple(_move(ident, source) for ident in _shown(source) if _stands(ident, source.scene))
    return Table("moves", header, rows)


def _stands(ident: str, scene: Mapping[str, Scalar]) -> bool:
    """What stands in for an instrument has moves and no level."""
    return any(f"{ident}.{measure}" in scene for measure in ("level", "return_1d", "change_bp", "change_1d"))


def _shown(source: Tabulated) -> list[str]:
    core = [ident for ident in source.file.moves.core if ident in source.universe.instruments]
    core = list(dict.fromkeys([*core, *_foremost(source)]))
    room = max(0, source.file.moves.rows - len(core))
    core += [ident for ident in sorted(source.named) if ident in source.universe.instruments]
    extra = sorted(
        (
            ident
            for ident in source.file.moves.movers
            if ident not in core and _size(ident, source.scene) >= 0
        ),
        key=lambda ident: -_size(ident, source.scene),
    )[:room]
    order = list(source.universe.instruments)
    return sorted({*core, *extra}, key=order.index)


def _foremost(source: Tabulated) -> Iterator[str]:
    """The instruments that moved most for themselves."""
    for place in range(1, source.file.moves.foremost + 1):
        ident = source.scene.get(f"table.largest_{place}")
        if isinstance(ident, str) and ident in source.universe.instruments:
            yield ident


def _size(ident: str, scene: Mapping[str, Scalar]) -> float:
    value = scene.get(f"{ident}.move_z", scene.get(f"{ident}.change_z"))
    return abs(value) if isinstance(value, float) else -1.0


def _move(ident: str, source: Tabulated) -> tuple[Cell, ...]:
    instrument, scene = source.universe[ident], source.scene
    kind = instrument.unit
    measures = {
        "percent": ("change_bp", "change_5d_bp", "change_21d_bp", "change_ytd_bp", "change_z"),
        "points": ("change_1d", "change_5d", "change_21d", "change_ytd", "move_z"),
    }.get(kind, ("return_1d", "return_5d", "return_21d", "return_ytd", "move_z"))
    cells = [Cell(instrument.label), level(f"{ident}.level", kind, scene)]
    cells += [change(f"{ident}.{measure}", kind, scene) for measure in measures[:-1]]
    return (*cells, sigma(f"{ident}.{measures[-1]}", scene))


def levels(source: Tabulated) -> Table:
    """Levels near enough to matter: where, how far in per cent and sigmas, and what crossing would say."""
    header = ("Level", "At", "Now", "Distance", "If crossed")
    rows = [_level(entry, source) for entry in source.file.levels]
    return Table("levels", header, tuple(row for row in rows if row))


def _level(entry: LevelFile, source: Tabulated) -> tuple[Cell, ...]:
    at, now = source.scene.get(entry.at), source.scene.get(entry.of)
    if (
        not isinstance(at, float)
        or not isinstance(now, float)
        or now == 0
        or abs(at / now - 1) > entry.within
    ):
        return ()
    kind = source.universe[entry.of.split(".")[0]].unit
    gap = distance(entry.at, entry.of, entry.sigma, source.scene)
    text = entry.above if now < at else entry.below
    return (
        Cell(entry.name),
        level(entry.at, kind, source.scene),
        level(entry.of, kind, source.scene),
        gap,
        Cell(text),
    )


def threads(opened: Sequence[Thread], settled: Sequence[Thread]) -> Table:
    """What would change the reading, and what became of what was asked before."""
    header = ("Thread", "Predicate", "Until", "Status")
    rows = [
        (Cell(item.text), Cell(f"`{item.predicate}`"), Cell(item.expires.isoformat()), Cell(item.status))
        for item in (*opened, *settled)
    ]
    return Table("threads", header, tuple(rows))
