"""All looks in order; those that need the network are under way while the others are made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from commentary.doctor import data, desk
from commentary.doctor.findings import OK, Finding, masked, secrets_at
from commentary.settings import FILE


def examine(folder: Path, now: datetime, *, offline: bool = False) -> tuple[Finding, ...]:
    """Every finding of a working folder, without a secret in any. ``offline``: nothing is asked of a network."""
    probes = [] if offline else data.reaching()
    chosen, about_settings = desk.settings(folder)
    if chosen.folder is not None:
        os.environ.setdefault("COMMENTARY_CACHE", str(chosen.cache))
    patient = desk.Patient(chosen, folder, now)
    found = (about_settings, *_looked(patient, probes))
    hidden = secrets_at(folder / FILE)
    return tuple(_masked(item, hidden) for item in found)


def _looked(patient: desk.Patient, probes: list[data.Later]) -> Iterator[Finding]:
    yield from desk.looks(patient)
    about_store, filled = data.store(patient)
    yield desk.clock(patient, filled)
    yield about_store
    yield data.opinions(patient)
    if not probes:
        yield Finding("network", OK, "not looked at (--offline)")
        return
    about_network, reached = data.network(probes, patient)
    yield about_network
    yield data.feed(patient) if reached else Finding("feed", OK, "not asked, as Yahoo cannot be reached")


def _masked(item: Finding, hidden: tuple[str, ...]) -> Finding:
    return replace(
        item,
        said=masked(item.said, hidden),
        remedy=masked(item.remedy, hidden),
        details=tuple(masked(detail, hidden) for detail in item.details),
    )
