"""Hand-made notes with their traces: true of the readings written beside them.

In a marked text ``[4.3 percent|sp500.return_1d]`` prints the figure and traces it. Values are those of the
real days, as far as the notes say them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from commentary import calendar
from commentary.auditing import Proof, Vocabulary, vocabulary_of
from commentary.library import Library
from commentary.model import Cell, ReadingSpec, Scalar, Sentence, ShownNumber, Table
from commentary.units import Unit
from commentary.universe import load_universe

FOLDER = Path(__file__).parents[1] / "data" / "auditing"
NOTES = ("forced_exit", "rates_led", "ordinary")
_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
UNITS = (
    (r"_date$|^calendar\.date", Unit.DATE),
    (r"hours_apart$|half_done_hour$", Unit.COUNT),
    (r"bounded$|^tag_|\.at_|\.(above_high|below_low|broke|regained)|low_252d$", Unit.FLAG),
    (r"_bp(_prev\d?)?$", Unit.BASIS_POINTS),
    (r"_z(_prev\d?)?$|\.mean_z|worst_z", Unit.SIGMA),
    (r"_since$", Unit.SESSIONS),
    (r"\.streak|rank$", Unit.SESSIONS),
    (r"^(vix|vix9d|vix3m|vvix|implied_correlation|move)\.(level|change_\dd|high$|average)", Unit.POINTS),
    (r"\.iv_(30d|prev|change)$|\.put_skew_", Unit.POINTS),
    (r"^(ust|tips)\w*\.(level|average)", Unit.PERCENT),
    (r"^(claims|openings)\.(level|average)", Unit.COUNT),
    (r"\.(level|average_\d+d|high|low|high_20d|low_20d|oi_put_strike)$", Unit.PRICE),
    (r"ratio$|move_vs_(implied|priced)$", Unit.RATIO),
    (r"pct_252d$|share$|advancing$|giveback$|dollar_volume$|^confidence$", Unit.SHARE),
    (r"count|day$|days_spanned|new_highs|new_lows|^severity|hardest|violence", Unit.COUNT),
    (r"\.(best|worst|widest)$", Unit.NAME),
    (r"", Unit.FRACTION),
)
INPUTS = {
    "vix.term_ratio": ("vix", "vix3m"), "vix.front_ratio": ("vix9d", "vix"), "metals.worst_z": ("gold", "silver"),
    "beta_gap.spread_1d": ("high_beta", "low_vol"), "small_vs_nasdaq100.spread_1d": ("small_caps", "qqq"),
    "bonds.move_z": ("ust2y", "ust10y"),
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """Names of a pair and its legs."""

    long_words: str
    short_words: str
    full: str


PAIRS = {
    "small_vs_nasdaq100": Words(
        "small companies", "the Nasdaq 100", "small companies against the Nasdaq 100"
    ),
    "beta_gap": Words("high-beta shares", "low-volatility shares", "high beta against low volatility"),
}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return vocabulary_of(load_universe(Library()), PAIRS)


def unit(reading: str) -> Unit:
    return next(found for pattern, found in UNITS if re.search(pattern, reading))


def spec(reading: str) -> ReadingSpec:
    return ReadingSpec(reading, unit(reading), "", INPUTS.get(reading, ()), 1, -1e9, 1e9, "by hand")


def sentence(marked: str, when: str, scene: Mapping[str, Scalar], section: str = "body") -> Sentence:
    """A traced sentence from a marked text."""
    numbers: list[ShownNumber] = []
    text, last = "", 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        value = scene[match[2]]
        assert isinstance(value, float)
        numbers.append(
            ShownNumber(match[1], value, unit(match[2]), match[2], len(text), len(text) + len(match[1]))
        )
        text, last = text + match[1], match.end()
    text += marked[last:]
    names = re.findall(r"\b([a-z]\w*)\.\w+", when)
    subjects = dict.fromkeys([*names, *(number.reading.split(".")[0] for number in numbers)])
    return Sentence(
        text, section, "m", "p", "neutral", "body", "none", "fact", when, tuple(numbers), tuple(subjects)
    )


@dataclass(frozen=True)
class Day:
    """A session's scene and the marked sentences of its note."""

    session: date
    scene: Mapping[str, Scalar]
    marked: tuple[tuple[str, str, str], ...]  # section, text, condition
    rows: tuple[str, ...]

    def sentences(self) -> list[Sentence]:
        return [sentence(text, when, self.scene, section) for section, text, when in self.marked]

    def proof(self) -> Proof:
        return proof(self, self.sentences(), [moves(self.rows, self.scene)])


@cache
def day(name: str) -> Day:
    """A note of ``tests/data/auditing``."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    session = data["session"]
    neighbours = (calendar.previous_session(session), session, calendar.next_session(session))
    days = zip(("calendar.date_prev", "calendar.date", "calendar.date_next"), neighbours, strict=True)
    scene = {name: _scalar(value) for name, value in (*data["scene"].items(), *days)}
    marked = tuple((item["section"], item["text"], item["when"]) for item in data["sentences"])
    return Day(session, scene, marked, tuple(data["rows"]))


def _scalar(value: str | float | date) -> Scalar:
    return value if isinstance(value, str) else float(value.toordinal() if isinstance(value, date) else value)


def proof(day: Day, sentences: Sequence[Sentence], tables: Sequence[Table]) -> Proof:
    specs = {name: spec(name) for name in day.scene}
    markdown = printed(day, sentences, tables)
    shares = {"flight_to_safety": 0.03, "ordinary": 0.2, "rotation": 0.06}
    return Proof(markdown, sentences, tables, day.scene, specs, vocabulary(), day.session, shares)


def _episode(scene: Mapping[str, Scalar]) -> str:
    if "episode.label" not in scene:
        return ""
    name = str(scene["episode.label"]).replace("_", "-").capitalize()
    return f"**{name} episode, day {scene['episode.day']:.0f}: cascade** (began 1 August) · the day "


def printed(day: Day, sentences: Sequence[Sentence], tables: Sequence[Table]) -> str:
    """The note as a renderer would print it."""

    def of(section: str) -> str:
        return " ".join(item.text for item in sentences if item.section == section)

    scene = day.scene
    label = str(scene["verdict"]).replace("_", " ").capitalize()
    confidence = scene["confidence"]
    assert isinstance(confidence, float)
    lines = ["---", f'title: "{of("title").rstrip(".")}"', f"date: {day.session.isoformat()}"]
    lines += [
        f"verdict: {scene['verdict']}",
        "---",
        "",
        f"# {of('title').rstrip('.')}",
        "",
        f"*{of('standfirst')}*",
        "",
    ]
    lines += [
        f"{_episode(scene)}**{label}** · confidence **{scene['confidence_word']}**, {confidence * 100:.0f} % "
        f"(share of past days) · severity **{scene['severity']:.0f} of 5** · "
        "runner-up flight to safety, 3 %",
        "",
    ]
    for section in dict.fromkeys(item.section for item in sentences):
        if section.startswith("part"):
            lines += ["### What does not fit", ""] if section == "part2" else []
            lines += [of(section), ""]
    for table in tables:
        lines += ["## Moves", "", "| " + " | ".join(table.header) + " |", "|" + "---:|" * len(table.header)]
        lines += ["| " + " | ".join(cell.shown for cell in row) + " |" for row in table.rows]
        lines += ["", "Yields: change in basis points. z is the move in its own σ.", ""]
    lines += ["> **Data.** Session settled, 12 sources.", "", "> **Disclosure.** Not advice.", ""]
    return "\n".join(lines)


def _signed(value: float, decimals: int, unit_word: str) -> str:
    mark = "+" if value > 0 else "−" if value < 0 else ""
    return f"{mark}{abs(value):,.{decimals}f}{unit_word}"


def moves(ids: Sequence[str], scene: Mapping[str, Scalar]) -> Table:
    """A table of close, day and σ, of figures chosen so that plain formatting rounds them half up."""

    def number(name: str) -> float:
        value = scene[name]
        assert isinstance(value, float)
        return value

    rows = []
    for ident in ids:
        if ident.startswith("ust"):
            level, day = f"{number(f'{ident}.level'):.2f} %", _signed(number(f"{ident}.change_bp"), 0, " bp")
            names = (f"{ident}.level", f"{ident}.change_bp", f"{ident}.change_z")
        else:
            level, day = (
                f"{number(f'{ident}.level'):,.2f}",
                _signed(number(f"{ident}.return_1d") * 100, 1, " %"),
            )
            names = (f"{ident}.level", f"{ident}.return_1d", f"{ident}.move_z")
        shown = (level, day, _signed(number(names[2]), 1, ""))
        cells = [Cell(text, name, number(name), unit(name)) for text, name in zip(shown, names, strict=True)]
        rows.append((Cell(vocabulary().labels[ident]), *cells))
    return Table("moves", ("", "Close", "1d", "z"), tuple(rows))


def altered(proof: Proof, old: str, new: str) -> Proof:
    """The first occurrence of a text planted anew."""
    index, found = next((number, item) for number, item in enumerate(proof.sentences) if old in item.text)
    at = found.text.index(old)
    return planted(proof, index, (at, at + len(old)), new)


def planted(proof: Proof, index: int, span: tuple[int, int], new: str) -> Proof:
    """A text planted in one sentence, in the Markdown and in the trace alike.

    Offsets move with the text; where the place lies in a figure, what it shows is planted too.
    """
    found = proof.sentences[index]
    text = found.text[: span[0]] + new + found.text[span[1] :]
    numbers = tuple(_moved(number, text, span, len(new) - (span[1] - span[0])) for number in found.numbers)
    changed = [*proof.sentences]
    changed[index] = replace(found, text=text, numbers=numbers)
    markdown = proof.markdown.replace(found.text.rstrip("."), text.rstrip("."))
    return replace(proof, sentences=changed, markdown=markdown)


def _moved(number: ShownNumber, text: str, span: tuple[int, int], shift: int) -> ShownNumber:
    start = number.start + (shift if number.start >= span[1] else 0)
    end = number.end + (shift if number.end >= span[1] else 0)
    return replace(number, start=start, end=end, shown=text[start:end])
