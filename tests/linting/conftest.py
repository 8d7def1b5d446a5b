"""The bench on which phrases are looked at."""

from __future__ import annotations

import pytest

from commentary.bank import Bank
from commentary.declared import specs_of
from commentary.linting.bench import Bench


@pytest.fixture(scope="session")
def bench(bank: Bank) -> Bench:
    """The shipped bank and its readings."""
    return Bench(bank, specs_of(bank))
