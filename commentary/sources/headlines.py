"""Yahoo's headlines of a few symbols: candidates for the desk to check, no input of any note."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from commentary.errors import SourceError
from commentary.shapes import dataclass
from commentary.sources.yahoo import NoBars

if TYPE_CHECKING:
    from commentary.sources.yahoo_client import Client

MOST = 8
"""Headlines offered, the earliest of the span first."""

LONGEST = 5.0
"""Seconds that they are worth waiting for at a time."""


@dataclass(frozen=True)
class Headline:
    """A headline with its publisher, the symbol that it was found under, and when it came, with a zone."""

    title: str
    publisher: str
    symbol: str
    at: datetime
    url: str


def impatient(seconds: float) -> None:
    """Waits, but for no back-off: a file can do without headlines. Raises SourceError for more than ``LONGEST``."""
    if seconds > LONGEST:
        raise SourceError("Yahoo refuses more requests for now; headlines are not worth the wait")
    time.sleep(seconds)


def headlines(
    client: Client, symbols: Sequence[str], span: tuple[datetime, datetime]
) -> tuple[tuple[Headline, ...], str]:
    """Headlines that came within a span of time, no title twice; and why there are none, or not all.

    Fails soft: what cannot be had is left out. ``span``: its end belongs to it, its start does not.
    """
    found: dict[str, Headline] = {}
    missing: list[str] = []
    for symbol in symbols:
        try:
            articles = client.ask(f"headlines of {symbol}", partial(_news, client, symbol))
        except NoBars as error:
            missing.append(f"{symbol}: {error}")
            continue
        except SourceError as error:
            missing.append(str(error))
            break
        for headline in _read(articles, symbol):
            if span[0] < headline.at <= span[1]:
                found.setdefault(headline.title, headline)
    return tuple(sorted(found.values(), key=lambda item: item.at)[:MOST]), "; ".join(missing)


def _news(client: Client, symbol: str) -> object:
    return client.ticker(symbol).news


def _read(articles: object, symbol: str) -> Iterator[Headline]:
    """Articles that say what they are; others are passed over."""
    for article in articles if isinstance(articles, list) else []:
        content: Mapping[str, Any] = article.get("content") or {}
        title, provider = content.get("title"), (content.get("provider") or {}).get("displayName")
        address = (content.get("canonicalUrl") or content.get("clickThroughUrl") or {}).get("url", "")
        try:
            at = datetime.fromisoformat(str(content.get("pubDate")))
        except ValueError:
            continue
        if title and provider and at.tzinfo is not None:
            yield Headline(str(title), str(provider), symbol, at, str(address))
