"""Makes the shipped cards anew from a folder of bars: readings and rebased series only, never prices over time.

python scripts/make_episodes.py FOLDER
"""

from __future__ import annotations

import gzip
import sys
from dataclasses import replace
from datetime import date

from commentary.bank import Bank
from commentary.cards import dump_card
from commentary.files import write_bytes
from commentary.library import Library
from commentary.model import Memory
from commentary.pipeline import compose
from commentary.ranges import remembering
from commentary.shipped import ENDING, FOLDER
from commentary.tapes import Order, Tapes

DAYS = """
2007-02-27 2008-09-15 2008-10-10 2008-10-13 2010-05-06 2011-08-04 2011-08-08 2011-08-09 2013-01-02 2013-04-15
2013-06-20 2015-08-24 2016-06-24 2016-11-10 2017-04-10 2017-06-21 2018-02-05 2018-12-26 2019-08-14 2020-03-09
2020-03-12 2020-03-16 2020-03-18 2020-03-24 2020-11-09 2021-01-27 2021-02-25 2022-06-13 2022-09-13 2022-11-10
2022-12-15 2023-03-13 2023-12-04 2024-02-22 2024-07-11 2024-08-02 2024-08-05 2024-11-06 2025-01-27 2025-04-04 2025-04-09
2025-04-10
""".split()  # noqa: SIM905 - ten a line

SETTINGS = {"brand": "commentary", "byline": None}


def main(folder: str) -> None:
    """Write one card a day into the package. Each remembers the phrases of the shipped days before it."""
    tapes = Tapes.open(folder, Bank(Library()))
    memory = Memory()
    for day in map(date.fromisoformat, DAYS):
        card = tapes.card(day, Order("daily", memory, SETTINGS, {}))
        draft = compose(card, tapes.bank)
        memory = replace(remembering(memory, draft), threads=())
        write_bytes(FOLDER / f"{day}{ENDING}", gzip.compress(dump_card(card).encode(), 9, mtime=0))
        print(day, draft.verdict.label, len(card.tape.values), "readings")


if __name__ == "__main__":
    main(sys.argv[1])
