"""Every message and phrase has been true of a session of the real data."""

from __future__ import annotations

import os

import pytest

from commentary.bank import Bank
from commentary.library import Library
from commentary.linting.truth import UNSEEN, frequencies
from commentary.scenes import open_scenes
from commentary.tapes import Tapes
from commentary.truths import Truths

MARKET = os.environ.get("COMMENTARY_MARKET_DATA", "")


@pytest.mark.slow
@pytest.mark.market
@pytest.mark.skipif(not MARKET, reason="COMMENTARY_MARKET_DATA is not set")
def test_nothing_is_written_that_no_day_bears_out() -> None:
    bank = Bank(Library())
    truths = Truths(bank, open_scenes(Tapes.open(MARKET, bank)))
    assert [f"{doubt.file}: {doubt.key}" for doubt in frequencies(truths) if doubt.kind == UNSEEN] == []
