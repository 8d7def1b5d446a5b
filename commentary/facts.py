"""``facts.json``: what the note says, and where each figure and sentence comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from commentary.model import EvidenceLine, InputStatus, Note, Sentence, Tape, Thread, Verdict


def dump_facts(note: Note) -> str:
    """Facts of a note as JSON text, its keys in the order of this module."""
    tape = note.card.tape
    content = {
        "session": note.session.isoformat(),
        "edition": note.edition,
        "title": note.title,
        "verdict": verdict_facts(note.verdict),
        "readings": {name: _reading(name, tape) for name in sorted(tape.values)},
        "evidence": [_evidence(line) for line in note.verdict.evidence],
        "sentences": [_sentence(item) for item in note.sentences],
        "threads": [_thread(thread) for thread in (*note.plan.threads, *note.plan.settled)],
        "thesis": {"name": note.plan.thesis, "pair": list(note.plan.pair)},
        "versions": dict(note.card.versions),
        "inputs": [_input(item) for item in tape.inputs],
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def _evidence(line: EvidenceLine) -> dict[str, object]:
    return {
        "item": line.item,
        "channel": line.channel,
        "strength": line.strength,
        "points": dict(line.points),
    }


def _sentence(item: Sentence) -> dict[str, object]:
    return {
        "text": item.text,
        "section": item.section,
        "message": item.message,
        "phrase": item.phrase,
        "stance": item.stance,
        "numbers": [asdict(number) for number in item.numbers],
        "tier": item.tier,
        "family": item.family,
        "when": item.when,
        "subjects": list(item.subjects),
    }


def _input(item: InputStatus) -> dict[str, object]:
    return {
        "series": item.instrument,
        "symbol": item.symbol,
        "source": item.source,
        "last_bar": item.last_bar.isoformat() if item.last_bar else None,
        "status": item.status,
        "detail": item.detail,
    }


def verdict_facts(verdict: Verdict) -> dict[str, object]:
    """A verdict as plain values, gates and flips included."""
    return {
        "label": verdict.label,
        "kind": verdict.kind,
        "leader": verdict.leader,
        "confidence": verdict.confidence,
        "confidence_word": verdict.confidence_word,
        "runner_up": verdict.runner_up,
        "margin": verdict.margin,
        "scores": dict(verdict.scores),
        "shares": dict(verdict.shares),
        "severity": verdict.severity,
        "worst_sleeve": verdict.worst_sleeve,
        "sleeves": dict(verdict.sleeves),
        "phase": verdict.phase,
        "tags": list(verdict.tags),
        "coverage": verdict.coverage,
        "pressure": verdict.pressure,
        "violence": verdict.violence,
        "supporting": verdict.supporting,
        "opposing": verdict.opposing,
        "missing": list(verdict.missing),
        "gates": [asdict(gate) for gate in verdict.gates],
        "flips": [asdict(flip) for flip in verdict.flips],
    }


def _reading(name: str, tape: Tape) -> dict[str, object]:
    spec = tape.specs.get(name)
    return {
        "value": tape.values[name],
        "unit": spec.unit.value if spec else "",
        "window": spec.window if spec else "",
        "as_of": tape.as_of.get(name, tape.session).isoformat(),
        "source": spec.source if spec else "",
    }


def _thread(thread: Thread) -> Mapping[str, object]:
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in asdict(thread).items()
    }
