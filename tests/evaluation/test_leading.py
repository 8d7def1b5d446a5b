"""What led on ordinary days, counted by hand."""

from __future__ import annotations

from datetime import date

from commentary.evaluation.leading import what_led
from tests.verdicts import verdict

SLEEVES = {"gold": "metals", "silver": "metals", "oil": "oil"}

DAYS = [
    verdict("ordinary", session=date(2019, 12, 30), leader="oil"),
    verdict("ordinary", session=date(2019, 12, 31), leader="silver"),
    verdict("ordinary", session=date(2020, 1, 2), leader="gold"),
    verdict("ordinary", session=date(2020, 1, 3), leader="silver"),
    verdict("quiet", session=date(2021, 1, 4), leader="oil"),
]


def test_sleeves_by_days_with_what_and_when() -> None:
    metals, oil = what_led(DAYS, SLEEVES.__getitem__)
    assert (metals.sleeve, metals.days, metals.share) == ("metals", 3, 0.75)
    assert metals.by_leader == (("silver", 2), ("gold", 1))
    assert metals.by_year == {2019: 1, 2020: 2, 2021: 0}
    assert (oil.sleeve, oil.days, oil.by_year) == ("oil", 1, {2019: 1, 2020: 0, 2021: 0})


def test_nothing_known_is_a_sleeve_of_its_own_and_ties_go_by_name() -> None:
    days = [*DAYS[:2], verdict("ordinary", session=date(2020, 1, 6), leader="")]
    assert [each.sleeve for each in what_led(days, lambda ident: SLEEVES.get(ident, ""))] == [
        "",
        "metals",
        "oil",
    ]


def test_no_ordinary_day() -> None:
    assert what_led(DAYS[-1:], SLEEVES.__getitem__) == ()
