"""Proof-reads a finished note: every claim of its Markdown against trace, tape and verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from commentary.auditing import (
    cases,
    comparisons,
    dates,
    directions,
    episodes,
    headlines,
    hours,
    integrity,
    levels,
    models,
    numbers,
    pages,
    published,
    reported,
    rows,
    short_forms,
    sides,
    subjects,
    superlatives,
    surroundings,
    tables,
    unseen,
    verdicts,
    weekly,
    windows,
    wording,
)
from commentary.auditing.anaphora import restored
from commentary.auditing.proof import Finding, Proof
from commentary.auditing.reader import read
from commentary.auditing.statement import Statement
from commentary.condition_writing import ConditionError
from commentary.conditions import parse

Check = Callable[[Statement], Iterator[Finding]]


def audit(proof: Proof) -> tuple[Finding, ...]:
    """Every claim of a note that is not borne out, in the order of the note; none for a true one."""
    page = read(proof.markdown)
    whole = proof.shape == "note"
    found = [*(integrity.sentences(proof, page) if whole else short_forms.told(proof))]
    found += [*surroundings.front(proof, page), *episodes.named(proof), *weekly.named(proof)]
    found += reported.told(proof)
    found += [*pages.data_line(proof), *(pages.page(proof) if whole else ()), *reported.exact(proof)]
    proof = replace(proof, sentences=restored(proof))
    for sentence in proof.sentences:
        found += reported.borne(Statement(proof, sentence))
        statement = Statement(proof, reported.masked(sentence))
        for check in CHECKS:
            found += check(statement)
    found += wording.unchanged(proof)
    found += [
        *tables.printed(proof, page.grids),
        *tables.figures_of(proof),
        *rows.worded(proof),
        *weekly.tabled(proof),
        *cases.argued(proof),
    ]
    return tuple(dict.fromkeys(found))


def conditions(statement: Statement) -> Iterator[Finding]:
    """The sentence's condition holds, evaluated again: True, not unknown."""
    when = statement.sentence.when
    if not when:
        return
    try:
        answer = parse(when).holds(statement.proof.scene)
    except ConditionError as error:
        yield statement.finding("conditions", when, f"an expression: {error.reason}")
        return
    if answer is not True:
        yield statement.finding("conditions", f"{when} is {'unknown' if answer is None else 'false'}", "true")


CHECKS: tuple[Check, ...] = (
    numbers.trace,
    numbers.shown,
    numbers.untraced,
    dates.days,
    subjects.named,
    subjects.repeated,
    subjects.placed,
    subjects.foreign,
    directions.governed,
    directions.counted,
    directions.predicated,
    directions.owned,
    directions.spanned,
    directions.gapped,
    directions.united,
    headlines.told,
    comparisons.compared,
    comparisons.moved,
    sides.followed,
    sides.beaten_by,
    sides.beside_price,
    sides.awaited,
    levels.beside_average,
    levels.beside_habit,
    levels.beside_level,
    levels.thresholds,
    superlatives.sides,
    superlatives.backed,
    superlatives.records,
    superlatives.ranked,
    superlatives.streaks,
    superlatives.foremost,
    superlatives.within,
    windows.beside_figures,
    windows.read,
    windows.said,
    windows.groups,
    windows.earlier,
    verdicts.named,
    verdicts.sure,
    unseen.invented,
    published.named,
    published.directed,
    published.expected,
    hours.known,
    hours.acted,
    models.labelled,
    models.sided,
    conditions,
)
"""Checks of one sentence, each blind to the others."""
