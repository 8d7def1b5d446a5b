"""Themes: a story that lies over theses, provable from readings. ``rules/themes/<theme>.toml``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from commentary.authored import STRICT, validated
from commentary.condition_writing import ConditionError
from commentary.conditions import Condition, parse
from commentary.errors import AuthoringError, Problem
from commentary.library import Library
from commentary.model import Scalar
from commentary.planning.messages import Message
from commentary.shapes import dataclass

FOLDER = "rules/themes"


@dataclass(frozen=True)
class ThemeFile:
    """Keys of a theme file.

    ``question`` and ``answer`` say to authors what its messages ask and say. Its phrases draw on the family ``image``
    or on none; those that draw on it use a word of the ``lexicon``. ``theses`` tell its story and are chosen first.
    ``needs`` is what an entry of the desk's themes must be called, without which it does not hold: news, not prices,
    establish it.
    """

    __pydantic_config__ = STRICT

    about: str
    when: str
    strength: str
    question: str
    answer: str
    image: str
    lexicon: tuple[str, ...]
    subjects: tuple[str, ...]
    theses: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    needs: str = ""


@dataclass(frozen=True)
class Theme:
    """A theme with its conditions read."""

    name: str
    file: ThemeFile
    when: Condition
    strength: Condition


def load_themes(library: Library) -> tuple[Theme, ...]:
    """Themes in order of name. Raises AuthoringError with all mistakes at once."""
    problems: list[Problem] = []
    themes: list[Theme] = []
    for document, file in validated(library.documents(FOLDER), ThemeFile):
        try:
            themes.append(Theme(document.name, file, parse(file.when), parse(file.strength)))
        except ConditionError as error:
            key = "when" if error.source == file.when else "strength"
            problems.append(Problem(document.place, key, error.source, error.reason))
    if problems:
        raise AuthoringError(problems)
    return tuple(themes)


def choose_theme(themes: Sequence[Theme], scene: Mapping[str, Scalar]) -> Theme | None:
    """The strongest theme that holds; None where none does, or none is known to."""
    held = [
        (theme.strength.number(scene), theme)
        for theme in themes
        if (not theme.file.verdicts or scene["verdict"] in theme.file.verdicts)
        and (not theme.file.needs or theme.file.needs in _reported(scene))
        and theme.when.holds(scene) is True
    ]
    known = [(strength, theme) for strength, theme in held if strength == strength]
    return max(known, key=lambda pair: (pair[0], pair[1].name))[1] if known else None


def _reported(scene: Mapping[str, Scalar]) -> set[Scalar]:
    """Themes that the desk has put in, by what it calls them."""
    return {
        value for name, value in scene.items() if name.startswith("desk_theme_") and name.endswith(".theme")
    }


def lint_themes(
    themes: Sequence[Theme], messages: Sequence[Message], theses: Collection[str], subjects: Collection[str]
) -> Iterator[Problem]:
    """Names that are none, and themes for which nothing has been written."""
    spoken = {theme for message in messages for theme in message.file.themes}
    for theme in themes:
        place, file = f"{FOLDER}/{theme.name}.toml", theme.file
        for key, found, known in (("theses", file.theses, theses), ("subjects", file.subjects, subjects)):
            yield from (
                Problem(place, key, repr(name), f"one of {key}") for name in found if name not in known
            )
        if not file.lexicon:
            yield Problem(place, "lexicon", "none", "words that its image may use")
        if theme.name not in spoken:
            yield Problem(place, "(messages)", "none", f'a message with themes = ["{theme.name}"]')
