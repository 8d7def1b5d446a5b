"""Fetching within a command: progress on standard error, then what came of it."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from commentary.fetching import FILE, Errand, Fetched, fetch
from commentary.settings import Settings
from commentary.universe import Universe


def fetched(settings: Settings, universe: Universe, now: datetime, years: int) -> Fetched:
    """Bring the settings' store up to date, showing progress. Raises SourceError as ``fetch`` does."""
    errand = Errand(universe, settings.store / FILE, now, years, settings.requests_a_second)
    bar = click.progressbar(length=0, label="fetching", file=sys.stderr, item_show_func=lambda item: item)
    with bar:

        def progress(done: int, count: int, symbol: str) -> None:
            bar.length = count
            bar.update(1, symbol)

        return fetch(errand, progress, lambda line: click.echo(line, err=True))
