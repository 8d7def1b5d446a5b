"""Series from FRED without a key: the data behind its graphs, as text."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from commentary.errors import SourceError
from commentary.sources.yahoo import NoBars

HOST = "fred.stlouisfed.org"
FEED = "fred"
SECONDS = 10

DATES = ("observation_date", "DATE")
"""What FRED calls the column of days, now and before December 2024."""

MISSING = ("", ".")

AGAIN = (408, 425, 429)
"""Statuses below 500 after which the same question may be answered."""

_ZIP = b"PK"
_EXCERPT = 60

Values = list[tuple[date, float]]


class Unserved(NoBars):
    """FRED answered, and not with these series: they are worth asking for one by one."""


def address(ids: Sequence[str], first: date) -> str:
    """Where the series are from a day on."""
    return f"https://{HOST}/graph/fredgraph.csv?id={','.join(ids)}&cosd={first.isoformat()}"


def answer(session: Any, ids: Sequence[str], first: date) -> tuple[int, bytes]:
    """Status and body of one request. Raises OSError where the connection fails, ValueError for an answer that
    may be another one in a moment."""
    reply = session.get(address(ids, first), timeout=SECONDS)
    if reply.status_code >= 500 or reply.status_code in AGAIN:
        raise ValueError(f"FRED answered {reply.status_code}")
    return reply.status_code, reply.content


def parsed(status: int, body: bytes, ids: Sequence[str]) -> Mapping[str, Values]:
    """Values of each series by day; days without one are left out. Series of several frequencies come as a zip
    of one table each.

    Raises Unserved for anything but a table of exactly these series, each day once, in order.
    """
    if status != 200:
        raise Unserved(f"FRED answered {status}")
    found: dict[str, Values] = {}
    for text in _texts(body):
        for name, values in _table(text).items():
            if name in found:
                raise Unserved(f"{name} twice")
            found[name] = values
    if odd := sorted(found.keys() ^ set(ids)):
        raise Unserved(f"columns {', '.join(found)}; wanted {', '.join(ids)} ({', '.join(odd)} apart)")
    return found


def _texts(body: bytes) -> Iterator[str]:
    try:
        if body[:2] == _ZIP:
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                for name in packed.namelist():
                    if name.endswith(".csv"):
                        yield packed.read(name).decode("utf-8-sig")
        else:
            yield body.decode("utf-8-sig")
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError) as error:
        raise Unserved(f"an answer that cannot be read ({error})") from None


def _table(text: str) -> Mapping[str, Values]:
    rows = csv.reader(io.StringIO(text))
    header = next(rows, [])
    if not header or header[0] not in DATES or len(set(header)) < len(header):
        raise Unserved(f"{text[:_EXCERPT]!r}; wanted a table of days")
    found: dict[str, Values] = {name: [] for name in header[1:]}
    before = date.min
    for row in rows:
        day = _row(row, found, len(header))
        if day <= before:
            raise Unserved(f"{day} after {before}; wanted each day once, in order")
        before = day
    return found


def _row(row: Sequence[str], found: Mapping[str, Values], count: int) -> date:
    try:
        day = date.fromisoformat(row[0])
        values = [None if cell in MISSING else float(cell) for cell in row[1:]]
    except (ValueError, IndexError):
        raise Unserved(f"the row {','.join(row)[:_EXCERPT]!r}; wanted a day and numbers") from None
    if len(row) != count or not all(value is None or math.isfinite(value) for value in values):
        raise Unserved(f"the row {','.join(row)[:_EXCERPT]!r}; wanted {count - 1} finite numbers")
    for name, value in zip(found, values, strict=True):
        if value is not None:
            found[name].append((day, value))
    return day


def reachable() -> None:
    """Raises SourceError, within seconds, where FRED cannot be reached."""
    from commentary.sources.reach import probe

    try:
        probe(HOST)
    except SourceError as error:
        raise SourceError(f"FRED: {error}") from None
