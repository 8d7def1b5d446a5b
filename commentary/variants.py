"""The same sessions from other inputs: as an evening note has them, or without a group of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from commentary.authored import meant, validated
from commentary.errors import AuthoringError, Problem, UsageError
from commentary.model import Verdict
from commentary.universe import SETS, Universe, in_the_evening, load_universe

if TYPE_CHECKING:
    from commentary.bank import Bank
    from commentary.library import Library
    from commentary.market import Market
    from commentary.tapes import Tapes

PLACE = "rules/variants.toml"

FORCED = "forced_exit"


class Group(BaseModel):
    """Inputs that go together, as ``variants.toml`` declares them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    must: bool = False
    instruments: tuple[str, ...] = ()
    stocks: bool = False
    fields: tuple[Literal["open", "high", "low", "volume"], ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    groups: Mapping[str, Group]


@dataclass(frozen=True)
class Variant:
    """Which inputs sessions are judged from: of the evening or the archive, without some groups."""

    evening: bool = False
    without: tuple[str, ...] = ()

    @property
    def inputs(self) -> str:
        """One of SETS."""
        return SETS[self.evening]


@dataclass(frozen=True)
class Cut:
    """A variant with the groups that it names: what it does to instruments and to bars."""

    variant: Variant
    groups: tuple[Group, ...]

    @property
    def name(self) -> str:
        """For the name of a folder; empty where nothing differs from the archive."""
        lacking = "".join(f"-without-{name}" for name in self.variant.without)
        return f"{self.variant.inputs}{lacking}" if lacking or self.variant.evening else ""

    def universe(self, universe: Universe) -> Universe:
        """The instruments with the symbols that the variant reads."""
        return in_the_evening(universe) if self.variant.evening else universe

    def market(self, market: Market) -> Market:
        """The market with nan where a group is left out."""
        for group in self.groups:
            market = _without(market, group)
        return market


def load_groups(library: Library) -> Mapping[str, Group]:
    """Groups by name. Raises AuthoringError with every mistake in ``rules/variants.toml``."""
    document = library.document(PLACE)
    ((_, file),) = validated([document], _File)
    problems = list(_mistakes(file.groups, load_universe(library)))
    if problems:
        raise AuthoringError(problems)
    return file.groups


def groups(library: Library) -> Mapping[str, tuple[str, ...]]:
    """What each group leaves out: ids of instruments, fields, ``stocks``."""
    return {
        name: (*group.instruments, *group.fields, *(("stocks",) if group.stocks else ()))
        for name, group in load_groups(library).items()
    }


def _mistakes(found: Mapping[str, Group], universe: Universe) -> Iterator[Problem]:
    for name, group in found.items():
        if not (group.instruments or group.fields or group.stocks):
            yield Problem(PLACE, f"groups.{name}", "nothing left out", "instruments, fields or stocks")
        for ident in group.instruments:
            if ident not in universe.instruments:
                wanted = f"an instrument{meant(ident, universe.instruments)}"
                yield Problem(PLACE, f"groups.{name}.instruments", repr(ident), wanted)


def open_variant(
    where: str, bank: Bank, variant: Variant, *, now: datetime | None = None, recompute: bool = False
) -> Tapes:
    """Readings of a source from a variant's inputs, kept between runs in a place of their own.

    Raises SourceError where the source cannot be had, UsageError for a group that is none,
    AuthoringError for mistakes in the rules.
    """
    from commentary.reading_frame import open_frame
    from commentary.tapes import Tapes

    cut = Cut(variant, _named(variant.without, load_groups(bank.library)))
    given = cut if cut.name else None
    now = now or datetime.now(UTC)
    return Tapes(open_frame(where, bank.library, now, recompute=recompute, cut=given), bank)


def _named(names: Sequence[str], known: Mapping[str, Group]) -> tuple[Group, ...]:
    for name in names:
        if name not in known:
            wanted = f"wanted one of {', '.join(known)}{meant(name, known)}"
            raise UsageError(f"no group {name!r} of inputs in {PLACE}; {wanted}")
    return tuple(known[name] for name in names)


def _without(market: Market, group: Group) -> Market:
    """The market with nan for the group's instruments and fields, and for the stock list where it goes too."""
    import pandas as pd

    ids = [ident for ident in group.instruments if ident in market.close.columns]
    frames: dict[str, Any] = {
        each.name: value.copy()
        for each in fields(market)
        if isinstance(value := getattr(market, each.name), pd.DataFrame)
    }
    for name, frame in frames.items():
        of_stocks = name.startswith("stock_")
        if name.removeprefix("stock_") in group.fields or (of_stocks and group.stocks):
            frame.loc[:, :] = float("nan")
        elif not of_stocks:
            frame[ids] = float("nan")
    return replace(
        market,
        **frames,
        symbols={key: symbol for key, symbol in market.symbols.items() if key not in ids},
        changes={key: change for key, change in market.changes.items() if key not in ids},
    )


@dataclass(frozen=True)
class Likeness:
    """How two runs of verdicts over the same sessions compare.

    ``moved`` are the sessions whose label differs, with both labels; ``forced`` how many sessions the first
    run calls forced.
    """

    sessions: int
    forced: int
    moved: Mapping[date, tuple[str, str]]

    @property
    def all_days(self) -> float:
        """Share of sessions with the same label, 0–1."""
        return 1 - len(self.moved) / self.sessions

    @property
    def forced_days(self) -> float:
        """Share of the first run's forced sessions that the second calls forced too; nan where none is."""
        lost = sum(before == FORCED for before, _ in self.moved.values())
        return 1 - lost / self.forced if self.forced else float("nan")


def unchanged(base: Sequence[Verdict], other: Sequence[Verdict]) -> Likeness:
    """Compare verdicts of sessions that both runs have. Raises ValueError where they share none."""
    labels = {verdict.session: verdict.label for verdict in other}
    pairs = {
        verdict.session: (verdict.label, labels[verdict.session])
        for verdict in base
        if verdict.session in labels
    }
    if not pairs:
        raise ValueError("the two runs have no session in common")
    return Likeness(
        sessions=len(pairs),
        forced=sum(before == FORCED for before, _ in pairs.values()),
        moved={day: pair for day, pair in pairs.items() if pair[0] != pair[1]},
    )
