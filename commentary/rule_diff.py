"""What an edit of the rules does to the verdicts of many sessions: every session judged under both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from commentary.bank import Bank
from commentary.checking import rule_problems
from commentary.errors import AuthoringError, HeldError, Problem, UsageError
from commentary.evaluation import changes
from commentary.evaluation.changes import Change
from commentary.evaluation.sheets import Sheet
from commentary.library import Library
from commentary.model import Verdict
from commentary.rulebook.judge import judge
from commentary.sheet_text import sheets_text
from commentary.shipped import shipped_card, shipped_days
from commentary.tapes import Tapes

EPISODES = "episodes"
READ_BY_READINGS = ("rules/universe.toml", "rules/scale.toml", "rules/pairs.toml", "rules/macro.toml")
"""Rules that the readings themselves are computed by: an edit of one makes other readings."""

_OF_VERDICTS = (
    "rules/evidence/", "rules/verdicts/", "rules/ledger.toml", "rules/derived.toml", "rules/severity.toml",
    "rules/phases.toml", "rules/tags.toml", "rules/leaders.toml", *READ_BY_READINGS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Which sessions are judged: a source, and the first and last day, None for no bound."""

    source: str
    first: date | None
    last: date | None
    now: datetime


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """Both sets of rules, the files in which they differ, each session under both, oldest first."""

    before: str
    after: str
    files: Mapping[str, str]  # place → added, changed, missing
    changes: Sequence[Change]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every table, in the order of printing."""
        makers = (
            changes.transitions_sheet, changes.frequencies_sheet, changes.years_sheet,
            changes.relabelled_sheet, changes.moves_sheet,
        )  # fmt: skip
        return tuple(make(self.changes) for make in makers)


def rule_diff(working: Bank, against: Path | None, span: Span) -> RuleDiff:
    """Judge each session under the rules of ``against`` (the shipped ones without it) and under the working ones.

    Raises AuthoringError with every mistake of both, UsageError for a folder without rules, HeldError where
    no session lies in the span, SourceError where the source cannot be had.
    """
    name, library = _against(against)
    earlier = Bank(library)
    _check(earlier, working, against)
    files = differing(library, working.library)
    found = _judged(earlier, working, span) if files else []
    return RuleDiff(name, "the working rules", files, found)


def differing(before: Library, after: Library) -> dict[str, str]:
    """Files that decide verdicts and are not the same in both: place → added, changed or missing."""
    old, new = (
        {document.place: document.hash for document in library.documents("rules")}
        for library in (before, after)
    )
    return {
        place: "changed" if place in old and place in new else "added" if place in new else "missing"
        for place in sorted({*old, *new})
        if place.startswith(_OF_VERDICTS) and old.get(place) != new.get(place)
    }


def told(diff: RuleDiff, form: str) -> str:
    """The comparison as text: aligned tables, Markdown (``md``) or JSON."""
    if form == "json":
        return _json(diff)
    head = f"{diff.before} → {diff.after}"
    if not diff.files:
        return f"{head}: no file that decides verdicts differs\n"
    days = [change.after.session for change in diff.changes]
    head += f", {len(days)} sessions, {days[0]} to {days[-1]}"
    mark, quote = ("* ", "`") if form == "md" else ("  ", "")
    lines = [f"# {head}" if form == "md" else head, ""]
    lines += [f"{mark}{quote}{place}{quote} {what}" for place, what in diff.files.items()]
    sheets = [sheet for sheet in diff.sheets if sheet.rows or sheet.name == "transitions"]
    return "\n".join([*lines, "", sheets_text(sheets, form)])


def _json(diff: RuleDiff) -> str:
    content = {
        "before": diff.before,
        "after": diff.after,
        "files": dict(diff.files),
        "sessions": len(diff.changes),
        **{sheet.name: [dict(row) for row in sheet.rows] for sheet in diff.sheets},
        "years": changes.by_year(diff.changes),
        "changed": [change.facts() for change in diff.changes if change.relabelled],
        "moves": [move.facts() for move in changes.moves(diff.changes)],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _against(folder: Path | None) -> tuple[str, Library]:
    """A folder that has every file a verdict needs stands alone, another overlays the shipped rules."""
    shipped = Library()
    if folder is None:
        return "the shipped rules", shipped
    root = folder if (folder / "rules").is_dir() else folder.absolute().parent
    if not (root / "rules").is_dir() or (root != folder and folder.absolute().name != "rules"):
        raise UsageError(f"--against {folder}: no folder rules/ in it; wanted a folder that holds one")
    needed = [place for place in shipped.places("rules", ".toml") if place.startswith(_OF_VERDICTS[1:])]
    if all((root / place).is_file() for place in needed):
        return f"the rules of {folder}", Library.alone(root)
    return f"the shipped rules under those of {folder}", Library((root,))


def _check(earlier: Bank, working: Bank, against: Path | None) -> None:
    """Raises AuthoringError with the mistakes of the working rules and those of ``against``, under its path."""
    found = _problems(working)
    if against is not None:
        found += [replace(each, file=f"{against}: {each.file}") for each in _problems(earlier)]
    if found:
        raise AuthoringError(found)


def _problems(bank: Bank) -> list[Problem]:
    try:
        return rule_problems(bank)
    except AuthoringError as error:
        return list(error.problems)


def _judged(before: Bank, after: Bank, span: Span) -> list[Change]:
    if span.source == EPISODES:
        found = changes.compared(_episodes(before, span), _episodes(after, span))
    else:
        frames = _frames(before, after, span)
        found = changes.compared(*(_verdicts(tapes, span) for tapes in frames))
    if not found:
        raise HeldError(
            f"no session of {span.source} from {span.first or 'the first'} to {span.last or 'the last'}"
        )
    return found


def _frames(before: Bank, after: Bank, span: Span) -> tuple[Tapes, Tapes]:
    """Readings for both: the same where both compute them by the same rules. The working ones stay cached."""
    apart = [each for each in READ_BY_READINGS if _text(before, each) != _text(after, each)]
    earlier = Tapes.open(span.source, before, now=span.now) if apart else None
    later = Tapes.open(span.source, after, now=span.now)
    return earlier or Tapes(later.frame, before), later


def _text(bank: Bank, place: str) -> bytes:
    return bank.library.path(place).read_bytes()


def _verdicts(tapes: Tapes, span: Span) -> list[Verdict]:
    return tapes.judged(span.first or tapes.sessions[0], span.last or tapes.sessions[-1])


def _episodes(bank: Bank, span: Span) -> list[Verdict]:
    days = [day for day in shipped_days() if (span.first or day) <= day <= (span.last or day)]
    cards = [shipped_card(day, "daily") for day in days]
    return [judge(bank.rulebook, card.tape, card.before) for card in cards]
