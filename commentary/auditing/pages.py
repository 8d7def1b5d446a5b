"""The data line under the note and the note as a page: nothing missing, no figure added."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping

from commentary.auditing import origins
from commentary.auditing.proof import Finding, Proof
from commentary.auditing.reported import seen

_DATA = re.compile(r"^> \*\*Data\.\*\* (?P<text>.*)$", re.MULTILINE)
_SESSION = re.compile(r"^Session (\d[\d-]+),")
_MISSING = re.compile(r"\bInputs missing or stale: (?P<names>.*?)\. (?:Published|Series|σ)")
_CARRIED = re.compile(
    r"\bCarried from (?P<day>[\d-]+), the last session of its own market: (?P<names>.*?)\. "
)
_SPANNED = re.compile(r"\bChanges over more than one session of its own market: (?P<names>.*?)\. ")
_AWAITED = re.compile(r"\bPublished later than an evening note: (?P<names>.*?)\. (?:Series|σ)")
_SET = re.compile(r"; (archive|evening) set\b")
_CLAIMS: Mapping[str, Callable[[str], bool]] = {
    "Treasury par yields": lambda symbol: symbol.startswith("DGS"),
    "15:00": lambda symbol: symbol.startswith("^"),
    "by its future": lambda symbol: symbol.endswith("=F"),
    "implied by prices of Treasury funds": lambda symbol: "/" in symbol,
}
"""What the line says of yields → symbols of which it is true; one of them must be such."""
_USABLE = ("fresh", "carried")
_BEGINS, _COMES, _SPANS = "starts ", "comes ", "spans "
"""How the sources begin to say that a series did not exist yet, that a value is published later, and that a change
is one over several sessions of the input's own market."""

_ASIDE = re.compile(
    r"<style\b.*?</style>|<svg\b.*?</svg>|<figure\b.*?</figure>|<ul class=\"ledger\">.*?</ul>", re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def data_line(proof: Proof) -> Iterator[Finding]:
    """The line names the session, the set that the card was drawn from, what yields are, and the inputs that are
    missing, stale, carried or published later."""
    match = _DATA.search(proof.markdown)
    if match is None:
        return
    text = match["text"]
    said = _SESSION.match(text)
    if said and said[1] != proof.session.isoformat():
        yield Finding("dates", said[0], said[1], proof.session.isoformat())
    yield from _drawn(proof, text)
    yield from origins.said(proof, text)
    due = [item for item in proof.inputs if not item.detail.startswith((_BEGINS, _COMES))]
    missing = {item.instrument for item in due if item.status not in _USABLE}
    awaited = {item.instrument for item in proof.inputs if item.detail.startswith(_COMES)}
    spanned = {item.instrument for item in proof.inputs if item.detail.startswith(_SPANS)}
    for pattern, inputs in ((_MISSING, missing), (_AWAITED, awaited), (_SPANNED, spanned)):
        names = found["names"] if (found := pattern.search(text)) else "none"
        yield from _inputs(proof, names, inputs)
    carried = {item for item in proof.inputs if item.status == "carried"}
    for day in sorted({item.last_bar.isoformat() for item in carried if item.last_bar}):
        names = next((found["names"] for found in _CARRIED.finditer(text) if found["day"] == day), "none")
        yield from _inputs(proof, names, {item.instrument for item in carried if str(item.last_bar) == day})
    if not carried and _CARRIED.search(text):
        yield Finding("state", text, "carried inputs", "none")


def _drawn(proof: Proof, text: str) -> Iterator[Finding]:
    """The set is the card's, and what is said of yields is borne out by the symbols that they were read from."""
    said = _SET.search(text)
    if proof.drawn and said and said[1] != proof.drawn:
        yield Finding("state", said[0], said[1], proof.drawn)
    symbols = [item.symbol for item in proof.inputs if item.instrument.startswith("ust") and item.last_bar]
    for words, borne_out in _CLAIMS.items():
        if words in text and symbols and not any(borne_out(symbol) for symbol in symbols):
            yield Finding("state", text, words, ", ".join(symbols))


def page(proof: Proof) -> Iterator[Finding]:
    """The page shows every sentence and cell of the note, and no figure that the note has not."""
    if not proof.html:
        return
    body = " ".join(html.unescape(_TAG.sub(" ", _ASIDE.sub(" ", proof.html))).split())
    tight = body.replace(" ", "")
    cells = [cell.shown.replace("|", "/") for table in proof.tables for row in table.rows for cell in row]
    for text in (*(seen(sentence) for sentence in proof.sentences), *cells):
        if text.rstrip(".").replace("`", "").replace(" ", "") not in tight.replace("`", ""):
            yield Finding("page", text, "not on the page", "every sentence and cell")
    known = set(_FIGURE.findall(html.unescape(proof.markdown)))
    for figure in sorted(set(_FIGURE.findall(body)) - known):
        yield Finding("page", figure, "a figure of the page alone", "figures of the note")


def _inputs(proof: Proof, said: str, inputs: set[str]) -> Iterator[Finding]:
    labels = sorted({proof.vocabulary.labels.get(key, key) for key in inputs})
    wrong = [label for label in labels if label not in said]
    extra = not labels and said != "none"
    if proof.inputs and (wrong or extra):
        yield Finding("state", said, said, ", ".join(labels) or "none")
