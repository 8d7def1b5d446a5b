"""Chooses the sessions that `make voice` reads: prints tests/style/sessions.toml, dates and verdicts alone.

    python scripts/voice_sessions.py > tests/style/sessions.toml

Needs the real bars of COMMENTARY_MARKET_DATA. What is chosen once stays: a change of rules is seen on the same days.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle

from commentary.bank import Bank
from commentary.errors import HeldError
from commentary.library import Library
from commentary.model import RULED, VERDICTS, Verdict
from commentary.tapes import Tapes

FIRST, LAST = date(2006, 1, 3), date(2025, 12, 31)
SEED = 4
EACH, MORE = 4, 12
RULE = f"""\
# Sessions whose notes `make voice` holds to the bands. Chosen once by scripts/voice_sessions.py and then fixed:
# of the verdicts of {FIRST.year}–{LAST.year}, shuffled with seed {SEED}, {EACH} sessions of every label, its kinds
# in turn, the most frequent first; then one session of each of the {MORE} most frequent kinds not seen yet.
"""

Pools = Mapping[tuple[str, str], list[Verdict]]


def main() -> None:
    """Print the file."""
    tapes = Tapes.open(os.environ["COMMENTARY_MARKET_DATA"], Bank(Library()))
    verdicts = tapes.judged(FIRST, LAST)
    print(RULE)
    print("[sessions]")
    for verdict in sorted(chosen(tapes, verdicts), key=lambda verdict: verdict.session):
        print(f'{verdict.session} = {{ label = "{verdict.label}", kind = "{verdict.kind}" }}')


def chosen(tapes: Tapes, verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """Sessions by the rule, none of them held."""
    pools = pooled(verdicts)
    kinds = Counter({kind: len(pool) for kind, pool in pools.items()})
    seen = set()
    for label in (*VERDICTS, *RULED):
        turns = cycle([kind for kind, _ in kinds.most_common() if kind[0] == label])
        found: list[Verdict] = []
        while len(found) < EACH:
            kind = next(turns)
            found += drawn(tapes, pools[kind])
            seen.add(kind)
        yield from found
    unseen = [kind for kind, _ in kinds.most_common() if kind not in seen]
    for kind in unseen[:MORE]:
        yield from drawn(tapes, pools[kind])


def pooled(verdicts: Sequence[Verdict]) -> Pools:
    """Verdicts by label and kind, shuffled."""
    pools: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        pools.setdefault((verdict.label, verdict.kind), []).append(verdict)
    shuffler = random.Random(SEED)
    for kind in sorted(pools):
        shuffler.shuffle(pools[kind])
    return pools


def drawn(tapes: Tapes, pool: list[Verdict]) -> list[Verdict]:
    """The next session of a pool that is not held, taken out of it; none where it is used up."""
    while pool:
        verdict = pool.pop()
        try:
            tapes.tape(verdict.session)
        except HeldError:
            continue
        return [verdict]
    return []


if __name__ == "__main__":
    main()
