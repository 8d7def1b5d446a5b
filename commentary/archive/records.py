"""Rows of the archive as its callers see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from commentary.bundle import Bundle
from commentary.shapes import dataclass


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class PublishedVerdict:
    """What a session's first note to go out said of it. ``shares`` are the six probabilities after gates,
    None where the archive is older than its record; ``at`` the moment of publishing, UTC."""

    session: date
    edition: str
    version: str
    at: datetime
    label: str
    confidence: float | None
    shares: Mapping[str, float] | None


@dataclass(frozen=True)
class Label:
    """What the desk says, after the fact, that a session was; ``at`` when it said so, UTC."""

    session: date
    label: str
    why: str
    at: datetime


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
