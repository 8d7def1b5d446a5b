"""What a card keeps of the desk, as conditions and slots read it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from commentary.desk import KINDS, TEMPLATES, entries, names, of_entry, scene_of
from commentary.errors import CardError
from tests.desks import WHOLE, kept


def test_each_kind_has_a_word_and_a_template() -> None:
    assert TEMPLATES["desk_quote"] == "quotes"
    assert sorted(TEMPLATES.values()) == sorted(KINDS)


def test_entries_count_from_one_within_their_kind(tmp_path: Path) -> None:
    assert [entry.name for entry in entries(kept(WHOLE, tmp_path))] == [
        "desk_positioning_1", "desk_margin_1", "desk_liquidation_1", "desk_quote_1", "desk_quote_2",
        "desk_catalyst_1", "desk_theme_1",
    ]  # fmt: skip


def test_the_scene_says_what_the_entries_do_and_nothing_that_is_not_so(tmp_path: Path) -> None:
    scene = scene_of(kept(WHOLE, tmp_path), "high_yield")
    assert scene["desk.quote"] == 2.0
    assert scene["desk.catalyst_sp500"] == scene["desk.margin_silver"] == 1.0
    assert scene["desk_margin_1.raised"] == scene["desk_positioning_1.added"] == 1.0
    assert scene["desk_catalyst_1.on_leader"] == scene["desk_catalyst_1.same_session"] == 1.0
    assert scene["desk_catalyst_1.clock"] == "02:00"
    assert scene["desk_margin_1.effective_date"] == float(date(2024, 8, 6).toordinal())
    assert [scene[f"{name}.place"] for name in ("desk_positioning_1", "desk_quote_2", "desk_theme_1")] == [
        1,
        5,
        7,
    ]
    absent = (
        "desk_margin_1.lowered",
        "desk_margin_1.on_leader",
        "desk.margin_gold",
        "desk_positioning_1.long",
    )
    assert not scene.keys() & set(absent)
    assert "desk_catalyst_1.on_leader" not in scene_of(kept(WHOLE, tmp_path), "oil")


def test_every_name_of_a_scene_is_one_that_authors_may_use(tmp_path: Path) -> None:
    known = names(["silver", "bitcoin", "ether", "nikkei", "sp500", "high_yield"])
    for name in scene_of(kept(WHOLE, tmp_path), "high_yield"):
        ident, _, measure = name.partition(".")
        written = ident if ident == "desk" else ident.rpartition("_")[0]
        assert f"{written}.{measure}" in known


def test_a_card_of_another_program_is_refused() -> None:
    with pytest.raises(CardError, match="'flows'; this program knows positioning"):
        scene_of({"flows": [{}]})


def test_no_entries_no_names() -> None:
    assert scene_of({}, "oil") == {}


def test_entries_are_told_from_readings_and_counts() -> None:
    assert of_entry({"desk_quote_2.text", "desk_quote_2.given", "desk.quote", "gold.level"}) == [
        "desk_quote_2"
    ]
