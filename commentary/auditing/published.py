"""What is published and what is due: named where it is read, moved as it moved, against what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Finding
from commentary.auditing.statement import Statement
from commentary.auditing.words import DIRECTIONS

_LABOR = ("labour", "claims", "openings", "payrolls", "unemployment")
_NAMES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), subjects)
    for pattern, subjects in (
        (r"jobless claims|claims (?:rose|fell|rising|falling)", ("claims",)),
        (r"job openings|openings (?:rose|fell|rising|falling)", ("openings",)),
        (r"labor market", _LABOR),
        (r"payrolls?|new jobs", ("payrolls",)),
        (r"unemployment rate", ("unemployment",)),
        (r"consumer prices|core prices", ("cpi", "core_cpi")),
        (r"producer prices", ("ppi",)),
        (r"spending (?:price )?index", ("pce",)),
        (r"retail sales", ("retail",)),
        (r"factory survey", ("factories",)),
        (r"services survey", ("services",)),
        (r"consumer sentiment", ("sentiment",)),
        (r"gross domestic product", ("gdp",)),
        (r"policy rate", ("policy",)),
        (r"figures on growth", ("surprises",)),
        (r"Shanghai(?:[’']s holiday| is shut| was shut| returns| shuts)", ("shanghai",)),
        (r"Tokyo is shut", ("tokyo",)),
        (r"London(?:, where gold is fixed,)? is shut", ("london",)),
        (r"New York (?:is )?shut", ("holiday",)),
        (r"day[’']s holiday", ("holiday",)),
        (r"quarter[’']s last session", ("quarter_end",)),
        (r"month ends", ("month_end",)),
        (r"closes early", ("half_day",)),
    )
)
"""Words that name something published or due → the subjects of which one is read where they are said."""

_COMPANIES = re.compile(
    r"\b(Nvidia|Apple|Microsoft|Amazon|Alphabet|Meta|Tesla|Broadcom|JPMorgan|Eli Lilly|Walmart)[’']?s? (?:has )?report"
)
_CHANGES = {
    "claims": ("change_1w", "average_change"),
    "openings": ("change_1m", "change_3m"),
}
_MOVED = re.compile(
    r"\b(?:jobless |job )?(?P<what>claims|openings)(?: (?:have|had|has) been| are| were| is)? (?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?P<word>stronger|firmer|hotter|higher|more|weaker|softer|cooler|lower|less|fewer)(?: jobless claims)?"
    r"(?: were filed)? than (?:had been )?expected\b"
    r"|\b(?P<side>above|below|beat|short of) (?:what had been expected|expectations|them)\b",
    re.IGNORECASE,
)
_STRONG = frozenset({"stronger", "firmer", "hotter", "beat"})
_WEAK = frozenset({"weaker", "softer", "cooler", "short of"})
_ABOVE = frozenset({"higher", "more", "above"})


def named(statement: Statement) -> Iterator[Finding]:
    """What is published, shut, ends or reports is named where a reading of it is read."""
    read = {name.partition(".")[0] for name in statement.read}
    for pattern, subjects in _NAMES:
        for match in pattern.finditer(statement.text):
            if read.isdisjoint(subjects):
                yield statement.finding("published", repr(match[0]), f"a reading of {' or '.join(subjects)}")
    for match in _COMPANIES.finditer(statement.text):
        if not any(name.endswith(".due_in") for name in statement.read):
            yield statement.finding("published", repr(match[0]), "a report that is due, by a calendar")


def directed(statement: Statement) -> Iterator[Finding]:
    """Claims and openings rise and fall as a change does that the sentence reads."""
    if statement.hypothetical:
        return
    for match in _MOVED.finditer(statement.text):
        said = DIRECTIONS.get(match["verb"].lower(), 0)
        subject = match["what"].lower()
        if not said:
            continue
        names = [f"{subject}.{measure}" for measure in _CHANGES[subject]]
        values = {name: tape_value(statement.proof, name) for name in names if name in statement.read}
        if not any(value is not None and value * said > 0 for value in values.values()):
            wanted = (
                ", ".join(f"{name} = {value}" for name, value in values.items()) or "a change that it reads"
            )
            yield statement.finding("published", repr(match[0]), wanted)


def expected(statement: Statement) -> Iterator[Finding]:
    """A print is stronger or weaker, above or below, as it stands to what was expected of it."""
    ids = sorted({name.partition(".")[0] for name in statement.read if name.endswith(".surprise")})
    tally = any(name.startswith("surprises.") for name in statement.read)
    if statement.hypothetical or (tally and not ids):
        return
    for match in _EXPECTED.finditer(statement.text):
        word = (match["word"] or match["side"]).lower()
        values = [_gap(statement, ident, word) for ident in ids]
        sign = 1 if word in _STRONG | _ABOVE else -1
        if not any(value is not None and value * sign > 0 for value in values):
            wanted = "a surprise that it reads" if not ids else f"surprise of {', '.join(ids)}: {values}"
            yield statement.finding("published", repr(match[0]), wanted)


def _gap(statement: Statement, ident: str, word: str) -> float | None:
    """The surprise in the sense of a word: of strength, or of the figure itself."""
    if word in _STRONG | _WEAK:
        return tape_value(statement.proof, f"{ident}.surprise")
    return tape_value(statement.proof, f"{ident}.actual - {ident}.consensus")
