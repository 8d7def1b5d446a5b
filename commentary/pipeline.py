"""The main path: the only module that knows the order of the stages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from commentary.auditing import Proof, audit
from commentary.bank import Bank
from commentary.errors import AuditError
from commentary.model import Card, Note, Tape
from commentary.phrasing.choose import Rest
from commentary.phrasing.say import say
from commentary.phrasing.wordings import Voice
from commentary.planning.editions import abridged, named, own_memory, speaker
from commentary.planning.plan import Situation, make_plan
from commentary.rendering.surfaces import Draft, only_printed, render
from commentary.rulebook.in_short import case_of
from commentary.rulebook.judge import judge


def write_note(card: Card, bank: Bank) -> Note:
    """The note of a card. Raises AuditError where the finished text is not borne out by its readings."""
    return finish(compose(card, bank), bank)


def compose(card: Card, bank: Bank) -> Draft:
    """Verdict, plan and words of a card: the part that must run in the order of sessions."""
    tape, own = card.tape, speaker(card.edition, bank.editions)
    verdict, edition = judge(bank.rulebook, tape, card.before), named(card.edition, bank.editions)
    tongue, memory = bank.tongue(edition.voice), own_memory(card.memory, card.edition, bank.editions)
    plan = make_plan(tongue.planner, Situation(tape, verdict, card.before, memory, card.desk), edition.layout)
    rest, limits = Rest(memory, tape.session, verdict.label, own, tongue.lexicon), bank.limits(verdict, own)
    voice = Voice(tongue.lexicon, tongue.book, bank.names, tape.specs, rest, edition.extent, limits)
    sentences = say(plan, voice)
    return Draft(card, verdict, only_printed(abridged(plan, edition), sentences), sentences)


def finish(draft: Draft, bank: Bank) -> Note:
    """Tables, surfaces and audit of a draft. Raises AuditError with everything that is not borne out."""
    note = set_out(draft, bank)
    findings = audit(Proof.of(note, bank.universe, bank.names, bank.wordings(note), bank.tabled))
    if findings:
        raise AuditError(findings)
    return note


def set_out(draft: Draft, bank: Bank) -> Note:
    """Tables and surfaces of a draft, before its audit. The case is argued where the edition carries it."""
    edition, card, verdict = named(draft.card.edition, bank.editions), draft.card, draft.verdict
    if "case" in edition.tables:
        verdict = replace(verdict, case=case_of(bank.rulebook, card.tape, card.before, verdict))
    return render(replace(draft, verdict=verdict), bank.kit(edition))


def read_tape(where: str, session: date | None, bank: Bank) -> Tape:
    """The tape of one settled session from a source. Raises HeldError where it cannot be right."""
    from commentary.tapes import Tapes

    return Tapes.open(where, bank).tape(session)
