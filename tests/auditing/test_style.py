"""The gate of style: bands by verdict, rows, the file of bands."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from commentary.auditing.style import Row, Standing, failed, hold_unless_styled, style, style_of, table
from commentary.auditing.style_bands import PLACE, Band, load_bands
from commentary.auditing.style_measures import MEASURES, UNHELD, Declared
from commentary.auditing.style_text import Text
from commentary.bank import Bank
from commentary.calendar import is_session
from commentary.errors import AuthoringError, HeldError, UsageError
from commentary.library import Library
from commentary.model import RULED, VERDICTS, Note
from commentary.pipeline import write_note
from commentary.shipped import shipped_card
from tests.cli import ROOT

BANDS = load_bands(Library())
SHORT = Text(("Gold fell. Silver fell a little less.",))
LONG = Text(("Gold fell. Silver fell a little less.",) * 20)
"""Of 40 sentences: its bands are as they are written."""


def rows(text: Text, verdict: str = "forced_exit", **more: str) -> dict[str, Row]:
    return {row.name: row for row in style(text, None, Standing(verdict, **more), BANDS)}


# ---- Bands


def test_what_lies_on_a_limit_holds() -> None:
    band = Band(8, 30)
    assert [band.holds(value) for value in (7.9, 8, 30, 30.1)] == [False, True, True, False]
    assert Band(least=0.5).holds(9) and not Band(least=0.5).holds(0.4)
    assert Band(most=0.5).holds(0) and not Band(most=0.5).holds(0.6)


def test_a_wider_band() -> None:
    wide = Band(10, 16).wider(1 / 3)
    assert (wide.least, wide.most) == pytest.approx((9, 17))  # 6 wide, then 8
    assert Band(most=0.6).wider(1 / 3).most == pytest.approx(0.8)
    assert Band(least=0.5).wider(1 / 3).least == pytest.approx(0.375)
    assert Band(least=0.5).wider(1 / 3).most is None


@pytest.mark.parametrize(
    ("verdict", "words", "spread"),
    [
        ("forced_exit", Band(800, 1600), 0.50), ("flight_to_safety", Band(800, 1600), 0.50),
        ("rotation", Band(500, 1100), 0.48), ("rates_led", Band(500, 1100), 0.48),
        ("relief_rally", Band(500, 1100), 0.48), ("melt_up", Band(500, 1100), 0.48),
        ("ordinary", Band(150, 600), 0.45), ("mixed", Band(150, 600), 0.45), ("quiet", Band(150, 600), 0.45),
    ],
)  # fmt: skip
def test_the_bands_of_a_verdict(verdict: str, words: Band, spread: float) -> None:
    found = rows(LONG, verdict)
    assert found["words"].band == words
    assert found["spread"].band == Band(least=spread)


def test_under_forty_sentences_every_band_is_wider() -> None:
    text = Text(("Gold fell.",) * 39)
    assert rows(text)["sentence_length"].band == Band(10, 17).wider(1 / 3)
    assert rows(Text(("Gold fell.",) * 40))["sentence_length"].band == Band(10, 17)


def test_variety_is_held_from_four_hundred_words_on() -> None:
    few, enough = Text(("Gold fell.",) * 199 + ("It.",)), Text(("Gold fell.",) * 200)
    assert (len(few.words), len(enough.words)) == (399, 400)
    assert [rows(few)[name].band for name in ("mattr", "mtld")] == [None, None]
    assert [rows(enough)[name].band for name in ("mattr", "mtld")] == [Band(least=0.74), Band(least=95)]


@pytest.mark.parametrize(
    ("verdict", "sure", "lean"), [("forced_exit", 0.6, 1.2), ("rotation", 0.8, 1.2), ("quiet", 1.2, 1.2)]
)
def test_a_lean_may_hedge(verdict: str, sure: float, lean: float) -> None:
    bands = [rows(LONG, verdict, confidence=word)["hedges"].band for word in ("high", "lean")]
    assert [band.most for band in bands if band] == [sure, lean]


def test_a_short_edition_is_not_held_to_a_length() -> None:
    assert rows(SHORT, edition="brief")["words"].passed is None
    assert rows(SHORT, edition="daily")["words"].passed is False


def test_what_cannot_be_counted_is_not_held() -> None:
    row = rows(Text(("Gold fell.",)))["kickers"]
    assert (row.value, row.passed) == (None, None)


def test_where_images_are_declared_the_lexicon_is_only_shown() -> None:
    found = {row.name: row for row in style(LONG, Declared(4, 1, 3), Standing("forced_exit"), BANDS)}
    assert found["figurative"].value == pytest.approx(100 * 4 / 140, abs=0.005)
    assert found["figurative"].passed is True
    assert found["families_in_paragraph"].passed is False
    assert (found["figurative_lexicon"].value, found["figurative_lexicon"].passed) == (0, None)


def test_there_is_no_band_for_what_is_no_verdict() -> None:
    with pytest.raises(
        UsageError, match=r"got verdict 'rotations'; wanted one of .*; did you mean 'rotation'\?"
    ):
        rows(LONG, "rotations")


def test_rows_as_they_are_printed() -> None:
    found = rows(LONG)
    assert str(found["words"]) == "words: got 140, wanted 800–1,600"
    lines = table(tuple(found.values())).splitlines()
    assert lines[1].split() == ["words", "140", "800–1,600", "FAIL"]
    assert lines[3].split() == ["sd", "÷", "mean", "of", "it", "0.43", "≥", "0.50", "FAIL"]
    assert lines[7].endswith("0.00   0.50–3.00       FAIL")
    assert len(lines) == 1 + len(MEASURES)
    assert str(rows(SHORT)["under_6"]).endswith("wanted 4.3–33.7")  # 22 wide, then 29.3


# ---- The file


def write(folder: Path, text: str) -> Library:
    (folder / "templates" / "style").mkdir(parents=True)
    (folder / PLACE).write_text(text, encoding="utf-8")
    return Library((folder,))


def test_an_author_lays_bands_over_the_shipped_ones(tmp_path: Path) -> None:
    shipped = (ROOT / PLACE).read_text(encoding="utf-8")
    library = write(tmp_path, shipped.replace("least = 800, most = 1600", "least = 10, most = 20"))
    assert load_bands(library).bands["words"]["driven"] == Band(10, 20)


def test_every_mistake_of_the_file_at_once(tmp_path: Path) -> None:
    shipped = (ROOT / PLACE).read_text(encoding="utf-8")
    spoilt = (
        shipped.replace('"ordinary", ', "")
        .replace('"melt_up"]', '"meltup"]')
        .replace("least = 800, most = 1600", "least = 1600, most = 800")
        .replace("[bands.spread]\ndriven", "[bands.spread]\ndriver")
        .replace("driven = { least = 52, most = 74 }", "driven = {}")
        .replace("lean = 1.2", "lean = 0.1")
        .replace("mtld = 400", "mltd = 400")
        .replace('brief = ["words"]', 'brief = ["length"]')
        .replace("one_part_in = 3", "one_part_in = 0")
    )
    with pytest.raises(AuthoringError) as caught:
        load_bands(write(tmp_path, spoilt))
    assert [(problem.key, problem.got) for problem in caught.value.problems] == [
        ("groups.turning", "'meltup'"),
        ("groups", "melt_up in 0 groups"),
        ("groups", "ordinary in 0 groups"),
        ("from_words", "'mltd'"),
        ("unheld.brief", "'length'"),
        ("bands.spread", "'driver'"),
        ("bands.spread.driven", "nothing"),
        ("short.one_part_in", "0"),
        ("bands.words.driven", "least 1600 above most 800"),
        ("bands.hedges.driven.lean", "0.1"),
        ("bands.hedges.turning.lean", "0.1"),
        ("bands.flesch.driven", "neither least nor most"),
    ]
    assert {problem.file for problem in caught.value.problems} == {PLACE}


def test_keys_that_there_are_not(tmp_path: Path) -> None:
    shipped = (ROOT / PLACE).read_text(encoding="utf-8")
    with pytest.raises(AuthoringError, match="2 mistakes"):
        load_bands(write(tmp_path, shipped.replace("sentences = 40", 'sentences = "forty"\nwords = 3')))


# ---- A note


@pytest.fixture(scope="module")
def note(bank: Bank) -> Note:
    return write_note(shipped_card(None, "daily"), bank)


def test_a_note_is_held_with_the_rows_that_it_fails(note: Note) -> None:
    narrow = replace(BANDS, bands={**BANDS.bands, "words": dict.fromkeys(BANDS.groups, Band(1, 2))})
    count = next(row.value for row in style_of(note, narrow) if row.name == "words")
    with pytest.raises(
        HeldError, match=rf"the gate of style in \d+ rows?:\n  - words: got {count:,.0f}, wanted "
    ):
        hold_unless_styled(note, narrow)


def test_a_note_within_its_bands_passes(note: Note) -> None:
    wide = {name: dict.fromkeys(BANDS.groups, Band(most=1e6)) for name in MEASURES if name not in UNHELD}
    hold_unless_styled(note, replace(BANDS, bands=wide))
    assert failed(style_of(note, replace(BANDS, bands=wide))) == []


# ---- The sessions of `make voice`


def test_fixed_sessions_of_every_verdict() -> None:
    chosen = tomllib.loads((ROOT / "tests/style/sessions.toml").read_text(encoding="utf-8"))["sessions"]
    labels = [entry["label"] for entry in chosen.values()]
    assert len(chosen) == 48
    assert list(chosen) == sorted(chosen)
    assert min(labels.count(label) for label in (*VERDICTS, *RULED)) >= 4
    assert all(is_session(date.fromisoformat(day)) for day in chosen)
    assert all(set(entry) == {"label", "kind"} for entry in chosen.values())
