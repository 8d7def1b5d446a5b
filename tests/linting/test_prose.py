"""Proselint and harper have nothing to say of the bank but what ``prose.toml`` lets stand, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from commentary.bank import Bank
from commentary.declared import specs_of
from commentary.linting.bench import Bench, phrases_of
from commentary.linting.grammar import samples

ALLOWED: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("prose.toml").read_text(encoding="utf-8"))
APART = "\n\n§\n\n"
"""Between two samples, so that no rule reads across."""

pytestmark = pytest.mark.prose


@pytest.fixture(scope="module")
def texts(bank: Bank) -> list[str]:
    """Every phrase once, with usual figures."""
    bench = Bench(bank, specs_of(bank))
    found = (" ".join(each.text for each in samples(bench, entry)[:1]) for entry in phrases_of(bench.entries))
    return [text for text in found if text]


def stands(rule: str, text: str) -> bool:
    return any(each["rule"] == rule and each["text"] in text for each in ALLOWED["allowed"])


def harpers(texts: list[str]) -> Iterator[str]:
    import harper

    linter = harper.Linter(dialect=harper.Dialect.AMERICAN)
    words = set(ALLOWED["words"])
    linter.import_words(sorted(words))
    for text in texts:
        for rule, found in linter.organized_lints(text, language="plaintext").items():
            for each in found if rule not in ALLOWED["harper"] else ():
                word = each.problem_text.removesuffix("’s").strip()
                known = rule == "SpellCheck" and (
                    word in words or word.lower() in words or word in ("S", "P")
                )
                if not known and not stands(rule, text):
                    yield f"{rule}: {each.problem_text!r} in {text!r}"


def proselints(texts: list[str]) -> Iterator[str]:
    from proselint.checks import __register__
    from proselint.config import DEFAULT
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    whole = APART.join(texts)
    for each in LintFile(source=Path("bank.md"), content=whole).lint(DEFAULT):
        found = each.check_result
        start, end = found.span
        text = whole[whole.rfind("§", 0, start) + 1 : whole.find("§", end)].strip()
        if found.check_path not in ALLOWED["proselint"] and not stands(found.check_path, text):
            yield f"{found.check_path}: {found.message} {text!r}"


def test_harper(texts: list[str]) -> None:
    assert list(harpers(texts)) == []


def test_proselint(texts: list[str]) -> None:
    assert list(proselints(texts)) == []
