"""What every reading declares, kept between runs: to ask the readings themselves loads pandas."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from commentary.bank import Bank
from commentary.files import write_text
from commentary.folders import cache_folder
from commentary.library import Library
from commentary.model import ReadingSpec
from commentary.scale import load_scale
from commentary.units import Unit
from commentary.universe import load_universe

_RULES = (
    "rules/universe.toml",
    "rules/scale.toml",
    "rules/pairs.toml",
    "rules/macro.toml",
    "rules/leaders.toml",
)
_CODE = ("readings/*.py", "scale.py", "units.py", "universe*.py", "macro.py", "declared.py")


def specs_of(bank: Bank) -> Mapping[str, ReadingSpec]:
    """Every reading that could be made, by name. Raises AuthoringError as ``readings.specs`` does."""
    return _declared(bank.library)


@lru_cache(1)
def _declared(library: Library) -> Mapping[str, ReadingSpec]:
    key = _key(library)
    file = cache_folder() / "declared.json"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["key"] == key:
            return {name: _spec(name, *rest) for name, *rest in kept["specs"]}
    from commentary.readings import specs

    found = specs(load_universe(library), load_scale(library))
    with contextlib.suppress(OSError):  # a cache that cannot be kept costs time, nothing else
        write_text(
            file, json.dumps({"key": key, "specs": [list(vars(spec).values()) for spec in found.values()]})
        )
    return found


def _spec(name: str, unit: str, window: str, inputs: list[str], *rest: object) -> ReadingSpec:
    return ReadingSpec(name, Unit(unit), window, tuple(inputs), *rest)  # type: ignore[arg-type]


def _key(library: Library) -> str:
    """What the declarations depend on: the rules of the readings, and the code."""
    digest = hashlib.sha256()
    for place in _RULES:
        digest.update(library.path(place).read_bytes())
    package = Path(__file__).parent
    for pattern in _CODE:
        for path in sorted(package.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
