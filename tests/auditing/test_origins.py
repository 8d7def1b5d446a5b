"""The data line says of sources, own bars and disagreements what the card says, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.auditing.origins import said
from commentary.auditing.proof import Finding, Proof
from commentary.disputes import Dispute, Side, told
from commentary.model import InputStatus
from commentary.rendering.statements import Words, data_line
from tests.auditing.notes import day
from tests.verdicts import SESSION, card, tape

DISPUTE = Dispute(
    "VIX", SESSION, "level", "points", Side("^VIX", "yahoo", 20.37), Side("VIXCLS", "fred", 17.76), 0.05, 1
)
RETURN = Dispute(
    "Small caps", date(2024, 8, 2), "return", "percent",
    Side("IWM", "own", -0.03456), Side("^RUT", "yahoo", 0.00004), 1.0, 1,
)  # fmt: skip
YIELD = Dispute(
    "Ten-year yield", SESSION, "level", "bp", Side("^TNX", "yahoo", 4.345), Side("DGS10", "fred", 4.2), 6.0, 1
)
INPUTS = (
    InputStatus("sp500", "^GSPC", "yahoo", SESSION, "fresh"),
    InputStatus("ust10y", "DGS10", "fred", SESSION, "fresh"),
    InputStatus("gold", "GLD", "own", SESSION, "fresh"),
    InputStatus("vvix", "^VVIX", "folder", None, "missing"),
)
ALL = (DISPUTE, RETURN, YIELD)


def proof(disputes: Sequence[Dispute] = ALL) -> Proof:
    return replace(day("forced_exit").proof(), inputs=INPUTS, disputes=disputes)


def line(disputes: Sequence[Dispute] = ALL, inputs: Sequence[InputStatus] = INPUTS) -> str:
    held = proof()
    made = card({}, tape=replace(tape({}), inputs=tuple(inputs), disputes=tuple(disputes)))
    return data_line(made, Words({}, held.vocabulary.labels))


def found(text: str, disputes: Sequence[Dispute] = ALL) -> list[Finding]:
    return list(said(proof(disputes), text))


def test_what_the_card_says_is_accepted() -> None:
    assert proof().session == SESSION
    assert "own IWM" in line()
    assert found(line()) == []
    assert found(line(()), ()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("20.37", "20.73"),
        ("17.76", "17.77"),
        ("20.37", "2.037"),
        ("Yahoo ^VIX", "FRED ^VIX"),
        ("FRED VIXCLS", "FRED VXVCLS"),
        ("tolerance 0.05 points", "tolerance 0.5 points"),
        ("tolerance 0.05 points", "tolerance 0.05 bp"),
        ("VIX: 20.37", "Nine-day VIX: 20.37"),
        ("VIX: 20.37", "VIX on 2024-08-02: 20.37"),
        ("on 2024-08-02: ", ": "),
        ("on 2024-08-02", "on 2024-08-01"),
        ("−3.46 %", "+3.46 %"),
        ("−3.46 %", "3.46 %"),
        ("−3.46 %", "−3.46"),
        ("+0.00 %", "0.00 %"),
        ("Small caps, return", "Small caps, change"),
        ("4.35 %", "4.35"),
        ("4.35 %", "4.34 %"),
        ("; Ten-year yield", ", as happens; Ten-year yield"),
        ("Second opinions that disagree: ", "Second opinions that agree: "),
        ("Own bars in the place of the feed’s: Gold (GLD).", ""),
        ("Own bars in the place of the feed’s: Gold (GLD)", "Own bars in the place of the feed’s: VIX"),
        ("Yahoo daily bars, FRED, ", "Yahoo daily bars, "),
        ("Yahoo daily bars, FRED, ", "Yahoo daily bars, a folder of daily bars, FRED, "),
    ],
)
def test_anything_else_is_found(old: str, new: str) -> None:
    text = line()
    assert old in text
    assert {item.check for item in found(text.replace(old, new, 1))} == {"state"}


def test_one_that_is_left_out_is_found() -> None:
    assert found(line(ALL[:2]))
    assert found(line(ALL), ALL[:2])
    assert found(line(()), ALL)
    assert found(line((DISPUTE, DISPUTE)), (DISPUTE,))


def test_a_note_whose_own_audit_knows_of_it() -> None:
    """The check hangs in the audit: the same line in a note is held against the card's disputes."""
    from commentary.auditing.pages import data_line as audited

    text = f"> **Data.** {line()}"
    assert list(audited(replace(proof(), markdown=text))) == []
    assert list(audited(replace(proof(()), markdown=text)))


values = st.floats(-9e4, 9e4).map(lambda value: round(value, 6))


@given(
    values,
    values,
    st.sampled_from(["level/points", "level/bp", "change/bp", "change/points", "return/percent"]),
)
def test_whatever_is_told_is_accepted(left: float, right: float, kind: str) -> None:
    on, unit = kind.split("/")
    item = replace(
        DISPUTE, on=on, unit=unit, left=Side("A", "yahoo", left), right=Side("B=F", "folder", right)
    )
    text = f"Second opinions that disagree: {told(item, SESSION)}. Inputs missing or stale: none. "
    held = replace(proof([item]), inputs=())
    assert list(said(held, text)) == []


@pytest.mark.parametrize(
    ("names", "right"),
    [("Gold (GLD)", True), ("Silver (SLV)", False), ("Gold (GLD), Silver (SLV)", False), ("", False)],
)
def test_what_was_paid_on_the_day(names: str, right: bool) -> None:
    held = proof(())
    paying = replace(held, scene={**held.scene, "gold.paid_1d": 0.004, "silver.paid_1d": 0.0009})
    told = f"Quoted without what was paid on the day: {names}. Own" if names else "Own"
    text = line(()).replace("Own", told, 1)
    assert (list(said(paying, text)) == []) is right
