"""Phrases of themes are held to the theme's image."""

from __future__ import annotations

from pathlib import Path

from commentary.bank import Bank
from commentary.library import Library
from commentary.theme_checks import image_problems

THEME = """
about = "x"
when = "yen.move_z < 0"
strength = "1"
question = "?"
answer = "!"
image = "IMAGE"
lexicon = ["bridge"]
subjects = ["yen"]
"""
PHRASE = '[[phrases]]\nid = "{}"\ntext = "{}"\nfamily = "{}"\n'


def bank(root: Path, image: str, *phrases: tuple[str, str, str]) -> Bank:
    files = {
        "rules/themes/made.toml": THEME.replace("IMAGE", image),
        "rules/messages/title/made.toml": 'about = "x"\nwhen = "yen.move_z < 0"\nthemes = ["made"]\n',
        "templates/phrases/title/made.toml": "\n".join(PHRASE.format(*phrase) for phrase in phrases),
    }
    for place, text in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Bank(Library((root,)))


def problems(found: Bank) -> list[tuple[str, str, str]]:
    return [
        (each.file, each.key, each.got) for each in image_problems(found) if each.file.endswith("made.toml")
    ]


def test_a_family_of_its_own_and_words_of_the_lexicon(tmp_path: Path) -> None:
    made = bank(
        tmp_path,
        "road",
        ("plain", "The yen fell", "none"),
        ("image", "Two bridges too far", "road"),
        ("other", "The well ran dry", "water"),
        ("bare", "The way home", "road"),
    )
    place = "templates/phrases/title/made.toml"
    assert problems(made) == [
        (place, "phrases.other", "family 'water'"),
        (place, "phrases.bare", "no word of its image"),
    ]


def test_an_image_that_is_no_family(tmp_path: Path) -> None:
    made = bank(tmp_path, "raod", ("plain", "The yen fell", "none"))
    assert problems(made) == [("rules/themes/made.toml", "image", "'raod'")]


def test_the_shipped_phrases_keep_to_their_images() -> None:
    assert image_problems(Bank(Library())) == []
