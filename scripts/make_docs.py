"""Writes the generated pages anew: docs/cli.md, docs/rules.md, docs/feed.md, and the note in the README.

python scripts/make_docs.py
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from commentary.bank import Bank
from commentary.cli import COMMANDS, group
from commentary.library import Document, Library
from commentary.model import RULED, VERDICTS
from commentary.pipeline import write_note
from commentary.rendering.html import without_front_matter
from commentary.shipped import shipped_card

ROOT = Path(__file__).parent.parent
FAULTS = ROOT / "tests" / "yahoo" / "scenarios.toml"
SHOWN = date(2024, 8, 5)
BEGIN, END = "<!-- note: begin, written by scripts/make_docs.py -->", "<!-- note: end -->"
HEAD = "<!-- Written by scripts/make_docs.py (make docs): change what it is made from, not this page. -->"


def pages() -> dict[Path, str]:
    """Every generated page by its path."""
    library = Library()
    return {
        ROOT / "docs" / "cli.md": "\n".join(cli()) + "\n",
        ROOT / "docs" / "rules.md": "\n".join(rules(library)) + "\n",
        ROOT / "docs" / "feed.md": "\n".join(feed()) + "\n",
        ROOT / "README.md": readme((ROOT / "README.md").read_text(encoding="utf-8"), library),
    }


def readme(text: str, library: Library) -> str:
    """The README with the note between its marks as the program writes it today."""
    note = write_note(shipped_card(SHOWN, "daily"), Bank(library)).markdown
    shown = re.sub(r"^#", "###", without_front_matter(note).strip(), flags=re.MULTILINE)
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{shown}\n\n{END}{rest.split(END)[1]}"


def cli() -> Iterator[str]:
    """The page of commands."""
    yield f"# Commands\n\n{HEAD}\n"
    said, example = _help(group)
    yield f"{said}\n\n```\n{example}\n```\n"
    context = click.Context(group, info_name="commentary")
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        yield from _command(name, command)
        if isinstance(command, click.Group):
            for below, each in command.commands.items():
                yield from _command(f"{name} {below}", each)


def _command(name: str, command: click.Command) -> Iterator[str]:
    said, example = _help(command)
    arguments = [item for item in command.params if isinstance(item, click.Argument)]
    words = " ".join(item.human_readable_name for item in arguments)
    yield f"## commentary {name}{' ' + words if words else ''}\n"
    yield f"{said}\n\n```\n{example}\n```\n"
    options = [item for item in command.params if isinstance(item, click.Option)]
    if options:
        yield "| option | takes | says |\n|---|---|---|"
        yield from (_option(item) for item in options)
        yield ""


def _help(command: click.Command) -> tuple[str, str]:
    """What a command's help says, and its examples without the word."""
    said, _, example = inspect.cleandoc(command.help or "").partition("\b\n")
    lines = [line.removeprefix("Example:").strip() for line in example.splitlines()]
    return " ".join(said.split()), "\n".join(lines).strip()


def _option(option: click.Option) -> str:
    kind = option.type
    takes = (
        "" if option.is_flag else " or ".join(kind.choices) if isinstance(kind, click.Choice) else kind.name
    )
    said = (option.help or "").rstrip(".")
    notes = ["required"] * option.required + [f"default {option.default}"] * bool(option.show_default)
    return (
        f"| `{', '.join(option.opts)}` | {takes} | {said}{' (' + ', '.join(notes) + ')' if notes else ''} |"
    )


def rules(library: Library) -> Iterator[str]:
    """The page of rules: verdicts, ledger, evidence by channel, and what is worked out from it."""
    yield f"# Rules\n\n{HEAD}\n"
    yield (
        "How a session is judged, rule by rule, as the files in `rules/` say it. A strength is a number from zero to "
        "one (a signed one from minus one); it multiplies the points. `up(x, a, b)` rises from nothing at `a` to "
        "one at `b`, `down(x, a, b)` falls the same way. A missing reading drops its item and lowers the coverage; "
        "it is never zero and never false.\n"
    )
    yield from _verdicts(library)
    yield from _ledger(library.document("rules/ledger.toml").data)
    yield "## Evidence\n"
    items = library.documents("rules/evidence")
    worked = [item for item in items if item.data["status"] in ("live", "trial")]
    for channel in sorted({item.folder for item in worked}):
        yield f"### {channel.replace('_', '-').capitalize()}\n"
        for item in worked:
            if item.folder == channel:
                yield from _evidence(item)
    if retired := [item for item in items if item.data["status"] == "retired"]:
        yield "### Retired\n"
        yield from (f"* {item.data['title']} (`{item.name}`), {item.data['retired']}" for item in retired)
        yield ""
    yield from _worked_out(library)


def _verdicts(library: Library) -> Iterator[str]:
    files = {item.name: item.data for item in library.documents("rules/verdicts")}
    yield "## Verdicts that the ledger scores\n\n| verdict | is | gate | bias |\n|---|---|---|---:|"
    for name in VERDICTS:
        file = files[name]
        yield f"| `{name}` {file['title']} | {file['summary']} | {_code(file['gate'])} | {file['bias']:+} |"
    yield "\n## Verdicts reached by rule\n\n| verdict | is | when | confidence |\n|---|---|---|---|"
    for name in RULED:
        file = files[name]
        when = (
            _code(file["when"]) if "when" in file else "see [the decision](decisions/0003-ruled-verdicts.md)"
        )
        yield f"| `{name}` {file['title']} | {file['summary']} | {when} | {_code(file['confidence'])} |"
    yield ""
    for name in VERDICTS:
        if most := files[name].get("at_most"):
            yield f"* `{name}` is shown at most as {_code(most)}"
    for name in RULED:
        for gate, closing in files[name].get("closes", {}).items():
            yield f"* `{name}` shuts the gate of `{gate}` while {_code(closing)}"
    yield ""


def _ledger(file: Mapping[str, Any]) -> Iterator[str]:
    yield "## The ledger\n"
    caps = ", ".join(f"{name} ±{cap}" for name, cap in file["caps"].items())
    yield f"* Points add inside a channel and are capped at ±{file['cap']} ({caps})."
    yield f"* Totals plus bias go through a softmax with temperature {file['temperature']}."
    undecided, confidence = file["undecided"], file["confidence"]
    yield (
        f"* Undecided below a share of {undecided['least']}, or with a lead below {undecided['lead']}; another verdict "
        f"takes the place of one whose gate failed from a score of {undecided['standing']}."
    )
    conflict = file["conflict"]
    yield (
        f"* Mixed also where no gate passes and two stories, neither of them a quiet day, lie within {conflict['gap']} "
        f"of each other, the lesser at {conflict['least']} or more."
    )
    yield (
        f"* High from {confidence['high']}, moderate from {confidence['moderate']}, below that a lean; shown at most "
        f"as {confidence['at_most']}, of a verdict that won in another's place as {confidence['second_at_most']}."
    )
    lean = file["lean"]
    named = " and ".join(f"`{name}`" for name in lean["verdicts"])
    yield f"* Of {named} at most {lean['at_most']} is shown while {_code(lean['when'])}.\n"


def _evidence(item: Document) -> Iterator[str]:
    file = item.data
    trial = ", on trial: no points" if file["status"] == "trial" else ""
    yield f"#### {file['title']} (`{item.name}`{trial})\n"
    yield f"{file['why']}\n"
    yield f"Strength: {_code(file['strength'])}\n"
    yield "| " + " | ".join(name.replace("_", " ") for name in VERDICTS) + " |"
    yield "|" + "---:|" * len(VERDICTS)
    yield "| " + " | ".join(f"{file['points'].get(name, 0.0):+g}" for name in VERDICTS) + " |\n"
    yield "False alarms:\n"
    yield from (f"* {text}" for text in file["misfires"])
    yield "\nReferences:\n"
    yield from (f"* {text}" for text in file["references"])
    yield ""


def _worked_out(library: Library) -> Iterator[str]:
    tables = (
        ("Numbers worked out from readings", "rules/derived.toml", "derived", "value"),
        ("Sleeves", "rules/severity.toml", "sleeves", "hit"),
        ("Phases", "rules/phases.toml", "phases", "when"),
        ("Tags", "rules/tags.toml", "tags", "when"),
    )
    for title, place, key, shown in tables:
        yield f"## {title}\n\n| name | is | rule |\n|---|---|---|"
        for name, entry in library.document(place).data[key].items():
            yield f"| `{name}` | {entry['title']} | {_code(entry[shown])} |"
        yield ""
    severity = library.document("rules/severity.toml").data
    cuts = ", ".join(map(str, severity["cuts"]))
    yield f"Severity of {' and '.join(severity['graded'])}: {_code(severity['raw'])}, cut at {cuts}."


def feed() -> Iterator[str]:
    """The page of what may be wrong with a feed, and what is right then."""
    yield f"# What a feed may do wrong\n\n{HEAD}\n"
    yield (
        "A loopback plays Yahoo and FRED to the program, TLS and all, over a simulated market, with the faults\n"
        "below. What is right was written down before it was tried; the tests hold every line\n"
        "(`python scripts/feed_faults.py` prints wanted beside got, and `--mornings 500` lets the faults fall at\n"
        "random on evening after evening).\n\n"
        "* **right**: every reading is that of a clean feed, to ten digits;\n"
        "* **without**: so it is, but for these inputs, which are missing and named as missing; what lies further\n"
        "  back than an answer goes is their `history`, what a collector brings stands behind `@`;\n"
        "* **held**: no note, exit status 3, and the reason names the input, or the session;\n"
        "* **refused**: no note, exit status 3: the source cannot be had.\n"
    )
    yield "| scenario | what is wrong | what is right |\n|---|---|---|"
    table = tomllib.loads(FAULTS.read_text(encoding="utf-8"))["scenario"]
    for entry in table:
        yield f"| {entry['name'].replace('_', ' ')} | {entry['what']} | {entry['wanted']} |"


def _code(expression: str) -> str:
    return f"`{' '.join(expression.split())}`"


def main() -> None:
    """Write every generated page."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
