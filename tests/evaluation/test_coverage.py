"""Need and supply of slots, counted by hand."""

from __future__ import annotations

from commentary.evaluation.coverage import Calendar, Need, Rested, Slot, Wording, need_of
from commentary.evaluation.coverage_sheets import Coverage

RESTS = {"fact": Rested(2, 0), "frame": Rested(1, 2), "image": Rested(250, 12)}


def slot(
    *wordings: Wording, printed: list[int], wanted: tuple[int, ...] = (), short: tuple[int, ...] = ()
) -> Slot:
    return Slot("havens/gold", wordings, 9, 9, printed, wanted, short)


def test_a_rest_in_sessions() -> None:
    calendar = Calendar(["quiet"] * 10)
    assert calendar.resting(3, 5, RESTS["fact"])
    assert not calendar.resting(3, 6, RESTS["fact"])


def test_a_rest_in_notes_of_the_verdict() -> None:
    calendar = Calendar(["forced", "quiet", "quiet", "forced", "quiet", "forced", "forced"])
    assert calendar.resting(0, 5, RESTS["frame"])  # one forced note between them, two are wanted
    assert not calendar.resting(0, 6, RESTS["frame"])  # two: of sessions 3 and 5
    assert not calendar.resting(1, 5, RESTS["frame"])  # of another verdict, and the sessions have passed


def test_need_is_one_more_than_what_the_rest_has_spent() -> None:
    days = range(10)
    found = need_of(
        slot(Wording("a", "fact", days), Wording("b", "fact", days), printed=[0, 1, 2, 5]),
        RESTS,
        Calendar(["quiet"] * 10),
    )
    assert found == Need(need=3, have=2, starved=0, replaced=0)  # on session 2, after 0 and 1
    assert found.thin


def test_what_is_true_that_day_counts() -> None:
    always, early = Wording("a", "fact", range(10)), Wording("b", "fact", [0, 1, 2])
    found = need_of(slot(always, early, printed=[0, 1, 7, 8]), RESTS, Calendar(["quiet"] * 10))
    assert (found.need, found.have) == (2, 1)  # on session 8; on session 1 there were two


def test_a_section_that_stayed_short_asked_too() -> None:
    only = Wording("a", "fact", range(10), used=[0, 4])
    found = need_of(
        slot(only, printed=[0, 4], wanted=(1, 2, 3), short=(1, 3)), RESTS, Calendar(["quiet"] * 10)
    )
    # 1 and 2 lie within the rest of session 0; 3 does not: something else kept it out
    assert found == Need(need=2, have=1, starved=1, replaced=1)


def test_a_rest_that_was_broken() -> None:
    only = Wording("a", "fact", range(10), used=[0, 1])
    found = need_of(slot(only, printed=[0, 1]), RESTS, Calendar(["quiet"] * 10))
    assert found == Need(need=2, have=1, starved=1, replaced=0)


def test_the_tier_of_most_wordings_says_the_rest() -> None:
    wordings = (
        Wording("a", "image", range(99)),
        Wording("b", "fact", range(99)),
        Wording("c", "fact", range(99)),
    )
    assert need_of(slot(*wordings, printed=[0, 50, 90]), RESTS, Calendar(["quiet"] * 99)).need == 1


def test_a_slot_that_never_asked_needs_nothing() -> None:
    assert need_of(slot(Wording("a", "fact", ()), printed=[]), RESTS, Calendar([])) == Need(0, 1, 0, 0)


def test_tables() -> None:
    one = slot(
        Wording("gold#a", "fact", range(9), used=[0, 1]), Wording("gold#b", "fact", ()), printed=[0, 1]
    )
    need = need_of(one, RESTS, Calendar(["quiet"] * 10))
    sheets = {sheet.name: sheet for sheet in Coverage([one], {one.message: need}, 10).sheets()}
    assert [row["message"] for row in sheets["thin"].rows] == ["havens/gold"]
    assert [row["phrase"] for row in sheets["never"].rows] == ["gold#b"]
    assert {row["what"]: row["count"] for row in sheets["short"].rows} == {
        "messages": 1, "messages never true": 0, "phrases": 2, "phrases never true": 1,
        "messages never printed": 0, "phrases printed": 1, "slots thinner than their need": 1,
    }  # fmt: skip
    assert "thin" not in {sheet.name for sheet in Coverage([one], {}, 10).sheets()}
