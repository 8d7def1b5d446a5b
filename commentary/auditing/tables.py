"""Tables: what is printed is what was traced, and each figure is its reading's, signed and rounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from commentary.auditing.cases import NAME as CASE
from commentary.auditing.figures import DIGITS, Figure, figures, half_up
from commentary.auditing.numbers import SCALES, same, tape_value
from commentary.auditing.proof import Finding, Proof
from commentary.auditing.reader import Grid
from commentary.auditing.statement import mentions
from commentary.auditing.subjects import twins
from commentary.auditing.words import UNIT_WORDS
from commentary.model import Cell, Table
from commentary.units import Unit

_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "1d": re.compile(r"^(?:return_1d|change_bp|change_1d|change_pct_1d|oas_change_bp|spread_1d)$"),
    "5d": re.compile(r"_5d"),
    "1m": re.compile(r"_21d"),
    "month": re.compile(r"_21d"),
    "21d": re.compile(r"_21d"),
    "year": re.compile(r"_ytd"),
    "ytd": re.compile(r"_ytd"),
    "z": re.compile(r"_z$"),
    "close": re.compile(r"level$"),
    "now": re.compile(r"level$"),
    "percentile": re.compile(r"pct"),
}
"""Header of a column in small letters → measures that may stand in it."""
_FREE = re.compile(
    r"`[^`]*`|\b\d{4}-\d\d-\d\d\b|\b\d+[- ](?:day|session|month|year|close)s?\b|\b[A-Z]+\d+[A-Z]*\b"
)
_UNITS = {"%": "percent", "bp": "bp", "pt": "points", "σ": "sigma"}
_WANTED = {Unit.FRACTION: "percent", Unit.SHARE: "percent", Unit.PERCENT: "percent", Unit.BASIS_POINTS: "bp",
           Unit.POINTS: "points", Unit.SIGMA: "sigma"}  # fmt: skip


def printed(proof: Proof, grids: tuple[Grid, ...]) -> Iterator[Finding]:
    """Every table printed is traced, cell by cell, and every traced one printed."""
    left = [table for table in proof.tables if table.rows]
    for grid in grids:
        match = next((table for table in left if _header(table) == grid.header), None)
        if match is None:
            yield Finding(
                "integrity", f"table {' | '.join(grid.header)}", "an untraced table", "a traced one"
            )
            continue
        left.remove(match)
        yield from _cells(match, grid)
    for table in left:
        yield Finding("integrity", f"table {table.name}", "not printed", "printed as traced")


def figures_of(proof: Proof) -> Iterator[Finding]:
    """Every cell with a reading shows its value; no other cell shows a figure. The case is read elsewhere."""
    for table in proof.tables:
        for row in table.rows if table.name != CASE else ():
            for place, cell in enumerate(row):
                where = f"{table.name}: {row[0].shown}: {cell.shown}"
                if cell.reading:
                    yield from _figure(proof, cell, where)
                    yield from _position(proof, table, row[0], (place, cell))
                else:
                    yield from _words(proof, cell, where)


def _header(table: Table) -> tuple[str, ...]:
    return tuple(name.strip() for name in table.header)


def _cells(table: Table, grid: Grid) -> Iterator[Finding]:
    traced = [[cell.shown.replace("|", "/").strip() for cell in row] for row in table.rows]
    shown = [list(row) for row in grid.rows]
    if len(traced) != len(shown):
        yield Finding("integrity", f"table {table.name}", f"{len(shown)} rows", f"{len(traced)} rows")
    for wanted, got in zip(traced, shown, strict=False):
        if wanted != got:
            yield Finding(
                "integrity", f"table {table.name}: {wanted[0]}", " | ".join(got), " | ".join(wanted)
            )


def _figure(proof: Proof, cell: Cell, where: str) -> Iterator[Finding]:
    wanted = _cell_value(proof, cell)
    if wanted is None:
        yield Finding("tables", where, f"unknown reading {cell.reading}", "a reading of the tape")
        return
    if cell.value is None or not same(wanted, cell.value):
        yield Finding("tables", where, f"{cell.reading} = {cell.value}", f"{wanted:g} on the tape")
    found = figures(cell.shown)
    if not found:
        yield Finding("tables", where, "no figure", f"{wanted:g}")
    for number, figure in enumerate(found):
        value = wanted * SCALES.get(_unit(cell), 1.0) if number == 0 else _in_sigmas(proof, cell, wanted)
        yield from _agrees(cell, figure, value, where)


def _cell_value(proof: Proof, cell: Cell) -> float | None:
    """The reading's value; a distance ``a/b`` is told as a fraction of b, one less than the ratio."""
    value = tape_value(proof, cell.reading)
    ratio = value is not None and "/" in cell.reading and cell.unit == Unit.FRACTION
    return value - 1 if value is not None and ratio else value


def _in_sigmas(proof: Proof, cell: Cell, gap: float) -> float | None:
    """The second figure of a distance: the gap in the subject's daily sigma."""
    subject = re.split(r"[/.]", cell.reading)[2 if "/" in cell.reading else 0]
    scale = tape_value(proof, f"{subject}.sigma_1d")
    return gap / scale if scale else None


def _agrees(cell: Cell, figure: Figure, value: float | None, where: str) -> Iterator[Finding]:
    unit = re.match(r"\s*(%|bp\b|pt\b|σ)", cell.shown[figure.end :])
    wanted_unit = (
        "sigma" if figure.start and "σ" in cell.shown[figure.end :] else _WANTED.get(_unit(cell), "")
    )
    if unit and _UNITS[unit[1]] != wanted_unit:
        yield Finding("units", where, unit[1], wanted_unit or "none")
    if value is None:
        yield Finding("tables", where, f"{figure.quantity:g}", "no second figure")
        return
    said = figure.quantity * (-1 if _negative(cell, figure) else 1)
    if half_up(value, figure.decimals) != half_up(said, figure.decimals):
        yield Finding("tables", where, f"{said:g}", f"{value:.4g}")


def _negative(cell: Cell, figure: Figure) -> bool:
    return figure.sign < 0 or bool(re.match(r"[^,;]*\b(?:below|lower|under)\b", cell.shown[figure.end :]))


def _unit(cell: Cell) -> Unit:
    return Unit(cell.unit) if cell.unit else Unit.COUNT


def _position(proof: Proof, table: Table, label: Cell, placed: tuple[int, Cell]) -> Iterator[Finding]:
    """A cell's reading is of its row's instrument and its column's window."""
    place, cell = placed
    subject, _, measure = cell.reading.partition(".")
    owners = _row_ids(proof, label.shown)
    where = f"{table.name}: {label.shown}: {cell.shown}"
    if owners and subject in proof.vocabulary.labels and not owners & twins({subject}):
        yield Finding("subjects", where, cell.reading, f"a reading of {' or '.join(sorted(owners))}")
    pattern = _COLUMNS.get(table.header[place].strip().lower())
    if pattern is not None and not pattern.search(measure):
        yield Finding("windows", where, cell.reading, f"column {table.header[place]}")


def _row_ids(proof: Proof, label: str) -> frozenset[str]:
    known = proof.vocabulary.rows.get(label.lower())
    if known:
        return frozenset({known})
    ids = (proof.vocabulary.ids[name] for _, _, name in mentions(label, proof.vocabulary))
    return frozenset().union(*ids)


def _words(proof: Proof, cell: Cell, where: str) -> Iterator[Finding]:
    """A cell without a reading holds no figure but names, dates, windows and code."""
    if cell.shown.lower() in proof.vocabulary.rows:
        return
    text = _FREE.sub("", proof.vocabulary.pattern.sub("", cell.shown))
    for match in DIGITS.finditer(text):
        yield Finding("tables", where, f"untraced {match[0]!r}", "a reading")
    unit = text.split()[-1] if text.split() else ""
    if unit in UNIT_WORDS and any(figure.kind == "count" for figure in figures(text)):
        yield Finding("tables", where, f"untraced figure of {unit}", "a reading")
