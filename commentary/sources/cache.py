"""The aligned market kept between runs: one file a source in the cache folder, made anew after a change."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from commentary.disputes import dumped, read
from commentary.files import write_bytes
from commentary.folders import cache_folder
from commentary.market import Flag, Market
from commentary.universe import Universe

ARCHIVE = "archive"

FRAMES = (
    "open", "high", "low", "close", "volume", "returns", "total", "age", "linked", "stock_close", "stock_volume",
    "observed",
)  # fmt: skip


def key(stamp: object, universe: Universe, limits: Mapping[str, int]) -> str:
    """Fingerprint of all that makes a market: the source's stamp, the rules, this code, the calendar."""
    digest = hashlib.sha256(json.dumps([stamp, dict(limits)]).encode())
    digest.update(repr(universe).encode())
    package = Path(__file__).parent
    code = (
        *sorted(package.glob("*.py")),
        package.parent / "market.py",
        package.parent / "data" / "calendar.json",
    )
    for path in code:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def file_of(where: str, inputs: str = ARCHIVE) -> Path:
    """The file that keeps a source's market, one for each set of inputs."""
    name = hashlib.sha256(str(Path(where).resolve()).encode()).hexdigest()[:16]
    return cache_folder() / f"market-{name}{'' if inputs == ARCHIVE else f'-{inputs}'}.npz"


def kept(file: Path, key: str) -> Market | None:
    """The market kept under the key; None where there is none, another one, or a file that is broken."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            about = json.loads(bytes(arrays["about"]))
            return _unpacked(about, arrays) if about["key"] == key else None
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None


def keep(file: Path, key: str, market: Market) -> None:
    """Keep a market under a key. A folder that cannot be written costs time at the next run, nothing else."""
    packed = io.BytesIO()
    arrays = {name: getattr(market, name).to_numpy(np.float64) for name in FRAMES}
    about = np.frombuffer(json.dumps(_about(key, market)).encode(), np.uint8)
    days = market.sessions.to_numpy().astype("datetime64[D]").astype(np.int64)
    np.savez(packed, about=about, days=days, **arrays)
    try:
        write_bytes(file, packed.getvalue())
    except OSError:
        return


def _about(key: str, market: Market) -> dict[str, Any]:
    return {
        "key": key,
        "columns": {name: list(getattr(market, name).columns) for name in FRAMES},
        "symbols": dict(market.symbols),
        "source": market.source,
        "warnings": list(market.warnings),
        "changes": {
            name: [[day.isoformat(), symbol] for day, symbol in changes]
            for name, changes in market.changes.items()
        },
        "flags": [
            [flag.instrument, flag.session.isoformat(), flag.kind, flag.detail] for flag in market.flags
        ],
        "own": {name: sorted(day.isoformat() for day in days) for name, days in market.own.items()},
        "disputes": [dumped(item) for item in market.disputes],
    }


def _unpacked(about: Mapping[str, Any], arrays: Mapping[str, Any]) -> Market:
    index = pd.DatetimeIndex(arrays["days"].astype("datetime64[D]").astype("datetime64[s]"), name="session")
    frames = {
        name: pd.DataFrame(arrays[name], index=index, columns=about["columns"][name], copy=False)
        for name in FRAMES
    }
    return Market(
        sessions=index,
        **frames,
        symbols=about["symbols"],
        source=about["source"],
        warnings=tuple(about["warnings"]),
        changes={
            name: tuple((date.fromisoformat(day), symbol) for day, symbol in changes)
            for name, changes in about["changes"].items()
        },
        flags=tuple(
            Flag(name, date.fromisoformat(day), kind, text) for name, day, kind, text in about["flags"]
        ),
        own={name: frozenset(map(date.fromisoformat, days)) for name, days in about["own"].items()},
        disputes=tuple(map(read, about["disputes"])),
    )
