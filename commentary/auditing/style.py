"""The gate of style: every measure of a text beside the band of its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commentary.auditing.style_bands import Band, BandsFile
from commentary.auditing.style_measures import MEASURES, Declared, declared, measured
from commentary.auditing.style_text import Text, prose
from commentary.errors import HeldError
from commentary.model import Note
from commentary.shapes import dataclass

_VERDICTS = {True: "pass", False: "FAIL", None: "–"}


@dataclass(frozen=True)
class Standing:
    """What decides the bands of a text: verdict, word for its confidence, edition."""

    verdict: str
    confidence: str = ""
    edition: str = ""


@dataclass(frozen=True)
class Row:
    """A measure of a text. ``value`` is as printed, None where it cannot be counted; ``band`` None where none holds."""

    name: str
    value: float | None
    band: Band | None

    @property
    def passed(self) -> bool | None:
        """Whether the value lies in its band; None where there is nothing to hold."""
        return None if self.value is None or self.band is None else self.band.holds(self.value)

    def __str__(self) -> str:
        title, value, band = self.cells
        return f"{title}: got {value}, wanted {band}"

    @property
    def cells(self) -> tuple[str, str, str]:
        """Title, value and band as they are printed."""
        measure = MEASURES[self.name]
        return measure.title, shown(self.value, measure.decimals), spelt(self.band, measure.decimals)


def style(text: Text, known: Declared | None, standing: Standing, bands: BandsFile) -> tuple[Row, ...]:
    """Every measure of a text with sentences. Raises UsageError for a verdict that there is not."""
    group = bands.group(standing.verdict)
    held = bands.limits((group, standing.confidence, standing.edition))
    found = held(len(text.words), len(text.sentences))
    return tuple(Row(name, value, found.get(name)) for name, value in measured(text, known).items())


def style_of(note: Note, bands: BandsFile) -> tuple[Row, ...]:
    """Every measure of a finished note, images as its phrases declare them."""
    standing = Standing(note.verdict.label, note.verdict.confidence_word, note.edition)
    known = declared((sentence.section, sentence.family) for sentence in note.sentences)
    return style(prose(note.markdown), known, standing, bands)


def hold_unless_styled(note: Note, bands: BandsFile) -> None:
    """Raises HeldError with every row that a note fails."""
    if failing := failed(style_of(note, bands)):
        noun = "row" if len(failing) == 1 else "rows"
        lines = "\n".join(f"  - {row}" for row in failing)
        raise HeldError(f"the finished note fails the gate of style in {len(failing)} {noun}:\n{lines}")


def failed(rows: Iterable[Row]) -> list[Row]:
    """Rows outside their band."""
    return [row for row in rows if row.passed is False]


def table(rows: Sequence[Row]) -> str:
    """Measure, value, band, pass or fail: a line a row."""
    lines = [("measure", "value", "band", "")]
    lines += [(*row.cells, _VERDICTS[row.passed]) for row in rows]
    return "".join(
        f"  {name:34} {value:>7}   {band:15} {word}".rstrip() + "\n" for name, value, band, word in lines
    )


def shown(value: float | None, decimals: int) -> str:
    """A value as it is printed."""
    return "–" if value is None else f"{value:,.{decimals}f}"


def spelt(band: Band | None, decimals: int) -> str:
    """A band as it is printed: ``8–30``, ``≥ 0.50``, ``≤ 8``; one decimal more where a limit has one."""
    if band is None:
        return "–"
    least, most = (None if limit is None else _limit(limit, decimals) for limit in (band.least, band.most))
    if least is None or most is None:
        return f"≤ {most}" if least is None else f"≥ {least}"
    return f"{least}–{most}"


def _limit(limit: float, decimals: int) -> str:
    finer = f"{limit:,.{decimals + 1}f}"
    return f"{limit:,.{decimals}f}" if finer.endswith("0") else finer
