"""Every edition of one day a verdict: it passes its audit, keeps its limits, and says what its whole note says."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from commentary.bank import Bank
from commentary.bundle import read_bundle
from commentary.errors import AuditError
from commentary.handouts import paragraphs_of, posts_of
from commentary.model import Memory, Note, PhraseUse
from commentary.outputs import write_out
from commentary.pipeline import compose, finish, write_note
from commentary.publishers._message import text_part
from commentary.rendering.spoken import spell
from commentary.rendering.surfaces import Draft
from commentary.shipped import shipped_card, shipped_days
from commentary.tapes import Order, Tapes
from tests.test_golden import DAYS

LONG = [date.fromisoformat(day) for day in DAYS.values()]
SHORT_FORMS = ("brief", "thread", "audio")
OWED = (
    "enerated by rules from market data", "inference", "share of past labelled days", "not advice", "Producer",
    "Editor", "Corrections",
)  # fmt: skip
FORCED = date(2024, 8, 5)
BARS = os.environ.get("COMMENTARY_MARKET_DATA", "")


@pytest.fixture(scope="module")
def drafts(bank: Bank) -> dict[tuple[date, str], Draft]:
    cards = {day: shipped_card(day, "daily") for day in LONG}
    return {
        (day, edition): compose(replace(card, edition=edition, printed={}), bank)
        for day, card in cards.items()
        for edition in bank.editions
    }


def of(drafts: dict[tuple[date, str], Draft], edition: str) -> Iterator[Draft]:
    return (drafts[day, edition] for day in LONG)


def test_there_are_those_that_were_promised(bank: Bank) -> None:
    promised = {"daily", "brief", "wire", "thread", "audio", "open", "weekly", "ahead"}
    assert promised <= set(bank.editions)


@pytest.mark.parametrize("edition", ["brief", "wire", "thread", "audio", "open", "weekly", "ahead"])
def test_each_passes_its_audit_and_owns_up(
    bank: Bank, drafts: dict[tuple[date, str], Draft], edition: str
) -> None:
    for draft in of(drafts, edition):
        note = finish(draft, bank)
        assert note.title
        for words in OWED:
            assert words in note.markdown, (edition, words)


@pytest.mark.parametrize("edition", SHORT_FORMS)
def test_a_short_form_says_what_its_whole_note_says(
    drafts: dict[tuple[date, str], Draft], edition: str
) -> None:
    for day in LONG:
        whole = {item.phrase for item in drafts[day, "daily"].sentences}
        short = [item.phrase for item in drafts[day, edition].sentences]
        assert short
        assert set(short) <= whole


def test_a_brief_has_two_hundred_words_at_most(bank: Bank) -> None:
    for day in shipped_days():
        prose = compose(shipped_card(day, "brief"), bank).sentences
        assert sum(len(item.text.split()) for item in prose) <= 200, day


def test_a_thread_is_numbered_posts(bank: Bank, drafts: dict[tuple[date, str], Draft]) -> None:
    for draft in of(drafts, "thread"):
        note = finish(draft, bank)
        posts = posts_of(note.markdown)
        assert 4 <= len(posts) <= 9
        for place, post in enumerate(posts, start=1):
            assert post.startswith(f"{place}/{len(posts)} ")
            assert len(post) <= 280
            assert post.endswith((".", "!", "?", "”", ")"))
        assert note.title in posts[0]
        assert "The verdict is" in posts[0]
        assert "not advice" in posts[-1]
        assert "share of past labelled days, not the odds of a market move" in posts[-1]


def test_a_speech_has_no_figure_and_no_mark(bank: Bank, drafts: dict[tuple[date, str], Draft]) -> None:
    for draft in of(drafts, "audio"):
        for text in paragraphs_of(finish(draft, bank).markdown):
            assert not re.search(r"[\d()\[\]{}*_#|%&$]", text), text


def test_a_wire_has_no_image_and_no_aphorism(bank: Bank, drafts: dict[tuple[date, str], Draft]) -> None:
    devices = {
        phrase.name: phrase.file.device
        for message in bank.lexicon.phrases
        for phrase in bank.tongue("wire").lexicon.of(message)
    }
    for draft in of(drafts, "wire"):
        assert {item.family for item in draft.sentences} == {"none"}
        assert {item.tier for item in draft.sentences} <= {"stable", "fact", "frame"}
        said = {devices.get(item.phrase, "plain") for item in draft.sentences}
        assert said <= {"plain", "contrast", "definition"}
        assert {"title", "standfirst", "verdict"} <= {item.section for item in draft.sentences}


def test_a_figure_that_was_not_proved_stops_a_thread_and_a_speech(
    bank: Bank, drafts: dict[tuple[date, str], Draft]
) -> None:
    for edition in ("thread", "audio"):
        draft = drafts[FORCED, edition]
        place = next(place for place, item in enumerate(draft.sentences) if item.numbers)
        item = draft.sentences[place]
        number = item.numbers[0]
        wrong = item.text[: number.start] + "77 percent" + item.text[number.end :]
        planted = [*draft.sentences]
        planted[place] = replace(item, text=wrong, numbers=())
        with pytest.raises(AuditError, match="77"):
            finish(replace(draft, sentences=planted), bank)


def uses(note: Note) -> tuple[PhraseUse, ...]:
    phrases = dict.fromkeys(item.phrase for item in note.sentences)
    return tuple(PhraseUse(name, note.session, note.verdict.label, note.edition) for name in phrases)


def test_the_whole_note_is_the_same_whether_or_not_a_thread_of_the_day_before_went_out(bank: Bank) -> None:
    """The daily of 5 August after the daily of 2 August, beside every short form of it, beside a wire."""
    before = {
        edition: write_note(shipped_card(date(2024, 8, 2), edition), bank)
        for edition in ("daily", *SHORT_FORMS, "wire", "weekly")
    }
    card = shipped_card(FORCED, "daily")
    alone = replace(card, memory=Memory(card.memory.uses + uses(before["daily"])))
    beside = replace(card, memory=Memory(alone.memory.uses + sum(map(uses, before.values()), ())))
    for edition in ("daily", "thread", "brief"):
        first, second = (
            compose(replace(item, edition=edition, printed={}), bank) for item in (alone, beside)
        )
        assert first.sentences == second.sentences
    wire = compose(replace(beside, edition="wire", printed={}), bank)
    alike = compose(replace(card, edition="wire", printed={}, memory=Memory()), bank)
    assert [item.section for item in wire.sentences][:4] == [item.section for item in alike.sentences][:4]


def test_posts_and_speech_are_handed_on_beside_the_note(
    bank: Bank, drafts: dict[tuple[date, str], Draft], tmp_path: Path
) -> None:
    thread = write_out(finish(drafts[FORCED, "thread"], bank), tmp_path)
    posts = json.loads((thread / "posts.json").read_text(encoding="utf-8"))
    assert posts[0].startswith(f"1/{len(posts)} ")
    audio = write_out(finish(drafts[FORCED, "audio"], bank), tmp_path)
    assert "ninety percent" in (audio / "speech.txt").read_text(encoding="utf-8")
    daily = write_out(write_note(shipped_card(FORCED, "daily"), bank), tmp_path)
    assert sorted(path.name for path in daily.iterdir()) == [
        "card.json", "facts.json", "note.html", "note.md",
    ]  # fmt: skip


def test_a_thread_and_a_speech_can_be_published(
    bank: Bank, drafts: dict[tuple[date, str], Draft], tmp_path: Path
) -> None:
    for edition, first in (("thread", "1/"), ("audio", "")):
        note = finish(drafts[FORCED, edition], bank)
        bundle = read_bundle(write_out(note, tmp_path))
        assert (bundle.title, bundle.edition, bundle.standfirst) == (note.title, edition, "")
        assert bundle.body.startswith(first or spell(note.title))
        assert note.title in text_part(bundle)


def test_a_week_shows_each_session_and_what_followed(bank: Bank) -> None:
    note = write_note(shipped_card(FORCED, "weekly"), bank)
    (table,) = (table for table in note.tables if table.name == "week")
    assert [row[0].shown for row in table.rows] == [
        "2024-07-30, Tuesday", "2024-07-31, Wednesday", "2024-08-01, Thursday", "2024-08-02, Friday",
        "2024-08-05, Monday",
    ]  # fmt: skip
    assert [cell.shown for cell in table.rows[3]][4:] == ["−1.8 %", "−3.0 %", "−3.0 %"]
    assert [cell.shown for cell in table.rows[4]][5:] == ["–", "–"]
    assert table.rows[2][6].value == pytest.approx((1 - 0.0183786) * (1 - 0.0299659) - 1, abs=1e-5)


def test_an_agenda_names_the_days_of_the_week_ahead(bank: Bank) -> None:
    note = write_note(shipped_card(date(2017, 4, 10), "ahead"), bank)
    (table,) = (table for table in note.tables if table.name == "agenda")
    assert [[cell.shown for cell in row[:3]] for row in table.rows] == [
        ["2017-04-13, Thursday", "Jobless claims", "–"],
        ["2017-04-14, Friday", "New York is shut", "–"],
        ["2017-04-14, Friday", "London is shut", "–"],
    ]


def test_each_has_its_line_in_the_readme_and_its_example(bank: Bank) -> None:
    root = Path(__file__).parent.parent
    readme = (root / "README.md").read_text(encoding="utf-8")
    page = (root / "docs" / "editions.md").read_text(encoding="utf-8")
    for edition in bank.editions:
        assert f"| `{edition}` |" in readme
        assert edition == "daily" or f"**{edition}**" in page


@pytest.mark.slow
@pytest.mark.market
@pytest.mark.skipif(not BARS, reason="COMMENTARY_MARKET_DATA is not set")
def test_thirty_real_days_keep_their_limits_and_pass_their_audits(bank: Bank) -> None:
    """Every 160th session from 2006-06-01 on."""
    tapes = Tapes.open(BARS, bank)
    days = [day for day in tapes.sessions if day >= date(2006, 6, 1)][::160][:30]
    assert len(days) == 30
    for day in days:
        card = tapes.card(day, Order("daily", Memory(), {}, {}))
        for edition in sorted(set(bank.editions) - {"daily"}):
            note = write_note(replace(card, edition=edition), bank)
            if edition == "brief":
                assert sum(len(item.text.split()) for item in note.sentences) <= 200, day
