"""Sheets as text: the same figures for the terminal, in Markdown, in JSON."""

from __future__ import annotations

from collections.abc import Mapping

from commentary.evaluation.sheets import Sheet, Value
from commentary.sheet_text import WIDTH, sheet_fields, sheets_text

ROWS: tuple[Mapping[str, Value], ...] = (
    {"figure": "right | wrong", "of": 7, "share": 0.12345, "a year": 12.26},
    {"figure": "none", "of": 0, "share": None, "a year": 0.5},
)
SHEET = Sheet("own", "By hand", "One two three. " * 12, ("figure", "of", "share", "a year"), ROWS)


def test_a_terminal_gets_aligned_columns_under_short_lines() -> None:
    title, *lines = sheets_text([SHEET], "table").splitlines()
    assert title == "By hand"
    assert lines[-3:] == [
        "figure         of  share  a year",
        "right | wrong  7   0.123  12.3",
        "none           0   –      0.500",
    ]
    assert lines[-4] == ""
    assert max(map(len, lines)) <= WIDTH
    assert " ".join(lines[:-4]) == SHEET.note.strip()


def test_markdown_puts_figures_to_the_right() -> None:
    page = sheets_text([SHEET, SHEET], "md", decimals=2)
    assert page.count("## By hand\n\nOne two three. ") == 2
    assert page.endswith(
        "\n\n| figure | of | share | a year |\n|---|---:|---:|---:|\n"
        "| right \\| wrong | 7 | 0.12 | 12.3 |\n| none | 0 | – | 0.50 |\n"
    )


def test_json_keeps_every_digit() -> None:
    found = sheet_fields(SHEET)
    assert list(found) == ["name", "title", "note", "columns", "rows"]
    assert found["rows"] == [dict(row) for row in ROWS]
