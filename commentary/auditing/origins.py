"""Where the data line says that bars came from, and whose second opinion it says disagrees: what the card says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.figures import half_up
from commentary.auditing.proof import Finding, Proof
from commentary.disputes import Dispute, Side

_SOURCES = re.compile(r"\bSource: (?P<names>.*?); (?:archive|evening) set\b")
_OWN = re.compile(r"\bOwn bars in the place of the feed’s: (?P<names>.*?)\. (?:Second|Carried|Inputs) ")
_PAID = re.compile(
    r"\bQuoted without what was paid on the day: (?P<names>.*?)\. (?:Own|Second|Carried|Changes|Inputs) "
)
_LEAST_PAID = 0.001
_APART = re.compile(r"\bSecond opinions that disagree: (?P<items>.*?)\. (?:Carried|Inputs) ")
_ITEM = re.compile(
    r"(?P<name>[^:;]+?)(?P<on>, change|, return)?(?: on (?P<day>\d{4}-\d\d-\d\d))?: (?P<left>\S+(?: %| bp)?) "
    r"\((?P<left_of>[^)]+)\) against (?P<right>\S+(?: %| bp)?) \((?P<right_of>[^)]+)\), "
    r"tolerance (?P<tolerance>[\d.e-]+) (?P<unit>bp|points|%)"
)
_FEEDS = {
    "folder": "a folder of daily bars",
    "yahoo": "Yahoo daily bars",
    "fred": "FRED",
    "own": "bars of the desk’s own",
}
_BEFORE = {"yahoo": "Yahoo ", "fred": "FRED ", "own": "own "}
_USABLE = ("fresh", "carried")


def said(proof: Proof, text: str) -> Iterator[Finding]:
    """Sources, bars of the desk's own and disagreements of the data line are the card's, all and no others."""
    usable = [item for item in proof.inputs if item.status in _USABLE]
    if usable and (found := _SOURCES.search(text)):
        wanted = {_FEEDS.get(item.source, item.source) for item in usable if item.source}
        if wanted and set(found["names"].split(", ")) != wanted:
            yield Finding("state", found[0], found["names"], ", ".join(sorted(wanted)))
    labels = [
        proof.vocabulary.labels.get(item.instrument, item.instrument)
        for item in usable
        if item.source == "own"
    ]
    named = found["names"] if (found := _OWN.search(text)) else ""
    if named != ", ".join(labels):
        yield Finding("state", "own bars", named or "none", ", ".join(labels) or "none")
    yield from _unpaid(proof, text)
    yield from _disagreeing(proof, text)


def _unpaid(proof: Proof, text: str) -> Iterator[Finding]:
    """Every instrument that paid a tenth of a percent or more is named, and no other."""
    labels = proof.vocabulary.labels
    wanted = {
        labels[subject]
        for name, value in proof.scene.items()
        if (subject := name.partition(".")[0]) in labels
        and name == f"{subject}.paid_1d"
        and isinstance(value, float)
        and value >= _LEAST_PAID
    }
    found = _PAID.search(text)
    named = set(found["names"].split(", ")) if found else set()
    if named != wanted:
        said, meant = (", ".join(sorted(each)) or "none" for each in (named, wanted))
        yield Finding("state", "paid on the day", said, meant)


def _disagreeing(proof: Proof, text: str) -> Iterator[Finding]:
    found = _APART.search(text)
    if found is None and "Second opinion" in text:
        yield Finding("state", text, "second opinions", "what the card says of them")
    items = found["items"].split("; ") if found else []
    left = list(proof.disputes)
    for item in items:
        match = _ITEM.fullmatch(item)
        borne_out = next((one for one in left if match and _tells(match, one, proof)), None)
        if borne_out is None:
            yield Finding("state", item, "a disagreement", "one that the card has")
        else:
            left.remove(borne_out)
    for one in left:
        yield Finding("state", f"{one.name}, {one.day}", "not said", "said, as the card has it")


def _tells(match: re.Match[str], dispute: Dispute, proof: Proof) -> bool:
    day = match["day"] or proof.session.isoformat()
    unit = {"percent": "%"}.get(dispute.unit, dispute.unit)
    heads = (match["name"], (match["on"] or ", level").removeprefix(", "), day, match["unit"])
    return (
        heads == (dispute.name, dispute.on, dispute.day.isoformat(), unit)
        and float(match["tolerance"]) == dispute.tolerance
        and _says(match["left"], match["left_of"], dispute.left, dispute)
        and _says(match["right"], match["right_of"], dispute.right, dispute)
    )


def _says(shown: str, of: str, side: Side, dispute: Dispute) -> bool:
    """The value as it rounds, with the sign of a change, its unit, and the symbol behind the name of its feed."""
    number, _, unit = shown.partition(" ")
    wanted = {"return": "%", "level": "%" if dispute.unit == "bp" else ""}.get(
        dispute.on, "bp" if dispute.unit == "bp" else ""
    )
    scale = 100 if dispute.on == "return" or wanted == "bp" else 1
    decimals = 1 if wanted == "bp" else 2
    signed = number.startswith(("+", "−")) or dispute.on == "level"
    try:
        value = float(number.replace("−", "-").replace(",", ""))
    except ValueError:
        return False
    whose = f"{_BEFORE.get(side.source, '')}{side.symbol}"
    return signed and unit == wanted and of == whose and value == float(half_up(side.value * scale, decimals))
