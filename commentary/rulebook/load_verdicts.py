"""Reads the files beside the evidence: verdicts, ledger, severity, phases, tags, leaders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from commentary.model import RULED, VERDICTS
from commentary.rulebook import schema
from commentary.rulebook.book import Leader, Lean, Named, Ruled, Scored, Settings, Severity, Sleeve
from commentary.rulebook.gates import parse_gate
from commentary.rulebook.parser import Parser

LEDGER = "rules/ledger.toml"
SEVERITY = "rules/severity.toml"
PHASES = "rules/phases.toml"
TAGS = "rules/tags.toml"
LEADERS = "rules/leaders.toml"


def load_scored(parser: Parser) -> tuple[Scored, ...]:
    """The six verdicts of the ledger, in the order of VERDICTS."""
    found: list[Scored] = []
    for name in VERDICTS:
        place = f"rules/verdicts/{name}.toml"
        file = parser.file(place, schema.ScoredFile)
        gate = parser.parsed(place, "gate", file.gate, parse_gate) if file else None
        if file and gate:
            at_most = parser.condition(place, "at_most", file.at_most) if file.at_most else None
            found.append(Scored(name, place, file.title, file.bias, gate, file.neighbour, at_most))
            _check_verdicts(parser, place, "neighbour", [file.neighbour] if file.neighbour else [])
    return tuple(found)


def load_ruled(parser: Parser) -> dict[str, Ruled]:
    """The three verdicts reached by rule, by name."""
    found: dict[str, Ruled] = {}
    for name in RULED:
        place = f"rules/verdicts/{name}.toml"
        if file := parser.file(place, schema.RuledFile):
            _check_verdicts(parser, place, "closes", file.closes)
            found[name] = Ruled(
                name=name,
                place=place,
                title=file.title,
                when=parser.condition(place, "when", file.when) if file.when else None,
                closes={
                    key: parser.condition(place, f"closes.{key}", each) for key, each in file.closes.items()
                },
                confidence=parser.condition(place, "confidence", file.confidence),
                leader=file.leader,
                supports=file.supports,
                opposes=file.opposes,
            )
    return found


def load_settings(parser: Parser) -> Settings | None:
    """Figures of the ledger; None where the file is missing or wrong."""
    file = parser.file(LEDGER, schema.LedgerFile)
    if file is None:
        return None
    _check_verdicts(parser, LEDGER, "lean.verdicts", file.lean.verdicts)
    return Settings(
        temperature=file.temperature,
        cap=file.cap,
        caps=file.caps,
        least=file.undecided.least,
        lead=file.undecided.lead,
        standing=file.undecided.standing,
        conflict_gap=file.conflict.gap,
        conflict_least=file.conflict.least,
        shown_at_most=file.confidence.at_most,
        second_at_most=file.confidence.second_at_most,
        high=file.confidence.high,
        moderate=file.confidence.moderate,
        lean=Lean(
            parser.condition(LEDGER, "lean.when", file.lean.when), file.lean.verdicts, file.lean.at_most
        ),
    )


def load_severity(parser: Parser) -> Severity | None:
    """How days and sleeves are graded; None where the file is missing or wrong."""
    file = parser.file(SEVERITY, schema.SeverityFile)
    if file is None:
        return None
    _check_verdicts(parser, SEVERITY, "graded", file.graded)
    sleeves = tuple(
        Sleeve(
            name=name,
            title=entry.title,
            hit=parser.condition(SEVERITY, f"sleeves.{name}.hit", entry.hit),
            depth=parser.condition(SEVERITY, f"sleeves.{name}.depth", entry.depth),
        )
        for name, entry in file.sleeves.items()
    )
    raw = parser.condition(SEVERITY, "raw", file.raw)
    return Severity(raw, file.cuts, file.depth_cuts, file.graded, sleeves)


def load_phases(parser: Parser) -> tuple[Named, ...]:
    """Phases in the order in which they are asked."""
    file = parser.file(PHASES, schema.PhasesFile)
    return _named(parser, PHASES, "phases", file.phases if file else {})


def load_tags(parser: Parser) -> tuple[Named, ...]:
    """Tags in the file's order."""
    file = parser.file(TAGS, schema.TagsFile)
    return _named(parser, TAGS, "tags", file.tags if file else {})


def load_leaders(parser: Parser) -> tuple[Leader, ...]:
    """What may lead a day, in the file's order."""
    file = parser.file(LEADERS, schema.LeadersFile)
    return tuple(
        Leader(
            subject=name,
            sleeve=entry.sleeve,
            size=parser.condition(LEADERS, f"leaders.{name}.size", entry.size),
            named_by=entry.named_by,
        )
        for name, entry in (file.leaders if file else {}).items()
    )


def _named(
    parser: Parser, place: str, table: str, entries: Mapping[str, schema.NamedEntry]
) -> tuple[Named, ...]:
    return tuple(
        Named(name, entry.title, parser.condition(place, f"{table}.{name}.when", entry.when))
        for name, entry in entries.items()
    )


def _check_verdicts(parser: Parser, place: str, key: str, names: Iterable[str]) -> None:
    for name in names:
        if name not in VERDICTS:
            parser.problem(place, key, repr(name), f"one of {', '.join(VERDICTS)}")
