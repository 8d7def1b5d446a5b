"""``commentary style``: the rhythm and texture of a text beside what its verdict asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commentary.commands._common import open_desk
from commentary.errors import UsageError
from commentary.model import RULED, VERDICTS

if TYPE_CHECKING:
    from commentary.auditing.reader import Page
    from commentary.auditing.style import Row
    from commentary.auditing.style_bands import BandsFile
    from commentary.auditing.style_measures import Declared

FACTS = "facts.json"
SAME = {"session": "date", "edition": "edition", "title": "title"}
"""Keys of a trace, and of the front matter that it belongs to."""


@click.command("style")
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--verdict",
    type=click.Choice((*VERDICTS, *RULED)),
    help="Whose bands to hold a text to that names no verdict in its front matter.",
)
def style_command(files: tuple[Path, ...], verdict: str | None) -> int:
    """Print every measure of the prose of Markdown files beside its band, and whether it holds.

    A note says its verdict itself; where its facts.json lies beside it, images are counted as its phrases declare
    them. Exit 0 where every row of every file holds, 1 otherwise. docs/style.md says what each row means.

    \b
    Example: commentary style output/2024-08-05/daily/note.md
             commentary style column.md --verdict rotation
    """
    from commentary.auditing.style import failed
    from commentary.auditing.style_bands import load_bands

    bands = load_bands(open_desk().unchecked.library)
    found = [_styled(path, verdict, bands) for path in files]
    for path, rows in zip(files, found, strict=True):
        _print(path, rows)
    return 1 if any(failed(rows) for rows in found) else 0


def _styled(path: Path, verdict: str | None, bands: BandsFile) -> tuple[Row, ...]:
    from commentary.auditing.reader import read
    from commentary.auditing.style import Standing, style
    from commentary.auditing.style_text import prose_of, said_confidence

    page = read(_text(path))
    text = prose_of(page)
    if not text.words:
        raise UsageError(f"{path}: no prose to measure; wanted paragraphs in Markdown")
    label = page.front.get("verdict") or verdict
    if not label:
        raise UsageError(f"{path}: no verdict in its front matter; say with --verdict whose bands hold it")
    standing = Standing(label, said_confidence(page), page.front.get("edition", ""))
    return style(text, _declared(path.with_name(FACTS), page), standing, bands)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error})") from None
    except ValueError:
        raise UsageError(f"{path}: not text in UTF-8") from None


def _declared(path: Path, page: Page) -> Declared | None:
    """Images as the trace beside a note declares them; None where there is none, or it is another note's.

    Raises UsageError for a trace that cannot be read.
    """
    from commentary.auditing.style_measures import declared

    if not page.front.get("verdict") or not path.is_file():
        return None
    try:
        facts = json.loads(_text(path))
        if any(facts[ours] != page.front.get(theirs) for ours, theirs in SAME.items()):
            return None
        return declared((item["section"], item["family"]) for item in facts["sentences"])
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"{path}: not the facts of a note; wanted what `commentary note` writes") from None


def _print(path: Path, rows: tuple[Row, ...]) -> None:
    from commentary.auditing.style import table

    held = [row for row in rows if row.passed is not None]
    click.echo(f"{path}: {sum(bool(row.passed) for row in held)} of {len(held)} rows hold")
    click.echo(table(rows))
