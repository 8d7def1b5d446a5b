"""Bars from Yahoo into a folder of CSV files, which is a source of its own afterwards."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.errors import OutputError
from commentary.files import write_text
from commentary.universe import Universe

if TYPE_CHECKING:
    from commentary.sources.bars import Bars

HEADER = "Date,Open,High,Low,Close,Adj Close,Volume"
FIELDS = ("open", "high", "low", "close", "adj_close", "volume")


def fetch(universe: Universe, years: int, folder: Path, now: datetime) -> str:
    """Fetch the last ``years`` years, write one file a symbol, return what was done, a line a fact.

    Raises SourceError where Yahoo cannot be had, OutputError where the folder cannot be written.
    """
    from commentary.sources.yahoo import load

    bars = load("yahoo", universe, now)
    first = date(now.year - years, now.month, min(now.day, 28))
    written = 0
    for code, symbol in enumerate(bars.symbols):
        text = csv_of(bars, code, first)
        if text is None:
            continue
        path = folder / f"{symbol}.csv"
        try:
            write_text(path, text)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from None
        written += 1
    missing = "".join(f"missing  {warning}\n" for warning in bars.warnings)
    return f"{written} symbols written to {folder}, from {first}\n{missing}"


def csv_of(bars: Bars, code: int, first: date) -> str | None:
    """Bars of one symbol in Yahoo's column layout; None where there are none since ``first``."""
    rows = [row for row in (bars.codes == code).nonzero()[0] if bars.days[row].astype(date) >= first]
    if not rows:
        return None
    lines = [HEADER]
    for row in rows:
        values = [bars.columns[name][row] for name in FIELDS]
        lines.append(
            ",".join(
                [str(bars.days[row]), *("" if value != value else repr(float(value)) for value in values)]
            )
        )
    return "\n".join(lines) + "\n"
