"""Twins, images, words never printed, grammar of samples, runs of words, truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.linting import runs
from commentary.linting.bench import Bench
from commentary.linting.doubts import Doubt, listed, unique
from commentary.linting.grammar import mistakes, spoken_with_vowel
from commentary.linting.images import CLASHING, UNDECLARED, images
from commentary.linting.truth import impossible
from commentary.linting.twins import content, twins
from commentary.linting.unprinted import ADVICE, CLICHE, unprinted
from tests.linting import made

entry = made.entry


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("Gold was sold beside stocks.", "Gold was dumped beside stocks.", True),
        ("Buyers of gold waited for copper.", "The buyers of gold waited patiently for copper.", True),
        ("Nobody wanted gold at this price.", "Who would want silver at any price?", False),
        ("Gold fell.", "Gold slid.", False),  # too short to be told apart by a word
    ],
)
def test_twins(first: str, second: str, near: bool) -> None:
    found = list(twins([entry(first, id="a"), entry(second, id="b")]))
    assert [doubt.key for doubt in found] == (["phrases.b"] if near else [])


def test_content_words() -> None:
    assert content("{{ it.name }} lost {{ it.return_1d | percent }} of what it had gained.") == {
        "subject_it", "lost", "gained",
    }  # fmt: skip


def test_an_image_without_a_family() -> None:
    found = list(images([entry("The harbor was closed to {{ gold.name }}.")]))
    assert [(doubt.kind, doubt.got.split(":")[0]) for doubt in found] == [(UNDECLARED, "harbor (water)")]
    assert list(images([entry("The harbor was closed.", family="water")])) == []


def test_images_that_clash() -> None:
    found = list(images([entry("The flames reached the harbor.", family="fire")]))
    assert [doubt.kind for doubt in found] == [CLASHING]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("There were margin calls in silver.", ADVICE),
        ("You should own gold.", ADVICE),
        ("Buy the index.", ADVICE),
        ("Hedge funds sold.", ADVICE),
        ("Nobody buys the index.", ""),
        ("The hedge fund sold.", ADVICE),
        ("A perfect storm hit gold.", CLICHE),
        ("Gold fell amid doubts.", CLICHE),
        ("Gold was bought, and nobody asked why.", ""),
    ],
)
def test_words_never_printed(text: str, kind: str) -> None:
    assert [doubt.kind for doubt in unprinted([entry(text)])] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("word", "vowel"),
    [
        ("8", True), ("11", True), ("18", True), ("80.5", True), ("7", False), ("1,100", False), ("S&P", True),
        ("SPY", False), ("hour", True), ("one-day", False), ("unusual", True), ("usual", False), ("European", False),
        ("index", True), ("gold", False),
    ],
)  # fmt: skip
def test_vowels(word: str, vowel: bool) -> None:
    assert spoken_with_vowel(word) is vowel


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("It was a S&P matter.", "'a S&P'"),
        ("An fall of {{ gold.return_1d | percent }}.", "'An fall'"),
        ("Treasuries was sold.", "'Treasuries was'"),
        ("{{ it.name }} has fallen.", "'Semiconductors has'"),
        ("Gold were sold.", "'Gold were'"),
    ],
)
def test_grammar(bench: Bench, text: str, got: str) -> None:
    found = unique(mistakes(bench, [entry(text, names={"it": "semis"})]))
    assert [doubt.got.partition(":")[0] for doubt in found] == [got]


@pytest.mark.parametrize(
    "text",
    [
        "A {{ gold.return_1d | percent }} fall.",  # set right by the program where the figure wants "an"
        "{{ it.name }} {{ it | verb('has', 'have') }} fallen.",
        "Nobody who owned Treasuries was surprised.",
        "If gold were a bond it would pay.",
        "Gold and silver were sold.",
        "An hour was enough.",
    ],
)
def test_good_grammar(bench: Bench, text: str) -> None:
    assert list(mistakes(bench, [entry(text, names={"it": "semis"})])) == []


def test_length_as_it_is_read(bench: Bench) -> None:
    text = "{{ gold.name }} " + "and on " * 17 + "{{ gold.return_1d | percent }}."
    (found,) = unique(mistakes(bench, [entry(text)]))  # 1 + 34 + 2 words
    assert found.got.startswith("37 words")


def test_conditions_that_exclude_each_other(bench: Bench) -> None:
    never = entry("Gold.", "gold.move_z <= -1", "gold.move_z > 0")
    assert [doubt.key for doubt in impossible(bench, [never])] == ["phrases.made.when"]
    assert list(impossible(bench, [entry("Gold.", "gold.move_z <= -1", "gold.move_z < -2")])) == []


def test_runs(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The quick brown fox jumps over the lazy dog."
    file = tmp_path / "runs.bin"
    file.write_bytes(b"".join(runs.hashes_of(text)))
    assert len(file.read_bytes()) == 4 * runs.SIZE
    monkeypatch.setattr(runs, "FILE", file)
    runs.kept.cache_clear()
    try:
        assert runs.taken("A brown fox jumps over the lazy") == "brown fox jumps over the lazy"
        assert runs.taken("A brown fox jumps over a lazy dog") == ""
        found = list(runs.runs([entry("Brown fox jumps over the lazy {{ gold.name }}.")], bench.maker))
        assert [doubt.got for doubt in found] == ["'brown fox jumps over the lazy'"]
    finally:
        runs.kept.cache_clear()


def test_doubts_are_counted_by_kind() -> None:
    doubts = [Doubt("near", f"{place}.toml", "a", "x", "y") for place in range(5)]
    assert listed(doubts, whole=False)[0] == "5 × near"
    assert listed(doubts, whole=False)[-1] == "  … and 2 more"
    assert len(listed(doubts, whole=True)) == 6
    assert len(unique([*doubts, *doubts])) == 5
