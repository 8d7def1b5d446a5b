"""The page of a backtest: what stands on it, that it asks nothing of elsewhere, and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from commentary.backtest import Backtest, BacktestOrder
from commentary.backtest_cells import grid
from commentary.backtest_figures import bars, dots, marks
from commentary.backtest_page import DISCLOSURE, KEY_FIGURES, page
from commentary.bank import Bank
from commentary.calendar import sessions_between
from commentary.evaluation.calls import calls_of, event_pairs, panel_pairs
from commentary.evaluation.labels import LABELS, Event, PanelDay
from commentary.evaluation.panels import panel_sheet
from commentary.evaluation.reliability import reliability_sheet
from commentary.evaluation.remarks import Row
from commentary.evaluation.scores import confusion_sheet, events_sheet
from commentary.evaluation.sheets import Sheet
from commentary.evaluation.year_rows import year_rows
from commentary.library import Library
from commentary.model import VERDICTS, GateLine, Verdict
from tests.verdicts import verdict

MADE = date(2025, 7, 1)
SHUT = GateLine("forced_exit", "not (rates_led and tape.yield_leg >= 1.5)", False, None)


class Tags(HTMLParser):
    """Every element with its attributes, and the text within it up to the next tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def days(first: date, last: date) -> list[Verdict]:
    """A verdict a session, all nine labels in turn; on ordinary days gold and oil lead in turn."""
    found = []
    for place, day in enumerate(sessions_between(first, last)):
        label = LABELS[place % len(LABELS)]
        scores = dict.fromkeys(VERDICTS, 0.1) | {"forced_exit": 0.5 if label == "forced_exit" else 0.1}
        found.append(
            verdict(
                label, session=day, scores=scores, shares=scores, confidence=0.6, leader=("gold", "oil")[place % 2],
                derived={"severity.raw": 3.0},
            )
        )  # fmt: skip
    return found


def backtest(verdicts: Sequence[Verdict], **changes: object) -> Backtest:
    """Every ninth day is a labelled forced exit, and so called; the day after each is one that was not."""
    order = BacktestOrder("bars", verdicts[0].session, verdicts[-1].session, Path("events.csv"))
    events = [
        Event(each.session, "forced_exit", "high", "by hand", "nobody")
        for place, each in enumerate(verdicts)
        if place % 9 < 2
    ]
    panel = [PanelDay(verdicts[4].session, ("melt_up",) * 3, "melt_up", 3, "by hand")]
    calls = calls_of(verdicts)
    labelled, uncurated = event_pairs(events, calls), panel_pairs(panel, calls)
    sheets = [
        events_sheet(labelled), confusion_sheet(labelled), panel_sheet(panel, uncurated),
        reliability_sheet(labelled, uncurated), Sheet("own", "A <sheet>", "By hand & eye", ("figure", "rate"), ()),
    ]  # fmt: skip
    whole = {
        "order": order, "command": "commentary backtest --source bars", "verdicts": verdicts, "events": events,
        "panel": panel, "moves": {verdicts[0].session: {"sp500.return_1d": -0.0349}}, "names": {}, "sheets": sheets,
    }  # fmt: skip
    return Backtest(**{**whole, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(Library())


@pytest.fixture(scope="module")
def whole(bank: Bank) -> str:
    return page(backtest(days(date(2019, 1, 1), date(2021, 3, 31))), bank, MADE)


def test_one_row_a_year_and_one_mark_a_session(whole: str) -> None:
    calendar = whole[whole.index('<table class="calendar">') :].split("</table>")[0]
    body = calendar.split("<tbody>")[1]
    found = Tags(body.split("</tbody>")[0])
    assert [text for text in found.texts if text in ("2019", "2020", "2021")] == ["2019", "2020", "2021"]
    assert len(found.named("tr")) == 3
    used = [attributes for attributes in found.named("use") if "x" in attributes]
    assert (
        len(used) == len(found.named("title")) == len(sessions_between(date(2019, 1, 1), date(2021, 3, 31)))
    )
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in found.named("svg"))


def test_a_mark_says_date_verdict_confidence_and_move(whole: str) -> None:
    assert "<title>2019-01-02: forced exit, 60\u00a0%; S&amp;P −3.5\u00a0%</title>" in whole
    assert "<title>2019-01-03: rotation, 60\u00a0%</title>" in whole


def test_the_legend_has_a_shape_of_its_own_for_every_label(whole: str, bank: Bank) -> None:
    legend = whole.split('<ul class="legend"')[1].split("</ul>")[0]
    shapes = []
    for place, label in enumerate(LABELS):
        assert f'<use href="#v{place}"/></svg>{bank.words.of(label)}</li>' in legend
        shapes.append(whole.split(f'<g id="v{place}">')[1].split("</g>")[0].split(' d="')[2])
        assert whole.count(f"--v{place}: #") == 2  # light and dark
    assert len(set(shapes)) == len(LABELS)


def test_nothing_is_loaded_from_elsewhere(whole: str) -> None:
    found = Tags(whole)
    links = [attributes["href"] for _, attributes in found.found if "href" in attributes]
    assert all(link is not None and link.startswith("#") for link in links)
    assert not found.named("script")
    assert not found.named("link")
    assert not found.named("img")
    assert "http" not in whole
    assert "@import" not in whole
    assert whole.count("url(") == whole.count("url(#part)")


def test_it_is_one_accessible_document(whole: str) -> None:
    found = Tags(whole)
    assert found.open == []
    assert [name for name, _ in found.found].count("h1") == 1
    assert found.named("html") == [{"lang": "en"}]
    assert all(attributes.get("scope") in ("col", "row") for attributes in found.named("th"))
    idents = [attributes["id"] for _, attributes in found.found if "id" in attributes]
    assert len(idents) == len(set(idents))
    targets = {attributes["href"] for attributes in found.named("a")}
    assert targets <= {f"#{ident}" for ident in idents}


def test_every_sheet_is_there_with_its_note(whole: str) -> None:
    for sheet in ("events", "confusion", "panel", "reliability", "own"):
        assert f'<section id="sheet-{sheet}">' in whole
    assert "A &lt;sheet&gt;" in whole
    assert "By hand &amp; eye" in whole


def test_what_is_on_top_comes_from_the_sheets(whole: str) -> None:
    keys = whole.split('<dl class="keys">')[1].split("</dl>")[0]
    assert keys.count("<dd>") == len(KEY_FIGURES)
    # 565 sessions: 63 forced exits and 63 rotations, 126 labelled forced, half of them found, all calls right.
    assert (
        "<dt>63 of 126 labelled forced exits found; interval 41\u00a0% to 59\u00a0%</dt><dd>50\u00a0%</dd>"
        in keys
    )
    assert "63 of 63 forced calls on labelled days confirmed" in keys
    assert "1 of 1 days nobody curated" in keys


def test_near_misses_are_marked_with_the_reason(bank: Bank) -> None:
    near = verdict(
        "rates_led", session=date(2020, 1, 2), scores=dict.fromkeys(VERDICTS, 0.04) | {"forced_exit": 0.8},
        gates=(SHUT,), severity=0, sleeves={"metals": 2, "emerging": 3}, runner_up="forced_exit",
    )  # fmt: skip
    text = page(backtest([near, *days(date(2020, 1, 3), date(2020, 1, 31))]), bank, MADE)
    row = text.split('<tr class="near">')[1].split("</tr>")[0]
    assert "rates-led<em>Near miss: the rule of rates-led shut the gate of forced exit</em>" in row
    assert "emerging markets\u00a03, metals\u00a02" in row
    assert text.count('<tr class="near">') == 1


def test_what_led_is_counted_by_sleeve(bank: Bank) -> None:
    ordinary = [replace(each, label="ordinary") for each in days(date(2020, 1, 2), date(2020, 1, 10))]
    ordinary[-1] = replace(ordinary[-1], leader="nasdaq_vs_dow")
    text = page(backtest(ordinary), bank, MADE).split('<section id="ordinary">')[1].split("</section>")[0]
    # seven sessions: gold, oil, gold, oil, gold, oil, a pair
    assert (
        "Metals and crude led most often, each on 43\u00a0% of 7 ordinary days, sectors next with 14\u00a0%"
        in text
    )
    assert '<th scope="row" class="w">sectors</th><td class="n">1</td><td class="n">14\u00a0%</td>' in text


def test_the_foot_says_how_and_when_it_was_made(whole: str, bank: Bank) -> None:
    foot = whole.split("<footer>")[1]
    assert "<code>commentary backtest --source bars</code>" in foot
    assert "on 1 July 2025" in foot
    assert bank.versions["rules"] in foot
    assert DISCLOSURE in foot
    assert "hypothetical" in DISCLOSURE


def test_a_range_without_labelled_days(bank: Bank) -> None:
    quiet = [verdict("quiet", session=date(2020, 1, 2), leader="")]
    empty = backtest(days(date(2020, 1, 2), date(2020, 1, 10)), events=(), panel=())
    sheets = [events_sheet([]), confusion_sheet([]), reliability_sheet([], []), panel_sheet([], [])]
    text = page(replace(empty, verdicts=quiet, sheets=sheets, moves={}), bank, MADE)
    assert "No labelled day was judged." in text
    assert "No session was called ordinary." in text
    assert '<dl class="keys">' not in text
    assert "No day was called a forced exit, and none was near." in text


def test_twenty_years_in_two_seconds_and_less_than_a_megabyte_and_a_half(bank: Bank) -> None:
    found = backtest(days(date(2005, 1, 3), date(2025, 6, 30)))
    assert len(found.verdicts) >= 5150
    started = time.process_time()
    text = page(found, bank, MADE)
    assert time.process_time() - started < 2
    assert len(text.encode()) < 1_500_000
    assert text.count("<title>20") == len(found.verdicts)


def test_marks_stand_under_the_same_month_each_year() -> None:
    (row,) = year_rows([verdict(session=date(2020, 3, 30)), verdict(session=date(2020, 4, 1))])
    first, second = marks(row, lambda each: str(each.session))
    assert (first.x, second.x) == (2 * 96, 3 * 96)  # a month is 23 sessions of 4 and a gap of 4
    assert first.title == "2020-03-30"


def test_bars_are_as_high_as_days_are_many() -> None:
    rows = year_rows(
        [
            verdict("forced_exit" if number % 2 else "quiet", session=date(year, 3, number))
            for year, last in ((2019, 4), (2020, 8))
            for number in range(1, last + 1)
        ]
    )
    few, many = bars(rows, "forced_exit")
    assert (few.days, few.height, many.days, many.height) == (2, 65.0, 4, 130.0)
    assert few.part
    assert not any(bar.height for bar in bars(rows, "mixed"))


def test_dots_have_a_place_for_what_was_shown_and_what_was_right() -> None:
    rows: list[Row] = [
        {"shown": None, "share": None, "low": None, "high": None, "of": 0},
        {"shown": 0.75, "share": 0.5, "low": 0.25, "high": 1.0, "of": 4},
    ]
    (dot,) = dots(rows, lambda row: f"{row['of']} days")
    assert dot == (240.0, 160.0, 0.0, 240.0, "4 days", "4")


def test_cells_are_written_as_a_desk_writes_them() -> None:
    sheet = Sheet(
        "s", "S", "",
        ("labelled", "year", "share", "low", "high", "a year", "log loss", "band"),
        [
            {"labelled": "forced_exit", "year": 2020, "share": 0.875, "low": 0.5, "high": 1.0, "a year": 95.25,
             "log loss": -0.2714, "band": "50% to 75%"},
            {"labelled": "mixed", "year": 2021, "share": None, "low": None, "high": None, "a year": 3.0,
             "log loss": None, "band": ""},
        ],
    )  # fmt: skip
    found = grid(sheet, lambda ident: ident.replace("_", " "))
    first, second = found.rows
    assert [cell.text.replace("\u00a0", " ") for cell in first.cells] == [
        "forced exit", "2020", "88 %", "50 %", "100 %", "95.3", "−0.271", "50 % to 75 %",
    ]  # fmt: skip
    assert [cell.text for cell in second.cells] == ["mixed", "2021", "–", "–", "–", "3.0", "–", "–"]
    assert first.strip == (50.0, 87.5, 100.0)
    assert second.strip is None
    assert found.headings[0] == ("Labelled", False)
    assert found.headings[5] == ("A year", True)


def test_heat_is_the_part_of_the_row_and_the_diagonal_is_marked() -> None:
    row: Row = {"labelled": "rotation", **dict.fromkeys(LABELS, 0), "rotation": 3, "quiet": 1}
    (found,) = grid(Sheet("c", "C", "", ("labelled", *LABELS), [row]), str, heat=True).rows
    heat = dict(zip(LABELS, found.cells[1:], strict=True))
    assert (heat["rotation"].heat, heat["rotation"].right) == (0.75, True)
    assert (heat["quiet"].heat, heat["quiet"].right) == (0.25, False)
    assert heat["mixed"].heat is None


def test_a_group_opens_where_its_column_changes() -> None:
    rows = [{"figure": name, "share": 0.5} for name in ("a", "a", "b")]
    found = grid(Sheet("p", "P", "", ("figure", "share"), rows), str, group="figure")
    assert [row.opens for row in found.rows] == [False, False, True]
