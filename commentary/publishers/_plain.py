"""A note's Markdown as plain text: wrapped lines, ruled headings, tables in columns."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator
from itertools import groupby

WIDTH = 72
"""Columns of a line of prose: the most that RFC 3676 (format=flowed) advises, 78, less room for quoting."""

_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])(?=\S)(.+?)(?<=[^\s\\])\1(?![\w*])")
_ATTRIBUTES = re.compile(r"\s*\{:[^}]*\}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CELLS = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(r"(?P<mark>[-*+]|\d+[.)])\s+(?P<text>.*)")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")


def plain(markdown: str) -> str:
    """Markdown (headings, paragraphs, lists, block quotes, tables, rules) as text of ``WIDTH`` columns.

    Tables keep their own width. Emphasis loses its marks, a link shows its address.
    """
    shown: list[str] = []
    before = ""
    for kind, lines in _blocks(markdown.splitlines()):
        if kind == before == "item":
            shown[-1] += f"\n{_block(kind, lines)}"
        elif kind != "blank":
            shown.append(_block(kind, lines))
        before = kind
    return "\n\n".join(shown) + "\n"


def inline(text: str) -> str:
    """A run of Markdown without its marks; what stands in code spans is left as it is."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # an odd back-tick is a back-tick
        return _unmarked(text)
    return "".join(part if place % 2 else _unmarked(part) for place, part in enumerate(parts))


def _unmarked(text: str) -> str:
    text = _IMAGE.sub(r"[\1]", _ATTRIBUTES.sub("", text))
    text = _LINK.sub(r"\1 (\2)", text)
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return html.unescape(_ESCAPE.sub(r"\1", text))


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Runs of lines of one kind; a heading, a rule and a list item each stand alone."""
    number = 0
    keyed: list[tuple[tuple[str, int], str]] = []
    for line in lines:
        kind = _kind(line)
        if kind == "text" and keyed and keyed[-1][0][0] == "item":
            kind = "item"
        elif kind in ("heading", "rule", "item") or not keyed or keyed[-1][0][0] != kind:
            number += 1
        keyed.append(((kind, number), line))
    for (kind, _), group in groupby(keyed, key=lambda entry: entry[0]):
        yield kind, [line for _, line in group]


def _kind(line: str) -> str:
    text = line.strip()
    if not text:
        return "blank"
    if text.startswith("#"):
        return "heading"
    if _RULE.fullmatch(text):
        return "rule"
    if text.startswith(">"):
        return "quote"
    if text.startswith("|"):
        return "table"
    return "item" if _ITEM.match(text) else "text"


def _block(kind: str, lines: list[str]) -> str:
    if kind == "heading":
        return _heading(lines[0].strip())
    if kind == "rule":
        return "-" * WIDTH
    if kind == "quote":
        return _quote(lines)
    if kind == "table":
        return _table(lines)
    if kind == "item":
        return _item(lines)
    return _wrapped(" ".join(line.strip() for line in lines))


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        inline(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _heading(line: str) -> str:
    title = inline(line.lstrip("#").strip())
    return f"{title}\n{('=' if line.startswith('# ') else '-') * len(title)}"


def _quote(lines: list[str]) -> str:
    """A block quote, its paragraphs kept apart."""
    bare = [line.strip()[1:].strip() for line in lines]
    runs = (list(group) for full, group in groupby(bare, key=bool) if full)
    return "\n>\n".join(_wrapped(" ".join(run), "> ", "> ") for run in runs)


def _item(lines: list[str]) -> str:
    text = " ".join(line.strip() for line in lines)
    item = _ITEM.match(text)
    mark, rest = (item["mark"], item["text"]) if item else ("-", text)
    return _wrapped(rest, f"{mark} ", " " * (len(mark) + 1))


def _table(lines: list[str]) -> str:
    """Columns as wide as their widest cell, figures to the right where the Markdown says so."""
    rows = [[_cell(cell) for cell in _CELLS.split(line.strip())[1:-1]] for line in lines]
    right = [cell.endswith(":") and not cell.startswith(":") for cell in rows[1]] if len(rows) > 1 else []
    shown = [row for place, row in enumerate(rows) if place != 1]
    widths = [max(len(row[i]) if i < len(row) else 0 for row in shown) for i in range(len(rows[0]))]
    ruled = [shown[0], ["-" * width for width in widths], *shown[1:]]
    return "\n".join(_row(row, widths, right) for row in ruled)


def _cell(text: str) -> str:
    """A cell's bar is escaped even where it stands in a code span."""
    return inline(text.strip().replace("\\|", "|"))


def _row(cells: list[str], widths: list[int], right: list[bool]) -> str:
    """One line of a table; a cell too many or too few is the Markdown's fault and is let be."""
    shown = (
        cell.rjust(width) if at_right else cell.ljust(width)
        for cell, width, at_right in zip(cells, widths, right, strict=False)
    )
    return "  ".join(shown).rstrip()
