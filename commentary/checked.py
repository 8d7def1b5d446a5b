"""Whether the files of a run have been held to account since an author last changed one."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from commentary.bank import Bank
from commentary.errors import AuthoringError
from commentary.files import write_text
from commentary.folders import cache_folder


def ensure(bank: Bank, *, rules_only: bool = False) -> None:
    """Check files that have not been checked since they changed. Raises AuthoringError with every mistake."""
    if _passed_before(bank, rules_only):
        return
    from commentary.checking import problems, rule_problems

    found = rule_problems(bank) if rules_only else problems(bank)
    if found:
        raise AuthoringError(found)
    passed(bank, rules_only=rules_only)


def _passed_before(bank: Bank, rules_only: bool) -> bool:
    try:
        return _stamped(_stamp(rules_only)) == bank.versions
    except AuthoringError:  # files that cannot be read have no versions; the check names every one
        return False


def passed(bank: Bank, *, rules_only: bool = False) -> None:
    """Remember that these files have no mistakes, so that the next run need not look."""
    with contextlib.suppress(OSError):
        write_text(_stamp(rules_only), json.dumps(bank.versions))


def _stamp(rules_only: bool) -> Path:
    return cache_folder() / ("checked-rules.json" if rules_only else "checked.json")


def _stamped(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
