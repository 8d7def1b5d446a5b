"""What is published: the rules file with all its mistakes, and the days of publication, by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary import calendar
from commentary.bank import Bank
from commentary.errors import AuthoringError
from commentary.library import Library
from commentary.macro import PLACE, Macro, MacroSeries, Release, load_macro
from commentary.releases import next_release, period_end, release_day
from commentary.universe import load_universe


def shipped() -> Macro:
    return load_macro(Library())


CLAIMS = shipped().series["claims"]
OPENINGS = shipped().series["openings"]


@pytest.mark.parametrize(
    ("week", "out"),
    [
        ("2024-07-27", "2024-08-01"),  # the Thursday after
        ("2024-11-23", "2024-11-27"),  # Thanksgiving: Wednesday
        ("2019-06-29", "2019-07-03"),  # Independence Day on a Thursday
        ("2014-12-20", "2014-12-24"),  # Christmas on a Thursday
        ("2021-11-06", "2021-11-10"),  # Veterans Day: stocks trade, bonds and the department do not
        ("2010-11-06", "2010-11-10"),
        ("2025-01-04", "2025-01-08"),  # a day of mourning: stocks are shut, bonds trade
        ("2025-06-14", "2025-06-18"),  # Juneteenth
        ("2025-10-18", "2025-11-20"),  # left out by the shutdown
    ],
)
def test_claims_come_on_the_thursday_after_their_week(week: str, out: str) -> None:
    assert release_day(CLAIMS, date.fromisoformat(week)) == date.fromisoformat(out)


@pytest.mark.parametrize(
    ("month", "true_day"),
    [
        ("2015-01-01", "2015-03-10"),
        ("2016-01-01", "2016-03-17"),
        ("2017-01-01", "2017-03-16"),
        ("2020-01-01", "2020-03-17"),
        ("2021-01-01", "2021-03-11"),
        ("2022-01-01", "2022-03-09"),
        ("2023-01-01", "2023-03-08"),
        ("2024-07-01", "2024-09-04"),
        ("2025-01-01", "2025-03-11"),
    ],
)
def test_openings_are_never_known_before_they_were_out(month: str, true_day: str) -> None:
    assumed = release_day(OPENINGS, date.fromisoformat(month))
    assert assumed is not None
    assert date.fromisoformat(true_day) <= assumed


def test_a_period_ends_on_its_saturday_or_with_its_month() -> None:
    assert period_end(CLAIMS, date(2024, 7, 27)) == date(2024, 7, 27)
    assert period_end(OPENINGS, date(2024, 2, 1)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2024-11-26", "2024-11-27"),
        ("2024-11-27", "2024-12-05"),
        ("2024-08-01", "2024-08-08"),
        ("2024-08-04", "2024-08-08"),
    ],
)
def test_the_next_release_is_after_the_day(day: str, due: str) -> None:
    assert next_release(CLAIMS, date.fromisoformat(day)) == date.fromisoformat(due)


def test_a_rule_that_is_not_exact_gives_no_next_release() -> None:
    assert next_release(OPENINGS, date(2024, 8, 1)) is None


def test_a_day_that_no_calendar_covers_is_none() -> None:
    assert release_day(CLAIMS, date(1999, 1, 2)) is None


@given(st.dates(date(2004, 1, 10), date(2028, 10, 20)))
def test_a_release_is_a_session_after_its_period(day: date) -> None:
    for series in (CLAIMS, OPENINGS):
        out = release_day(series, day)
        assert out is not None
        assert period_end(series, day) < out
        assert calendar.is_session(out)


def test_names_agree_with_the_instruments_and_symbols_with_the_stock_list() -> None:
    macro, universe = shipped(), load_universe(Library())
    assert not (macro.series.keys() | macro.events.keys()) & universe.instruments.keys()
    for ident, company in macro.companies.items():
        assert company.symbol in universe.stocks
        if ident in universe.instruments:
            assert company.symbol in universe[ident].symbols["yahoo"]
            assert company.full == universe[ident].full


def test_prose_has_names_for_what_is_published() -> None:
    names = Bank(Library()).names
    assert names["claims"].full == "jobless claims"
    assert names["payrolls"].number == "plural"
    assert names["jpmorgan"].full == "JPMorgan"


GOOD = (Path(__file__).parents[1] / PLACE).read_text(encoding="utf-8")


def library(folder: Path, text: str) -> Library:
    place = folder / PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return Library((folder,))


def test_all_mistakes_of_shape_are_told_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace('side = "growth"', 'side = "grwoth"', 1).replace("usual = 65000", 'usual = "many"')
    with pytest.raises(AuthoringError) as caught:
        load_macro(library(tmp_path, wrong + "\n[companies.nameless]\nsymbol = 'X'\nticker = 'X'\n"))
    told = str(caught.value)
    for said in ("events.payrolls.side", "events.payrolls.usual", "nameless", "ticker"):
        assert said in told


def test_all_mistakes_of_sense_are_told_at_once(tmp_path: Path) -> None:
    wrong = (
        GOOD.replace("usual = 65000", "usual = 0")
        .replace('words = ["Retail Sales MM"]', 'words = ["Unemployment Rate"]')
        .replace("{ days = 47, until = 2021-12-31 }, { days = 40 }", "{ days = 40 }, { days = 47, until = 2021-12-31 }")
        .replace('symbols = { folder = "ICSA", store = "ICSA" }', 'symbols = { fodler = "ICSA" }')
        .replace('[events.openings]\nfull = "job openings"', '[events.openings]\nfull = "vacancies"')
    )  # fmt: skip
    with pytest.raises(AuthoringError) as caught:
        load_macro(library(tmp_path, wrong))
    told = str(caught.value)
    for said in (
        "events.payrolls.usual", "events.retail.words", "series.openings.release", "series.claims.symbols",
        "events.openings.full",
    ):  # fmt: skip
        assert said in told


def test_a_file_that_is_wrong_is_named_by_the_check_of_all_files(tmp_path: Path) -> None:
    from commentary.checking import problems

    found = problems(Bank(library(tmp_path, GOOD.replace("usual = 65000", "usual = 0"))))
    assert any(f"{PLACE}: events.payrolls.usual" in str(problem) for problem in found)


def test_a_series_is_exact_where_every_rule_is() -> None:
    def made(*rules: Release) -> MacroSeries:
        return MacroSeries("a", "a", "week", "up", {}, rules)

    assert made(Release(5, exact=True)).exact
    assert not made(Release(5, until=date(2020, 1, 1)), Release(5, exact=True)).exact
