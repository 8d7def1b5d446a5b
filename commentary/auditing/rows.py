"""What rows of tables say in words: labels, levels, threads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Finding, Proof
from commentary.model import Cell, Table


def worded(proof: Proof) -> Iterator[Finding]:
    """Labels, names of levels, what crossing them would say, and threads are those of their sources."""
    for table in proof.tables:
        if table.name == "moves":
            yield from _labels(proof, table)
        elif table.name == "levels" and proof.levels:
            yield from _levels(proof, table)
        elif table.name == "threads" and proof.plan is not None:
            yield from _threads(proof, table)


def _labels(proof: Proof, table: Table) -> Iterator[Finding]:
    for row in table.rows:
        subjects = {cell.reading.partition(".")[0] for cell in row if cell.reading}
        wanted = {proof.vocabulary.labels[key] for key in subjects if key in proof.vocabulary.labels}
        if wanted and {row[0].shown} != wanted:
            yield _finding(table, row, row[0].shown, " or ".join(sorted(wanted)))


def _levels(proof: Proof, table: Table) -> Iterator[Finding]:
    known = {(entry.at, entry.of): entry for entry in proof.levels}
    for row in table.rows:
        entry = known.get((row[1].reading, row[2].reading))
        at, now = tape_value(proof, row[1].reading), tape_value(proof, row[2].reading)
        if entry is None or at is None or now is None:
            yield _finding(table, row, f"{row[1].reading} of {row[2].reading}", "a level of the tables’ file")
            continue
        crossed = entry.above if now < at else entry.below
        for got, wanted in ((row[0].shown, entry.name), (row[4].shown, crossed)):
            if got != wanted:
                yield _finding(table, row, got, wanted)


def _threads(proof: Proof, table: Table) -> Iterator[Finding]:
    plan = proof.plan
    asked = (*plan.threads, *plan.settled) if plan else ()
    wanted = [(item.text, f"`{item.predicate}`", item.expires.isoformat(), item.status) for item in asked]
    shown = [tuple(cell.shown for cell in row) for row in table.rows]
    for got, due in zip(shown, wanted, strict=False):
        if got != due:
            yield Finding("tables", f"{table.name}: {got[0]}", " | ".join(got), " | ".join(due))
    if len(shown) != len(wanted):
        yield Finding("tables", table.name, f"{len(shown)} rows", f"{len(wanted)} threads")


def _finding(table: Table, row: Sequence[Cell], got: str, wanted: str) -> Finding:
    return Finding("tables", f"{table.name}: {row[0].shown}", got, wanted)
