"""Authors' mistakes: exit 4, file and key named, all at once, nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from commentary.library import Library
from tests.cli import Called, Program, apart

HAVENS = "rules/evidence/havens"
MESSAGE = 'about = "By hand."\nwhen = "gold.move_z < 0"\n'
PHRASE = '[[phrases]]\nid = "one"\ntext = "Gold closed lower."\n'


@dataclass(frozen=True)
class Planted:
    """One mistake: the file, a whole text or one change of the shipped one, the key and a word of the answer."""

    place: str
    change: str | tuple[str, str]
    key: str
    said: str = ""


def message(name: str, old: str, new: str, key: str, said: str = "") -> Planted:
    """A message of one's own with a mistake; its phrases are right."""
    return Planted(f"rules/messages/closing/{name}.toml", MESSAGE.replace(old, new), key, said)


def phrase(name: str, old: str, new: str, key: str, said: str = "") -> Planted:
    """Phrases with a mistake; their message is right."""
    return Planted(f"templates/phrases/closing/{name}.toml", PHRASE.replace(old, new), key, said)


KEYS = {
    "misspelt key of a rule": Planted(
        f"{HAVENS}/gold_sold.toml",
        ('status = "', 'statsu = ""\nstatus = "'),
        "statsu",
        "did you mean 'status'",
    ),
    "misspelt verdict in a rule": Planted(
        f"{HAVENS}/gold_bid.toml", ("melt_up", "meltup"), "points", "melt_up"
    ),
    "syntax of a rule": Planted(f"{HAVENS}/haven_fail.toml", ('strength = "', 'strength = "('), "strength"),
    "misspelt key of a table": Planted("rules/tables.toml", ("rows =", "row = 1\nrows ="), "moves.row"),
    "misspelt key of an edition": Planted(
        "rules/editions/brief.toml", ("rows =", "row = 1\nrows ="), "row", "'rows'"
    ),
    "misspelt key of a layout": Planted(
        "rules/layouts/quiet.toml", ("about =", "abuot = 1\nabout ="), "abuot", "'about'"
    ),
    "misspelt key of a message": message("keyed", "about", 'stanse = "x"\nabout', "stanse", "'stance'"),
    "message of no such stance": message("staunch", "about", 'stance = "maybe"\nabout', "stance"),
    "phrase of no such tier": phrase("loud", "id =", 'tier = "loud"\nid =', "phrases.0.tier"),
    "phrase without a text": phrase("mute", "text =", "txt =", "phrases.0.text"),
}
"""Files that cannot be read as what they claim to be."""

MEANING = {
    "unknown reading in a rule": Planted(
        f"{HAVENS}/gold_sold.toml",
        ("gold.move_z, -0.3", "gold.mov_z, -0.3"),
        "strength",
        "gold.move_z",
    ),
    "example that is wrong": Planted(
        f"{HAVENS}/gold_bid.toml", ("strength = 0.5", "strength = 0.7"), "examples", "0.7"
    ),
    "unknown reading of a level": Planted(
        "rules/tables.toml", ('of = "sp500.', 'of = "sp5oo.'), "levels.0.of", "sp500.level"
    ),
    "condition of a section": Planted(
        "rules/layouts/forced_exit.toml",
        ('when = "opposing_share >= ', 'when = "opposing_shere >= '),
        "sections.doubts.when",
    ),
    "thesis about nothing": Planted(
        "rules/theses/oil_alone.toml", ('pair = ["oil.', 'pair = ["oyl.'), "pair", "oil.move_z"
    ),
    "thesis on nothing": Planted(
        "rules/theses/dollar_alone.toml", ("(dollar.", "(dolar."), "when", "dollar.move_z"
    ),
    "message on nothing": message("nothing", "gold.move_z", "gold.movez", "when", "gold.move_z"),
    "message of no grammar": message("grammar", "< 0", "<", "when"),
    "message of no verdict": message("panic", "about", 'verdicts = ["panic"]\nabout', "verdicts", "panic"),
    "message of no item": message(
        "item", "about", 'evidence = "gold_sould"\nabout', "evidence", "gold_sould"
    ),
    "message that is never true": message("never", "< 0", "< -20", "when"),
    "message of no section": Planted("rules/messages/nowhere/lost.toml", MESSAGE, "(folder)", "nowhere"),
    "message without phrases": Planted(
        "rules/messages/closing/silent.toml", MESSAGE, "phrases", "at least one phrase"
    ),
    "thread at no level": Planted(
        "rules/messages/closing/level.toml",
        MESSAGE + '[thread]\ntitle = "x"\npredicate = "gold.level > [gold.levl]"\n',
        "thread.predicate",
        "gold.levl",
    ),
    "phrase with a digit": phrase("digit", "lower", "3 percent lower", "phrases.one", "the digit '3'"),
    "phrase with a number word": phrase("twice", "lower", "lower twice", "phrases.one", "twice"),
    "misspelt slot": phrase(
        "slot", "lower", "{{ gold.return_1 | percent }} lower", "phrases.one", "did you mean 'gold.return_1d'"
    ),
    "unknown format": phrase(
        "format", "lower", "{{ gold.return_1d | procent }} lower", "phrases.one", "percent"
    ),
    "phrase that Jinja refuses": phrase("brace", "lower", "lower {{ gold", "phrases.one", "Jinja"),
    "phrase of no family": phrase("steam", "id =", 'family = "steam"\nid =', "phrases.one", "steam"),
    "phrase on nothing": phrase("on", "id =", 'when = "gold.movez < 0"\nid =', "phrases.one", "gold.movez"),
    "phrases of no message": phrase("orphan", "", "", "(file)", "closing/orphan"),
    "slot that nothing fills": Planted(
        "templates/notes/daily.md.j2",
        ("{{ standfirst }}", "{{ standfrist }}"),
        "standfrist",
        "did you mean 'standfirst'",
    ),
    "template that Jinja refuses": Planted(
        "templates/pages/note.html.j2", ("{% endif %}", "{% endiv %}"), "line"
    ),
}
"""Files that can be read and cannot be meant."""

RULES = {
    "constant out of range": Planted("rules/verdicts/rotation.toml", (">= 2", ">= 2000"), "gate"),
    "unknown reading of a phase": Planted(
        "rules/phases.toml", ("vix.move_z", "vix.moovz"), "phases", "vix.moovz"
    ),
}
"""Rules that can be read and examined, and cannot be meant."""

TEXT = {
    "rule that is not TOML": Planted(f"{HAVENS}/gold_sold.toml", ("title =", "title"), "(file)", "TOML"),
    "layout that is not TOML": Planted(
        "rules/layouts/quiet.toml", ("middle =", "middle == "), "(file)", "TOML"
    ),
    "phrases that are not TOML": phrase("broken", 'id = "one"', 'id = "one', "(file)", "TOML"),
}
GROUPS = {"keys": KEYS, "meaning": MEANING, "rules": RULES, "text": TEXT}
PARTNERS = {"rules/messages": "templates/phrases", "templates/phrases": "rules/messages"}


def plant(folder: Path, place: str, change: str | tuple[str, str]) -> None:
    """Write a file of the author's own: a whole text, or the shipped one with one thing changed."""
    text = change
    if isinstance(change, tuple):
        text = Library().path(place).read_text(encoding="utf-8")
        assert change[0] in text, f"{place} has no {change[0]!r} any more"
        text = text.replace(*change, 1)
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(text), encoding="utf-8")


def complete(folder: Path, planted: dict[str, Planted]) -> None:
    """Give each message its phrases and each phrase its message, but those that are to be without."""
    for name, item in planted.items():
        for kind, partner in PARTNERS.items():
            other = item.place.replace(kind, partner)
            if item.place.startswith(kind) and name not in (
                "message without phrases",
                "phrases of no message",
            ):
                plant(folder, other, PHRASE if kind == "rules/messages" else MESSAGE)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Called]]:
    """What ``note`` says to each group of mistakes, all planted in one working folder."""
    found = {}
    for group, planted in GROUPS.items():
        folder = tmp_path_factory.mktemp(group)
        assert apart("init", cwd=folder).status == 0
        complete(folder, planted)
        for item in planted.values():
            plant(folder, item.place, item.change)
        found[group] = folder, apart("note", "--source", "episodes", "--date", "2024-08-05", cwd=folder)
    return found


@pytest.mark.parametrize(
    ("group", "name"), [(group, name) for group, planted in GROUPS.items() for name in planted]
)
def test_a_mistake_is_named_beside_all_the_others(
    answers: dict[str, tuple[Path, Called]], group: str, name: str
) -> None:
    item, answer = GROUPS[group][name], answers[group][1].err
    place = item.place
    if name == "message without phrases":
        place = place.replace("rules/messages", "templates/phrases")
    lines = [line for line in answer.splitlines() if line.startswith(f"  {place}: {item.key}")]
    assert lines, answer
    assert any(item.said in line for line in lines), lines


@pytest.mark.parametrize("group", GROUPS)
def test_a_mistake_ends_with_four_and_writes_nothing(
    answers: dict[str, tuple[Path, Called]], group: str
) -> None:
    folder, answer = answers[group]
    assert answer.status == 4
    assert answer.out == ""
    assert "Traceback" not in answer.err
    assert not list((folder / "output").rglob("note.*"))


def test_a_message_and_phrases_of_ones_own_are_right(program: Program) -> None:
    assert program("init").status == 0
    plant(program.folder, "rules/messages/closing/own.toml", MESSAGE)
    plant(program.folder, "templates/phrases/closing/own.toml", PHRASE)
    found = program("check")
    assert (found.status, found.err) == (0, "")


def test_a_desks_settings_are_held_to_account(program: Program) -> None:
    (program.folder / "commentary.toml").write_text('brnd = "x"\nspelling = "us-en"\n', encoding="utf-8")
    found = program("note", "--source", "episodes")
    assert found.status == 4
    assert "did you mean 'brand'" in found.err
    assert "spelling" in found.err
    assert program.files() == ["commentary.toml"]
