"""Notes of many sessions: words one after the other, because phrases remember; pages in parallel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from commentary.bank import Bank
from commentary.drawn import Drawn
from commentary.errors import CommentaryError, HeldError
from commentary.model import Card, Memory, PhraseUse, Thread
from commentary.outputs import write_out
from commentary.pipeline import compose, finish
from commentary.planning.editions import named, speaker
from commentary.rendering.surfaces import Draft
from commentary.tapes import Order
from commentary.weeks import ends_week

HOST = "daily"
"""The edition whose threads the notes on a week tell of."""

WAITING = 8
"""Drafts that may wait for a page at once."""

Ordered = tuple[str, Memory, Mapping[str, object], Mapping[date, Mapping[str, object]]]
"""What a range is asked for: see ``write_range``."""

_worker_bank: list[Bank] = []


def write_range(
    drawn: Drawn,
    days: Sequence[date],
    order: Ordered,
    output: Path,
    done: Callable[[], None],
) -> list[tuple[date, str]]:
    """Write every session's note; return the sessions held, each with its reason.

    ``order``: edition, memory before the first session, settings that a note shows, desk inputs of sessions that
    have some. Each note remembers the ones written before it in this run.
    """
    held: list[tuple[date, str]] = []
    with ProcessPoolExecutor(2, initializer=_prepare, initargs=(drawn.bank,)) as pool:
        running: set[Future[tuple[date, str]]] = set()
        for day, draft in drafts(drawn, days, order):
            if isinstance(draft, Draft):
                running.add(pool.submit(_page, draft, output))
            else:
                held.append((day, draft))
                done()
            while len(running) >= WAITING:
                running = _collected(running, held, done)
        while running:
            running = _collected(running, held, done)
    return sorted(held)


def drafts(drawn: Drawn, days: Sequence[date], order: Ordered) -> Iterator[tuple[date, Draft | str]]:
    """Drafts in order of date, or the reason for which a session is held."""
    edition, memory, settings, desk = order
    wanted = set(due(days, edition, drawn.bank))
    for day in days:
        try:
            card = drawn.card(day, Order(edition, memory, settings, desk.get(day, {})))
        except HeldError as error:
            if day in wanted:
                yield day, str(error)
            continue
        draft = compose(card, drawn.bank) if day in wanted else None
        memory = _after(card, draft, drawn.bank)
        if draft is not None:
            yield day, draft


def due(days: Sequence[date], edition: str, bank: Bank) -> list[date]:
    """The sessions of which an edition is written: each, or the last of each week."""
    weekly = named(edition, bank.editions).every == "week"
    return [day for day in days if not weekly or ends_week(day)]


def _after(card: Card, draft: Draft | None, bank: Bank) -> Memory:
    """Memory after a session. An edition that says another's words, or looks back on a week of them, remembers that
    one as if it had gone out; what the week settled is kept as long as a note may tell of it."""
    host = (
        HOST if named(card.edition, bank.editions).every == "week" else speaker(card.edition, bank.editions)
    )
    said = draft if draft is not None and host == card.edition else compose(replace(card, edition=host), bank)
    memory = remembering(card.memory, said)
    kept = said.plan.settled if host != card.edition else ()
    earlier = [item for item in card.memory.threads if item.status != "open" and not _old(item, card)]
    if draft is not None and draft is not said:
        memory = replace(memory, uses=memory.uses + _uses(draft))
    still = tuple(item for item in memory.threads if item.status == "open")
    return replace(memory, threads=(*earlier, *kept, *still))


def _old(thread: Thread, card: Card) -> bool:
    return thread.settled is None or thread.settled < card.tape.session - timedelta(7)


def remembering(memory: Memory, draft: Draft) -> Memory:
    """Memory after a note: its phrases, the threads it opened, without those it settled."""
    settled = {(thread.name, thread.born) for thread in draft.plan.settled}
    still: tuple[Thread, ...] = tuple(
        item for item in memory.threads if (item.name, item.born) not in settled
    )
    return replace(memory, uses=memory.uses + _uses(draft), threads=still + draft.plan.threads)


def _uses(draft: Draft) -> tuple[PhraseUse, ...]:
    session, label, edition = draft.card.tape.session, draft.verdict.label, draft.card.edition
    phrases = dict.fromkeys(sentence.phrase for sentence in draft.sentences)
    return tuple(PhraseUse(phrase, session, label, edition) for phrase in phrases)


def _prepare(bank: Bank) -> None:
    _worker_bank.append(Bank(bank.library))


def _page(draft: Draft, output: Path) -> tuple[date, str]:
    try:
        write_out(finish(draft, _worker_bank[0]), output)
    except CommentaryError as error:
        return draft.card.tape.session, str(error)
    return draft.card.tape.session, ""


def _collected(
    running: set[Future[tuple[date, str]]], held: list[tuple[date, str]], done: Callable[[], None]
) -> set[Future[tuple[date, str]]]:
    finished, rest = wait(running, return_when=FIRST_COMPLETED)
    for future in finished:
        day, reason = future.result()
        if reason:
            held.append((day, reason))
        done()
    return rest
