"""The keys of ``desk/<date>.toml``, each with what it takes. Loaded only where there is such a file.

A text is printed as it stands: one line of printable characters, at most thirty words. Whole numbers and decimals
become text here, as they will be printed. Times are turned to New York. Validation is given the session and the ids
of the instruments as its context; nothing may be of a day after the session.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from commentary import calendar
from commentary.authored import meant

WORDS = 30
"""Words that a text may have."""

NEW_YORK = ZoneInfo("America/New_York")
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")

LONGEST = 300
"""Characters that it may have, where a language does without blanks."""

_UNSEEN = ("Cc", "Co", "Cs", "Zl", "Zp")
"""Unicode categories of what no reader sees as a character: controls, line ends, private places."""

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Marks that turn the direction of what follows: its characters would not be read in their order."""


def _text(value: str) -> str:
    if not value or value != value.strip():
        raise ValueError("a text, without blanks before and after it")
    if any(unicodedata.category(each) in _UNSEEN or each in _TURNING for each in value):
        raise ValueError("one line of printable characters")
    if (count := len(value.split())) > WORDS:
        raise ValueError(f"at most {WORDS} words, not {count}")
    if len(value) > LONGEST:
        raise ValueError(f"at most {LONGEST} characters, not {len(value)}")
    return value


def _figure(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:,f}"
    if isinstance(value, str) and FIGURE.search(value):
        return _text(value)
    raise ValueError("a number, or a text that holds one")


def _one_figure(value: str) -> str:
    if len(FIGURE.findall(value)) != 1:
        raise ValueError('one figure with its unit, such as "9,500 dollars a contract"')
    return value


def _plain_day(value: object) -> date:
    if type(value) is not date:  # a date and time is a date, too
        raise ValueError("a date such as 2024-08-02")
    return value


def _day(value: object, info: ValidationInfo) -> date:
    return _in_time(_plain_day(value), info)


def _moment(value: object, info: ValidationInfo) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("a date and time with its zone, such as 2024-08-02T08:30:00-04:00")
    found = value.astimezone(NEW_YORK)
    _in_time(found.date(), info)
    return found


def _day_or_moment(value: object, info: ValidationInfo) -> date:
    return _moment(value, info) if isinstance(value, datetime) else _day(value, info)


def _in_time(day: date, info: ValidationInfo) -> date:
    session = (info.context or {}).get("session")
    if session is not None and day > session:
        raise ValueError(f"a day not after the session, {session}")
    return day


def _subject(value: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get("instruments", ())
    if value not in known:
        raise ValueError(f"the id of an instrument{meant(value, known)}")
    return value


def _address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError("an address such as https://example.com/page")
    return _text(value)


Text = Annotated[str, AfterValidator(_text)]
Number = Annotated[str, BeforeValidator(_figure)]
OneNumber = Annotated[str, BeforeValidator(_figure), AfterValidator(_one_figure)]
PlainDay = Annotated[date, BeforeValidator(_plain_day)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[Any, BeforeValidator(_moment)]
DayOrMoment = Annotated[Any, BeforeValidator(_day_or_moment)]
Subject = Annotated[str, AfterValidator(_subject)]
Address = Annotated[str, AfterValidator(_address)]


class EntryFile(BaseModel):
    """Keys that every entry has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Text = Field(description="Who says so, as the note names it.")
    subjects: tuple[Subject, ...] = Field((), description="Ids of the instruments that it is about.")


class PositioningFile(EntryFile):
    """``[[positioning]]``: how somebody is placed."""

    what: Text = Field(description="Whose positions in what, without a figure's unit.")
    value: Number | None = Field(None, description="How large.")
    unit: Text | None = Field(None, description="Unit of the value.")
    direction: Literal["long", "short", "added", "cut", "flat"] = Field(description="Which way.")
    as_of: Day = Field(description="Day that it was counted on.")


class MarginFile(EntryFile):
    """``[[margin]]``: a change of what an exchange asks for; ``from`` and ``to`` in one unit."""

    exchange: Text = Field(description="Who asks for it.")
    contract: Text = Field(description="For what.")
    old: OneNumber = Field(alias="from", description="What it was, with its unit.")
    new: OneNumber = Field(alias="to", description="What it is to be, with its unit.")
    effective: PlainDay = Field(description="Day from which it holds; it may lie ahead.")
    as_of: Day = Field(description="Day of the notice.")

    @model_validator(mode="after")
    def _one_unit(self) -> MarginFile:
        old, new = FIGURE.split(self.old), FIGURE.split(self.new)
        if old != new or self.old == self.new:
            raise ValueError("from and to that differ, in one unit")
        return self

    @property
    def change(self) -> str:
        """Whether it was raised or lowered."""
        old, new = (float(FIGURE.findall(each)[0].replace(",", "")) for each in (self.old, self.new))
        return "raised" if new > old else "lowered"


class LiquidationFile(EntryFile):
    """``[[liquidations]]``: a total of positions closed for their owners."""

    market: Text = Field(description="Where.")
    amount: Number = Field(description="How much.")
    unit: Text = Field(description="Unit of the amount.")
    window: Text = Field(description="In what span of time.")
    as_of: Day = Field(description="Day that the span ends on.")


class QuoteFile(EntryFile):
    """``[[quotes]]``: what somebody said, word for word."""

    text: Text = Field(description="The words, without quotation marks.")
    who: Text = Field(description="Who said so.")
    where: Text = Field(description="Where it was said.")
    when: DayOrMoment = Field(description="Day or moment that it was said.")
    url: Address | None = Field(None, description="Where it can be read; kept on the card.")


class CatalystFile(EntryFile):
    """``[[catalysts]]``: what happened."""

    what: Text = Field(description="What happened.")
    kind: Literal["data", "policy", "earnings", "auction", "company", "politics", "other"] = Field(
        description="What sort of event."
    )
    at: Moment = Field(description="When, with its zone.")
    subjects: tuple[Subject, ...] = Field(
        min_length=1, description="Ids of the instruments that it is about."
    )


class ThemeFile(EntryFile):
    """``[[themes]]``: a theme that somebody confirms."""

    theme: Text = Field(description="Its name.")
    why: Text = Field(description="What confirms it.")
    as_of: Day = Field(description="Day that it was confirmed on.")


class DeskFile(BaseModel):
    """A file of desk inputs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    session: PlainDay = Field(description="Session that the file is for, that of its name.")
    positioning: tuple[PositioningFile, ...] = ()
    margin: tuple[MarginFile, ...] = ()
    liquidations: tuple[LiquidationFile, ...] = ()
    quotes: tuple[QuoteFile, ...] = ()
    catalysts: tuple[CatalystFile, ...] = ()
    themes: tuple[ThemeFile, ...] = ()


ENTRIES: dict[str, type[EntryFile]] = {
    "positioning": PositioningFile, "margin": MarginFile, "liquidations": LiquidationFile, "quotes": QuoteFile,
    "catalysts": CatalystFile, "themes": ThemeFile,
}  # fmt: skip
"""Kind → the keys of one entry."""


def came_in_session(moment: datetime, session: date) -> bool:
    """Whether a moment lies between the close before a session and its own: whether its close can know of it."""
    opened = calendar.close_at(calendar.previous_session(session))
    return opened < moment <= calendar.close_at(session)
