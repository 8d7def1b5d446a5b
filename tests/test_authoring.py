"""Authors' mistakes: exit 4, file and key named, all at once, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import Program

GOLD = "rules/evidence/havens/gold_sold.toml"
MESSAGE = "rules/messages/closing/made.toml"
PHRASES = "templates/phrases/closing/made.toml"
GOOD_MESSAGE = 'about = "By hand."\nwhen = "gold.move_z < 0"\n'
GOOD_PHRASES = '[[phrases]]\nid = "one"\ntext = "Gold closed lower, and that is all."\n'

MISTAKES: dict[str, tuple[str, str | tuple[str, str], str, str]] = {
    "unknown reading in a rule": (GOLD, ("gold.move_z, -0.3", "gold.mov_z, -0.3"), "strength", "gold.move_z"),
    "misspelt key in a rule": (GOLD, ('title = "', 'titel = "'), "titel", "title"),
    "misspelt verdict in a rule": (GOLD, ("melt_up = 0.0", "meltup = 0.0"), "points", "melt_up"),
    "example that is wrong": (GOLD, ("strength = 0.5", "strength = 0.7"), "examples", "0.7"),
    "text that is not TOML": (GOLD, ("title = ", "title "), "(file)", "TOML"),
    "syntax of a rule": (GOLD, ("down(gold.move_z,", "down(gold.move_z,,"), "strength", ""),
    "constant out of range": ("rules/verdicts/rotation.toml", (">= 2", ">= 2000"), "gate", ""),
    "unknown instrument in a pair": ("rules/pairs.toml", ('long = "', 'long = "x'), "", ""),
    "misspelt key of an instrument": ("rules/universe.toml", ('full = "', 'ful = "'), "ful", "full"),
    "phase with an unknown reading": ("rules/phases.toml", ("verdict", "verdikt"), "phases", ""),
    "table with an unknown key": ("rules/tables.toml", ("rows = ", "row = "), "row", ""),
    "level with an unknown reading": ("rules/tables.toml", ('at = "sp500.', 'at = "sp5OO.'), "levels", "sp5OO"),
    "edition with an unknown key": ("rules/editions/brief.toml", ("rows = ", "row = "), "row", ""),
    "layout with an unknown key": ("rules/layouts/quiet.toml", ("middle = ", "middel = "), "middel", ""),
    "layout with a condition that is none": (
        "rules/layouts/forced_exit.toml", ('when = "opposing_share >= 0.2"', 'when = "opposing_share >= "'), "when", "",
    ),
    "thesis with an unknown reading": ("rules/theses/oil_alone.toml", ("oil.", "oyl."), "when", "oyl."),
    "thesis with a syntax error": ("rules/theses/oil_alone.toml", ('when = "', 'when = "(('), "when", ""),
    "message with an unknown reading": (MESSAGE, GOOD_MESSAGE.replace("gold.move_z", "gold.movez"), "when", "gold.move_z"),
    "message with a syntax error": (MESSAGE, GOOD_MESSAGE.replace("< 0", "<"), "when", ""),
    "message with an unknown key": (MESSAGE, GOOD_MESSAGE + 'stanse = "supports"\n', "stanse", ""),
    "message of an unknown verdict": (MESSAGE, GOOD_MESSAGE + 'verdicts = ["panic"]\n', "verdicts", "panic"),
    "message of an unknown item": (MESSAGE, GOOD_MESSAGE + 'evidence = "gold_sould"\n', "evidence", "gold_sould"),
    "message that can never be true": (MESSAGE, GOOD_MESSAGE.replace("< 0", "< -20"), "when", ""),
    "message without phrases": ("rules/messages/closing/mute.toml", GOOD_MESSAGE, "phrases", "at least one"),
    "message in no section": ("rules/messages/nowhere/made.toml", GOOD_MESSAGE, "(folder)", "nowhere"),
    "thread with a misspelt level": (
        MESSAGE, GOOD_MESSAGE + '[thread]\ntitle = "x"\npredicate = "gold.level > [gold.levl]"\n', "thread.predicate", "",
    ),
    "phrase with a digit": (PHRASES, GOOD_PHRASES.replace("lower", "3 percent lower"), "phrases.one", "the digit '3'"),
    "phrase with a number word": (PHRASES, GOOD_PHRASES.replace("lower", "lower twice"), "phrases.one", "twice"),
    "phrase with a misspelt slot": (
        PHRASES, GOOD_PHRASES.replace("lower", "lower by {{ gold.return_1 | percent }}"), "phrases.one", "gold.return_1",
    ),
    "phrase with an unknown format": (
        PHRASES, GOOD_PHRASES.replace("lower", "lower by {{ gold.return_1d | procent }}"), "phrases.one", "percent",
    ),
    "phrase with an unknown tier": (PHRASES, GOOD_PHRASES + 'tier = "loud"\n', "phrases.0.tier", ""),
    "phrase with an unknown family": (PHRASES, GOOD_PHRASES + 'family = "steam"\n', "phrases.one", "steam"),
    "phrase with a condition on nothing": (PHRASES, GOOD_PHRASES + 'when = "gold.movez < 0"\n', "phrases.one", "gold.movez"),
    "phrases of no message": ("templates/phrases/closing/orphan.toml", GOOD_PHRASES, "(file)", "closing/orphan"),
    "slot that nothing fills": (
        "templates/notes/daily.md.j2", ("{{ standfirst }}", "{{ standfrist }}"), "standfrist", "standfirst",
    ),
    "template that Jinja refuses": ("templates/pages/note.html.j2", ("{% endif %}", "{% endiv %}"), "line", ""),
}  # fmt: skip


def plant(folder: Path, place: str, change: str | tuple[str, str]) -> None:
    """Write a file of the author's own: a whole text, or the shipped one with one thing changed."""
    from commentary.library import Library

    if isinstance(change, tuple):
        text = Library().path(place).read_text(encoding="utf-8")
        assert change[0] in text, f"{place} has no {change[0]!r} any more"
        text = text.replace(*change, 1)
    else:
        text = change
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def desk(program: Program) -> None:
    """A working folder whose own message and phrases are right."""
    assert program("init").status == 0
    plant(program.folder, MESSAGE, GOOD_MESSAGE)
    plant(program.folder, PHRASES, GOOD_PHRASES)


def test_a_message_and_phrases_of_ones_own_are_right(program: Program) -> None:
    desk(program)
    found = program("check")
    assert (found.status, found.err) == (0, "")


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named(program: Program, name: str) -> None:
    place, change, key, said = MISTAKES[name]
    desk(program)
    plant(program.folder, place, change)
    found = program("check")
    assert found.status == 4, found
    assert found.out == ""
    (line, *_) = [line for line in found.err.splitlines() if f"{place}: " in line] or [found.err]
    assert f"{place}: " in line, found.err
    assert key in line.split(": ", 2)[1], line
    assert said in found.err
    assert "Traceback" not in found.err


def test_all_mistakes_are_shown_at_once_and_no_note_is_written(program: Program) -> None:
    desk(program)
    names = (
        "unknown reading in a rule", "table with an unknown key", "edition with an unknown key",
        "thesis with a syntax error", "message without phrases", "phrase with a digit", "slot that nothing fills",
    )  # fmt: skip
    for name in names:
        plant(program.folder, *MISTAKES[name][:2])
    found = program("note", "--source", "episodes", "--date", "2024-08-05")
    assert found.status == 4
    assert [name for name in names if MISTAKES[name][0].split("/", 1)[1] not in found.err] == []
    assert program.files("output") == []
    assert not any(line.startswith("Traceback") for line in found.err.splitlines())


def test_a_desks_settings_are_held_to_account(program: Program) -> None:
    (program.folder / "commentary.toml").write_text('brnd = "x"\nspelling = "us-en"\n', encoding="utf-8")
    found = program("note", "--source", "episodes")
    assert found.status == 4
    assert "brnd" in found.err
    assert "did you mean 'brand'" in found.err
    assert "spelling" in found.err
    assert program.files() == ["commentary.toml"]
