"""Expressions over ``it`` and ``other``, written out for the instruments they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping


def bound(expression: str, names: Mapping[str, str]) -> str:
    """An expression with ``it.`` and ``'it'`` written out as the instrument that it stands for."""
    for word, instrument in names.items():
        expression = re.sub(rf"\b{word}\.", f"{instrument}.", expression).replace(
            f"'{word}'", f"'{instrument}'"
        )
    return expression
