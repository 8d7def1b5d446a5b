"""Claims: said only where they are borne out, twice in a note at most, opposites known to each other."""

from __future__ import annotations

import pytest

from commentary.errors import AuthoringError
from commentary.phrasing.claims import ClaimFile, borne_out, lint_claims
from commentary.phrasing.say import say
from tests.phrasing.made import lexicon, phrase, plan, section, voice
from tests.planning.made import choice

HASTE = ClaimFile("In haste.", "gold.move_z <= -1", ("calm",))
CALM = ClaimFile("Calmly.", "gold.move_z > -1", ("haste",))


def test_a_phrase_is_true_only_where_its_claims_are() -> None:
    found = borne_out(
        lexicon(
            phrase("a/one#hurried", "x", when="sp500.return_1d < 0 or 1 > 2", claims=("haste",)),
            phrase("a/one#plain", "y", when="sp500.return_1d < 0"),
            phrase("a/one#only", "z", claims=("haste", "calm")),
        ),
        {"haste": HASTE, "calm": CALM},
    )
    assert [item.file.when for item in found.of("a/one")] == [
        "(sp500.return_1d < 0 or 1 > 2) and (gold.move_z <= -1)",
        "sp500.return_1d < 0",
        "(gold.move_z <= -1) and (gold.move_z > -1)",
    ]


def test_every_claim_that_is_none_at_once() -> None:
    bank = lexicon(
        phrase("a/one#x", "x", claims=("hast",)),
        phrase("b/two#y", "y", claims=("haste", "orderly")),
    )
    with pytest.raises(AuthoringError) as error:
        borne_out(bank, {"haste": HASTE}, "templates/voices/wire")
    assert [(item.file, item.key, item.got) for item in error.value.problems] == [
        ("templates/voices/wire/a/one.toml", "phrases.x", "claim 'hast'"),
        ("templates/voices/wire/b/two.toml", "phrases.y", "claim 'orderly'"),
    ]


def test_a_note_says_the_same_of_the_day_twice_at_most_and_a_paragraph_once() -> None:
    phrases = [
        phrase(f"{at}#x", f"The {at[-3:]} of {at[0]} hurried.", claims=("haste",))
        for at in ("a/one", "a/two", "b/one", "c/one")
    ]
    phrases.append(phrase("a/six#x", "Plain."))
    sections = [
        section(choice("a/one"), choice("a/two", salience=0.5), choice("a/six", salience=0.4)),
        section(choice("b/one")),
        section(choice("c/one")),
    ]
    spoken = say(plan(*sections), voice(*phrases))
    assert [item.message for item in spoken] == ["a/one", "a/six", "b/one"]


def test_opposites_that_are_no_claims_or_do_not_know_of_each_other() -> None:
    claims = {
        "haste": HASTE,
        "calm": ClaimFile("Calmly.", "gold.move > -1"),
        "slow": ClaimFile("Slowly.", "gold.move_z > 0", ("hast",)),
    }
    found = {(item.file, item.key) for item in lint_claims(claims, {"gold.move_z"})}
    assert found == {
        ("rules/claims/calm.toml", "against"),
        ("rules/claims/calm.toml", "when"),
        ("rules/claims/slow.toml", "against"),
    }
