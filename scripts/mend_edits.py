"""What stood in the rules before each mend, in the order in which they were made. Undone from the last to the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RATES = "rules/verdicts/rates_led.toml"
FORCED = "rules/verdicts/forced_exit.toml"
FLIGHT = "rules/verdicts/flight_to_safety.toml"
DERIVED = "rules/derived.toml"
SCALE = "rules/scale.toml"


_RANGE = "up(spy.range_ratio + 0 * calendar.half_day, "
_IMPACT = "up(spy.impact_ratio + 0 * calendar.half_day, "


@dataclass(frozen=True)
class Mend:
    """One mend: rule file → pairs of the words that stand there now and those that stood there before."""

    name: str
    edits: Mapping[str, Sequence[tuple[str, str]]]


def _retired(item: str) -> dict[str, Sequence[tuple[str, str]]]:
    now, before = 'status = "live"\n', 'status = "retired"\nretired = "2026-11-22: left out to measure it"\n'
    return {f"rules/evidence/havens/{item}.toml": [(now, before)]}


MENDS: tuple[Mend, ...] = (
    Mend("2 bitcoin's σ by days spanned", {SCALE: [('by_days = ["UTC"]', "by_days = []")]}),
    Mend(
        "3 the hardest leg of the curve, not the mean of two",
        {RATES: [("curve.rise_z", "-bonds.move_z")] * 4},
    ),
    Mend(
        "4 rates-led days",
        {
            RATES: [
                ("curve.rise_z >= 0.95", "curve.rise_z >= 1"),
                (" and sp500.move_z < 1 \\\n", " \\\n"),
                (
                    "and metals.worst_z > (-3.2 if known(liquid.unexplained_mean) else -2) \\\n"
                    "and (liquid.unexplained_mean if known(liquid.unexplained_mean) else 0) > -2.2 \\\n"
                    "and (bitcoin.move_z if known(bitcoin.move_z) else 0) > -3 \\\n"
                    "and tape.pressure_max_5d < 3.5 \\\n",
                    "and (liquid.unexplained_mean > -1.5 if known(liquid.unexplained_mean) "
                    "else metals.worst_z > -2) \\\nand tape.pressure_max_5d < 2.5 \\\n",
                ),
                (
                    "bonds.move_z <= -0.85 and sp500.move_z >= -2 * curve.rise_z",
                    "curve.rise_z >= 1.5 and bonds.move_z <= -1",
                ),
            ]
        },
    ),
    Mend(
        "5 a cap on what dollar and yields explain away",
        {SCALE: [('capped = ["ust10y.change_z", "ust2y.change_z", "dollar.move_z"]', "capped = []")]},
    ),
    Mend(
        "6 cliffs softened",
        {
            FORCED: [
                ("tape.pressure + 0.1 * tape.violence >= 1.95", "tape.pressure >= 1.75"),
                ("sp500.move_z <= -0.75 or", "sp500.move_z <= -0.4 or"),
                (" or metals.worst_z <= -3.2 and sp500.move_z <= -0.4)", ")"),
            ],
            "rules/ledger.toml": [("standing = 0.25", "standing = 0.2")],
        },
    ),
    Mend(
        "7 two spreads for a rotation",
        {
            "rules/verdicts/rotation.toml": [
                (
                    " and leadership.second_z >= 1.5 and abs(sp500.move_z) < 2.2 \\\n"
                    "and (evidence.haven_shock if known(evidence.haven_shock) else 0) < 0.9 and tape.violence <= 2",
                    "",
                )
            ]
        },
    ),
    Mend(
        "8 shelter bought, something dumped",
        {
            FORCED: [(" \\\nand (tape.shelter < 0.6 or tape.dumped >= 1.75)", "")],
            FLIGHT: [(" and tape.shelter >= 0.6", "")],
            DERIVED: [
                (", \\\nsp500.move_z <= -2 and tape.shelter < 0.5)", ")"),
                (" or pound.move_z <= -4", ""),
            ],
            "rules/verdicts/mixed.toml": [("\nwhen = ", "\n# when = ")],
            **_retired("dumped"),
            **_retired("nothing_dumped"),
        },
    ),
    Mend(
        "9 volume and range by the calendar",
        {
            DERIVED: [
                ("spy.range_ratio / (1 - calendar.half_day) >= 2.75", "spy.range_ratio >= 2.75"),
                ("spy.volume_ratio / tape.volume_habit >= 2.2", "spy.volume_ratio >= 2.2"),
            ],
            "rules/evidence/plumbing/range_wide.toml": [
                ("up(spy.range_ratio / (1 - calendar.half_day), ", _RANGE)
            ],
            "rules/evidence/plumbing/impact.toml": [
                ("up(spy.impact_ratio / (1 - calendar.half_day), ", _IMPACT)
            ],
        },
    ),
    Mend(
        "10 excursion",
        {
            FORCED: [
                (
                    " or (spy.low_excursion / spy.sigma_1d if known(spy.low_excursion) else 0) <= -2 "
                    "and sp500.move_z <= 0 \\\nor bitcoin",
                    " or bitcoin",
                )
            ]
        },
    ),
    Mend(
        "– relief from below the high, a melt-up at it",
        {
            "rules/verdicts/melt_up.toml": [("sp500.drawdown >= -0.015", "sp500.drawdown >= -0.06")],
            "rules/verdicts/relief_rally.toml": [
                ("sp500.move_z >= 1.1 and sp500.drawdown <= -0.01", "sp500.move_z >= 1.2")
            ],
        },
    ),
    Mend(
        "– a quiet day is quiet everywhere",
        {
            "rules/verdicts/quiet.toml": [
                (
                    " \\\nand abs(equal_weight.move_z if known(equal_weight.move_z) else 0) < 0.8 \\\n"
                    "and tape.elsewhere < 2.25",
                    "",
                )
            ]
        },
    ),
)
