"""Rows of the archive as its callers see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from commentary.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Delivery:
    """One edition, in one version, at one target. ``status`` is pending (reserved, and not heard of
    since), done, unknown (its peer was lost half-way) or failed (nothing went out). ``place`` is a
    message id or a path; ``at`` the moment of the last change, UTC; ``fresh`` that this run sent it."""

    session: date
    edition: str
    version: str
    target: str
    status: str
    place: str
    detail: str
    at: datetime
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One version of an edition in the archive, with its deliveries in order of target."""

    session: date
    edition: str
    version: str
    title: str
    label: str
    confidence: float | None
    written_at: datetime
    deliveries: tuple[Delivery, ...]


def stamp(moment: datetime) -> str:
    """An aware moment as the archive keeps it: UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def key(bundle: Bundle) -> tuple[str, str, str]:
    """What names one version of an edition in every table."""
    return bundle.session.isoformat(), bundle.edition, bundle.version


def delivery(row: Mapping[str, str]) -> Delivery:
    """A row of the table of deliveries."""
    return Delivery(
        session=date.fromisoformat(row["session"]),
        edition=row["edition"],
        version=row["version"],
        target=row["target"],
        status=row["status"],
        place=row["place"],
        detail=row["detail"],
        at=datetime.fromisoformat(row["at"]),
    )
