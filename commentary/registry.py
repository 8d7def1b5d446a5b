"""Finds the parts that an author adds as one module: readings, sources, publishers."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def modules(package: str) -> tuple[ModuleType, ...]:
    """Every public module of a package, imported, in order of name."""
    root = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(root.__path__) if not info.name.startswith("_"))
    return tuple(importlib.import_module(f"{package}.{name}") for name in names)


def names(package: str, attribute: str) -> dict[str, ModuleType]:
    """Modules of a package that declare ``attribute``, by its value."""
    return {
        str(getattr(module, attribute)): module for module in modules(package) if hasattr(module, attribute)
    }
