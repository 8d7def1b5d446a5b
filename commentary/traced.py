"""A traced sentence with other words at its head: its figures stay where they are printed."""

from __future__ import annotations

from dataclasses import replace

from commentary.model import Sentence


def headed(sentence: Sentence, head: str, end: int) -> Sentence:
    """The sentence with ``head`` for its first ``end`` characters, none of which belongs to a figure."""
    by = len(head) - end
    return replace(
        sentence,
        text=head + sentence.text[end:],
        numbers=tuple(replace(item, start=item.start + by, end=item.end + by) for item in sentence.numbers),
        reported=tuple(replace(item, start=item.start + by, end=item.end + by) for item in sentence.reported),
    )
