"""What others wrote comes out of Markdown as it went in, and does nothing there."""

from __future__ import annotations

import html
import re

import markdown
import nh3
import pytest
from hypothesis import given, settings
from markdown.extensions.tables import TableExtension

from commentary.auditing.reader import plain
from commentary.desk import Reported
from commentary.model import Sentence
from commentary.publishers._plain import inline
from commentary.rendering.escaping import escaped, written
from commentary.rendering.html import TAGS
from tests.desks import texts


def page(text: str) -> str:
    """The way of a note's text to its page."""
    body = markdown.markdown(text, extensions=[TableExtension()], output_format="html")
    return nh3.clean(body, tags=TAGS, attributes={"a": {"href"}}, link_rel=None)


@given(texts())
@settings(max_examples=400, deadline=None)
def test_every_character_comes_out_of_every_reading(text: str) -> None:
    line = f"- Said so: “{escaped(text)}” (by them)."
    shown = page(line)
    assert not re.sub(r"</?(?:ul|li)>", "", shown).count("<"), shown
    assert f"“{text}”" in html.unescape(shown)
    assert f"“{text}”" in html.unescape(line)
    assert plain(line).split() == f"- Said so: “{text}” (by them).".split()
    assert inline(line) == f"- Said so: “{text}” (by them)."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("**bold**", "&#42;&#42;bold&#42;&#42;"),
        ("[here](https://b.com)", "[here&#93;(https&#58;//b.com)"),
        ("write to a@b.com or www.b.com", "write to a&#64;b.com or www&#46;b.com"),
        ("S&P, AT&T, R&D", "S&P, AT&T, R&D"),
        ("&amp; and &lt", "&amp;amp; and &amp;lt"),
        ("[the Fed] won’t cut: 5 % at 9:30", "[the Fed] won’t cut: 5 % at 9:30"),
        ("{{< shortcode >}}", "&#123;&#123;&lt; shortcode >}}"),
    ],
)
def test_what_is_active_becomes_a_reference_and_the_rest_stays(text: str, wanted: str) -> None:
    assert escaped(text) == wanted


def test_only_the_desks_words_are_escaped() -> None:
    told = Reported("*gold*", "desk_quote_1.text", 6, 12)
    item = Sentence(
        "Said: *gold* & S&P.", "desk", "m", "p", "neutral", "body", "none", "fact", "", reported=(told,)
    )
    assert written(item) == "Said: &#42;gold&#42; & S&P."
