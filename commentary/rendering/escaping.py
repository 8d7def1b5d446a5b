"""Text that others wrote, as Markdown that prints it character for character and does nothing.

Characters that Markdown, HTML or GitHub's flavour would act on become character references, which every dialect
prints and none acts on; the rest stands as it is, so that most quotes read the same in the source.
"""

from __future__ import annotations

import html
import re

from commentary.model import Sentence

_ALWAYS = re.compile(r"[\\`*_<~{]")
_LINKS = re.compile(r"\](?=[(\[:])|:(?=//)|(?<=\w)@(?=\w)|(?<=www)\.", re.IGNORECASE)
"""What makes a link of what stands around it: of ``[text](address)``, ``https://``, ``a@b.com``, ``www.b.com``."""

_REFERENCE = re.compile(r"&(?=(#?\w+;?))")


def escaped(text: str) -> str:
    """Markdown of a text, never at the head of a line."""
    whole = _REFERENCE.sub(_ampersand, text)
    return _LINKS.sub(_reference, _ALWAYS.sub(_reference, whole))


def written(sentence: Sentence) -> str:
    """A sentence as Markdown: its own words as they are, those of the desk's entries escaped."""
    parts: list[str] = []
    last = 0
    for item in sentence.reported:
        parts += [sentence.text[last : item.start], escaped(item.shown)]
        last = item.end
    return "".join(parts) + sentence.text[last:]


def _ampersand(match: re.Match[str]) -> str:
    """An ampersand that would be read as the head of a reference is one itself."""
    whole = f"&{match[1]}"
    return "&" if html.unescape(whole) == whole else "&amp;"


def _reference(match: re.Match[str]) -> str:
    return {"<": "&lt;"}.get(match[0], f"&#{ord(match[0])};")
