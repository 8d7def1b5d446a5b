"""The Markdown and the page of a finished note."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from commentary.bank import Bank
from commentary.library import Library
from commentary.model import Note, Sentence, Thread
from commentary.pipeline import compose
from commentary.rendering.charts import chart
from commentary.rendering.surfaces import Draft, Kit, only_printed, render
from commentary.shipped import shipped_card

DAY = date(2024, 8, 5)


@pytest.fixture(scope="module")
def draft(bank: Bank) -> Draft:
    return compose(shipped_card(DAY, "daily"), bank)


def kit(bank: Bank, library: Library | None = None) -> Kit:
    shown = ("case", "moves", "levels", "threads")
    return Kit(library or bank.library, bank.tables, bank.universe, bank.words, shown, 17, bank.titles)


@pytest.fixture(scope="module")
def note(bank: Bank, draft: Draft) -> Note:
    return render(draft, kit(bank))


def with_text(draft: Draft, text: str) -> Draft:
    """The draft with its first paragraph's first sentence said otherwise."""
    place = next(number for number, item in enumerate(draft.sentences) if item.section == "verdict")
    said: list[Sentence] = [*draft.sentences]
    said[place] = replace(said[place], text=text)
    return replace(draft, sentences=said)


def test_the_parts_stand_in_their_order(note: Note) -> None:
    marks = [
        "---\ntitle: ",
        f"\n# {note.title}\n",
        "\n*",
        "\n**",
        "\n## Moves\n",
        "\n> **Data.** ",
        "\n> **Disclosure.** ",
    ]
    places = [note.markdown.index(mark) for mark in marks]
    assert places == sorted(places)
    assert not note.title.endswith(".")


def test_the_markdown_is_tidy(note: Note) -> None:
    assert note.markdown.endswith("\n")
    assert not note.markdown.endswith("\n\n")
    assert "\n\n\n" not in note.markdown
    assert not re.search(r"[ \t]\n", note.markdown)
    assert not re.search(r"[{}]{2}|{%|[\ue000-\ue002]", note.markdown)


def test_every_sentence_is_printed_once_with_its_figures_where_the_trace_says(note: Note) -> None:
    for item in note.sentences:
        assert note.markdown.count(item.text.rstrip(".") if item.section == "title" else item.text) >= 1, (
            item.text
        )
        assert all(item.text[number.start : number.end] == number.shown for number in item.numbers)


def test_no_more_than_two_signatures_and_one_question_a_section(note: Note) -> None:
    for section in {item.section for item in note.sentences}:
        own = {item.phrase: item for item in note.sentences if item.section == section}
        assert sum(item.tier == "signature" for item in own.values()) <= 2
        assert sum("?" in item.text for item in own.values()) <= 1 or section in (
            "title",
            "standfirst",
            "question",
        )


def test_cells_are_as_wide_as_their_header(note: Note) -> None:
    for table in note.tables:
        assert all(len(row) == len(table.header) for row in table.rows)


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_from_elsewhere(note: Note) -> None:
    page = Tags(note.html)
    assert page.open == []
    names = [name for name, _ in page.found]
    assert names.count("h1") == 1
    assert not {"script", "link", "iframe", "img", "object", "form"} & set(names)
    for name, attributes in page.found:
        assert not {"src", "srcset", "action", "background"} & set(attributes), name
        assert not any(key.startswith("on") for key in attributes), name
    assert "url(" not in note.html
    assert "@import" not in note.html


def test_the_page_fits_a_small_screen(note: Note) -> None:
    viewport = [
        attributes for name, attributes in Tags(note.html).found if attributes.get("name") == "viewport"
    ]
    assert viewport == [{"name": "viewport", "content": "width=device-width, initial-scale=1"}]
    assert note.html.count('<div class="scroll"><table>') == note.html.count("<table>")


def test_the_page_carries_chart_and_ledger(note: Note) -> None:
    assert "<svg viewBox=" in note.html
    assert note.html.count('class="bar ') == min(10, note.html.count("<li>"))


@pytest.mark.parametrize(
    "text",
    [
        "Gold fell. <script>alert(1)</script>",
        'Gold <img src="x" onerror="alert(1)"> fell.',
        "Gold [fell](javascript:alert(1)).",
        '<a href="javascript:alert(1)" onclick="alert(1)">Gold</a> fell.',
        '<td style="background:url(https://example.com/x)">Gold</td>',
        "<iframe src='https://example.com'></iframe>",
    ],
)
def test_nothing_that_runs_survives_on_the_page(bank: Bank, draft: Draft, text: str) -> None:
    page = render(with_text(draft, text), kit(bank)).html
    assert Tags(page)
    for bad in ("<script", "onerror=", "onclick=", "javascript:", "<iframe", "<img", "example.com"):
        assert bad not in page


def test_names_are_escaped_around_the_body(bank: Bank, draft: Draft) -> None:
    branded = replace(draft, card=replace(draft.card, settings={"brand": "Bulls <b>& Bears</b>"}))
    assert "Bulls &lt;b&gt;&amp; Bears&lt;/b&gt;" in render(branded, kit(bank)).html


def test_a_template_that_misspells_a_slot_does_not_print(bank: Bank, draft: Draft, tmp_path: Path) -> None:
    place = tmp_path / "templates" / "notes" / "daily.md.j2"
    place.parent.mkdir(parents=True)
    place.write_text("# {{ titel }}\n", encoding="utf-8")
    with pytest.raises(UndefinedError, match="titel"):
        render(draft, kit(bank, Library((tmp_path,))))


def test_a_template_of_ones_own_is_used(bank: Bank, draft: Draft, tmp_path: Path) -> None:
    place = tmp_path / "templates" / "notes" / "daily.md.j2"
    place.parent.mkdir(parents=True)
    place.write_text("# {{ title }}, in short\n\n> **Data.** {{ data }}\n", encoding="utf-8")
    assert render(draft, kit(bank, Library((tmp_path,)))).markdown.startswith("# ")


def test_a_thread_is_open_only_where_its_sentence_was_printed(draft: Draft) -> None:
    opened = Thread("a:gold", "x", "gold.level > 1", DAY, DAY)
    plan = replace(draft.plan, threads=(opened, replace(opened, name="b")))
    said = replace(draft.sentences[0], message="watch/a", subjects=("gold",))
    assert [item.name for item in only_printed(plan, [said]).threads] == ["a:gold"]


def test_the_chart_is_the_same_from_the_same_data() -> None:
    data = {"rebased": {"the S&P": [100.0, 101.0, 99.5], "gold": [100.0, 100.2, 103.0]}}
    turned = {"rebased": dict(reversed(data["rebased"].items()))}
    assert chart(turned) == chart(data)
    assert "the S&amp;P" in chart(data)
    assert "Last 2 sessions, rebased to 100" in chart(data)


@pytest.mark.parametrize("data", [{}, {"rebased": {}}, {"rebased": {"x": [100.0]}}, {"rebased": 3}])
def test_no_chart_without_data(data: dict[str, object]) -> None:
    assert chart(data) == ""


def test_a_flat_series_is_drawn() -> None:
    assert "<polyline" in chart({"rebased": {"x": [100.0, 100.0]}})


def test_what_the_prose_counts_can_be_looked_up_in_the_table(bank: Bank, note: Note) -> None:
    scene = note.plan.scene
    moves = next(table for table in note.tables if table.name == "moves")
    rows = {cell.reading.partition(".")[0] for row in moves.rows for cell in row if cell.reading}
    counted = {each.reading.partition(".")[0] for item in note.sentences for each in item.numbers}
    asked = {name for name in counted if name in bank.universe.instruments and f"{name}.level" in scene}
    assert len(asked) >= 5
    assert asked <= rows
