"""``commentary publish``: put a finished note somewhere, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType

import click

from commentary import registry
from commentary.archive import Delivery, deliver
from commentary.bundle import Bundle, Target, read_bundle
from commentary.commands._common import Day, Desk, open_desk
from commentary.errors import PublishError, UsageError


@dataclass(frozen=True, slots=True)
class Order:
    """Which note is to go where, and what its sender has agreed to. ``output`` holds the notes' folders."""

    output: Path
    session: date
    edition: str
    target: str
    correction: bool = False
    force_unknown: bool = False


def carry_out(order: Order, desk: Desk) -> str:
    """Publish and say what was done; a note that is already there is left alone, and that is no fault.

    Raises UsageError for a target that does not exist, PublishError as the publishers and the archive do.
    """
    publisher, note = publisher_named(order.target), find(order)
    target = Target(order.target, partial(publisher.publish, settings=desk.settings, now=desk.now))
    with desk.archive() as archive:
        return told(deliver(archive, note, target, desk.now, order.force_unknown))


def rehearse(order: Order, desk: Desk) -> str:
    """What would be published; nothing leaves and nothing is recorded. Raises as ``carry_out``."""
    publisher, note = publisher_named(order.target), find(order)
    return str(publisher.preview(note, desk.settings, desk.now))


def publisher_named(name: str) -> ModuleType:
    """The publisher's module. Raises UsageError naming those that there are."""
    known = registry.names("commentary.publishers", "NAME")
    if name not in known:
        raise UsageError(f"no publisher {name!r}; wanted one of {', '.join(known)}")
    return known[name]


def find(order: Order) -> Bundle:
    """The note in its folder. Raises PublishError where the folder holds another one."""
    folder = order.output / order.session.isoformat() / order.edition
    note = read_bundle(folder)
    if (note.session, note.edition) != (order.session, order.edition):
        raise PublishError(f"{folder / 'facts.json'} is of {note.session} {note.edition}, not of its folder")
    return replace(note, correction=order.correction)


def told(delivery: Delivery) -> str:
    """One line on a delivery that is done."""
    name = f"{delivery.session} {delivery.edition} (version {delivery.version})"
    if delivery.fresh:
        return f"{name} sent to {delivery.target}: {delivery.place}"
    when = f"{delivery.at:%Y-%m-%d %H:%M} UTC"
    return f"nothing to do: {name} was already sent to {delivery.target} on {when}: {delivery.place}"


@click.command("publish")
@click.argument("session", metavar="DATE", type=Day())
@click.option("--to", "target", metavar="TARGET", required=True, help="email or blog.")
@click.option("--edition", default="daily", show_default=True, help="Which edition of that session.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="Folder of the notes; default: the settings'."
)
@click.option("--dry-run", is_flag=True, help="Show what would be published; send and record nothing.")
@click.option(
    "--correction", is_flag=True, help="Publish a new version of what has gone out, marked as such."
)
@click.option("--force-unknown", is_flag=True, help="Send again after an attempt that never reported back.")
def publish_command(dry_run: bool, output: Path | None, **words: object) -> None:
    """Put the written note of DATE somewhere, once.

    The same version goes to the same target a single time: asked again, the command does nothing and
    exits 0.

    \b
    Example: commentary publish 2024-08-05 --to email --dry-run
             commentary publish 2024-08-05 --to blog
    """
    desk = open_desk()
    order = Order(output or desk.settings.output, **words)  # type: ignore[arg-type]
    click.echo(rehearse(order, desk) if dry_run else carry_out(order, desk))
