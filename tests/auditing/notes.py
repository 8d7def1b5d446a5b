"""Hand-made notes with their traces: true of the readings written beside them.

In a marked text ``[4.3 percent|sp500.return_1d]`` prints the figure and traces it. Values are those of the
real days, as far as the notes say them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from commentary.auditing import Proof, Vocabulary, vocabulary_of
from commentary.library import Library
from commentary.model import Cell, ReadingSpec, Scalar, Sentence, ShownNumber, Table
from commentary.units import Unit
from commentary.universe import load_universe

_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
UNITS = (
    (r"_date$|^calendar\.date", Unit.DATE),
    (r"bounded$|^tag_|\.at_|\.(above_high|below_low|broke|regained)|low_252d$", Unit.FLAG),
    (r"_bp(_prev\d?)?$", Unit.BASIS_POINTS),
    (r"_z(_prev\d?)?$|\.mean_z|worst_z", Unit.SIGMA),
    (r"_since$", Unit.SESSIONS),
    (r"\.streak|rank$", Unit.SESSIONS),
    (r"^(vix|vix9d|vix3m|vvix|implied_correlation|move)\.(level|change_\dd|high$|average)", Unit.POINTS),
    (r"^(ust|tips)\w*\.(level|average)", Unit.PERCENT),
    (r"\.(level|average_\d+d|high|low|high_20d|low_20d)$", Unit.PRICE),
    (r"ratio$|move_vs_implied$", Unit.RATIO),
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
    "small_vs_nasdaq100": Words("small companies", "the Nasdaq 100", "small companies against the Nasdaq 100"),
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
    """A session's scene and the marked sentences of its note, by section."""

    session: date
    scene: Mapping[str, Scalar]
    title: tuple[str, str]
    standfirst: tuple[tuple[str, str], ...]
    paragraphs: tuple[tuple[tuple[str, str], ...], ...]
    rows: tuple[str, ...]

    def sentences(self) -> list[Sentence]:
        made = [sentence(*self.title, self.scene, "title")]
        made += [sentence(text, when, self.scene, "standfirst") for text, when in self.standfirst]
        for number, paragraph in enumerate(self.paragraphs):
            made += [sentence(text, when, self.scene, f"part{number}") for text, when in paragraph]
        return made

    def proof(self) -> Proof:
        return proof(self, self.sentences(), [moves(self.rows, self.scene)])


def proof(day: Day, sentences: Sequence[Sentence], tables: Sequence[Table]) -> Proof:
    specs = {name: spec(name) for name in day.scene}
    markdown = printed(day, sentences, tables)
    shares = {"flight_to_safety": 0.03, "ordinary": 0.2, "rotation": 0.06}
    return Proof(markdown, sentences, tables, day.scene, specs, vocabulary(), day.session, shares)


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
        f"**{label}** · confidence **{scene['confidence_word']}**, {confidence * 100:.0f} % (share of past days) · "
        f"severity **{scene['severity']:.0f} of 5** · episode day {scene['episode.day']:.0f}, begun as rotation · "
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


def ordinal(year: int, month: int, day: int) -> float:
    return float(date(year, month, day).toordinal())


def _with_dates(scene: dict[str, Scalar], before: date, today: date, after: date) -> dict[str, Scalar]:
    days = {"calendar.date_prev": before, "calendar.date": today, "calendar.date_next": after}
    return {**scene, **{name: float(day.toordinal()) for name, day in days.items()}}


FORCED = Day(
    session=date(2024, 8, 5),
    scene=_with_dates(
        {
            "verdict": "forced_exit", "confidence": 0.95, "confidence_word": "high", "severity": 4.0,
            "episode.day": 18.0, "runner_up": "flight_to_safety", "yesterday.verdict": "flight_to_safety",
            "sp500.return_1d": -0.029968, "sp500.move_z": -3.21, "sp500.level": 5186.33, "sp500.worst_since_date":
            ordinal(2022, 9, 13), "sp500.average_200d": 5012.4, "sp500.vs_average_200d": 0.0347,
            "sp500.worst_since": 474.0, "sp500.worst_since_bounded": 0.0, "sp500.return_5d": -0.0509,
            "spy.gap_1d": -0.0401, "spy.intraday_1d": 0.0114, "spy.gap_since_date": ordinal(2020, 3, 16),
            "spy.gap_since_bounded": 0.0, "utilities.return_1d": -0.0261, "utilities.return_1d_prev": 0.0171,
            "utilities.gap_1d": 0.004, "utilities.intraday_1d": -0.0302, "semis.return_1d": -0.0231,
            "semis.return_1d_prev": -0.0503, "semis.intraday_1d": 0.0607, "low_vol.return_1d": -0.0224,
            "high_beta.return_1d": -0.0251, "low_vol.at_record_prev": 1.0, "low_vol.move_z": -3.1,
            "utilities.move_z": -2.5, "gold.return_1d": -0.01328, "gold.move_z": -1.31, "gold.level": 222.48,
            "gold.average_20d": 222.96, "silver.return_1d": -0.04512, "silver.move_z": -2.17, "silver.level": 24.86,
            "bitcoin.return_1d": -0.1437, "bitcoin.move_z": -3.2, "calendar.days_spanned": 3.0,
            "ust2y.change_bp": 1.0, "ust2y.change_bp_prev": -28.0, "ust2y.level": 3.89, "ust2y.change_z": 0.1,
            "ust10y.change_bp": -2.0, "dollar.return_1d": -0.0052, "gold.unexplained_z": -1.6, "yen.return_5d": 0.0709,
            "yen.move_z": -3.0, "yen.return_1d": 0.0188, "pound.return_1d": -0.0024, "vix.level": 38.57, "vix.high": 65.73,
            "vix.giveback": 0.64, "vix9d.level": 42.8, "vix3m.level": 33.7, "vix.term_ratio": 1.144,
            "vix.move_z": 7.8, "breadth.advancing": 0.05, "breadth.count_up": 5.0, "breadth.count_down": 95.0,
            "high_yield.return_1d": -0.0062, "high_yield.return_1d_prev2": -0.0079, "winners_3m.return_1d": -0.0321,
            "losers_3m.return_1d": -0.0168, "cross_asset.sold_share": 0.8, "russell.broke_50d": 1.0,
            "russell.vs_average_50d": -0.031, "russell.return_1d": -0.0333, "russell.move_z": -2.4, "russell.level": 2039.16,
            "metals.worst_z": -2.17, "sp500.streak": -3.0, "beta_gap.spread_1d": -0.0027, "oil.move_z": -0.1,
        },
        date(2024, 8, 2), date(2024, 8, 5), date(2024, 8, 6),
    ),
    title=("[Monday|calendar.date] sold what [Friday|calendar.date_prev] spared.", "utilities.return_1d_prev > 0 and utilities.move_z <= -2"),
    standfirst=(
        ("Utilities fell further than chips, and gold, silver and bitcoin were sold beside them.",
         "utilities.return_1d < semis.return_1d and max(gold.move_z, silver.move_z, bitcoin.move_z) < -1"),
        ("Two-year yields, which had dropped [28 basis points|ust2y.change_bp_prev] on [Friday|calendar.date_prev], rose [one basis point|ust2y.change_bp].",
         "ust2y.change_bp_prev <= -20 and abs(ust2y.change_bp) <= 2"),
    ),
    paragraphs=(
        (
            ("It was a forced exit.", "verdict == 'forced_exit' and confidence >= 0.9"),
            ("SPY opened [4 percent|spy.gap_1d] below [Friday|calendar.date_prev]’s close, its widest gap down since [March 2020|spy.gap_since_date].",
             "spy.gap_1d <= -0.03 and spy.gap_since_date < 738000"),
            ("The S&P lost [3 percent|sp500.return_1d], its worst day since [September 2022|sp500.worst_since_date], and a [third|sp500.streak] straight decline.",
             "sp500.return_1d <= -0.02 and sp500.worst_since >= 250 and sp500.streak <= -3"),
            ("The session itself lifted it: between open and close SPY gained [1.1 percent|spy.intraday_1d].", "spy.intraday_1d > 0"),
            ("Over five sessions the index has lost [5.1 percent|sp500.return_5d].", "sp500.return_5d < -0.04"),
        ),
        (
            ("On [Friday|calendar.date_prev] utilities rose while semiconductors lost [5 percent|semis.return_1d_prev].",
             "utilities.return_1d_prev > 0 and semis.return_1d_prev <= -0.04"),
            ("Utilities even opened higher, and gave up [3 percent|utilities.intraday_1d] from that open.",
             "utilities.gap_1d > 0 and utilities.intraday_1d <= -0.02"),
            ("Low-volatility shares had closed the week at a record; they fell [2.2 percent|low_vol.return_1d].",
             "low_vol.at_record_prev and low_vol.move_z <= -2"),
            ("The quarter’s winners lost [3.2 percent|winners_3m.return_1d], its losers [1.7|losers_3m.return_1d].",
             "winners_3m.return_1d < losers_3m.return_1d"),
            ("Only [five|breadth.count_up] large companies in a hundred-name list rose and [95|breadth.count_down] fell."
             .replace("hundred-name", "long"), "breadth.advancing <= 0.1"),
        ),
        (
            ("Gold and silver dropped [1.3|gold.return_1d] and [4.5 percent|silver.return_1d] although the dollar and ten-year yields fell too.",
             "gold.move_z <= -1 and silver.move_z <= -1 and dollar.return_1d < 0 and ust10y.change_bp < 0"),
            ("Gold did not rise, and what is left unexplained is [1.6 sigma|gold.unexplained_z].", "gold.unexplained_z <= -1.5"),
            ("Bitcoin’s loss of [14 percent|bitcoin.return_1d] spans [three|calendar.days_spanned] days.",
             "bitcoin.move_z <= -2 and calendar.days_spanned == 3"),
            ("The yen has gained [7.1 percent|yen.return_5d] in a week, yet sterling fell.",
             "yen.return_5d >= 0.05 and pound.return_1d < 0"),
            ("The yen was bid, [3 sigma|yen.move_z] higher on the day.", "yen.move_z <= -2"),
        ),
        (
            ("Nine-day VIX closed above three-month VIX, [43|vix9d.level] against [34|vix3m.level].", "vix9d.level > vix3m.level"),
            ("VIX printed above [65|vix.high], then handed back [nearly two-thirds|vix.giveback] of its rise.",
             "vix.high >= 1.25 * vix.level and vix.giveback >= 0.6"),
            ("High yield lost less than it had on [Thursday|calendar.date_prev2].".replace("[Thursday|calendar.date_prev2]", "the way in"),
             "high_yield.return_1d < 0 and high_yield.return_1d > high_yield.return_1d_prev2"),
            ("Crude hardly moved.", "abs(oil.move_z) < 0.3"),
            ("The Russell lost its 50-day average.", "russell.broke_50d and russell.vs_average_50d < 0"),
            ("A close beneath the S&P’s 200-day average, at [5,012|sp500.average_200d], would make this a cascade.",
             "sp500.level > sp500.average_200d"),
            ("Gold back above its 20-day average while stocks fell would say the opposite.", "gold.level < gold.average_20d"),
            ("Fear has favourites; need sells them.", "verdict == 'forced_exit'"),
        ),
    ),
    rows=("sp500", "russell", "gold", "silver", "ust2y"),
)  # fmt: skip

RATES = Day(
    session=date(2022, 9, 13),
    scene=_with_dates(
        {
            "verdict": "rates_led", "confidence": 0.81, "confidence_word": "moderate", "severity": 3.0,
            "episode.day": 2.0, "runner_up": "flight_to_safety", "sp500.return_1d": -0.0432, "sp500.move_z": -3.4,
            "sp500.worst_since_date": ordinal(2020, 6, 11), "sp500.worst_since": 569.0, "sp500.level": 3932.69,
            "sp500.low_20d": 3908.19, "ust2y.change_bp": 17.0, "ust2y.level": 3.75, "ust2y.change_z": 2.4,
            "ust2y.high_since_date": ordinal(2007, 10, 31), "ust2y.high_since": 3700.0, "ust2y.high_since_bounded": 0.0,
            "ust30y.change_bp": -2.0, "ust10y.change_bp": 5.0, "nasdaq.return_1d": -0.0516, "bitcoin.return_1d": -0.0935,
            "bitcoin.unexplained_z": -0.5, "gold.return_1d": -0.0121, "gold.move_z": -1.2, "gold.level": 158.66,
            "dollar.return_1d": 0.0141, "vix.level": 27.27, "vix.change_1d": 3.4, "vvix.pct_252d": 0.25,
            "breadth.advancing": 0.0, "curve.two_ten_change_bp": -12.0, "technology.return_1d": -0.0539,
            "technology.sector_rank": 1.0, "energy.return_1d": -0.0247, "sectors.worst": "technology",
            "sp500.move_vs_implied": 2.87, "sp500.at_high_252d": 0.0, "high_yield.oas_change_bp": 21.0,
            "sp500.return_ytd": -0.175, "small_vs_nasdaq100.spread_1d": 0.0164, "small_caps.return_1d": -0.0391,
            "qqq.return_1d": -0.0555, "nasdaq100.return_1d": -0.0554, "episode.sessions_since_forced": 61.0,
        },
        date(2022, 9, 12), date(2022, 9, 13), date(2022, 9, 14),
    ),
    title=("Two-year money names its price.", "ust2y.change_z >= 2"),
    standfirst=(
        ("The S&P lost [4.3 percent|sp500.return_1d], its worst since [June 2020|sp500.worst_since_date].", "sp500.worst_since >= 250"),
        ("Violent, yes; but gold fell where the dollar and two-year yields pointed.",
         "gold.return_1d < 0 and dollar.return_1d > 0 and ust2y.change_bp > 0"),
    ),
    paragraphs=(
        (
            ("Two-years rose [17 basis points|ust2y.change_bp] to [3.75 percent|ust2y.level], a high since [2007|ust2y.high_since_date]; thirty-years fell [two basis points|ust30y.change_bp].",
             "ust2y.change_bp >= 10 and ust2y.high_since >= 1000 and ust30y.change_bp < 0"),
            ("The curve flattened by [12 basis points|curve.two_ten_change_bp].", "curve.two_ten_change_bp <= -8"),
            ("Policy repriced; the distant future did not.", "ust30y.change_bp < 5"),
        ),
        (
            ("Bitcoin’s [9 percent|bitcoin.return_1d] resembles a flush; allow for yields and [half a sigma|bitcoin.unexplained_z] remains.",
             "bitcoin.return_1d <= -0.08"),
            ("Technology was the worst sector, down [5.4 percent|technology.return_1d]; energy lost [2.5|energy.return_1d].",
             "technology.sector_rank == 1 and energy.return_1d < 0"),
            ("The index moved [nearly three times|sp500.move_vs_implied] what options had priced.", "sp500.move_vs_implied >= 2.5"),
            ("It is [17.5 percent|sp500.return_ytd] lower this year.".replace("17.5", "18"), "sp500.return_ytd < -0.1"),
            ("Small companies beat the Nasdaq 100 by [1.6 points|small_vs_nasdaq100.spread_1d].", "small_vs_nasdaq100.spread_1d > 0.01"),
        ),
        (
            ("VIX rose [3.4 points|vix.change_1d] to [27.27|vix.level].", "vix.change_1d > 2"),
            ("Vol-of-vol sits at its [25th percentile|vvix.pct_252d].".replace("Vol-of-vol", "VVIX"), "vvix.pct_252d < 0.3"),
            ("The junk spread widened [21 basis points|high_yield.oas_change_bp].", "high_yield.oas_change_bp >= 10"),
            ("A close below [3,908|sp500.low_20d] would change the verdict by [Wednesday|calendar.date_next].", "sp500.level > sp500.low_20d"),
            ("Not one of our large companies rose; nothing was bid but the dollar.", "breadth.advancing == 0 and dollar.return_1d > 0"),
        ),
    ),
    rows=("sp500", "gold", "ust2y"),
)  # fmt: skip

ORDINARY = Day(
    session=date(2023, 12, 4),
    scene=_with_dates(
        {
            "verdict": "ordinary", "confidence": 0.61, "confidence_word": "lean", "severity": 1.0, "episode.day": 1.0,
            "runner_up": "flight_to_safety", "leader": "metals", "gold.return_1d": -0.0216, "gold.move_z": -2.54,
            "gold.level": 187.86, "gold.gap_1d": -0.0131, "gold.worst_since_date": ordinal(2023, 2, 3),
            "gold.worst_since": 210.0, "gold.volume_ratio": 2.9, "gold.explained_share": 0.24, "gold.streak": -1.0,
            "gold.at_record_prev": 1.0, "silver.return_1d": -0.0373, "silver.move_z": -2.33, "silver.level": 22.46,
            "copper.return_1d": -0.0226, "miners.return_1d": -0.0248, "bitcoin.return_1d": 0.0851,
            "bitcoin.high_since_date": ordinal(2022, 4, 5), "bitcoin.high_since": 418.0, "russell.return_1d": 0.0104,
            "russell.move_z": 0.73, "russell.level": 1882.02, "equal_weight.return_1d": 0.0005, "sp500.return_1d": -0.0054,
            "sp500.move_z": -0.56, "sp500.level": 4569.78, "ust2y.change_bp": 8.0, "ust2y.level": 4.64, "ust2y.change_z": 1.1,
            "dollar.return_1d": 0.0045, "high_yield.oas_change_bp": -7.0, "leadership.spread_z": 1.88,
            "leadership.spread_z_prev": 2.79, "yesterday.verdict": "rotation", "vix.pct_252d": 0.036, "vix.change_1d": 0.45,
            "materials.sector_rank": 2.0, "technology.sector_rank": 1.0, "gold.open": 189.6, "energy.return_1d": -0.003,
            "russell.return_5d": 0.0449, "russell.streak": 5.0, "sp500.streak_prev": 4.0, "breadth.new_highs": 11.0,
        },
        date(2023, 12, 1), date(2023, 12, 4), date(2023, 12, 5),
    ),
    title=("A record that buyers could not keep.", "gold.at_record_prev and gold.move_z <= -2"),
    standfirst=(("Gold closed [2.2 percent|gold.return_1d] below [Friday|calendar.date_prev].", "gold.return_1d < -0.02"),),
    paragraphs=(
        (
            ("Metals led, and gold fell most against its habit, [2.5 sigma|gold.move_z].", "gold.move_z <= -2 and gold.move_z < silver.move_z"),
            ("It has had no worse day since [February|gold.worst_since_date].", "gold.worst_since >= 120"),
            ("Silver lost [3.7 percent|silver.return_1d], copper and gold miners more than [two|copper.return_1d] apiece."
             .replace("more than [two|copper.return_1d] apiece", "fell beside it"),
             "max(silver.return_1d, copper.return_1d, miners.return_1d) < -0.02"),
        ),
        (
            ("Two-year yields rose [eight basis points|ust2y.change_bp] and the dollar firmed; that pays for [a quarter|gold.explained_share] of gold’s retreat.",
             "ust2y.change_bp >= 5 and dollar.return_1d > 0 and gold.explained_share < 0.3"),
            ("Turnover was [nearly three times|gold.volume_ratio] the usual.", "gold.volume_ratio >= 2"),
        ),
        (
            ("Bitcoin, with a whole weekend in which to be sold, gained [8.5 percent|bitcoin.return_1d] to its highest close since [April 2022|bitcoin.high_since_date].",
             "bitcoin.return_1d > 0.05 and bitcoin.high_since >= 250"),
            ("The S&P fell while equal weight rose.", "sp500.return_1d < 0 and equal_weight.return_1d > 0"),
            ("The Russell gained [1 percent|russell.return_1d], a [fifth|russell.streak] day running.", "russell.return_1d >= 0.01 and russell.streak >= 5"),
            ("The widest spread we score narrowed from [2.8 sigma|leadership.spread_z_prev] to [1.9|leadership.spread_z].",
             "yesterday.verdict == 'rotation' and leadership.spread_z < 2"),
            ("Spreads on junk did not widen.", "high_yield.oas_change_bp < 0"),
        ),
    ),
    rows=("sp500", "russell", "gold", "silver", "ust2y"),
)  # fmt: skip

DAYS = (FORCED, RATES, ORDINARY)


def altered(proof: Proof, old: str, new: str) -> Proof:
    """The first occurrence of a text planted anew, in the Markdown and in the traced sentence alike.

    Offsets move with the text; where the place lies in a figure, what it shows is planted too.
    """
    index, found = next((number, item) for number, item in enumerate(proof.sentences) if old in item.text)
    at = found.text.index(old)
    text = found.text[:at] + new + found.text[at + len(old) :]
    numbers = tuple(
        _moved(number, text, (at, at + len(old)), len(new) - len(old)) for number in found.numbers
    )
    changed = [*proof.sentences]
    changed[index] = replace(found, text=text, numbers=numbers)
    markdown = proof.markdown.replace(found.text.rstrip("."), text.rstrip("."))
    return replace(proof, sentences=changed, markdown=markdown)


def _moved(number: ShownNumber, text: str, span: tuple[int, int], shift: int) -> ShownNumber:
    start = number.start + (shift if number.start >= span[1] else 0)
    end = number.end + (shift if number.end >= span[1] else 0)
    return replace(number, start=start, end=end, shown=text[start:end])
