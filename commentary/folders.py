"""User folders: where the cache, the store and the archive lie unless the settings say otherwise."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Folder for what can be made again: ``COMMENTARY_CACHE``, else the XDG cache folder."""
    return _folder("COMMENTARY_CACHE", "XDG_CACHE_HOME", ".cache")


def data_folder() -> Path:
    """Folder for what cannot: the archive and the store. ``COMMENTARY_DATA``, else the XDG data folder."""
    return _folder("COMMENTARY_DATA", "XDG_DATA_HOME", ".local/share")


def _folder(own: str, shared: str, below_home: str) -> Path:
    if named := os.environ.get(own):
        return Path(named)
    base = os.environ.get(shared)
    return (Path(base) if base else Path.home() / below_home) / "commentary"
