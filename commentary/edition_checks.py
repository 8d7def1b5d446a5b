"""Mistakes in editions, voices and the agenda: files that name what nobody has, forms that owe their reader a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.authored import meant
from commentary.bank import Bank
from commentary.errors import CommentaryError, Problem
from commentary.phrasing.lexicon import Lexicon
from commentary.phrasing.lint import Heard, lint_lexicon
from commentary.phrasing.voices import FOLDER, stable_problems, voice_problems
from commentary.planning.editions import edition_problems
from commentary.rendering.surfaces import TABLES

OWED = re.compile(r"{{-?\s*(?:disclosure|short)\s*-?}}|\bin posts\b")
"""How a template prints what every edition carries: the disclosure, or posts, which end with it."""

AGENDA = "rules/agenda.toml"


def form_problems(bank: Bank, names: set[str]) -> list[Problem]:
    """Every mistake of editions, their templates, and the agenda. ``names`` are all that a condition may read."""
    known = {
        "layout": set(bank.planner.layouts),
        "sections": {entry.name for layout in bank.planner.layouts.values() for entry in layout.sections},
        "tables": set(TABLES),
        "voice": set(bank.voices),
    }
    found = [*edition_problems(bank.editions, known), *_templates(bank)]
    for place, entry in enumerate(bank.agenda):
        reading = f"{entry.subject}.due_date"
        if reading not in names:
            wanted = f"a subject with a due_date{meant(reading, names)}"
            found.append(Problem(AGENDA, f"due.{place}.subject", repr(entry.subject), wanted))
    return found


def voice_mistakes(bank: Bank, heard: Heard) -> list[Problem]:
    """Every mistake of every voice: its own phrases are held to what the bank's are held to."""
    sections = {entry.name for layout in bank.planner.layouts.values() for entry in layout.sections}
    found = list(stable_problems(bank.lexicon))
    for tone in bank.voices.values():
        found += voice_problems(tone, sections)
        for problem in lint_lexicon(Lexicon(tone.phrases), heard):
            place = problem.file.replace("templates/phrases/", f"{FOLDER}/{tone.name}/", 1)
            found.append(Problem(place, problem.key, problem.got, problem.wanted))
    return found


def _templates(bank: Bank) -> Iterator[Problem]:
    """Each edition has a template, and the template owns up to how the note was made."""
    for edition in bank.editions:
        place = f"templates/notes/{edition}.md.j2"
        try:
            text = bank.library.path(place).read_text(encoding="utf-8")
        except CommentaryError:
            yield Problem(place, "(file)", "no file", f"the template of the edition {edition}")
            continue
        if not OWED.search(text):
            wanted = "{{ disclosure }} or {{ short }}: every edition says how it was made"
            yield Problem(place, "disclosure", "no disclosure", wanted)
