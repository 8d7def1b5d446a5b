"""The bands that a note's style is held to: ``templates/style/bands.toml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from commentary.auditing.style_measures import MEASURES, UNHELD
from commentary.authored import STRICT, meant, validated
from commentary.errors import AuthoringError, Problem, UsageError
from commentary.library import Library
from commentary.model import RULED, VERDICTS
from commentary.shapes import dataclass

PLACE = "templates/style/bands.toml"
LEAN = "lean"
"""Word for the lowest confidence, which admits more hedges."""


@dataclass(frozen=True)
class Band:
    """What a measure may be. ``lean``: the most where the verdict is a lean."""

    __pydantic_config__ = STRICT

    least: float | None = None
    most: float | None = None
    lean: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a value lies within, ends included."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def leaning(self) -> Band:
        """The band of a verdict that is a lean."""
        return Band(self.least, self.most if self.lean is None else self.lean)

    def wider(self, part: float) -> Band:
        """Wider by a part: at either end by half of it, a floor or ceiling alone by all of it."""
        if self.least is None or self.most is None:
            return Band(
                None if self.least is None else self.least / (1 + part),
                None if self.most is None else self.most * (1 + part),
            )
        slack = (self.most - self.least) * part / 2
        return Band(self.least - slack, self.most + slack)


Limits = Callable[[int, int], Mapping[str, Band]]


@dataclass(frozen=True)
class ShortFile:
    """Texts of fewer ``sentences`` have bands wider by one part in ``one_part_in``."""

    __pydantic_config__ = STRICT

    sentences: int
    one_part_in: int


@dataclass(frozen=True)
class BandsFile:
    """Keys of the file: verdicts by group, bands by measure and group."""

    __pydantic_config__ = STRICT

    short: ShortFile
    groups: Mapping[str, tuple[str, ...]]
    bands: Mapping[str, Mapping[str, Band]]
    from_words: Mapping[str, int]  # measure → words from which it is held
    unheld: Mapping[str, tuple[str, ...]]  # edition → measures that it is not held to

    def group(self, verdict: str) -> str:
        """The group of a verdict. Raises UsageError where it is none."""
        for name, verdicts in self.groups.items():
            if verdict in verdicts:
                return name
        raise UsageError(f"got verdict {verdict!r}; wanted {_one_of((*VERDICTS, *RULED), verdict)}")

    def limits(self, about: tuple[str, str, str]) -> Limits:
        """From words and sentences of a text to the bands that hold it.

        ``about``: group of verdicts, word for the confidence, edition.
        """
        whole = dict(self._held(about))
        wide = {name: band.wider(1 / self.short.one_part_in) for name, band in whole.items()}

        def holding(words: int, sentences: int) -> Mapping[str, Band]:
            found = wide if sentences < self.short.sentences else whole
            return {name: band for name, band in found.items() if words >= self.from_words.get(name, 0)}

        return holding

    def _held(self, about: tuple[str, str, str]) -> Iterator[tuple[str, Band]]:
        group, confidence, edition = about
        for name, bands in self.bands.items():
            if name not in self.unheld.get(edition, ()):
                yield name, bands[group].leaning() if confidence == LEAN else bands[group]


def load_bands(library: Library) -> BandsFile:
    """Read the bands. Raises AuthoringError with every mistake."""
    ((_, file),) = validated([library.document(PLACE)], BandsFile)
    if problems := [*_grouped(file), *_named(file), *_whole(file), *_sided(file)]:
        raise AuthoringError(problems)
    return file


def _grouped(file: BandsFile) -> Iterator[Problem]:
    """Every verdict in one group."""
    given = [verdict for verdicts in file.groups.values() for verdict in verdicts]
    known = (*VERDICTS, *RULED)
    for name, verdicts in file.groups.items():
        for verdict in verdicts:
            if verdict not in known:
                yield Problem(PLACE, f"groups.{name}", repr(verdict), _one_of(known, verdict))
    for verdict in known:
        if given.count(verdict) != 1:
            yield Problem(PLACE, "groups", f"{verdict} in {given.count(verdict)} groups", "in one")


def _named(file: BandsFile) -> Iterator[Problem]:
    """Every measure and group that is named exists."""
    held = [name for name in MEASURES if name not in UNHELD]
    named = [("bands", name) for name in file.bands] + [("from_words", name) for name in file.from_words]
    named += [(f"unheld.{edition}", name) for edition, names in file.unheld.items() for name in names]
    for key, name in named:
        if name not in held:
            yield Problem(PLACE, key, repr(name), _one_of(held, name))
    for name, bands in file.bands.items():
        for group in bands:
            if group not in file.groups:
                yield Problem(PLACE, f"bands.{name}", repr(group), _one_of(file.groups, group))


def _whole(file: BandsFile) -> Iterator[Problem]:
    """Every measure has a band for every group."""
    for name in MEASURES:
        for group in file.groups if name not in UNHELD else ():
            if group not in file.bands.get(name, {}):
                yield Problem(PLACE, f"bands.{name}.{group}", "nothing", "a band: least, most or both")


def _sided(file: BandsFile) -> Iterator[Problem]:
    """Every band has a side, and its sides the right way round."""
    if file.short.one_part_in < 1:
        yield Problem(PLACE, "short.one_part_in", str(file.short.one_part_in), "a count, at least 1")
    for name, bands in file.bands.items():
        for group, band in bands.items():
            key = f"bands.{name}.{group}"
            if band.least is None and band.most is None:
                yield Problem(PLACE, key, "neither least nor most", "one of them or both")
            elif band.least is not None and band.most is not None and band.least > band.most:
                yield Problem(
                    PLACE, key, f"least {band.least:g} above most {band.most:g}", "least below most"
                )
            if band.lean is not None and (band.most is None or band.lean < band.most):
                yield Problem(PLACE, f"{key}.lean", f"{band.lean:g}", "a number, not below most")


def _one_of(known: Mapping[str, object] | tuple[str, ...] | list[str], got: str) -> str:
    return f"one of {', '.join(known)}{meant(got, known)}"
