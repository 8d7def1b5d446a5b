"""Rows for the terminal, a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping, Sequence

BAR, LINE = "\\|", "\n"


def shown(columns: Sequence[str], rows: Sequence[Mapping[str, object]], form: str) -> str:
    """Rows as a table of aligned columns, as CSV with a header line, or as a JSON list."""
    if form == "json":
        return json.dumps([dict(row) for row in rows], indent=1, ensure_ascii=False) + "\n"
    if form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()
    return _table(columns, rows)


def markdown(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], right: Collection[str] = ()
) -> str:
    """Rows as a Markdown table; the columns ``right`` stand to the right."""
    head, *lines = [columns, *([_text(row.get(name)) for name in columns] for row in rows)]
    rule = f"|{'|'.join('---:' if name in right else '---' for name in columns)}|\n"
    return _row(head) + rule + "".join(_row(line) for line in lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', BAR).replace(LINE, ' ') for cell in cells)} |\n"


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    texts = [[_text(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(line[place]) for line in (list(columns), *texts)) for place in range(len(columns))]
    lines = [_line(columns, widths), *(_line(line, widths) for line in texts)]
    return "\n".join(lines) + "\n"


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else str(value)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
