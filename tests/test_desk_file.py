"""Files of desk inputs: every mistake at once, each with file, key, what was got and what was wanted."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from commentary.desk_checks import desk_problems, read_desk
from commentary.desk_file import came_in_session
from commentary.errors import AuthoringError, Problem
from tests.cli import ROOT
from tests.desks import DAY, WHOLE, kept, texts

INSTRUMENTS = ("gold", "silver", "bitcoin", "ether", "nikkei", "sp500", "high_yield")

WRONG = {
    "an unknown table": ("[[quotes]]\n", "[[qoutes]]\n", "qoutes", "quotes"),
    "an unknown key": ("window =", "windwo =", "liquidations.0.windwo", "'window'"),
    "no source": ('source = "the CFTC’s weekly report"\n', "", "positioning.0.source", "Field required"),
    "an empty source": ('source = "a news agency"', 'source = ""', "quotes.1.source", "a text"),
    "a number for a text": ('who = "A. Trader"', "who = 7", "quotes.1.who", "a valid string"),
    "a quote that is too long": (
        '"There is no bid."',
        f'"{"bid " * 30}bid"',
        "quotes.1.text",
        "at most 30 words, not 31",
    ),
    "a quote of two lines": ('"There is no bid."', '"There is\\nno bid."', "quotes.1.text", "one line"),
    "a quote that turns": ('"There is no bid."', '"There is \\u202Eno bid."', "quotes.1.text", "one line"),
    "a text without end": ('"There is no bid."', f'"{"b" * 301}"', "quotes.1.text", "at most 300 characters"),
    "blanks around a text": ('"There is no bid."', '" There is no bid."', "quotes.1.text", "without blanks"),
    "a day that is text": (
        "as_of = 2024-07-30",
        'as_of = "2024-07-30"',
        "positioning.0.as_of",
        "a date such as",
    ),
    "a day after the session": (
        "as_of = 2024-07-30",
        "as_of = 2024-08-06",
        "positioning.0.as_of",
        "not after the session",
    ),
    "an hour after the session": (
        "when = 2024-08-05T09:15:00-04:00",
        "when = 2024-08-06T04:01:00Z",
        "quotes.0.when",
        "not after the session",
    ),
    "an hour without a zone": ("T02:00:00-04:00", "T02:00:00", "catalysts.0.at", "with its zone"),
    "a day for an hour": (
        "at = 2024-08-05T02:00:00-04:00",
        "at = 2024-08-05",
        "catalysts.0.at",
        "with its zone",
    ),
    "an unknown instrument": (
        '["bitcoin", "ether"]',
        '["bitcoin", "eter"]',
        "liquidations.0.subjects.1",
        "'ether'",
    ),
    "an event about nothing": (
        '["nikkei", "sp500", "high_yield"]',
        "[]",
        "catalysts.0.subjects",
        "at least 1",
    ),
    "an unknown direction": (
        'direction = "added"',
        'direction = "aded"',
        "positioning.0.direction",
        "'added'",
    ),
    "an unknown sort of event": ('kind = "other"', 'kind = "othr"', "catalysts.0.kind", "'other'"),
    "a margin that stays": ("14,500 dollars", "12,650 dollars", "margin.0", "differ"),
    "margins in two units": ("14,500 dollars a contract", "14,500 yen a contract", "margin.0", "one unit"),
    "a margin without a figure": (
        'to = "14,500 dollars a contract"',
        'to = "more"',
        "margin.0.to",
        "a number",
    ),
    "a margin with two figures": (
        'to = "14,500 dollars a contract"',
        'to = "14,500 to 15,000"',
        "margin.0.to",
        "one figure",
    ),
    "an amount that is none": ("amount = 1.10", "amount = true", "liquidations.0.amount", "a number"),
    "an amount that is infinite": ("amount = 1.10", "amount = inf", "liquidations.0.amount", "a number"),
    "an address that is none": ("https://example.com/floor", "example.com", "quotes.1.url", "https://"),
    "another session": ("session = 2024-08-05", "session = 2024-08-06", "session", "2024-08-05"),
    "no session": ("session = 2024-08-05\n", "", "session", "Field required"),
    "a session that is text": ("session = 2024-08-05", 'session = "2024-08-05"', "session", "a date such as"),
    "a session long ago": ("session = 2024-08-05", "session = 1850-08-05", "session", "1850"),
}
"""What is wrong: the words of the right file that are replaced, and by what; key and a part of what was wanted."""


def problems(text: str, folder: Path, session: date | None = DAY) -> tuple[Problem, ...]:
    with pytest.raises(AuthoringError) as caught:
        kept(text, folder, session)
    return caught.value.problems


@pytest.mark.parametrize("name", WRONG)
def test_each_mistake_is_named_with_file_and_key(name: str, tmp_path: Path) -> None:
    old, new, key, said = WRONG[name]
    assert WHOLE.count(old) >= 1
    place = WHOLE.rindex(old)
    found = problems(WHOLE[:place] + new + WHOLE[place + len(old) :], tmp_path)
    assert all(item.file == str(tmp_path / "2024-08-05.toml") for item in found)
    assert any(item.key == key and said in item.wanted for item in found), [str(item) for item in found]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text, wanted = WHOLE, set()
    for name in (
        "an unknown key",
        "no source",
        "a quote of two lines",
        "an hour without a zone",
        "an unknown instrument",
        "an unknown direction",
        "margins in two units",
        "an amount that is infinite",
    ):
        old, new, key, _ = WRONG[name]
        assert text.count(old) == 1
        text = text.replace(old, new)
        wanted.add(key)
    assert wanted <= {item.key for item in problems(text, tmp_path)}


def test_the_session_must_be_one_and_that_of_name_and_note(tmp_path: Path) -> None:
    sunday = WHOLE.replace("session = 2024-08-05", "session = 2024-08-04")
    said = [item.wanted for item in problems(sunday, tmp_path, date(2024, 8, 6)) if item.key == "session"]
    assert said == [
        "the session of the file's name, 2024-08-05",
        "the session of the note, 2024-08-06",
        "a day on which New York trades",
    ]


def test_a_file_that_is_no_toml_or_not_there(tmp_path: Path) -> None:
    assert problems("session = ", tmp_path)[0].key == "(file)"
    with pytest.raises(AuthoringError, match="No such file"):
        read_desk(tmp_path / "none.toml", INSTRUMENTS)


def test_a_file_of_any_name_is_read_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "today.toml").write_text(WHOLE, encoding="utf-8")
    assert next(iter(read_desk(tmp_path / "today.toml", INSTRUMENTS, DAY))) == "positioning"


def test_a_folder_is_looked_at_whole(tmp_path: Path) -> None:
    assert desk_problems(tmp_path / "none", INSTRUMENTS) == []
    (tmp_path / "2024-08-05.toml").write_text(WHOLE, encoding="utf-8")
    assert desk_problems(tmp_path, INSTRUMENTS) == []
    (tmp_path / "2024-08-06.toml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "2024-08-07.toml").write_text("sesion = 1", encoding="utf-8")
    assert {Path(item.file).name for item in desk_problems(tmp_path, INSTRUMENTS)} == {
        "2024-08-06.toml",
        "2024-08-07.toml",
    }


def test_what_a_card_keeps_is_plain_json_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = kept(WHOLE, tmp_path)
    assert json.loads(json.dumps(found)) == found
    assert list(found) == ["positioning", "margin", "liquidations", "quotes", "catalysts", "themes"]
    assert found["positioning"][0]["value"] == "40,521"
    assert found["liquidations"][0]["amount"] == "1.10"  # as it was written, the last nought too
    assert found["margin"][0]["change"] == "raised"
    assert [item["text"] for item in found["quotes"]][1] == "There is no bid."
    assert found["quotes"][0]["when"] == "2024-08-05T09:15-04:00"
    assert found["catalysts"][0]["same_session"] is True
    backwards = WHOLE.replace(
        "[[positioning]]",
        "[[themes]]\ntheme = 'x'\nwhy = 'y'\nas_of = 2024-08-05\nsource = 'z'\n[[positioning]]",
    )
    assert next(iter(kept(backwards, tmp_path))) == "themes"


def test_times_are_turned_to_new_york(tmp_path: Path) -> None:
    tokyo = WHOLE.replace("2024-08-05T02:00:00-04:00", "2024-08-05T15:00:00+09:00")
    assert kept(tokyo, tmp_path) == kept(WHOLE, tmp_path)


def test_a_session_without_entries_keeps_nothing(tmp_path: Path) -> None:
    assert kept("session = 2024-08-05\nquotes = []\n", tmp_path) == {}


@pytest.mark.parametrize(
    ("hour", "within"),
    [
        ("2024-08-02T16:00", False),  # Friday's close itself
        ("2024-08-02T16:01", True),
        ("2024-08-05T08:30", True),
        ("2024-08-05T16:00", True),
        ("2024-08-05T16:01", False),
    ],
)
def test_a_close_knows_what_came_since_the_last(hour: str, within: bool) -> None:
    moment = datetime.fromisoformat(hour).replace(tzinfo=ZoneInfo("America/New_York"))
    assert came_in_session(moment, DAY) is within


@given(texts())
@settings(max_examples=60, deadline=None)
def test_a_text_is_kept_character_for_character(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    found = kept(WHOLE.replace('"There is no bid."', quoted), tmp_path_factory.mktemp("desk"))
    assert found["quotes"][1]["text"] == text


def test_the_page_shows_a_file_that_is_right(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8")
    shown = page.split("<!-- example -->\n```toml\n")[1].split("```")[0]
    assert list(kept(shown, tmp_path)) == list(kept(WHOLE, tmp_path))
