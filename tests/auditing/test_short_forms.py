"""Posts, speech and the tables of a week under audit: what is planted is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from commentary.auditing import Proof, audit
from commentary.bank import Bank
from commentary.model import Cell, Memory, Note, Table, Thread
from commentary.pipeline import compose, set_out
from commentary.shipped import shipped_card

DAY = date(2024, 8, 5)
Change = Callable[[str], str]


def proof(note: Note, bank: Bank) -> Proof:
    return Proof.of(note, bank.universe, bank.names, bank.wordings(note), bank.tabled)


def written(edition: str, bank: Bank, memory: Memory | None = None) -> Note:
    card = shipped_card(DAY, edition)
    return set_out(compose(replace(card, memory=memory or card.memory), bank), bank)


def found(note: Note, bank: Bank, change: Change) -> set[str]:
    return {item.check for item in audit(replace(proof(note, bank), markdown=change(note.markdown)))}


@pytest.fixture(scope="module")
def thread(bank: Bank) -> Note:
    return written("thread", bank)


@pytest.fixture(scope="module")
def audio(bank: Bank) -> Note:
    return written("audio", bank)


@pytest.fixture(scope="module")
def weekly(bank: Bank) -> Note:
    known = Thread("yen_back", "The yen gives it back", "yen.move_z >= 1", date(2024, 8, 1), date(2024, 8, 8))
    met = replace(known, name="met", status="met", settled=date(2024, 8, 2))
    return written("weekly", bank, Memory((), (known, met)))


def test_a_true_thread_and_a_true_speech_pass(thread: Note, audio: Note, bank: Bank) -> None:
    assert not audit(proof(thread, bank))
    assert not audit(proof(audio, bank))


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("posts", lambda text: text.replace("2/", "3/", 1)),
        ("posts", lambda text: text.replace("1/", f"1/9 {'x' * 300}. ", 1)),
        ("posts", lambda text: text.replace(".\n\n2/", ",\n\n2/", 1)),
        (
            "integrity",
            lambda text: text[: text.index("2/")] + text[text.index("2/") :].replace(" the ", " no ", 1),
        ),
        ("integrity", lambda text: text.replace("Confidence is high: 90", "Confidence is high: 95", 1)),
        ("integrity", lambda text: text.replace("day 3 of", "day 4 of", 1)),
        ("integrity", lambda text: text.replace("Severity is 4", "Severity is 5", 1)),
        ("disclosure", lambda text: text.replace("not advice", "advice", 1)),
        ("disclosure", lambda text: text.replace("not the odds of a market move. General", "General", 1)),
        ("dates", lambda text: text.replace("Session of 2024-08-05", "Session of 2024-08-06", 1)),
    ],
)
def test_what_is_planted_in_a_thread_is_found(thread: Note, bank: Bank, check: str, change: Change) -> None:
    assert change(thread.markdown) != thread.markdown
    assert check in found(thread, bank, change)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("ninety percent", "ninety-five percent", 1),
        lambda text: text.replace("day three of", "day four of", 1),
        lambda text: text.replace("ninety percent", "90 percent", 1),
        lambda text: text.replace("The verdict", "**The verdict**", 1),
        lambda text: text.replace("The verdict is forced exit.", "", 1),
        lambda text: text.replace("Severity is four", "Severity is five", 1),
    ],
)
def test_what_is_planted_in_a_speech_is_found(audio: Note, bank: Bank, change: Change) -> None:
    assert change(audio.markdown) != audio.markdown
    assert "speech" in found(audio, bank, change)


def test_the_page_shows_every_post(thread: Note, bank: Bank) -> None:
    page = replace(proof(thread, bank), html=thread.html.replace("The verdict is", "It is", 1))
    assert {item.check for item in audit(page)} == {"page"}


def cells(note: Note, name: str, row: int, column: int, cell: Cell) -> tuple[Table, ...]:
    made = []
    for table in note.tables:
        rows = [list(each) for each in table.rows]
        if table.name == name:
            rows[row][column] = cell
        made.append(replace(table, rows=tuple(tuple(each) for each in rows)))
    return tuple(made)


def test_a_true_week_passes_and_tells_of_its_threads(weekly: Note, bank: Bank) -> None:
    assert not audit(proof(weekly, bank))
    (table,) = (table for table in weekly.tables if table.name == "standing")
    assert [row[3].shown for row in table.rows] == ["met", "open"]


@pytest.mark.parametrize(
    ("name", "row", "column", "cell"),
    [
        ("week", 0, 1, Cell("Quiet")),
        ("week", 0, 0, Cell("2024-07-29, Monday")),
        ("week", 2, 3, Cell("4", "week.severity_2", 4.0, "count")),
        ("week", 3, 5, Cell("−1.8 %", "sp500.return_1d_prev", -0.018378602, "fraction")),
        ("standing", 0, 3, Cell("open")),
    ],
)
def test_a_wrong_cell_of_a_week_is_found(
    weekly: Note, bank: Bank, name: str, row: int, column: int, cell: Cell
) -> None:
    wrong = replace(proof(weekly, bank), tables=cells(weekly, name, row, column, cell))
    assert {"week", "tables"} & {item.check for item in audit(wrong)}


def test_a_wrong_day_of_the_agenda_is_found(bank: Bank) -> None:
    note = written("ahead", bank)
    (place,) = (
        place
        for table in note.tables
        if table.name == "agenda"
        for place, row in enumerate(table.rows)
        if row[1].shown == "Tokyo is shut"
    )
    for column, cell in ((0, Cell("2024-08-13, Tuesday")), (3, Cell("Nothing")), (1, Cell("Tokyo is open"))):
        wrong = replace(proof(note, bank), tables=cells(note, "agenda", place, column, cell))
        assert "agenda" in {item.check for item in audit(wrong)}


def test_names_of_the_week_are_counted_again(weekly: Note, bank: Bank) -> None:
    whole = proof(weekly, bank)
    for name, value in (("week.label_1", "quiet"), ("tokyo.traded", 0.0), ("london.opens_date", 1.0)):
        wrong = replace(whole, scene={**whole.scene, name: value})
        assert any(item.where == name for item in audit(wrong))
