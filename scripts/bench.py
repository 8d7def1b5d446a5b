"""What each step of a note costs, as shares of one run: ratios travel between machines, seconds do not.

    python scripts/bench.py [NOTES]

With COMMENTARY_MARKET_DATA set, what the readings of all sessions cost too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from commentary.auditing import Proof, audit
from commentary.bank import Bank
from commentary.cards import read_card
from commentary.library import Library
from commentary.model import Card
from commentary.phrasing.choose import Rest
from commentary.phrasing.say import Voice, say
from commentary.planning.plan import Situation, make_plan
from commentary.rendering.surfaces import Draft, Kit, only_printed, render
from commentary.rulebook.judge import judge
from commentary.scale import load_scale
from commentary.shipped import shipped_days

NOTES = 20


class Watch:
    """CPU time by name."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Add what happens inside to a name."""
        start = time.process_time()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - start


def one_note(card: Card, bank: Bank, watch: Watch) -> None:
    """Every step from a card to an audited note."""
    with watch("judge"):
        verdict = judge(bank.rulebook, card.tape, card.before)
    with watch("plan"):
        plan = make_plan(bank.planner, Situation(card.tape, verdict, card.before, card.memory))
    with watch("words"):
        rest = Rest(card.memory, card.tape.session, verdict.label, card.edition)
        sentences = say(plan, Voice(bank.lexicon, bank.book, bank.names, card.tape.specs, rest))
    with watch("surfaces"):
        edition = bank.editions[card.edition]
        kit = Kit(bank.library, bank.tables, bank.universe, bank.words, edition.tables, edition.rows)
        note = render(Draft(card, verdict, only_printed(plan, sentences), sentences), kit)
    with watch("audit"):
        audit(Proof.of(note, bank.universe, bank.names))


def notes(count: int) -> None:
    """Files read once, then some notes: each step in milliseconds a note and as a share."""
    once, each = Watch(), Watch()
    bank = Bank(Library())
    for name in ("rulebook", "planner", "lexicon", "universe", "names"):
        with once(name):
            getattr(bank, name)
    paths = list(shipped_days().values())
    one_note(read_card(paths[0]), bank, Watch())  # compiles what is compiled once
    for place in range(count):
        with each("card"):
            card = read_card(paths[place % len(paths)])
        one_note(card, bank, each)
    _print("files of a run, once", once, 1)
    _print(f"a note, mean of {count}", each, count)
    total = sum(each.spent.values()) / count
    print(f"files of a run ÷ a note: {sum(once.spent.values()) / total:.2f}; notes a second: {1 / total:.1f}")


def readings(folder: str) -> None:
    """Bars aligned and readings computed from nothing."""
    from commentary.readings import compute
    from commentary.sources import load_market

    watch, bank = Watch(), Bank(Library())
    scale = load_scale(bank.library)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["COMMENTARY_CACHE"] = cache
        with watch("bars"):
            market = load_market(folder, bank.universe, scale, datetime.now(UTC))
        with watch("readings"):
            made = compute(market, bank.universe, scale)
    sessions, names = made.values.shape
    _print(f"{sessions} sessions × {names} readings", watch, 1)
    print(f"readings a second: {sessions * names / watch.spent['readings']:,.0f}")
    print(f"sessions a second: {sessions / watch.spent['readings']:,.0f}")


def _print(title: str, watch: Watch, count: int) -> None:
    total = sum(watch.spent.values())
    print(f"\n{title}: {1000 * total / count:.1f} ms")
    for name, spent in watch.spent.items():
        print(f"  {name:10} {1000 * spent / count:8.2f} ms  {100 * spent / total:5.1f} %")


if __name__ == "__main__":
    notes(int(sys.argv[1]) if len(sys.argv) > 1 else NOTES)
    if folder := os.environ.get("COMMENTARY_MARKET_DATA"):
        readings(folder)
