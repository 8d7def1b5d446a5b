"""When prices last moved as much, or stood as high or low."""

from __future__ import annotations

from collections.abc import Iterable

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting, family, since_measures
from commentary.readings._since import first_rows, since, since_blocks

NEEDS: tuple[str, ...] = ()

MEASURES = (
    *since_measures("worst_since", 1, "sessions since a loss as large, on a down day"),
    *since_measures("best_since", 1, "sessions since a gain as large, on an up day"),
    *since_measures("high_since", 1, "sessions since a close as high"),
    *since_measures("low_since", 1, "sessions since a close as low"),
)


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Sessions since, date, and whether the data's first day bounds the answer."""
    return family(setting.priced, MEASURES)


def compute(context: Context) -> Blocks:
    """One frame a measure; nan on days on which the question makes no sense, and for what stands in."""
    ids = context.setting.priced
    linked, moves = context.column(context.linked, ids), context.returns(ids)
    first, ordinals, own = first_rows(linked), context.ordinals, context.levels(ids)
    answers = {
        "worst_since": since(-moves, (moves < 0) & own, first, ordinals),
        "best_since": since(moves, (moves > 0) & own, first, ordinals),
        "high_since": since(linked, linked.notna() & own, first, ordinals),
        "low_since": since(-linked, linked.notna() & own, first, ordinals),
    }
    return since_blocks(answers)
