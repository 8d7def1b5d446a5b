"""The order of sections and of what stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commentary.authored import made
from commentary.planning.arrange import arrange
from commentary.planning.layout import LayoutFile
from tests.planning.made import choice

LAYOUT = made(
    LayoutFile,
    {
        "about": "by hand",
        "middle": 2,
        "sections": [
            {"name": "title", "at": "apart", "most": 1, "required": True},
            {"name": "verdict", "at": "open", "most": 2},
            {"name": "metals"},
            {"name": "credit"},
            {"name": "rates"},
            {"name": "doubts", "at": "late", "when": "opposing_share >= 0.2", "heading": "What does not fit"},
            {"name": "closing", "at": "late", "required": True},
        ],
    },
)
FOUND = [
    choice("closing/rule"),
    choice("doubts/bonds"),
    choice("metals/one", salience=0.8),
    choice("credit/one", salience=1.2),
    choice("rates/one", salience=0.9),
    choice("verdict/line"),
    choice("title/plain"),
]


def test_the_middle_is_ordered_by_its_evidence_and_cut_to_size() -> None:
    names = [section.name for section in arrange(LAYOUT, FOUND, {"opposing_share": 0.3})]
    assert names == ["title", "verdict", "credit", "rates", "doubts", "closing"]


def test_a_middle_section_without_surprise_is_dropped_and_a_late_one_is_not() -> None:
    found = [choice("metals/one", salience=0.69), choice("credit/one", salience=0.7), choice("closing/rule")]
    assert [section.name for section in arrange(LAYOUT, found, {})] == ["title", "credit", "closing"]


def test_a_section_opens_only_when_its_condition_is_known_to_hold() -> None:
    for scene in ({"opposing_share": 0.1}, {}):
        assert "doubts" not in [section.name for section in arrange(LAYOUT, FOUND, scene)]


def test_lead_before_body_before_close_and_support_before_doubt() -> None:
    found = [
        choice("verdict/end", place="close"),
        choice("verdict/against", stance="opposes", salience=0.9),
        choice("verdict/for", stance="supports", salience=0.1),
        choice("verdict/first", place="lead"),
    ]
    (section,) = [item for item in arrange(LAYOUT, found, {}) if item.name == "verdict"]
    assert [item.message for item in section.choices] == [
        "verdict/first", "verdict/for", "verdict/against", "verdict/end",
    ]  # fmt: skip


def test_a_message_comes_with_the_subject_of_which_it_has_most_to_say_and_one_in_its_stead() -> None:
    found = [choice("metals/sold", names={"it": name}, salience=value) for name, value in SUBJECTS.items()]
    (section,) = [item for item in arrange(LAYOUT, found, {}) if item.name == "metals"]
    assert [item.names["it"] for item in section.choices] == ["silver", "gold"]


SUBJECTS = {"gold": 0.4, "silver": 0.8, "copper": 0.2}


def test_what_is_said_of_one_subject_stands_together() -> None:
    found = [
        choice("metals/a", names={"it": "gold"}, salience=0.9),
        choice("metals/b", names={"it": "silver"}, salience=0.8),
        choice("metals/c", names={"it": "gold"}, salience=0.7),
    ]
    (section,) = [item for item in arrange(LAYOUT, found, {}) if item.name == "metals"]
    assert [item.names["it"] for item in section.choices] == ["gold", "gold", "silver"]


@given(st.permutations(FOUND))
def test_the_order_in_which_messages_are_found_does_not_matter(found: list) -> None:  # type: ignore[type-arg]
    scene = {"opposing_share": 0.3}
    assert arrange(LAYOUT, found, scene) == arrange(LAYOUT, FOUND, scene)
