"""Paragraphs of a note and the headings above them."""

from __future__ import annotations

from dataclasses import replace

from commentary.model import Sentence
from commentary.rendering.markdown import blocks
from tests.phrasing.made import plan, section
from tests.planning.made import choice


def sentence(name: str) -> Sentence:
    message = f"{name}/one"
    return Sentence(f"Of {name}.", name, message, f"{message}#a", "neutral", "body", "none", "frame", "1 > 0")


def test_a_heading_stands_once_above_the_paragraphs_that_share_it() -> None:
    headed = {"doubts": "What does not fit", "through": "The read", "read": "The read", "watch": "The read"}
    parts = [replace(section(choice(f"{name}/one")), heading=text) for name, text in headed.items()]
    every = plan(*parts)
    told = [sentence(name) for name in headed]
    assert [block["heading"] for block in blocks(every, told)] == ["What does not fit", "The read", "", ""]
    without = [item for item in told if item.section not in ("through", "read")]
    assert [block["heading"] for block in blocks(every, without)] == ["What does not fit", "The read"]


def test_a_joined_section_stands_in_the_paragraph_before_it() -> None:
    yesterday, then = section(choice("yesterday/one")), section(choice("then/one"), joined="always")
    both = plan(section(choice("behaviour/one")), yesterday, then)
    told = [sentence(name) for name in ("behaviour", "yesterday", "then")]
    assert [block["text"] for block in blocks(both, told)] == ["Of behaviour.", "Of yesterday. Of then."]
    assert [block["text"] for block in blocks(both, [told[0], told[2]])] == ["Of behaviour.", "Of then."]


def test_a_sentence_alone_stands_in_the_paragraph_printed_last() -> None:
    metals, oil = (section(choice(f"{name}/one"), joined="short") for name in ("metals", "oil"))
    every = plan(section(choice("leader/one")), metals, oil)
    leader, metal, crude = (sentence(name) for name in ("leader", "metals", "oil"))
    assert [block["text"] for block in blocks(every, [leader, metal, crude])] == [
        "Of leader. Of metals. Of oil."
    ]
    assert [block["text"] for block in blocks(every, [leader, crude])] == ["Of leader. Of oil."]
    two = [block["text"] for block in blocks(every, [leader, metal, metal, crude])]
    assert two == ["Of leader.", "Of metals. Of metals. Of oil."]
    assert [block["text"] for block in blocks(every, [metal])] == ["Of metals."]
