"""A folder of bars: one CSV a symbol in Yahoo's layout, Parquet files in the long layout, or both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from commentary.errors import SourceError
from commentary.macro import Macro
from commentary.sources import event_files
from commentary.sources.bars import Bars, joined, wanted
from commentary.sources.observed import PATTERN, Observation, read_files
from commentary.sources.released import Figures, figures_of, released
from commentary.sources.scheduled import observations as scheduled
from commentary.sources.scheduled import printed_days
from commentary.universe import Universe

NAME = "folder"

_APART = (PATTERN, event_files.PATTERN)
"""Files that hold no bars."""

Reader = Callable[[Path, dict[str, bool]], Bars]


def load(where: str, universe: Universe, now: datetime) -> Bars:
    """Bars of the symbols that the universe names, from every file of the folder, whatever ``now`` is.

    Raises SourceError naming every file that cannot be read as one of the two layouts, and what in it.
    """
    symbols = wanted(universe, NAME)
    found = read(where, symbols)
    if not len(found.days):
        raise SourceError(
            f"{where}: none of the {len(symbols)} symbols of rules/universe.toml is in this folder"
        )
    return found


def read(where: str, symbols: dict[str, bool]) -> Bars:
    """Bars of the symbols, from every file of the folder; ``symbols``: whether values may be below nought.

    Raises SourceError as ``load``, but for bars that are missing.
    """
    files = _bar_files(where)
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
    return joined(parts, NAME)


def files_of(where: str, *, may_be_empty: bool = False) -> list[Path]:
    """Data files of a folder by name. Hidden files and Markdown are no data.

    Raises SourceError where it is no folder, or has no file and may not be empty.
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
    if not (files or may_be_empty):
        raise SourceError(f"{where}: the folder is empty; wanted CSV or Parquet files of bars")
    return files


def is_mine(where: str) -> bool:
    """Whether a path is a folder."""
    return Path(where).is_dir()


def observations(where: str, macro: Macro) -> list[Observation]:
    """What the folder's ``observations*.csv`` hold, its calendars of events, and its bars of published series.

    Raises SourceError with every line that is none.
    """
    states = event_files.read_files(Path(where), macro)
    figures = _figures(where, macro)
    made = released(figures, macro, printed_days(states, macro))
    return [*made, *scheduled(states, macro), *read_files(Path(where))]


def _figures(where: str, macro: Macro) -> dict[str, Figures]:
    """Series → its figures, as the bars of its symbol hold them."""
    symbols = {
        ident: symbol for ident, series in macro.series.items() if (symbol := series.symbols.get(NAME, ""))
    }
    asked = dict.fromkeys(symbols.values(), True)
    parts = [_reader(path)(path, asked) for path in _bar_files(where) if _may_hold(path, asked)]
    found = joined(parts, NAME)
    return {ident: figures_of(found, symbol) for ident, symbol in symbols.items()}


def _may_hold(path: Path, symbols: Mapping[str, bool]) -> bool:
    return path.suffix != ".csv" or path.name.removesuffix(".csv") in symbols


def _bar_files(where: str) -> list[Path]:
    return [path for path in files_of(where) if not any(path.match(pattern) for pattern in _APART)]


def stamp(where: str) -> list[list[str | int]]:
    """Name, size and time of change of every file: the bars are the same while this is."""
    return stamps(files_of(where))


def stamps(files: Iterable[Path]) -> list[list[str | int]]:
    """Name, size and time of change of files."""
    return [[path.name, path.stat().st_size, path.stat().st_mtime_ns] for path in files]


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
