"""A rulebook of five items and short gates, whose sums are worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from commentary.conditions import parse
from commentary.model import VERDICTS
from commentary.rulebook.book import Item, Rulebook, Ruled, Scored, Step
from commentary.rulebook.gates import parse_gate
from tests.rulebook import made

SOLD = {
    "sp500.move_z": -2.0,
    "havens.mean_z": -1.2,
    "metals.worst_z": -4.0,
    "sectors.one_way": 0.9,
    "bonds.move_z": 0.0,
    "leadership.spread_z": 0.5,
}
"""Forced exit: 1 + min(4 + 2, 4.5) + 0.8 − 0.6 = 5.7 points; flight to safety 1 − 2.5 + 1 = −0.5."""

GATES = {
    "forced_exit": "sp500.move_z <= -0.4 and tape.signs >= 2",
    "rotation": "leadership.spread_z >= 2",
    "flight_to_safety": "sp500.move_z <= -0.9",
    "relief_rally": "sp500.move_z >= 1.2",
    "melt_up": "sp500.move_z >= 1",
    "quiet": "evidence.small >= 0.35",
}
BIAS = {"forced_exit": -0.6, "flight_to_safety": 1.0, "relief_rally": -3.0, "melt_up": -3.0, "quiet": 1.2}
TITLES = {
    "sp500.move_z": "S&P 500", "havens.mean_z": "Havens", "metals.worst_z": "Metals", "tape.signs": "Signs",
    "evidence.small": "A small day", "bonds.move_z": "Bonds", "yen.move_z": "Yen",
}  # fmt: skip


@cache
def rules() -> Rulebook:
    """The rulebook."""
    items = (
        _item("sold", "index", "down(sp500.move_z, -0.4, -2)", forced_exit=1, flight_to_safety=1, quiet=-2),
        _item("small", "index", "1 - up(abs(sp500.move_z), 0.5, 1.1)", forced_exit=-1, quiet=2),
        _item("failed", "havens", "down(havens.mean_z, -0.2, -1.2)", forced_exit=4, flight_to_safety=-1.5),
        _item("metal", "havens", "down(metals.worst_z, -1.8, -4)", forced_exit=2, flight_to_safety=-1),
        _item("way", "breadth", "clip((sectors.one_way - 0.5) / 0.4, -1, 1)", forced_exit=0.8, rotation=-1.5),
    )
    trial = replace(_item("yen_up", "carry", "down(yen.move_z, -0.8, -2)", forced_exit=0.4), status="trial")
    count = "count(havens.mean_z <= -1, metals.worst_z <= -3, yen.move_z <= -2)"
    signs = Step("tape.signs", "rules/derived.toml", "Signs", parse(count))
    steps = (signs, *(Step(item.key, item.place, item.title, item.strength) for item in (*items, trial)))
    return replace(
        made.rules(),
        items=items,
        steps=steps,
        scored=tuple(_scored(name) for name in VERDICTS),
        ruled={name: _ruled(name) for name in ("rates_led", "ordinary", "mixed")},
        settings=replace(
            made.rules().settings, temperature=1.6, cap=3.0, caps={"index": 4.5, "havens": 4.5}, least=0.42,
            lead=0.1, standing=0.2, shown_at_most=0.95, second_at_most=0.74,
        ),
        severity=replace(made.rules().severity, raw=parse("0.0 * sp500.move_z"), sleeves=()),
        phases=(),
        tags=(),
        leaders=(),
        trials=(trial,),
    )  # fmt: skip


def _item(name: str, channel: str, strength: str, **points: float) -> Item:
    place = f"rules/evidence/{channel}/{name}.toml"
    given = tuple(float(points.get(verdict, 0)) for verdict in VERDICTS)
    signed = name == "way"
    return Item(
        name, place, channel, name.capitalize(), parse(strength), signed, given, "It did.", "", (), (), ()
    )


def _scored(name: str) -> Scored:
    return Scored(name, f"rules/verdicts/{name}.toml", name, BIAS.get(name, 0.0), parse_gate(GATES[name]), "")


def _ruled(name: str) -> Ruled:
    rates = name == "rates_led"
    return Ruled(
        name,
        f"rules/verdicts/{name}.toml",
        name,
        parse("bonds.move_z <= -2 and sp500.move_z < 0") if rates else None,
        {"forced_exit": parse("bonds.move_z <= -2.5")} if rates else {},
        parse("0.6"),
        "",
        ("sold",) if rates else (),
        ("metal",) if rates else (),
    )
