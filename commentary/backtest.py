"""A backtest: the verdicts of a range of sessions beside labelled days, as sheets of figures."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.errors import UsageError
from commentary.evaluation.beside import beside_sheet
from commentary.evaluation.calls import Calls, calls_of, event_pairs, panel_pairs
from commentary.evaluation.labels import Event, PanelDay, read_events, read_panel
from commentary.evaluation.panels import panel_sheet
from commentary.evaluation.plain import READ, plain_calls
from commentary.evaluation.probabilities import folds_sheet, losses_sheet
from commentary.evaluation.rates import rates_sheet, years_sheet
from commentary.evaluation.reliability import reliability_sheet
from commentary.evaluation.scores import confusion_sheet, differing_sheet, events_sheet
from commentary.evaluation.sheets import Sheet
from commentary.model import Verdict

if TYPE_CHECKING:
    from commentary.bank import Bank
    from commentary.tapes import Tapes


@dataclass(frozen=True)
class BacktestOrder:
    """What a backtest is asked for.

    ``inputs`` is ``archive`` (all of them) or ``evening`` (those there are at 17:30 in New York); ``without``
    names groups of ``rules/variants.toml`` that are left out.
    """

    source: str
    first: date
    last: date
    events: Path
    panel: Path | None = None
    inputs: str = "archive"
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Backtest:
    """What a backtest found.

    ``command`` is the line that makes it again; ``verdicts`` are those of every session from ``order.first``
    to ``order.last``, oldest first and at least one; ``events`` and ``panel`` the labelled days as read (also
    those outside the range); ``moves`` session → readings of ``evaluation.plain.READ`` by name (known values
    only, fractions and σ); ``names`` the name in prose of each leader's id.
    """

    order: BacktestOrder
    command: str
    verdicts: Sequence[Verdict]
    events: Sequence[Event]
    panel: Sequence[PanelDay]
    moves: Mapping[date, Mapping[str, float]]
    names: Mapping[str, str]
    sheets: Sequence[Sheet]

    @property
    def first(self) -> date:
        """First session judged."""
        return self.verdicts[0].session

    @property
    def last(self) -> date:
        """Last session judged."""
        return self.verdicts[-1].session


def backtest(order: BacktestOrder, bank: Bank, now: datetime | None = None) -> Backtest:
    """Judge and evaluate. Raises SourceError for the source, CommentaryError for a file of labels that cannot
    be read, AuthoringError with every mistake in it, UsageError for a range without a session."""
    events = read_events(order.events)
    panel = read_panel(order.panel) if order.panel else ()
    tapes = _tapes(order, bank, now)
    verdicts = tapes.judged(order.first, order.last)
    if not verdicts:
        first, last = tapes.sessions[0], tapes.sessions[-1]
        raise UsageError(f"got {order.first} to {order.last}; wanted days between {first} and {last}")
    moves = _moves(tapes, verdicts)
    return Backtest(
        order=order,
        command=_command(order),
        verdicts=verdicts,
        events=events,
        panel=panel,
        moves=moves,
        names={ident: naming.full for ident, naming in bank.names.items()},
        sheets=_sheets(calls_of(verdicts), plain_calls(events, moves), events, panel),
    )


def _sheets(
    calls: Calls, plain: Mapping[str, Calls], events: Sequence[Event], panel: Sequence[PanelDay]
) -> list[Sheet]:
    """Every sheet of figures, in the order of printing."""
    every = list(calls.values())
    labelled, uncurated = event_pairs(events, calls), panel_pairs(panel, calls)
    return [
        events_sheet(labelled),
        confusion_sheet(labelled),
        *([panel_sheet(panel, uncurated)] if panel else []),
        beside_sheet(events, panel, {"ledger": calls, **plain}),
        losses_sheet(labelled),
        folds_sheet(labelled),
        reliability_sheet(labelled, uncurated),
        rates_sheet(every),
        years_sheet(every),
        differing_sheet("events_differing", "Labelled days under another verdict", labelled),
        *(
            [differing_sheet("panel_differing", "Uncurated days under another verdict", uncurated)]
            if panel
            else []
        ),
    ]


def _tapes(order: BacktestOrder, bank: Bank, now: datetime | None) -> Tapes:
    from commentary.tapes import Tapes
    from commentary.variants import Variant, open_variant

    if order.inputs == "archive" and not order.without:
        return Tapes.open(order.source, bank, now=now)
    return open_variant(order.source, bank, Variant(order.inputs == "evening", order.without), now=now)


def _moves(tapes: Tapes, verdicts: Sequence[Verdict]) -> dict[date, dict[str, float]]:
    """What the plain rules read, a session; the verdicts' sessions follow one another."""
    moves: dict[date, dict[str, float]] = {each.session: {} for each in verdicts}
    for name in READ:
        values = tapes.frame.history(name, verdicts[-1].session, len(verdicts))
        for each, value in zip(verdicts, values, strict=False):  # empty where it is not computed
            if value == value:
                moves[each.session][name] = value
    return moves


def _command(order: BacktestOrder) -> str:
    words = ["commentary", "backtest", "--source", order.source]
    words += ["--from", str(order.first), "--to", str(order.last), "--events", str(order.events)]
    words += ["--panel", str(order.panel)] if order.panel else []
    words += ["--set", order.inputs] if order.inputs != "archive" else []
    words += [word for group in order.without for word in ("--without", group)]
    return shlex.join(words)
