"""Headlines as candidates: those of a span, no title twice, and never an exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from commentary.errors import SourceError
from commentary.sources.headlines import MOST, headlines
from commentary.sources.yahoo import NoBars

SPAN = (datetime(2024, 8, 2, 20, tzinfo=UTC), datetime(2024, 8, 6, 4, tzinfo=UTC))


def article(title: object, at: object, **changes: object) -> dict[str, Any]:
    content = {
        "title": title,
        "pubDate": at,
        "provider": {"displayName": "Agency"},
        "canonicalUrl": {"url": f"https://example.com/{title}"},
    }
    return {"content": {**content, **changes}}


class Feed:
    """A client whose tickers have these articles; an exception is raised instead."""

    def __init__(self, **news: object) -> None:
        self.news, self.asked = news, 0

    def ticker(self, symbol: str) -> Any:
        return type("Ticker", (), {"news": self.news[symbol]})

    def ask(self, what: str, question: Callable[[], Any]) -> Any:
        self.asked += 1
        found = question()
        if isinstance(found, Exception):
            raise found
        return found


def test_headlines_of_the_span_are_given_earliest_first_and_once() -> None:
    spy = [
        article("late", "2024-08-05T14:00:00Z"),
        article("early", "2024-08-05T06:00:00Z"),
        article("before", "2024-08-02T20:00:00Z"),
        article("after", "2024-08-06T04:00:01Z"),
    ]
    feed: Any = Feed(
        SPY=spy, GLD=[article("early", "2024-08-05T07:00:00Z"), article("gold", "2024-08-05T08:00:00Z")]
    )
    found, reason = headlines(feed, ("SPY", "GLD"), SPAN)
    assert [(item.title, item.symbol) for item in found] == [
        ("early", "SPY"),
        ("gold", "GLD"),
        ("late", "SPY"),
    ]
    assert (found[0].publisher, found[0].url, reason) == ("Agency", "https://example.com/early", "")


def test_articles_of_another_shape_are_passed_over() -> None:
    odd = [
        {}, {"content": None}, {"ad": [1], "content": {}}, article(None, "2024-08-05T06:00:00Z"),
        article("no day", None), article("no zone", "2024-08-05T06:00:00"),
        article("nobody", "2024-08-05T06:00:00Z", provider=None),
        article("no link", "2024-08-05T06:00:00Z", canonicalUrl=None),
    ]  # fmt: skip
    feed: Any = Feed(SPY=odd, GLD="nothing of the kind")
    found, reason = headlines(feed, ("SPY", "GLD"), SPAN)
    assert [(item.title, item.url) for item in found] == [("no link", "")]
    assert reason == ""


def test_what_cannot_be_had_is_said_and_left_out() -> None:
    feed: Any = Feed(SPY=NoBars("no answer"), GLD=[article("gold", "2024-08-05T08:00:00Z")])
    found, reason = headlines(feed, ("SPY", "GLD"), SPAN)
    assert [item.title for item in found] == ["gold"]
    assert reason == "SPY: no answer"


def test_a_feed_that_refuses_is_asked_no_more() -> None:
    feed: Any = Feed(SPY=SourceError("refused"), GLD=[article("gold", "2024-08-05T08:00:00Z")])
    assert headlines(feed, ("SPY", "GLD"), SPAN) == ((), "refused")
    assert feed.asked == 1


def test_only_so_many_are_offered() -> None:
    feed: Any = Feed(SPY=[article(f"number {place}", "2024-08-05T06:00:00Z") for place in range(30)])
    assert len(headlines(feed, ("SPY",), SPAN)[0]) == MOST
