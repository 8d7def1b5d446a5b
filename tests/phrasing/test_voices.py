"""Voices: what of the bank they admit, what they say themselves, what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.errors import AuthoringError
from commentary.library import Library
from commentary.phrasing.lexicon import Lexicon
from commentary.phrasing.voices import laid_over, load_voices, stable_problems, voice_problems
from tests.phrasing.made import lexicon, phrase

HEAD = """about = "Dry."
own = ["title"]
never = ["nobody"]
[bank]
tiers = ["fact"]
families = ["none"]
devices = ["plain"]
figures = true
"""
OWN = '[[phrases]]\nid = "mine"\ntext = "Gold fell."\ntier = "stable"\n'
FIGURE = "Gold lost {{ gold.return_1d | percent }}"
BANK = lexicon(
    phrase("havens/gold#bank", f"{FIGURE}.", tier="fact"),
    phrase("metals/gold#plain", f"{FIGURE}.", tier="fact"),
    phrase("metals/gold#frame", f"{FIGURE}, as it does.", tier="frame"),
    phrase("metals/gold#image", f"{FIGURE} overboard.", tier="fact", family="water"),
    phrase("metals/gold#turn", f"{FIGURE}, not silver.", tier="fact", device="antithesis"),
    phrase("metals/gold#bare", "Gold lost.", tier="fact"),
    phrase("metals/gold#never", f"Nobody minded: {FIGURE}.", tier="fact"),
    phrase("title/gold#bank", f"{FIGURE}", tier="fact"),
)


def written(root: Path, head: str = HEAD, own: str = OWN) -> Library:
    folder = root / "templates" / "voices" / "dry"
    (folder / "havens").mkdir(parents=True)
    if head:
        (folder / "voice.toml").write_text(head, encoding="utf-8")
    (folder / "havens" / "gold.toml").write_text(own, encoding="utf-8")
    return Library.alone(root)


def names(found: Lexicon, message: str) -> list[str]:
    return [item.name for item in found.of(message)]


def test_a_message_that_the_voice_words_is_said_in_its_words_alone(tmp_path: Path) -> None:
    tone = load_voices(written(tmp_path))["dry"]
    assert names(laid_over(BANK, tone), "havens/gold") == ["havens/gold#dry.mine"]


def test_of_the_bank_only_what_is_admitted_is_said(tmp_path: Path) -> None:
    said = laid_over(BANK, load_voices(written(tmp_path))["dry"])
    assert names(said, "metals/gold") == ["metals/gold#plain"]
    assert names(said, "title/gold") == [], "its own words or none"
    assert names(said, "oil/fell") == []
    assert set(said.phrases) == set(BANK.phrases)


def test_a_folder_without_a_head_is_no_voice(tmp_path: Path) -> None:
    with pytest.raises(AuthoringError, match=r"templates/voices/dry/voice.toml"):
        load_voices(written(tmp_path, head=""))


def test_a_voice_keeps_to_what_it_admits(tmp_path: Path) -> None:
    image = OWN + 'family = "water"\n'
    tone = load_voices(written(tmp_path, HEAD.replace('"none"', '"none", "wather"'), image))["dry"]
    found = [(problem.file, problem.key) for problem in voice_problems(tone, {"havens"})]
    assert found == [
        ("templates/voices/dry/voice.toml", "bank.families"),
        ("templates/voices/dry/voice.toml", "own"),
        ("templates/voices/dry/havens/gold.toml", "phrases.mine"),
    ]


def test_only_a_voice_may_say_the_same_every_day() -> None:
    bank = lexicon(phrase("havens/gold#same", "Gold fell.", tier="stable"))
    assert [problem.key for problem in stable_problems(bank)] == ["phrases.same"]
    assert not list(stable_problems(BANK))
