"""A backtest as one page: the calendar of verdicts, the most forced days, what led, and every sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from commentary import backtest_figures as figures
from commentary.backtest_cells import STRIP, grid
from commentary.evaluation import remarks
from commentary.evaluation.forced_days import FORCED, LEANING, ForcedDay, most_forced
from commentary.evaluation.labels import LABELS
from commentary.evaluation.leading import Leading, what_led
from commentary.evaluation.rates import YEAR
from commentary.evaluation.sheets import Sheet, Value
from commentary.evaluation.year_rows import YearRow, longest_runs, year_rows
from commentary.rendering.markdown import environment
from commentary.units import half_up

if TYPE_CHECKING:
    from commentary.backtest import Backtest
    from commentary.bank import Bank
    from commentary.model import Verdict

TEMPLATE = "pages/backtest.html.j2"
MOST_FORCED = 40
NAMED = 3
"""Leaders named beside a sleeve."""

KEY_FIGURES = (
    ("events", "verdict right, all", "labelled days called as they are labelled"),
    ("events", "forced recall, all", "labelled forced exits found"),
    ("events", "forced precision, all", "forced calls on labelled days confirmed"),
    ("panel", "verdict is the majority's", "days nobody curated called as blind readers call them"),
)
"""Sheet, its row, and what the share is of: what stands on top of the page."""

GROUPS = {"plain": "figure", "reliability": "days"}
"""Sheet → the column whose rows belong together."""

DISCLOSURE = (
    "A backtest: past sessions, judged afterwards by rules as they stand today. It is hypothetical; nobody acted "
    "on these verdicts when the days were new. Points were set by hand, not fitted, but with labelled days of "
    "these years in view: of days that nobody had in view, expect fewer to be right. Labelled days are no random "
    "sample, and labels are opinions. Nothing here forecasts, and nothing here is advice."
)


def page(found: Backtest, bank: Bank, made: date) -> str:
    """The page, nothing in it loaded from elsewhere. ``made`` is the day on which it is written.

    Raises jinja2.UndefinedError for a slot that the template misspells.
    """
    matter = _Matter(found, bank)
    template = environment(bank.library).get_template(TEMPLATE)
    return template.render(
        found=found,
        matter=matter,
        frame=figures,
        strip=STRIP,
        labels=LABELS,
        made=remarks.day_in_full(made),
        disclosure=DISCLOSURE,
        rules=bank.versions["rules"],
    )


@dataclass(frozen=True)
class _Matter:
    """What the page says: texts, and places in the frames of its figures."""

    found: Backtest
    bank: Bank

    def name(self, ident: str) -> str:
        """How the page writes a label, a sleeve or an instrument."""
        return self._titles.get(ident) or self.bank.words.of(ident) or "nothing known"

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {sleeve.name: sleeve.title for sleeve in self.bank.rulebook.severity.sleeves}

    @cached_property
    def rows(self) -> tuple[YearRow, ...]:
        return year_rows(self.found.verdicts)

    @property
    def title(self) -> str:
        first, last = self.rows[0].year, self.rows[-1].year
        return "Forced exits on the tape, " + (f"{first}–{last}" if first < last else f"{first}")

    @property
    def standfirst(self) -> str:
        count, forced = len(self.found.verdicts), sum(row.counts[FORCED] for row in self.rows)
        first, last = (remarks.day_in_full(day) for day in (self.found.first, self.found.last))
        a_year = f", or {half_up(forced * YEAR / count, 1):.1f} a year" if count >= YEAR else ""
        later = (
            " (yields and credit spreads came out the day after)"
            if self.found.order.inputs == "archive"
            else ""
        )
        return (
            f"{count:,} sessions from {first} to {last}, each judged from data of its own day and before{later}. "
            f"Forced exits: {forced}{a_year}."
        )

    @property
    def months(self) -> tuple[str, ...]:
        """Headings of the calendar."""
        return tuple(month[:3] for month in remarks.MONTHS)

    @cached_property
    def keys(self) -> list[dict[str, str]]:
        """Figures on top, those that the sheets have."""
        known = {(sheet.name, row.get("figure")): row for sheet in self.found.sheets for row in sheet.rows}
        rows = [
            (known[sheet, figure], text) for sheet, figure, text in KEY_FIGURES if (sheet, figure) in known
        ]
        return [_key(row, text) for row, text in rows if isinstance(row.get("share"), float)]

    @cached_property
    def calendar(self) -> list[dict[str, object]]:
        return [
            {"year": row.year, "marks": figures.marks(row, self._said), "summary": self._summary(row)}
            for row in self.rows
        ]

    def _said(self, verdict: Verdict) -> str:
        move = self._move(verdict)
        return (
            f"{verdict.session}: {self.name(verdict.label)}, {remarks.percent(verdict.confidence)}"
            + (f"; S&P {move}" if move else "")
        )  # fmt: skip

    def _move(self, verdict: Verdict) -> str:
        value = self.found.moves.get(verdict.session, {}).get("sp500.return_1d")
        return "" if value is None else f"{half_up(value * 100, 1):+.1f}\u00a0%".replace("-", "−")

    def _summary(self, row: YearRow) -> str:
        counts = ", ".join(f"{self.name(label)} {count}" for label, count in row.counts.items() if count)
        return f"{row.year}, {len(row.verdicts)} sessions: {counts}"

    @cached_property
    def bars(self) -> list[figures.Bar]:
        return figures.bars(self.rows, FORCED)

    @cached_property
    def _days(self) -> tuple[ForcedDay, ...]:
        return most_forced(self.found.verdicts, MOST_FORCED)

    @property
    def leaning(self) -> str:
        """From where a day called otherwise is a near miss."""
        return remarks.percent(LEANING)

    @cached_property
    def days(self) -> list[dict[str, object]]:
        labelled = {event.session: event.label for event in self.found.events}
        return [
            {
                "day": day,
                "verdict": day.verdict,
                "move": self._move(day.verdict) or "–",
                "confidence": remarks.percent(day.verdict.confidence),
                "score": remarks.percent(day.score),
                "raw": "–" if day.raw is None else f"{half_up(day.raw, 1):.1f}",
                "pressure": _known(day.verdict.pressure),
                "sold": self._sold(day.verdict),
                "missed": self._missed(day),
                "labelled": self.name(labelled[day.verdict.session])
                if day.verdict.session in labelled
                else "–",
            }
            for day in self._days
        ]

    def _sold(self, verdict: Verdict) -> str:
        hit = sorted(verdict.sleeves.items(), key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(f"{self.name(sleeve)}\u00a0{degree}" for sleeve, degree in hit) or "–"

    def _missed(self, day: ForcedDay) -> str:
        verdict = day.verdict
        short = "" if day.short is None else f", short by {half_up(day.short, 2):g}"
        return {
            "": "",
            "gate": f"the gate of forced exit did not open{short}",
            "unknown": "the gate of forced exit asks for a reading that is missing",
            "closed": f"the rule of {self.name(verdict.label)} shut the gate of forced exit",
            "undecided": "undecided between "
            + remarks.listed(map(self.name, verdict.kind.partition(":")[2].split("/"))),
            "outscored": f"{self.name(verdict.label)} scored more",
        }[day.missed]

    @cached_property
    def _led(self) -> tuple[Leading, ...]:
        return what_led(self.found.verdicts, self._sleeve)

    def _sleeve(self, ident: str) -> str:
        """A leader's sleeve; what is no leader by its own name was named by a reading, as pairs are."""
        leaders = self.bank.rulebook.leaders
        own = {leader.subject: leader.sleeve for leader in leaders}
        named = next((leader.sleeve for leader in leaders if leader.named_by), "")
        return own.get(ident, named) if ident else ""

    @cached_property
    def led(self) -> list[dict[str, object]]:
        most = max((count for each in self._led for count in each.by_year.values()), default=1) or 1
        return [
            {
                "name": self.name(each.sleeve),
                "days": each.days,
                "share": remarks.percent(each.share),
                "width": round(100 * each.days / self._led[0].days, 1),
                "what": ", ".join(f"{self.name(ident)} {days}" for ident, days in each.by_leader[:NAMED]),
                "years": [(year, count, round(count / most, 2)) for year, count in each.by_year.items()],
            }
            for each in self._led
        ]

    @cached_property
    def runs(self) -> list[dict[str, object]]:
        return [
            {"name": self.name(run.label), "label": run.label, "sessions": run.sessions, "first": run.first,
             "last": run.last}
            for run in longest_runs(self.found.verdicts)
        ]  # fmt: skip

    @cached_property
    def remarks(self) -> dict[str, str]:
        """The sentence of each figure."""
        return {
            "calendar": remarks.on_calendar(self.rows),
            "bars": remarks.on_forced_years(self.rows),
            "days": remarks.on_forced_days(self._days),
            "led": remarks.on_leading(self._led, self.name),
            "runs": remarks.on_runs(longest_runs(self.found.verdicts), self.name),
        }

    @cached_property
    def sheets(self) -> list[dict[str, object]]:
        return [self._sheet(sheet) for sheet in self.found.sheets]

    def _sheet(self, sheet: Sheet) -> dict[str, object]:
        group = _widest_group(sheet) if sheet.name == "reliability" else []
        return {
            "sheet": sheet,
            "grid": grid(sheet, self.name, heat=sheet.name == "confusion", group=GROUPS.get(sheet.name, "")),
            "dots": figures.dots(group, _band),
            "remark": self._remark(sheet, group),
        }

    def _remark(self, sheet: Sheet, group: Sequence[Mapping[str, Value]]) -> str:
        if not sheet.rows:
            return ""
        if sheet.name == "reliability":
            return remarks.on_reliability(group)
        if sheet.name == "confusion":
            return remarks.on_confusion(sheet.rows, LABELS, self.name)
        if sheet.name == "panel":
            return remarks.on_panel(sheet.rows)
        return remarks.on_plain_rules(sheet.rows) if sheet.name == "plain" else ""


def _widest_group(sheet: Sheet) -> list[Mapping[str, Value]]:
    """The rows of the sheet's last group, which takes in the others."""
    last = sheet.rows[-1].get("days") if sheet.rows else None
    return [row for row in sheet.rows if row.get("days") == last]


def _known(value: float) -> str:
    """With one decimal; a dash where it is nan, for want of a reading."""
    return f"{half_up(value, 1):.1f}" if value == value else "–"


def _band(row: Mapping[str, Value]) -> str:
    return f"Shown {row.get('confidence')}: {row.get('hits')} of {row.get('of')} right"


def _key(row: Mapping[str, Value], text: str) -> dict[str, str]:
    share, low, high = (float(row.get(key) or 0) for key in ("share", "low", "high"))
    return {
        "figure": remarks.percent(share),
        "of": f"{row.get('hits')} of {row.get('of')} {text}",
        "interval": f"{remarks.percent(low)} to {remarks.percent(high)}",
    }
