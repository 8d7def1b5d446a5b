"""Looks at the data: network, feeds, store, second opinions on its newest session."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from commentary import calendar
from commentary.cross_checks import MOST_SESSIONS
from commentary.disputes import of_session, told
from commentary.doctor.desk import Patient
from commentary.doctor.findings import FAIL, OK, WARN, Finding
from commentary.errors import CommentaryError, SourceError
from commentary.fetching import COLLECTOR, FILE
from commentary.settings import library_for
from commentary.shapes import dataclass
from commentary.sources import compared, last_session, over
from commentary.sources.reach import YAHOO, probe
from commentary.universe import load_universe

if TYPE_CHECKING:
    from commentary.sources.store import Store
    from commentary.sources.yahoo_client import Client

FRED = "fred.stlouisfed.org"
HOSTS = {"Yahoo": YAHOO, "FRED": FRED}

SYMBOL, SERIES = "SPY", "DGS10"
"""What each feed is asked for."""

BACK = timedelta(14)
PATIENCE = 15.0
"""Seconds for an answer of a feed."""

LONG_PAUSE = 5.0
"""A feed that asks for a longer wait than this is told of, not waited for."""

AHEAD = timedelta(minutes=5)

FETCH = "run `commentary fetch`"

T = TypeVar("T")


@dataclass(frozen=True)
class Reached:
    """What a host said: seconds to a connection, or why there is none."""

    name: str
    seconds: float
    failure: str = ""


class Later(threading.Thread):
    """A question asked beside the others, so that none is waited for twice."""

    def __init__(self, question: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.question, self.found, self.error = question, None, ""
        self.start()

    def run(self) -> None:
        """Ask; an error is kept as its text."""
        try:
            self.found = self.question()
        except (CommentaryError, OSError, ValueError) as error:
            self.error = str(error)
        except Exception as error:  # noqa: BLE001 - NoBars and what a library may raise: one line of a report
            self.error = f"{type(error).__name__}: {error}"


def reaching() -> list[Later]:
    """Probes of every host, under way."""
    return [Later(lambda name=name, host=host: _reached(name, host)) for name, host in HOSTS.items()]  # type: ignore[misc]


def _reached(name: str, host: str) -> Reached:
    start = time.monotonic()
    try:
        probe(host)
    except SourceError as error:
        return Reached(name, 0.0, str(error))
    return Reached(name, time.monotonic() - start)


def network(probes: list[Later], patient: Patient) -> tuple[Finding, bool]:
    """Whether the feeds can be reached; and whether Yahoo can."""
    found: list[Reached] = []
    for thread in probes:
        thread.join()
        if isinstance(thread.found, Reached):
            found.append(thread.found)
    reached = [item for item in found if not item.failure]
    said = ", ".join(f"{item.name} {item.seconds:.1f} s" for item in reached) or "no feed can be reached"
    lost = tuple(item.failure for item in found if item.failure)
    open_ = any(item.name == "Yahoo" for item in reached)
    if not lost:
        return Finding("network", OK, said), open_
    needed = patient.settings.source in ("yahoo", "store") and not open_
    remedy = (
        "write from what is kept (--source store) or from a folder; look at connection, proxy, HTTPS_PROXY"
    )
    return Finding("network", FAIL if needed else WARN, said, remedy, lost), open_


def feed(patient: Patient) -> Finding:
    """One symbol of Yahoo's, one series of FRED's: what comes back."""
    thread = Later(lambda: tuple(_asked(patient)))
    thread.join(PATIENCE)
    if thread.is_alive():
        return Finding("feed", WARN, f"no answer within {PATIENCE:g} seconds", "try again in a while")
    if thread.error or thread.found is None:
        return Finding("feed", FAIL, thread.error, "wait and try again; write from what is kept meanwhile")
    said, late = thread.found
    if late:
        return Finding("feed", FAIL, f"{said}; {late}", "set the clock; a session counts as closed by it")
    if f"FRED {SERIES}: " in said:
        return Finding("feed", WARN, said, "notes do without FRED; second opinions wait for it")
    return Finding("feed", OK, said)


def _asked(patient: Patient) -> Iterator[str]:
    """What both answered, and whether Yahoo's last print lies ahead of the clock."""
    from commentary.sources import fred
    from commentary.sources.pacing import Pace
    from commentary.sources.yahoo_client import Client

    client = Client(Pace(patient.settings.requests_a_second), _impatient)
    first = patient.now.date() - BACK
    answer = client(SYMBOL, first)
    days = [stamp.date() for stamp in answer.frame.index]
    yield f"Yahoo {SYMBOL} to {days[-1] if days else 'none'}, {_fred(client, fred, first)}"
    at = answer.quote.at
    yield (
        f"Yahoo's last print is of {at:%Y-%m-%d %H:%M} UTC, ahead of the clock"
        if at and at > patient.now + AHEAD
        else ""
    )


def _impatient(seconds: float) -> None:
    if seconds > LONG_PAUSE:
        raise SourceError(f"a feed asks for a wait of {seconds:.0f} seconds (429)")
    time.sleep(seconds)


def _fred(client: Client, fred: Any, first: date) -> str:
    """FRED is no must-have: what fails is said beside the rest."""
    try:
        status, body = client.ask("FRED", lambda: fred.answer(client.session, [SERIES], first))
        values = fred.parsed(status, body, [SERIES])[SERIES]
    except (SourceError, fred.NoBars) as error:
        return f"FRED {SERIES}: {error}"
    return f"FRED {SERIES} to {values[-1][0] if values else 'none'}"


def store(patient: Patient) -> tuple[Finding, datetime | None]:
    """Whether the store opens and is whole, how new it is, what is missing of it; and when it was last filled."""
    from commentary.sources.store import Store

    path = patient.settings.store / FILE
    if not path.is_file():
        return Finding("store", WARN, f"{path}: none yet", FETCH), None
    try:
        with Store(path) as opened:
            whole = opened.integrity()
            filled = max((reply.at for reply in opened.replies().values()), default=None)
            if whole != "ok":
                return _broken(f"{path}: {whole}"), filled
            return _kept(opened, patient), filled
    except SourceError as error:
        return _broken(str(error)), None


def _broken(said: str) -> Finding:
    return Finding("store", FAIL, said, "move the file away and fetch again")


def _kept(opened: Store, patient: Patient) -> Finding:
    replies = {name: reply for name, reply in opened.replies().items() if not name.startswith(COLLECTOR)}
    counts = {
        name: sum(reply.outcome == name for reply in replies.values())
        for name in ("fresh", "stale", "missing")
    }
    newest, due = opened.last_days().get(SYMBOL), calendar.latest_settled(patient.now)
    size = (patient.settings.store / FILE).stat().st_size / 1e6
    told_ = ", ".join(f"{count} {name}" for name, count in counts.items())
    said = f"newest session {newest or 'none'}, {size:.1f} MB, {told_}"
    details = tuple(
        f"{reply.outcome} {name}: {reply.detail}"
        for name, reply in sorted(replies.items())
        if reply.outcome != "fresh"
    )
    if newest is None or newest < due:
        behind = len(calendar.sessions_between(newest, due)) - 1 if newest else 0
        late = f"; {behind} session{'' if behind == 1 else 's'} behind" if behind else ""
        return Finding("store", WARN, f"{said}{late}", FETCH, details)
    return Finding("store", OK, said, "", details)


def opinions(patient: Patient) -> Finding:
    """Second opinions on the newest session of the store, and on those that its changes start from."""
    name, library = "second opinions", library_for(patient.settings)
    if not (patient.settings.store / FILE).is_file():
        return Finding(name, OK, "no store yet, nothing to compare")
    try:
        universe = load_universe(library)
        where = over(str(patient.settings.store / FILE), patient.settings.overrides)
        market = compared(where, universe, patient.now)
        day = last_session(market, patient.now)
    except CommentaryError as error:
        return Finding(name, FAIL, str(error), "see the lines above")
    earlier = [stamp.date() for stamp in reversed(market.sessions) if stamp.date() < day][:MOST_SESSIONS]
    apart = of_session(market.disputes, day, earlier)
    whys = {check.name: check.why for check in universe.checks}
    details = tuple(f"{told(item, day)}. {' '.join(whys.get(item.name, '').split())}" for item in apart)
    if not apart:
        return Finding(name, OK, f"none disagrees on {day}")
    remedy = "look which of the two is right; a bar of your own goes over the store's (overrides, in commentary.toml)"
    return Finding(name, WARN, f"{len(apart)} disagree on {day}", remedy, details)
