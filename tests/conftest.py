"""What every test stands on: folders of its own, no fixed clock, one bank a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commentary.bank import Bank
from commentary.library import Library


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the user's cache, archive or clock."""
    base = tmp_path_factory.mktemp("folders")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMMENTARY_CACHE", str(base / "cache"))
        patch.setenv("COMMENTARY_DATA", str(base / "data"))
        patch.delenv("COMMENTARY_NOW", raising=False)
        yield


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The shipped rules and phrases, read once."""
    return Bank(Library())
