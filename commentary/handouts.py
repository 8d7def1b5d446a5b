"""What of a note's Markdown is handed on as it is: the posts of a thread, the text of a speech."""

from __future__ import annotations

import html
import re

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_NUMBERED = re.compile(r"(\d+)/(\d+) ")


def shape_of(markdown: str) -> str:
    """``posts`` for numbered paragraphs, ``spoken`` for a text without title and digits, else ``note``."""
    body = _FRONT.sub("", markdown, count=1)
    if re.search(r"^# ", body, flags=re.MULTILINE):
        return "note"
    if posts_of(markdown):
        return "posts"
    return "note" if re.search(r"\d", body) else "spoken"


def posts_of(markdown: str) -> tuple[str, ...]:
    """Posts in order, each with its number, as plain text; none where the note is no thread."""
    found = paragraphs_of(markdown)
    return found if found and all(_NUMBERED.match(post) for post in found) else ()


def paragraphs_of(markdown: str) -> tuple[str, ...]:
    """Paragraphs of a note without front matter, quoted ones without their mark."""
    body = _FRONT.sub("", markdown, count=1)
    found = (re.sub(r"^> ?", "", run, flags=re.MULTILINE) for run in re.split(r"\n\s*\n", body))
    return tuple(" ".join(html.unescape(run).split()) for run in found if run.strip())
