"""``commentary check`` on an author's words: mistakes stop it, warnings only where it is strict."""

from __future__ import annotations

import pytest

from tests.cli import Program

MESSAGE = """about = "Gold was sold."
when = "gold.move_z <= -1.4 and sp500.move_z <= -0.4 and known(treasuries.return_1d)"
topic = "made"
"""


TEXTS = {
    "rose": ("Gold rose with conviction.", "gold rose (up)"),
    "number": ("Treasuries was the last word on gold.", "'Treasuries was'"),
    "article": ("Gold had a S&P of its own.", "'a S&P'"),
    "never": ("Margin calls reached gold.", "'margin call'"),
    "cliche": ("Gold is at the tip of the iceberg.", "'tip of the iceberg'"),
}
"""Phrases that stop a check, and what it says of them."""


def plant(program: Program, texts: dict[str, str]) -> None:
    """A message of the author's own with phrases."""
    (program.folder / "commentary.toml").write_text("", encoding="utf-8")
    phrases = "\n".join(f'[[phrases]]\nid = "{key}"\ntext = "{text}"\n' for key, text in texts.items())
    for place, words in (
        ("rules/messages/closing/made.toml", MESSAGE),
        ("templates/phrases/closing/made.toml", phrases),
    ):
        path = program.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")


@pytest.mark.slow
def test_every_mistake_is_named(program: Program) -> None:
    plant(program, {key: text for key, (text, _) in TEXTS.items() if key != "never"})
    called = program("check")
    assert called.status == 4
    for key, (_, said) in TEXTS.items():
        lines = [
            line
            for line in called.err.splitlines()
            if line.startswith(f"  templates/phrases/closing/made.toml: phrases.{key}")
        ]
        assert [said in line for line in lines] == ([] if key == "never" else [True]), called.err


def test_what_the_files_have_wrong_comes_first(program: Program) -> None:
    plant(program, {"never": TEXTS["never"][0]})
    called = program("check")
    assert called.status == 4
    assert "'margin call'" in called.err


def test_a_warning_does_not_unless_it_is_strict(program: Program) -> None:
    plant(program, {"made": "Gold left by the harbor."})
    called = program("check", "--warnings")
    assert called.status == 0, called.err
    assert "templates/phrases/closing/made.toml: phrases.made: got harbor (water)" in called.out
    assert "no mistakes, " in called.out
    strict = program("check", "--strict")
    assert strict.status == 4
    assert "harbor (water)" in strict.err
