"""A folder of bars: one CSV a symbol in Yahoo's layout, Parquet files in the long layout, or both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from commentary.errors import SourceError
from commentary.sources.bars import Bars, joined, wanted
from commentary.universe import Universe

NAME = "folder"

Reader = Callable[[Path, dict[str, bool]], Bars]


def load(where: str, universe: Universe, now: datetime) -> Bars:
    """Bars of the symbols that the universe names, from every file of the folder, whatever ``now`` is.

    Raises SourceError naming every file that cannot be read as one of the two layouts, and what in it.
    """
    files = files_of(where)
    symbols = wanted(universe, NAME)
    parts: list[Bars] = []
    problems: list[str] = []
    for path in files:
        try:
            parts.append(_reader(path)(path, symbols))
        except SourceError as error:
            problems.append(str(error))
    problems += _twice(files, parts) if not problems else []
    if problems:
        raise SourceError(_told(where, problems))
    if not any(len(part.days) for part in parts):
        raise SourceError(
            f"{where}: none of the {len(symbols)} symbols of rules/universe.toml is in this folder"
        )
    return joined(parts, NAME)


def files_of(where: str) -> list[Path]:
    """Data files of a folder by name. Hidden files and Markdown are no data.

    Raises SourceError where it is no folder or has no file.
    """
    root = Path(where)
    if not root.is_dir():
        raise SourceError(f"{where} is no folder; wanted a folder of CSV or Parquet files")
    try:
        entries = sorted(root.iterdir())
    except OSError as error:
        raise SourceError(f"{where}: the folder cannot be read: {error.strerror}") from None
    files = [
        path for path in entries if path.is_file() and not path.name.startswith(".") and path.suffix != ".md"
    ]
    if not files:
        raise SourceError(f"{where}: the folder is empty; wanted CSV or Parquet files of bars")
    return files


def stamp(where: str) -> list[list[str | int]]:
    """Name, size and time of change of every file: the bars are the same while this is."""
    return [[path.name, path.stat().st_size, path.stat().st_mtime_ns] for path in files_of(where)]


def _reader(path: Path) -> Reader:
    if path.suffix == ".csv":
        from commentary.sources.csv_layout import read

        return read
    if path.suffix == ".parquet":
        from commentary.sources.parquet_layout import read

        return read
    raise SourceError(
        f"{path.name}: a {path.suffix or 'nameless'} file; wanted .csv (one symbol) or .parquet (long)"
    )


def _twice(files: list[Path], parts: list[Bars]) -> list[str]:
    seen: dict[str, str] = {}
    problems = []
    for path, part in zip(files, parts, strict=True):
        for symbol in part.symbols:
            if symbol in seen:
                problems.append(
                    f"{path.name}: symbol {symbol} is in {seen[symbol]} too; wanted one file a symbol"
                )
            seen[symbol] = path.name
    return problems


def _told(where: str, problems: list[str]) -> str:
    if len(problems) == 1:
        return f"{where}: {problems[0]}"
    return f"{where}: {len(problems)} files cannot be read:\n" + "\n".join(
        f"  {problem}" for problem in problems
    )
