"""Holds the phrases of themes to their image: a family, and the words that may draw on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from commentary.bank import Bank
from commentary.errors import Problem
from commentary.phrasing.lexicon import FAMILIES, Phrase
from commentary.planning.themes import FOLDER, Theme


def image_problems(bank: Bank) -> list[Problem]:
    """Every image that is no family, phrase of a theme in another family, and image without a word of its lexicon."""
    themes = {theme.name: theme for theme in bank.planner.themes}
    problems = [
        Problem(f"{FOLDER}/{name}.toml", "image", repr(theme.file.image), f"one of {', '.join(FAMILIES)}")
        for name, theme in themes.items()
        if theme.file.image not in FAMILIES
    ]
    for message in bank.planner.messages:
        told = [themes[name] for name in message.file.themes if name in themes]
        for phrase in bank.lexicon.of(message.name) if told else ():
            problems += _phrase(phrase, {theme.file.image: theme for theme in told})
    return list(dict.fromkeys(problems))


def _phrase(phrase: Phrase, images: Mapping[str, Theme]) -> Iterator[Problem]:
    place, key = f"templates/phrases/{phrase.message}.toml", f"phrases.{phrase.file.id}"
    family = phrase.file.family
    if family == "none":
        return
    if family not in images:
        yield Problem(
            place, key, f"family {family!r}", f"none, or the theme's image: {', '.join(sorted(images))}"
        )
    elif not any(_says(phrase.file.text, word) for word in images[family].file.lexicon):
        yield Problem(place, key, "no word of its image", f"one of {', '.join(images[family].file.lexicon)}")


def _says(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}(?:s|es|’s)?\b", text, re.IGNORECASE) is not None
