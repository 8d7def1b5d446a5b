"""The note in Markdown: front matter, state line, prose, tables, data line, disclosure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound

from commentary.bytecode import Bytecode
from commentary.extent import heads
from commentary.folders import cache_folder
from commentary.library import Library
from commentary.model import Card, Plan, Section, Sentence, Table, Verdict
from commentary.rendering.escaping import written
from commentary.rendering.posts import posts, sentences_of, stopped
from commentary.rendering.short import as_of, generated, signed, told_state
from commentary.rendering.spoken import spell
from commentary.rendering.statements import Words, data_line, disclosure, front_matter, state_line
from commentary.shapes import dataclass

HEADINGS = {
    "case": "The case", "moves": "Moves", "levels": "Levels", "threads": "What would change the read",
    "standing": "What would change the read", "week": "The sessions", "agenda": "The agenda",
}  # fmt: skip
NUMERIC = ("moves",)


@dataclass(frozen=True)
class Surface:
    """Everything that a note's surfaces are made from."""

    plan: Plan
    sentences: Sequence[Sentence]
    verdict: Verdict
    card: Card
    tables: Sequence[Table]
    words: Words
    shape: str = "note"  # note, posts or spoken

    def of(self, section: str) -> list[Sentence]:
        """The sentences of one section."""
        return [item for item in self.sentences if item.section == section]

    @property
    def title(self) -> str:
        """The note's title, without a full stop."""
        return " ".join(item.text for item in self.sentences if item.section == "title").rstrip(".")

    @property
    def standfirst(self) -> str:
        """The two sentences under the title."""
        return " ".join(item.text for item in self.sentences if item.section == "standfirst")


def markdown(surface: Surface, library: Library) -> str:
    """The finished Markdown. Raises jinja2.UndefinedError for a slot that the template misspells."""
    template = environment(library).get_template(f"notes/{surface.card.edition}.md.j2")
    text = template.render(
        front=front_matter(surface.card, surface.verdict, surface.title),
        title=surface.title,
        standfirst=surface.standfirst,
        state=state_line(surface.verdict, surface.plan, surface.words),
        blocks=blocks(surface.plan, surface.sentences),
        tables=[_table(table) for table in surface.tables if table.rows],
        data=data_line(surface.card, surface.words),
        disclosure=disclosure(surface.card),
        **_short(surface),
    )
    return _tidy(text)


def _short(surface: Surface) -> dict[str, object]:
    """What the short forms are set from: posts, paragraphs to be read aloud, a disclosure in brief."""
    who = signed(surface.card)
    last = (f"{as_of(surface.card)} {who}", generated(surface.card))
    if surface.shape == "note":
        return {"short": f"{last[1]} {who}", "posts": (), "spoken": ()}
    opening = [stopped(surface.title), *told_state(surface.verdict, surface.plan, surface.words)]
    names = [section.name for section in surface.plan.sections if section.name != "title"]
    paragraphs = [found for name in names if (found := sentences_of(surface.of(name)))]
    if surface.shape == "posts":
        return {"short": "", "posts": posts(opening, paragraphs, last), "spoken": ()}
    heard = [spell(" ".join(found)) for found in (opening, *paragraphs)]
    return {"short": spell(" ".join(last)), "posts": (), "spoken": heard}


def blocks(plan: Plan, sentences: Sequence[Sentence]) -> list[dict[str, str]]:
    """Paragraphs in order of printing, each with its heading or none; those that share one stand under it together."""
    found: list[dict[str, str]] = []
    above = ""
    begun = heads(plan.sections, sentences)
    for section in (section for section in plan.sections if section.name in begun):
        text = _paragraph(section, sentences)
        if begun[section.name] != section.name:
            found[-1]["text"] += f" {text}"
            continue
        found.append({"heading": section.heading if section.heading != above else "", "text": text})
        above = section.heading or above
    return found


def _paragraph(section: Section, sentences: Sequence[Sentence]) -> str:
    own = [written(item) for item in sentences if item.section == section.name]
    return "\n".join(f"- {item}" for item in own) if section.every else " ".join(own)


def _table(table: Table) -> dict[str, str]:
    rule = [
        "---" if number == 0 or table.name not in NUMERIC else "---:" for number in range(len(table.header))
    ]
    lines = [_row(table.header), "|" + "|".join(rule) + "|"]
    lines += [_row(cell.shown for cell in row) for row in table.rows]
    return {
        "heading": HEADINGS[table.name],
        "text": "\n".join(lines),
        "caption": CAPTIONS.get(table.name, ""),
    }


CAPTIONS = {
    "case": "For and against: an item’s strength, at most one, below nought where the opposite of its name is true, "
    "and its points for the verdict. Gate: what it asks and by how much it passes or falls short. Runner-up: its "
    "share of the ledger before gates. Would turn it: the nearest level of one reading, the others held.",
    "week": "S&P 500: on the session, on the one after it, and from its close to the last. A verdict says what a "
    "session was; what came after does not make it right or wrong.",
    "moves": "Yields and spreads: change in basis points, z of the yield (+ is a higher yield). Volatility indices: "
    "change in points, z of the log change. z is the move in its own σ, from windows that end the day before, up to a "
    "ceiling; the yen’s is that of the dollar in yen.",
}


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _tidy(text: str) -> str:
    """One blank line between blocks, none at the end of lines, one newline at the end of the file."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept) + "\n"


def environment(library: Library) -> Environment:
    """Templates of ``templates/``, the user's over the shipped ones. Escapes every ``.html.j2``."""
    return _environment(library)


@lru_cache(maxsize=4)
def _environment(library: Library) -> Environment:
    def load(name: str) -> tuple[str, str, None]:
        try:
            path = library.path(f"templates/{name}")
        except Exception as error:
            raise TemplateNotFound(name) from error
        return path.read_text(encoding="utf-8"), str(path), None

    return Environment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=Bytecode(cache_folder() / "templates"),
    )
