"""The data line under the note and the note as a page: nothing missing, no figure added."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from commentary.auditing.proof import Finding, Proof
from commentary.auditing.reader import plain

_DATA = re.compile(r"^> \*\*Data\.\*\* (?P<text>.*)$", re.MULTILINE)
_SESSION = re.compile(r"^Session (\d[\d-]+),")
_MISSING = re.compile(r"\bInputs missing or stale: (?P<names>.*?)\. (?:Series|σ)")
_CARRIED = re.compile(r"\bCarried from the session before: (?P<names>.*?)\. Inputs")
_LATER = "starts "
"""How the sources begin to say that a series did not exist yet."""

_ASIDE = re.compile(
    r"<style\b.*?</style>|<svg\b.*?</svg>|<figure\b.*?</figure>|<ul class=\"ledger\">.*?</ul>", re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def data_line(proof: Proof) -> Iterator[Finding]:
    """The line names the session and the inputs that are missing, stale or carried."""
    match = _DATA.search(proof.markdown)
    if match is None:
        return
    said = _SESSION.match(match["text"])
    if said and said[1] != proof.session.isoformat():
        yield Finding("dates", said[0], said[1], proof.session.isoformat())
    due = [item for item in proof.inputs if not item.detail.startswith(_LATER)]
    missing = {item.instrument for item in due if item.status not in ("fresh", "carried")}
    carried = {item.instrument for item in proof.inputs if item.status == "carried"}
    for pattern, inputs in ((_MISSING, missing), (_CARRIED, carried)):
        yield from _inputs(proof, pattern, match["text"], inputs)


def page(proof: Proof) -> Iterator[Finding]:
    """The page shows every sentence and cell of the note, and no figure that the note has not."""
    if not proof.html:
        return
    body = " ".join(html.unescape(_TAG.sub(" ", _ASIDE.sub(" ", proof.html))).split())
    tight = body.replace(" ", "")
    cells = [cell.shown.replace("|", "/") for table in proof.tables for row in table.rows for cell in row]
    for text in (*(plain(sentence.text) for sentence in proof.sentences), *cells):
        if text.rstrip(".").replace("`", "").replace(" ", "") not in tight:
            yield Finding("page", text, "not on the page", "every sentence and cell")
    known = set(_FIGURE.findall(html.unescape(proof.markdown)))
    for figure in sorted(set(_FIGURE.findall(body)) - known):
        yield Finding("page", figure, "a figure of the page alone", "figures of the note")


def _inputs(proof: Proof, pattern: re.Pattern[str], text: str, inputs: set[str]) -> Iterator[Finding]:
    match = pattern.search(text)
    said = match["names"] if match else "none"
    labels = sorted({proof.vocabulary.labels.get(key, key) for key in inputs})
    wrong = [label for label in labels if label not in said]
    extra = not labels and said != "none"
    if proof.inputs and (wrong or extra):
        yield Finding("state", text, said, ", ".join(labels) or "none")
