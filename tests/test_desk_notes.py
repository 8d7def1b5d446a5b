"""Desk inputs in a note: attributed, exact, marked as not measured, and held to the card by the audit."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from commentary.auditing import Proof, audit
from commentary.bank import Bank
from commentary.cards import read_card
from commentary.errors import AuditError
from commentary.facts import dump_facts
from commentary.model import RULED, VERDICTS, Card, Memory, Note, PhraseUse, Sentence
from commentary.outputs import write_out
from commentary.pipeline import compose, finish, write_note
from commentary.shipped import shipped_card
from tests.desks import DAY, WHOLE, kept, texts

HEADING = "### Reported, not measured"
EACH = (
    date(2017, 4, 10), date(2022, 12, 15), date(2023, 12, 4), date(2024, 11, 6), date(2025, 1, 27), date(2022, 9, 13),
    date(2025, 4, 9), date(2024, 8, 2), DAY,
)  # fmt: skip
"""A shipped day of each verdict."""

SECTION = re.compile(rf"{HEADING}\n\n(.*?)\n\n#", re.DOTALL)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return kept(WHOLE, tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def note(bank: Bank, desk: dict[str, Any]) -> Note:
    return write_note(card(desk), bank)


def card(desk: Mapping[str, object], edition: str = "daily") -> Card:
    return replace(shipped_card(DAY, edition), desk=desk)


def section(note: Note) -> list[Sentence]:
    return [item for item in note.sentences if item.section == "desk"]


def lines(note: Note) -> list[str]:
    found = SECTION.search(note.markdown)
    assert found
    return found[1].splitlines()


def findings(note: Note, bank: Bank) -> list[str]:
    proof = Proof.of(note, bank.universe, bank.names, bank.wordings(note), bank.tabled)
    return [str(finding) for finding in audit(proof)]


def test_every_entry_has_a_line_of_its_own_in_the_order_of_the_file(note: Note, desk: dict[str, Any]) -> None:
    said = lines(note)
    wanted = [entry["source"] for entries in desk.values() for entry in entries]
    assert len(said) == len(wanted) == 7
    for line, source in zip(said, wanted, strict=True):
        assert line.startswith("- ")
        assert source in line


def test_the_section_stands_behind_the_argument_and_before_the_tables(note: Note) -> None:
    text = note.markdown
    closing = [item.text for item in note.sentences if item.section == "closing"][-1]
    assert text.index(closing) < text.index(HEADING) < text.index("## The case")


def test_every_sentence_says_whose_it_is_and_of_which_day(note: Note, desk: dict[str, Any]) -> None:
    resting = [item for item in note.sentences if "desk_" in item.when]
    assert len(resting) > len(section(note)) == 7  # the rest stand beside what was measured
    for item in resting:
        assert any(each.name.endswith(".source") for each in item.reported)
        assert any(number.reading.startswith("desk_") for number in item.numbers)
    for kind, shown in (
        ("quotes", "who"),
        ("quotes", "where"),
        ("margin", "exchange"),
        ("catalysts", "what"),
    ):
        for entry in desk[kind]:
            assert any(entry[shown] in item.text for item in section(note))


def test_nothing_measured_stands_in_the_section(note: Note) -> None:
    for item in section(note):
        assert all(number.reading.startswith("desk_") for number in item.numbers)


def test_quotes_stand_in_quotation_marks_with_who_where_and_when(note: Note) -> None:
    text = "It was 2 a.m., and nobody wanted anything. We sold what we could: gold, too."
    line = next(line for line in lines(note) if text in line)
    assert f"“{text}”" in line
    for said in ("a dealer in Tokyo", "by telephone", "5 August 2024", "the desk’s own log"):
        assert said in line


def test_words_that_need_a_source_stand_beside_what_was_measured(note: Note) -> None:
    """A margin raised beside silver's fall, a total beside bitcoin's, a count, and an event beside the index."""
    messages = {item.message for item in note.sentences if "desk_" in item.when and item.section != "desk"}
    assert messages == {
        "metals/desk_margin_silver",
        "crypto/desk_liquidation",
        "positioning/desk_crowd",
        "behaviour/desk_catalyst",
    }


def test_the_disclosure_owns_what_was_supplied(note: Note, bank: Bank) -> None:
    said = note.markdown.rsplit("**Disclosure.**", 1)[1]
    assert "supplied by the desk" in said
    assert "Not measured: who traded, positions, margins" in said
    assert "Not seen:" not in said
    without = write_note(card({}), bank).markdown
    assert "supplied by the desk" not in without
    assert HEADING not in without


def test_a_card_gives_the_same_note_again(note: Note, bank: Bank, tmp_path: Path) -> None:
    folder = write_out(note, tmp_path)
    again = write_note(read_card(folder / "card.json"), bank)
    assert (again.markdown, again.html) == (note.markdown, note.html)
    assert list(again.card.desk) == list(note.card.desk)
    told = json.loads(dump_facts(again))["sentences"]
    assert {"shown": "There is no bid.", "entry": "desk_quote_2.text"} in [
        each for item in told for each in item.get("reported", ())
    ]


def test_without_entries_the_note_is_what_it_would_be_without_the_desk(bank: Bank) -> None:
    """Neither messages over entries nor the section leave a trace in a note that has none."""
    bare = Bank(bank.library)
    over = [
        item
        for item in bank.planner.messages
        if any(name.startswith("desk_") for name in item.names.values())
    ]
    layouts = {
        label: replace(layout, sections=tuple(each for each in layout.sections if not each.every))
        for label, layout in bank.planner.layouts.items()
    }
    messages = tuple(item for item in bank.planner.messages if item not in over)
    vars(bare)["planner"] = replace(bank.planner, messages=messages, layouts=layouts)
    assert len(over) == 12
    for day in (DAY, date(2022, 9, 13), date(2023, 12, 4)):
        for edition in ("daily", "brief"):
            one = shipped_card(day, edition)
            assert write_note(one, bare).markdown == write_note(one, bank).markdown


def test_every_verdict_has_the_section(bank: Bank) -> None:
    for label in (*VERDICTS, *RULED):
        layout = bank.planner.layouts[label]
        last = layout.sections[-1]
        assert (last.name, last.heading, last.every) == ("desk", "Reported, not measured", True)


def test_entries_are_printed_under_every_verdict_and_pass_the_audit(bank: Bank, desk: dict[str, Any]) -> None:
    seen = set()
    for day in EACH:
        found = write_note(replace(shipped_card(day, "daily"), desk=_moved(desk, day)), bank)
        assert len(lines(found)) == 7
        seen.add(found.verdict.label)
    assert len(seen) == len(EACH)


def _moved(desk: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The same entries as of another session, about everything."""
    hours = {"as_of": f"{day}", "when": f"{day}", "at": f"{day}T08:30-04:00", "effective": f"{day}"}
    about = ["gold", "silver", "bitcoin", "sp500", "oil", "dollar", "ust10y", "high_yield", "vix", "yen"]
    return {
        kind: [
            {**entry, **{key: hours[key] for key in hours if key in entry}, "subjects": about}
            for entry in entries
        ]
        for kind, entries in desk.items()
    }


def test_an_edition_without_the_section_still_says_who_supplied_what(
    bank: Bank, desk: dict[str, Any]
) -> None:
    text = write_note(card(desk, "brief"), bank).markdown
    assert HEADING not in text
    assert "supplied by the desk" in text


def test_phrases_are_not_said_again_while_others_are_left(bank: Bank, desk: dict[str, Any]) -> None:
    many = {**desk, "quotes": [{**desk["quotes"][0], "text": f"Said {place}."} for place in range(7)]}
    used = [item.phrase for item in section(write_note(card(many), bank)) if item.message == "desk/quotes"]
    assert len(used) == 7
    assert len(set(used[:5])) == 5
    # What was printed in the session before is said last.
    uses = tuple(PhraseUse(name, date(2024, 8, 2), "forced_exit", "daily") for name in set(used[:3]))
    rested = replace(card(desk), memory=Memory(uses))
    again = [item.phrase for item in section(write_note(rested, bank)) if item.message == "desk/quotes"]
    assert not set(again) & set(used[:3])


Change = Callable[[Note], Note]


def _in_text(old: str, new: str, *, trace: bool) -> Change:
    """A word planted in sentence, Markdown and page alike, and, with ``trace``, in what it says that it reports."""

    def planted(item: Sentence) -> Sentence:
        if old not in item.text or not item.reported:
            return item
        place, shift = item.text.index(old), len(new) - len(old)
        told = tuple(
            replace(
                each,
                shown=each.shown.replace(old, new) if trace else each.shown,
                start=each.start + shift * (each.start > place),
                end=each.end + shift * (each.end > place),
            )
            for each in item.reported
        )
        numbers = tuple(
            replace(
                each,
                start=each.start + shift * (each.start > place),
                end=each.end + shift * (each.end > place),
            )
            for each in item.numbers
        )
        return replace(item, text=item.text.replace(old, new, 1), reported=told, numbers=numbers)

    return lambda note: replace(
        note,
        sentences=tuple(map(planted, note.sentences)),
        markdown=note.markdown.replace(old, new),
        html=note.html.replace(html.escape(old, quote=False), new),
    )


def _markdown(old: str, new: str) -> Change:
    return lambda note: replace(note, markdown=note.markdown.replace(old, new, 1))


def _page(old: str, new: str) -> Change:
    return lambda note: replace(note, html=note.html.replace(old, new))


def _desk(**entries: object) -> Change:
    return lambda note: replace(note, card=replace(note.card, desk={**note.card.desk, **entries}))


def _without(kind: str) -> Change:
    """Sentences of a kind taken out of note and Markdown alike."""

    def taken(note: Note) -> Note:
        gone = [item for item in note.sentences if item.message == f"desk/{kind}"]
        text = note.markdown
        for item in gone:
            text = text.replace(f"- {item.text}\n", "")
        return replace(
            note, markdown=text, sentences=tuple(item for item in note.sentences if item not in gone)
        )

    return taken


PLANTED: dict[str, Change] = {
    "a figure": _in_text("14,500", "15,500", trace=True),
    "a figure that the trace has right": _in_text("14,500", "15,500", trace=False),
    "an amount": _in_text("1.10", "11.0", trace=True),
    "a value": _in_text("40,521", "45,021", trace=True),
    "a quote": _in_text("no bid", "a bid", trace=True),
    "one character of a quote": _in_text("There is no bid.", "There is no bid", trace=True),
    "who": _in_text("A. Trader", "B. Trader", trace=True),
    "a source": _in_text("a news agency", "an old agency", trace=True),
    "a clock": _in_text("02:00", "03:00", trace=True),
    "a day": _in_text("2 August 2024", "1 August 2024", trace=False),
    "quotation marks": _in_text("“There is no bid.”", "There is no bid.", trace=False),
    "a figure of the Markdown alone": _markdown("1.10 billion", "2.10 billion"),
    "a quote of the Markdown alone": _markdown("“There is no bid.”", "“There is no offer.”"),
    "markup of the page alone": _page("There is no bid.", "There is <b>no</b> bid."),
    "a line of the Markdown alone": _markdown(f"{HEADING}\n\n", f"{HEADING}\n\n- A rumor, from nobody.\n"),
    "the disclosure": _markdown("supplied by the desk", "seen by us"),
    "an entry left out": _without("themes"),
    "an entry that the card has not": _desk(themes=[]),
    "an entry more on the card": _desk(
        quotes=[{"text": "x", "who": "y", "where": "z", "when": "2024-08-05", "source": "s"}] * 3
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_audit_finds_what_was_planted(name: str, note: Note, bank: Bank) -> None:
    planted = PLANTED[name](note)
    assert (planted.markdown, planted.html, planted.sentences, planted.card) != (
        note.markdown, note.html, note.sentences, note.card,
    )  # fmt: skip
    assert findings(planted, bank)
    assert not findings(note, bank)


def test_a_sentence_that_hides_its_entry_does_not_pass(note: Note, bank: Bank) -> None:
    """Without the trace of what it reports its figures are untraced and its source is missing."""
    bare = tuple(replace(item, reported=()) for item in note.sentences)
    found = findings(replace(note, sentences=bare), bank)
    assert any("no source" in each for each in found)
    assert any("untraced '14,500'" in each for each in found)


def test_an_entry_does_not_bear_words_of_the_notes_own(bank: Bank, desk: dict[str, Any]) -> None:
    """What the desk wrote may say what it likes; the words around it are under the audit as ever."""
    draft = compose(card(desk), bank)
    place, item = next((place, item) for place, item in enumerate(draft.sentences) if item.section == "desk")
    for added in (" Gold will rally.", " Gold lost 3 percent.", " It fell on Tuesday."):
        planted = [*draft.sentences]
        planted[place] = replace(item, text=item.text + added)
        with pytest.raises(AuditError):
            finish(replace(draft, sentences=planted), bank)


def test_words_that_need_a_source_are_stopped_without_one(bank: Bank) -> None:
    draft = compose(card({}), bank)
    for said in ("There was a margin call.", "Positions were liquidated.", "It fell on the back of the jobs report.",
                 "It was triggered by a speech.", "Selling came in response to the speech."):  # fmt: skip
        planted = [*draft.sentences]
        last = planted[-1]
        planted[-1] = replace(last, text=said, numbers=(), phrase="closing/none#none")
        with pytest.raises(AuditError, match="unseen"):
            finish(replace(draft, sentences=planted), bank)


@given(texts())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_quote_is_printed_character_for_character(bank: Bank, desk: dict[str, Any], text: str) -> None:
    quoted = {**desk, "quotes": [{**desk["quotes"][0], "text": text, "who": text, "source": text}]}
    found = write_note(card(quoted), bank)
    line = next(item for item in section(found) if item.message == "desk/quotes")
    assert f"“{text}”" in line.text
    assert f"“{text}”" in html.unescape(found.markdown)
    assert f"“{text}”" in html.unescape(found.html)
    plain = [entry for entry in ("<script", "<b>", "<!--") if entry in found.html.split("<body>")[1]]
    assert not plain
