"""A verdict argued line by line, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commentary.bank import Bank
from commentary.listing import shown
from commentary.model import VERDICTS, GateLine, PastSession, Tape, Verdict
from commentary.rulebook.explain import flips
from commentary.rulebook.judge import judge


def explained(bank: Bank, tape: Tape, before: Sequence[PastSession]) -> str:
    """Ledger, gates, shares, flips and missing items of a session, as text."""
    verdict = judge(bank.rulebook, tape, before)
    found = flips(bank.rulebook, tape, before, verdict)
    parts = [
        "\n".join(_head(verdict)),
        "Shares before gates, after gates, totals\n" + _shares(verdict),
        "Ledger\n" + _ledger(verdict),
        "Gates\n"
        + shown(
            ("verdict", "passed", "distance", "condition"), [_gate(gate) for gate in verdict.gates], "table"
        ),
        "What would flip it (other readings held)\n"
        + "\n".join(
            f"  {flip.reading}: {flip.value:.3g} → {flip.level:.3g} gives {flip.label}" for flip in found
        )
        if found
        else "What would flip it: no single reading does",
        "Items without a reading: " + (", ".join(verdict.missing) or "none"),
    ]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _head(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.session}  {verdict.label}  ({verdict.kind})"
    yield (
        f"confidence {verdict.confidence:.2f} ({verdict.confidence_word}), runner-up {verdict.runner_up}, "
        f"margin {verdict.margin:.2f}, coverage {verdict.coverage:.2f}"
    )
    phase = f", {verdict.phase}" if verdict.phase else ""
    yield f"severity {verdict.severity}{phase}, pressure {verdict.pressure:.2f}, violence {verdict.violence}"
    if verdict.tags:
        yield "tags: " + ", ".join(verdict.tags)


def _shares(verdict: Verdict) -> str:
    rows = [
        {"verdict": label, "before": verdict.scores[label], "after": verdict.shares.get(label, 0.0)}
        for label in VERDICTS
    ]
    return shown(("verdict", "before", "after"), rows, "table")


def _ledger(verdict: Verdict) -> str:
    lines = sorted(verdict.evidence, key=lambda line: (line.channel, -abs(line.strength)))
    rows = [
        {"channel": line.channel, "item": line.item, "strength": line.strength}
        | {label: f"{line.points[label]:+.2f}" if line.points.get(label) else "" for label in VERDICTS}
        for line in lines
    ]
    return shown(("channel", "item", "strength", *VERDICTS), rows, "table")


def _gate(gate: GateLine) -> dict[str, object]:
    word = {True: "passed", False: "failed", None: "unknown"}[gate.passed]
    return {"verdict": gate.verdict, "passed": word, "distance": gate.distance, "condition": gate.expression}
