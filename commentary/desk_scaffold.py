"""Lays out a file of desk inputs: every key, the questions that the session leaves open, headlines as candidates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commentary import calendar
from commentary.bank import Bank
from commentary.desk_questions import asked, load_questions
from commentary.errors import SourceError
from commentary.model import PastSession, Tape
from commentary.planning.scene import build_scene
from commentary.planning.thesis import choose_thesis
from commentary.rulebook.judge import judge
from commentary.shapes import dataclass

if TYPE_CHECKING:
    from commentary.sources.headlines import Headline

FIRST = ("spy",)
"""Instruments whose headlines are looked at besides those that moved most."""

MOVED = 2
NEW_YORK = ZoneInfo("America/New_York")
EVENT = time(8, 30)
"""The hour that examples have: that of most statistics."""


@dataclass(frozen=True)
class Opened:
    """What is known of a session: its verdict in words, its questions by kind, what moved most. Or why nothing is."""

    verdict: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    moved: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Candidates:
    """Headlines, and why there are none or not all."""

    headlines: tuple[Headline, ...] = ()
    reason: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)  # symbol → instrument


def opened(bank: Bank, tape: Tape, before: Sequence[PastSession]) -> Opened:
    """What a session leaves open, by its verdict and the thesis of its note."""
    verdict = judge(bank.rulebook, tape, before)
    scene = build_scene(tape, verdict, before)
    scene["thesis"] = choose_thesis(bank.planner.theses, scene)[0]
    names = {ident: naming.short for ident, naming in bank.names.items()}
    largest = (str(scene.get(f"table.largest_{place}", "")) for place in range(1, 11))
    moved = tuple(ident for ident in largest if ident in bank.universe.instruments)[:MOVED]
    found = tuple(asked(load_questions(bank.library), scene, names))
    return Opened(bank.words.of(verdict.label), found, moved)


def candidates(bank: Bank, session: date, moved: Sequence[str], a_second: float) -> Candidates:
    """Yahoo's headlines between the close before a session and its day's end; fails soft."""
    from commentary.sources.headlines import headlines, impatient
    from commentary.sources.pacing import Pace
    from commentary.sources.reach import probe
    from commentary.sources.yahoo_client import Client

    listed = {ident: bank.universe[ident].listed("yahoo") for ident in dict.fromkeys((*FIRST, *moved))}
    ids = {symbols[0]: ident for ident, symbols in listed.items() if symbols}
    before = calendar.close_at(calendar.previous_session(session))
    end = datetime.combine(session, time(23, 59, 59), NEW_YORK)
    try:
        probe()
        found, reason = headlines(Client(Pace(a_second), impatient), tuple(ids), (before, end))
    except SourceError as error:
        return Candidates(reason=str(error))
    return Candidates(found, reason, ids)


def scaffold(session: date, known: Opened, found: Candidates) -> str:
    """The text of the file. Every line but the session's is a comment."""
    moment = datetime.combine(session, EVENT, NEW_YORK).isoformat()
    text = (Path(__file__).parent / "data" / "desk.toml").read_text(encoding="utf-8")
    return (
        Template(text)
        .substitute(
            named=f"{session.day} {session:%B %Y}",
            session=session.isoformat(),
            moment=moment,
            open="\n".join(["", *_questions(known), ""]),
            candidates="\n".join(["", *_candidates(found), ""]).rstrip("\n"),
        )
        .rstrip("\n")
        + "\n"
    )


def _questions(known: Opened) -> Iterator[str]:
    if known.reason:
        yield f"# No open questions: the session could not be read ({_line(known.reason)})."
    elif not known.questions:
        yield f"# The session was judged {known.verdict} and leaves no question of the list open."
    else:
        yield f"# The session was judged {known.verdict}. What prices leave open:"
        for kind, text in known.questions:
            yield f"# * {text} → [[{kind}]]"


def _candidates(found: Candidates) -> Iterator[str]:
    if found.reason:
        yield f"# Headlines could not all be had: {_line(found.reason)}"
    if not found.headlines:
        return
    yield "# Headlines of Yahoo since the close before: candidates, unchecked. Read what lies behind one, put the"
    yield "# event into your own words and its own hour, and only then remove the # before its lines."
    for item in found.headlines:
        yield ""
        yield f"# # {_quoted(item.url)}"
        yield "# [[catalysts]]"
        yield f"# what = {_quoted(item.title)}"
        yield '# kind = "other"'
        yield f"# at = {item.at.astimezone(NEW_YORK).isoformat(timespec='seconds')}"
        yield f"# source = {_quoted(item.publisher)}"
        yield f"# subjects = [{_quoted(found.ids[item.symbol])}]"


def _quoted(text: str) -> str:
    """A basic string of TOML, which takes JSON's escapes and wants DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _line(text: str) -> str:
    """A text as it may stand in a comment: one line of printable characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
