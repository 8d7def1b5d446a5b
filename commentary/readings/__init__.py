"""Signal analysis: readings of all sessions at once.

``compute`` turns a market into readings, ``specs`` names every reading that could be made, without data.
Each public module of this package makes a family of readings: see ``_protocol``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from commentary.model import ReadingSpec
from commentary.scale import Scale
from commentary.universe import Universe

if TYPE_CHECKING:
    from commentary.market import Market, Readings


def specs(universe: Universe, scale: Scale) -> Mapping[str, ReadingSpec]:
    """Every reading by name, in the order in which they are made.

    Raises AuthoringError naming every unknown instrument or reading in ``scale.toml`` and ``pairs.toml``.
    """
    from commentary.readings._assemble import declared
    from commentary.readings._protocol import Setting

    return declared(Setting(universe, scale))


def compute(market: Market, universe: Universe, scale: Scale) -> Readings:
    """Readings of every session of the market, rounded to 10 significant digits.

    A reading without a value on any session is left out of ``values`` and ``specs``. Raises AuthoringError
    as ``specs`` does, CommentaryError for a module that makes what it did not declare.
    """
    from commentary.readings._assemble import assembled
    from commentary.readings._protocol import Setting

    return assembled(market, Setting(universe, scale))
