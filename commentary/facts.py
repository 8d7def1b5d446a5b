"""``facts.json``: what the note says, and where each figure and sentence comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from math import isfinite
from typing import Any

from commentary.cards import SHARED, declarations
from commentary.model import EvidenceLine, InputStatus, Note, Scalar, Sentence, Tape, Thread, Verdict


def dump_facts(note: Note) -> str:
    """Facts of a note as JSON text, its keys in the order of this module."""
    tape = note.card.tape
    content: dict[str, object] = {
        "session": note.session.isoformat(),
        "edition": note.edition,
        "title": note.title,
        "verdict": verdict_facts(note.verdict),
        "readings": None,
        "evidence": [_evidence(line) for line in note.verdict.evidence],
        "sentences": [_sentence(item) for item in note.sentences],
        "threads": [_thread(thread) for thread in (*note.plan.threads, *note.plan.settled)],
        "thesis": {"name": note.plan.thesis, "pair": list(note.plan.pair)},
        "versions": dict(note.card.versions),
        "inputs": [_input(item) for item in tape.inputs],
    }
    parts = {key: json.dumps(part, ensure_ascii=False) for key, part in content.items()}
    parts["readings"] = _readings(tape)
    return "{" + ", ".join(f'"{key}": {part}' for key, part in parts.items()) + "}\n"


def _evidence(line: EvidenceLine) -> dict[str, object]:
    return {
        "item": line.item,
        "channel": line.channel,
        "strength": line.strength,
        "points": dict(line.points),
    }


def _sentence(item: Sentence) -> dict[str, object]:
    told = [{"shown": each.shown, "entry": each.name} for each in item.reported]
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
        **({"reported": told} if told else {}),
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
    """A verdict as plain values, gates and, where the note carries it, the argument in short."""
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
        "trial": [_evidence(line) for line in verdict.trial],
        "gates": [asdict(gate) for gate in verdict.gates],
        "case": asdict(verdict.case) if verdict.case else None,
    }


def _readings(tape: Tape) -> str:
    """As ``json.dumps`` writes them. Thousands of readings share some hundred declarations: each is written once."""
    kinds, places = declarations(tape)
    ends: dict[tuple[int, date], str] = {}
    entries = []
    for name in sorted(tape.values):
        key = places.get(name, 0), tape.as_of.get(name, tape.session)
        if key not in ends:
            ends[key] = json.dumps(_declared(kinds[key[0]], key[1]), ensure_ascii=False)[1:]
        entries.append(f'"{name}": {{"value": {_value(tape.values[name])}, {ends[key]}')
    return "{" + ", ".join(entries) + "}"


def _value(value: Scalar) -> str:
    return repr(value) if type(value) is float and isfinite(value) else json.dumps(value, ensure_ascii=False)


def _declared(kind: Sequence[Any], as_of: date) -> dict[str, object]:
    said = dict(zip(SHARED, kind, strict=True)) if kind else dict.fromkeys(SHARED, "")
    return {
        "unit": said["unit"],
        "window": said["window"],
        "as_of": as_of.isoformat(),
        "source": said["source"],
    }


def _thread(thread: Thread) -> Mapping[str, object]:
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in asdict(thread).items()
    }
