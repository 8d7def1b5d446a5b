"""A small line chart of rebased series as inline SVG: the same bytes from the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 220, 36, 22
COLOURS = ("#1b2a41", "#b8860b", "#8a3324", "#4a7c59")


def chart(charts: Mapping[str, object]) -> str:
    """SVG of ``charts["rebased"]``: label → values (100 at the start); nothing where there is none.

    Series stand in order of label: a card read back keeps no other.
    """
    rebased = charts.get("rebased")
    if not isinstance(rebased, Mapping):
        return ""
    series = {
        str(label): [float(value) for value in values]
        for label, values in sorted(rebased.items())
        if len(values) > 1
    }
    if not series:
        return ""
    low = min(min(values) for values in series.values())
    high = max(max(values) for values in series.values())
    span = (high - low) or 1.0
    lines = [_line(values, COLOURS[place % 4], low, span) for place, values in enumerate(series.values())]
    legend = [_legend(label, place) for place, label in enumerate(series)]
    title = f"Last {max(map(len, series.values())) - 1} sessions, rebased to 100"
    head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT + 24}" role="img" aria-label="{title}" xmlns="http://www.w3.org/2000/svg">'
    return head + _axis(low, high) + "".join(lines) + "".join(legend) + "</svg>"


def _axis(low: float, high: float) -> str:
    ticks = []
    for value in (low, 100.0, high):
        y = _y(value, low, (high - low) or 1.0)
        ticks.append(
            f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="currentColor" stroke-opacity="0.15"/>'
            f'<text x="0" y="{y + 4:.1f}" font-size="11" fill="currentColor">{value:.0f}</text>'
        )
    return "".join(ticks)


def _y(value: float, low: float, span: float) -> float:
    return 8 + (HEIGHT - BOTTOM - 8) * (1 - (value - low) / span)


def _line(values: Sequence[float], colour: str, low: float, span: float) -> str:
    step = (WIDTH - LEFT) / (len(values) - 1)
    spots = " ".join(
        f"{LEFT + place * step:.1f},{_y(value, low, span):.1f}" for place, value in enumerate(values)
    )
    return f'<polyline points="{spots}" fill="none" stroke="{colour}" stroke-width="1.8"/>'


def _legend(label: str, place: int) -> str:
    x = LEFT + place * 150
    return (
        f'<rect x="{x}" y="{HEIGHT + 4}" width="14" height="3" fill="{COLOURS[place % 4]}"/>'
        f'<text x="{x + 20}" y="{HEIGHT + 10}" font-size="12" fill="currentColor">{escape(label)}</text>'
    )
