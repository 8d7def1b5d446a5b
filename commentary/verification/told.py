"""What came of a verification: for reading, for programs, and as the correction that could be published."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from commentary.bank import Bank
from commentary.errors import AuditError
from commentary.rendering.markdown import environment
from commentary.shapes import dataclass
from commentary.verification.figures import CLAIM, FIGURE, LATER, REVISED, VERDICT, Change
from commentary.verification.printed import Printed

TEMPLATE = "notes/correction.md.j2"
UNCHANGED, FIGURES, TURNED = "unchanged", "figures changed", "verdict changed"

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Verification:
    """A note beside its session as it reads now. ``read`` names the sets that it was read again from, ``awaited`` the
    labels of inputs that are not out yet."""

    printed: Printed
    changes: Sequence[Change]
    read: Sequence[str]
    awaited: Sequence[str] = ()

    @property
    def status(self) -> str:
        """unchanged, figures changed or verdict changed."""
        if any(item.kind == VERDICT and item.reading == "verdict" for item in self.changes):
            return TURNED
        return FIGURES if self.changes else UNCHANGED


def as_table(found: Verification) -> str:
    """For reading."""
    card = found.printed.card
    lines = [f"{card.tape.session} {card.edition}: {found.status}", f"  {found.printed.place}"]
    again = " and the ".join(found.read)
    lines.append(f"  written from the {card.inputs or 'archive'} set, read again from the {again} set")
    if found.printed.remark:
        lines.append(f"  {found.printed.remark}")
    if found.awaited:
        lines.append(f"  not out yet: {', '.join(found.awaited)}")
    for kind in (VERDICT, FIGURE, CLAIM):
        lines += [f"  {_line(item)}" for item in found.changes if item.kind == kind]
    return "\n".join(lines) + "\n"


def _line(item: Change) -> str:
    if item.kind == CLAIM:
        return f"no longer borne out ({item.cause}): {item.old}"
    name = f"{item.title} ({item.reading})" if item.kind == FIGURE else item.title
    return f"{name}: {item.old} → {item.new} ({item.cause}; {item.where})"


def as_json(found: Verification) -> str:
    """For programs: status, what was compared, every change with its reading and cause."""
    card = found.printed.card
    content = {
        "session": card.tape.session.isoformat(),
        "edition": card.edition,
        "status": found.status,
        "place": found.printed.place,
        "written_from": card.inputs or "archive",
        "read_again_from": list(found.read),
        "awaited": list(found.awaited),
        "remark": found.printed.remark,
        "changes": [asdict(item) for item in found.changes],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def correction(found: Verification, bank: Bank) -> str:
    """A paragraph that could be published beside the note; nothing where nothing changed.

    Raises AuditError where it holds a figure that is none of the old and new ones.
    """
    if not found.changes:
        return ""
    card = found.printed.card
    verdict = {item.reading: item for item in found.changes if item.kind == VERDICT}
    text = (
        environment(bank.library)
        .get_template(TEMPLATE)
        .render(
            day=_day(card.tape.session),
            edition=card.edition,
            drawn=card.inputs or "archive",
            word="Update"
            if all(item.cause == LATER and _apart(item) for item in found.changes)
            else "Correction",
            verdict=verdict,
            revised=_figures(found.changes, REVISED),
            later=_figures(found.changes, LATER),
            claims=[item.old for item in found.changes if item.kind == CLAIM],
        )
    )
    tidy = " ".join(text.split()) + "\n"
    _prove(tidy, found)
    return tidy


def _apart(item: Change) -> bool:
    """Whether a change leaves the label and every sentence standing."""
    return item.kind != CLAIM and item.reading != "verdict"


def _figures(changes: Sequence[Change], cause: str) -> list[Change]:
    """Each reading once, as tables print it where they do: they round least."""
    kept: dict[str, Change] = {}
    for item in changes:
        if item.kind == FIGURE and item.cause == cause:
            kept[item.reading] = item
    return list(kept.values())


def _prove(text: str, found: Verification) -> None:
    """Every figure of the correction was printed, or is what the reading shows now."""
    day = found.printed.card.tape.session
    said = [part for item in found.changes for part in (item.title, item.old, item.new)]
    known = {number for part in (*said, _day(day)) for number in _NUMBER.findall(part)}
    if strange := [number for number in _NUMBER.findall(text) if number not in known]:
        raise AuditError([f"correction of {day}: {number} is no old and no new figure" for number in strange])


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
