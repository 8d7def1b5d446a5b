"""Cards: everything a note was written from comes back, byte for byte, or the card is refused by name."""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.cards import FORMAT, dump_card, read_card
from commentary.errors import CardError
from commentary.model import Card, InputStatus, Memory, PhraseUse, Tape, Thread
from commentary.shipped import shipped_days
from commentary.units import Unit
from tests.verdicts import SESSION, before, card, spec

WHOLE = card(
    {},
    tape=Tape(
        SESSION,
        {"gold.return_1d": -0.0125, "gold.level": 222.0, "sectors.worst": "technology", "gold.streak": -2.0},
        {
            "gold.return_1d": spec("gold.return_1d", Unit.FRACTION),
            "gold.level": replace(spec("gold.level", Unit.PRICE), inputs=("gold", "gold_future")),
            "gold.streak": spec("gold.streak", Unit.SESSIONS),
        },
        (
            InputStatus("gold", "GLD", "folder", SESSION, "fresh"),
            InputStatus("vvix", "^VVIX", "folder", None, "missing", "no such symbol"),
        ),
        {"gold.return_1d": date(2024, 8, 2)},
    ),
    before=before("quiet", "rotation"),
    memory=Memory(
        (PhraseUse("a/b#c", date(2024, 8, 2), "rotation", "daily"),),
        (Thread("hurry", "the hurry ends", "vix.level < 20", date(2024, 8, 2), date(2024, 8, 16)),),
    ),
    desk={"margins": [{"value": 5, "source": "an exchange"}]},
    settings={"brand": "Desk", "byline": None},
    charts={"rebased": {"gold": [100.0, 99.5]}},
    printed={"verdict": "forced_exit", "phrases": ["a/b#c"], "markdown": "0123"},
)  # fmt: skip


def read(text: str | bytes) -> Card:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "card.json")
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_card(path)


def test_a_card_comes_back_whole() -> None:
    back = read(dump_card(WHOLE))
    assert back == WHOLE
    assert dump_card(back) == dump_card(WHOLE)


def test_a_compressed_card_is_the_same_card() -> None:
    assert read(gzip.compress(dump_card(WHOLE).encode())) == WHOLE


numbers = st.floats(allow_nan=False, allow_infinity=False)
names = st.from_regex(r"[a-z][a-z0-9_]{0,8}\.[a-z][a-z0-9_]{0,8}", fullmatch=True)


@given(st.dictionaries(names, st.one_of(numbers, st.text(max_size=8)), max_size=12))
def test_any_readings_come_back_to_the_last_digit(values: dict[str, float | str]) -> None:
    tape = Tape(SESSION, values, {name: spec(name, Unit.RATIO) for name in values})
    back = read(dump_card(replace(WHOLE, tape=tape)))
    assert back.tape == tape
    assert [type(value) for value in back.tape.values.values()] == [
        type(values[name]) for name in back.tape.values
    ]


def test_keys_stand_in_order_whatever_the_order_of_making() -> None:
    turned = Tape(
        SESSION,
        dict(reversed(WHOLE.tape.values.items())),
        WHOLE.tape.specs,
        WHOLE.tape.inputs,
        WHOLE.tape.as_of,
    )
    assert dump_card(replace(WHOLE, tape=turned)) == dump_card(WHOLE)


PACKED = gzip.compress(b"{}" * 500, mtime=0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a card"),
        ("{", "not a card"),
        ("[]", "key format: got 'list'"),
        ("{}", "key format: got None"),
        (b"\xff\xfe", "not a card"),
        (b"\x1f\x8bnot really", "not a card"),
        (PACKED[:20], "not a card"),
        (PACKED[:-12] + b"xxxxxxxxxxxx", "not a card"),
    ],
)
def test_what_is_no_card_is_refused(text: str | bytes, said: str) -> None:
    with pytest.raises(CardError, match=said):
        read(text)


def test_another_format_is_named_beside_the_one_that_is_read() -> None:
    with pytest.raises(
        CardError, match=rf"card\.json: key format: got 99; this program reads cards of format {FORMAT}"
    ):
        read(dump_card(replace(WHOLE, format=99)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CardError, match=r"none\.json: cannot be read \(No such file"):
        read_card(tmp_path / "none.json")
    with pytest.raises(CardError, match="cannot be read"):
        read_card(tmp_path)


def places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a card's JSON."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [above, *(place for key, part in inner for place in places(part, (*above, key)))]


@pytest.mark.parametrize("damage", [None, 3, "text", [], {}, "gone"])
def test_a_damaged_card_is_refused_or_read_but_never_a_surprise(damage: object) -> None:
    """Whatever stands in one place: a card comes back, or an error of the program that names the file."""
    content = json.loads(dump_card(WHOLE))
    for place in random.Random(7).sample(places(content)[1:], 60):
        broken = json.loads(dump_card(WHOLE))
        inner = broken
        for key in place[:-1]:
            inner = inner[key]
        if damage == "gone":
            del inner[place[-1]]
        else:
            inner[place[-1]] = damage
        try:
            read(json.dumps(broken))
        except CardError as error:
            assert "card.json: " in str(error)


def test_the_shipped_cards_are_many_readable_and_without_prices_over_time() -> None:
    days = shipped_days()
    assert len(days) >= 24
    for day, path in days.items():
        found = read_card(path)
        assert found.tape.session == day
        assert found.edition == "daily"
        assert all(values[0] == 100.0 for values in found.charts["rebased"].values())  # type: ignore[attr-defined]
        assert set(found.charts) == {"rebased"}
