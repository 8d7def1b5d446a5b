"""Figures of tables: signed, with a true minus, rounded half up."""

from __future__ import annotations

from collections.abc import Mapping

from commentary.model import Cell, Scalar
from commentary.shown import MINUS
from commentary.shown import signed as signed
from commentary.units import half_up

NONE = Cell("–")


def level(reading: str, unit: str, scene: Mapping[str, Scalar]) -> Cell:
    """A price, yield or index level."""
    value = scene.get(reading)
    if not isinstance(value, float):
        return NONE
    shown = f"{half_up(value, 2):,.2f}" + (" %" if unit == "percent" else "")
    return Cell(shown.replace("-", MINUS), reading, value, unit)


def change(reading: str, unit: str, scene: Mapping[str, Scalar]) -> Cell:
    """A return in per cent, a yield's change in basis points, an index's in points."""
    value = scene.get(reading)
    if not isinstance(value, float):
        return NONE
    if unit == "percent":
        return Cell(f"{signed(value, 0)} bp", reading, value, "basis_points")
    if unit == "points":
        return Cell(f"{signed(value, 2)} pt", reading, value, "points")
    return Cell(f"{signed(value * 100, 1)} %", reading, value, "fraction")


def sigma(reading: str, scene: Mapping[str, Scalar]) -> Cell:
    """A move in its own sigmas."""
    value = scene.get(reading)
    if not isinstance(value, float):
        return NONE
    return Cell(signed(value, 1), reading, value, "sigma")


def distance(at: str, of: str, sigma_reading: str, scene: Mapping[str, Scalar]) -> Cell:
    """How far a level is from where its subject stands, in per cent and, where σ is known, in sigmas."""
    where, now, scale = scene.get(at), scene.get(of), scene.get(sigma_reading)
    if not isinstance(where, float) or not isinstance(now, float):
        return NONE
    gap = where / now - 1
    shown = f"{signed(gap * 100, 1)} %"
    if isinstance(scale, float) and scale > 0:
        shown += f", {signed(gap / scale, 1)}σ"
    return Cell(shown, f"{at}/{of}", gap, "fraction")
