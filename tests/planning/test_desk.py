"""Messages over the desk's entries, and the section that says all of them."""

from __future__ import annotations

from commentary.planning.arrange import arrange
from commentary.planning.desk import with_entries
from commentary.planning.layout import LayoutFile, SectionFile
from tests.planning.made import choice, message

DESK = {"quotes": [{}, {}], "margin": [{}]}


def test_a_message_over_a_kind_is_written_out_for_each_entry() -> None:
    over = message("desk/quotes", {"it": "desk_quote"}, when="it.given == 1")
    other = message("havens/sold", {"it": "gold"}, when="it.move_z < 0")
    found = with_entries((over, other), DESK)
    assert [item.names["it"] for item in found] == ["desk_quote_1", "desk_quote_2", "gold"]
    assert found[1].when.source == "desk_quote_2.given == 1"
    assert found[2] is other


def test_an_entry_may_stand_beside_an_instrument() -> None:
    both = message(
        "metals/margin", {"it": "gold", "other": "desk_margin"}, when="other.raised and it.move_z < 0"
    )
    assert [item.names for item in with_entries((both,), DESK)] == [{"it": "gold", "other": "desk_margin_1"}]


def test_without_entries_such_a_message_is_left_out() -> None:
    assert with_entries((message("desk/quotes", {"it": "desk_quote"}),), {}) == ()


def test_a_section_of_every_entry_stands_in_their_order_and_leaves_none_out() -> None:
    layout = LayoutFile(
        "by hand", 1, (SectionFile("desk", at="late", every=True, most=1, heading="Reported"),)
    )
    scene = {f"desk_quote_{number}.place": float(number) for number in range(1, 13)}
    made = [
        choice("desk/quotes", names={"it": f"desk_quote_{number}"}) for number in (12, 3, *range(4, 12), 1, 2)
    ]
    (section,) = arrange(layout, made, scene)
    assert [item.names["it"] for item in section.choices] == [
        f"desk_quote_{number}" for number in range(1, 13)
    ]
    assert (section.quota, section.every, section.heading) == (12, True, "Reported")
    assert arrange(layout, [], scene) == ()
