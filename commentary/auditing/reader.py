"""Reads a finished Markdown note: prose, captions, headings, tables, front matter. Knows no template."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from commentary.shapes import dataclass

_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*+|(?<!\w)_+|_+(?!\w))")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,})$")
_SEPARATOR = re.compile(r"^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$")
_LEVEL = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")


@dataclass(frozen=True)
class Block:
    """A run of text: ``kind`` is title, heading, prose, caption or note (the line under a table)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table as printed: header and rows of cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Page:
    """A note as a reader sees it; block quotes (data line, disclosure) and code are left out."""

    front: dict[str, str]
    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...]


def read(markdown: str) -> Page:
    """Take a Markdown note apart. Raises nothing: what it cannot place is prose."""
    text = markdown.replace("\r\n", "\n")
    front = _FRONT.match(text)
    body = _COMMENT.sub("", _FENCE.sub("", text[front.end() :] if front else text))
    blocks: list[Block] = []
    grids: list[Grid] = []
    under_table = False
    for lines in _paragraphs(body):
        if lines[0].startswith("|"):
            grids.append(_grid(lines))
        elif not lines[0].startswith(">"):
            blocks += _blocks(lines, "note" if under_table else "prose")
        under_table = lines[0].startswith("|")
    return Page(_front(front[1]) if front else {}, tuple(blocks), tuple(grids))


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Text without Markdown's marks, entities or doubled blanks."""
    bare = _LINK.sub(r"\1", _TAG.sub("", text))
    bare = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", bare))
    return " ".join(html.unescape(bare).split())


def _front(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line and not line.startswith(" "))
    return {key.strip(): _scalar(value.strip()) for key, _, value in pairs}


def _scalar(text: str) -> str:
    """A YAML scalar of one line, quotes taken off."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def _paragraphs(body: str) -> Iterator[list[str]]:
    """Runs of lines of one sort: a blank line, a heading, a table's or a quote's edge ends one."""
    run: list[str] = []
    for line in [*body.splitlines(), ""]:
        line = line.strip()
        if run and (not line or _sort(line) != _sort(run[0]) or _sort(line) in {"#", "-"}):
            yield run
            run = []
        if line and not _RULE.match(line):
            run.append(line)


def _sort(line: str) -> str:
    if line[0] in "|>":
        return line[0]
    return "#" if _LEVEL.match(line) else "-" if _BULLET.match(line) else ""


def _blocks(lines: list[str], kind: str) -> Iterator[Block]:
    heading = _LEVEL.match(lines[0])
    if heading:
        yield Block("title" if len(heading[1]) == 1 else "heading", plain(heading[2]))
        return
    text = _BULLET.sub("", " ".join(lines))
    for caption in _IMAGE.findall(text):
        if caption.strip():
            yield Block("caption", plain(caption))
    if rest := plain(_IMAGE.sub("", text)):
        yield Block(kind, rest)


def _grid(lines: list[str]) -> Grid:
    rows = [_cells(line) for line in lines if not _SEPARATOR.match(line)]
    return Grid(rows[0], tuple(rows[1:])) if rows else Grid((), ())


def _cells(line: str) -> tuple[str, ...]:
    inner = re.split(r"(?<!\\)\|", line.strip())
    cells = inner[1:-1] if line.strip().endswith("|") else inner[1:]
    return tuple(cell.replace("\\|", "|").strip() for cell in cells)
