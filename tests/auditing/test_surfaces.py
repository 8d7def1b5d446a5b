"""Integrity, tables and what surrounds the prose."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from commentary.auditing import Finding, Proof, audit
from commentary.auditing.pages import data_line
from commentary.model import Cell, InputStatus, Table
from tests.auditing.notes import day, unit


def planted(proof: Proof, old: str, new: str) -> set[str]:
    """Checks that find a text changed in the Markdown alone."""
    assert old in proof.markdown
    return {finding.check for finding in audit(replace(proof, markdown=proof.markdown.replace(old, new, 1)))}


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("Crude hardly moved.", "Crude hardly moved. Nobody noticed.", "integrity"),
        ("Crude hardly moved. ", "", "integrity"),
        ("Crude hardly moved.", "Crude barely moved.", "integrity"),
        ("### What does not fit", "### What 12 did not fit", "numbers"),
        ("z is the move in its own σ.", "z is the move in its 63 sessions.", "numbers"),
        ("95 %", "59 %", "state"),
        ("severity **4 of 5**", "severity **3 of 5**", "state"),
        ("episode, day 3", "episode, day 4", "state"),
        ("began 1 August", "began 2 August", "state"),
        ("**Forced-exit episode", "**Rotation episode", "state"),
        ("runner-up flight to safety, 3 %", "runner-up flight to safety, 8 %", "state"),
        ("the day **Forced exit**", "the day **Rotation**", "state"),
        ("confidence **high**", "confidence **moderate**", "state"),
        ("date: 2024-08-05", "date: 2024-08-06", "state"),
        ("verdict: forced_exit", "verdict: quiet", "state"),
        ('title: "Monday', 'title: "Tuesday', "state"),
        ("| 222.48 |", "| 224.28 |", "integrity"),
        ("| S&P 500 |", "| Gold (GLD) |", "integrity"),
    ],
)
def test_what_is_printed_is_traced(old: str, new: str, check: str) -> None:
    assert check in planted(day("forced_exit").proof(), old, new)


def cell_findings(change: dict[str, str], place: tuple[int, int]) -> list[Finding]:
    """Findings where one cell of the table is changed, in trace and Markdown alike."""
    proof = day("forced_exit").proof()
    table = proof.tables[0]
    row, column = place
    cell = table.rows[row][column]
    made = replace(cell, **change)
    cells = tuple(made if at == column else item for at, item in enumerate(table.rows[row]))
    rows = tuple(cells if at == row else item for at, item in enumerate(table.rows))
    markdown = proof.markdown.replace(
        "| " + " | ".join(item.shown for item in table.rows[row]) + " |",
        "| " + " | ".join(item.shown for item in cells) + " |",
    )
    return list(audit(replace(proof, tables=[replace(table, rows=rows)], markdown=markdown)))


@pytest.mark.parametrize(
    ("change", "place", "check"),
    [
        ({"shown": "−2.9 %"}, (0, 2), "tables"),  # digit
        ({"shown": "3.0 %"}, (0, 2), "tables"),  # sign
        ({"shown": "+3.0 %"}, (0, 2), "tables"),
        ({"shown": "−3.0 bp"}, (0, 2), "units"),
        ({"shown": "+0.2"}, (4, 3), "tables"),
        ({"shown": "Silver (SLV)"}, (2, 0), "subjects"),  # another's row
        ({"reading": "sp500.return_5d", "shown": "−5.1 %"}, (0, 2), "windows"),
        ({"reading": "gold.nothing"}, (2, 1), "tables"),
        ({"shown": "– %"}, (0, 2), "tables"),
        ({"shown": "Gold (GLD), 9 % of it"}, (2, 0), "tables"),
    ],
)
def test_cells(change: dict[str, str], place: tuple[int, int], check: str) -> None:
    assert check in {finding.check for finding in cell_findings(change, place)}


def test_a_stale_cell_is_found() -> None:
    proof = day("forced_exit").proof()
    stale = {**proof.scene, "gold.level": 223.9}
    assert "tables" in {finding.check for finding in audit(replace(proof, scene=stale))}


def levels_proof(shown: str) -> list[Finding]:
    """A level's distance in per cent of where its subject stands, and in its daily sigma."""
    proof = day("forced_exit").proof()
    scene = {**proof.scene, "sp500.sigma_1d": 0.0093}
    gap = 5012.4 / 5186.33 - 1  # −3.354 %, −3.6 sigma
    cell = Cell(shown, "sp500.average_200d/sp500.level", gap, "fraction")
    row = (Cell("S&P 500, 200-day average"), Cell("5,012.40", "sp500.average_200d", 5012.4, "price"), cell)
    table = Table("levels", ("Level", "At", "Distance"), (row,))
    lines = "\n".join(
        ["| Level | At | Distance |", "|---|---|---|", "| " + " | ".join(c.shown for c in row) + " |"]
    )
    return list(
        audit(
            replace(
                proof, scene=scene, tables=[*proof.tables, table], markdown=f"{proof.markdown}\n{lines}\n"
            )
        )
    )


def test_distances() -> None:
    assert levels_proof("−3.4 %, −3.6σ") == []
    assert levels_proof("−3.4 %, −3.9σ")
    assert levels_proof("+3.4 %, −3.6σ")
    assert levels_proof("−4.3 %, −3.6σ")


def test_a_traced_table_that_is_not_printed_is_found() -> None:
    proof = day("ordinary").proof()
    extra = Table(
        "levels",
        ("Level", "At"),
        ((Cell("S&P 500"), Cell("4,569.78", "sp500.level", 4569.78, str(unit("sp500.level")))),),
    )
    assert "integrity" in {finding.check for finding in audit(replace(proof, tables=[*proof.tables, extra]))}


def line_findings(said: str, inputs: tuple[InputStatus, ...], drawn: str = "evening") -> list[str]:
    """What is got where the data line says this of these inputs."""
    proof = day("forced_exit").proof()
    head = f"Session {proof.session}, New York close, settled. Source: a folder of daily bars;"
    line = f"> **Data.** {head} {said} σ: root mean square."
    markdown = re.sub(r"^> \*\*Data\.\*\* .*$", lambda _: line, proof.markdown, flags=re.MULTILINE)
    found = data_line(replace(proof, markdown=markdown, inputs=inputs, drawn=drawn))
    return [finding.got for finding in found]


FIX = InputStatus("ust10y", "^TNX", "folder", date(2024, 8, 5), "fresh")
IMPLIED = InputStatus("ust2y", "SHY/1.85", "folder", date(2024, 8, 5), "fresh")
CARRIED = InputStatus("ust10y", "DGS10", "folder", date(2024, 8, 2), "carried", "from 2024-08-02")
COMING = InputStatus("high_yield_spread", "", "folder", None, "missing", "comes next 09:00")
SPANNING = replace(FIX, detail="spans 2 sessions of its own market")
SET = "evening set (yields as fixed at 15:00 New York)."
TEN, SPREAD = "Ten-year yield", "High-yield spread (OAS)"


@pytest.mark.parametrize(
    ("said", "inputs", "right"),
    [
        (f"{SET} Inputs missing or stale: none.", (FIX,), True),
        ("archive set (x). Inputs missing or stale: none.", (FIX,), False),
        (f"{SET} Inputs missing or stale: none.", (IMPLIED,), False),
        (
            "evening set (yields implied by prices of Treasury funds). Inputs missing or stale: none.",
            (IMPLIED,),
            True,
        ),
        ("evening set (Treasury par yields). Inputs missing or stale: none.", (FIX,), False),
        (
            f"{SET} Inputs missing or stale: none. Published later than an evening note: {SPREAD}.",
            (FIX, COMING),
            True,
        ),
        (f"{SET} Inputs missing or stale: none.", (FIX, COMING), False),
        (
            f"{SET} Carried from 2024-08-02, the last session of its own market: {TEN}. Inputs missing or stale: none.",
            (FIX, CARRIED),
            True,
        ),
        (
            f"{SET} Carried from 2024-08-01, the last session of its own market: {TEN}. Inputs missing or stale: none.",
            (FIX, CARRIED),
            False,
        ),
        (
            f"{SET} Changes over more than one session of its own market: {TEN}. Inputs missing or stale: none.",
            (SPANNING,),
            True,
        ),
        (f"{SET} Inputs missing or stale: none.", (SPANNING,), False),
    ],
)
def test_the_data_line_says_what_its_inputs_are(
    said: str, inputs: tuple[InputStatus, ...], right: bool
) -> None:
    assert (line_findings(said, inputs) == []) is right
