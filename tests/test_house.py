"""The rules of the house, held by reading the tree itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "commentary"
STAGES = (
    "sources", "readings", "rulebook", "planning", "phrasing", "rendering", "auditing", "publishers", "archive",
    "evaluation",
)  # fmt: skip
ABOVE = {
    "cli", "commands", "pipeline", "bank", "tapes", "reading_frame", "outputs", "ranges", "checking", "checked",
    "explaining", "sampling", "shipped", "facts", "fetching", "listing", "backtest", "recording", "variants",
    "drawn", "verification", "edition_checks", "theme_checks", "scenes", "truths", "covering", "linting", "declared",
    "exposition", "neighbours", "compiled", "rule_diff", "rule_scaffold", "desk_scaffold",
    "doctor", "backtest_text", "sheet_text", "backtest_page", "backtest_cells", "backtest_figures",
}  # fmt: skip
"""Modules that know stages; no stage and no kernel module may import them."""

FILES = sorted(path for path in PACKAGE.rglob("*.py"))


def _imports(path: Path, *, top: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_fits_on_a_few_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_functions_are_short_and_take_few_parameters(path: Path) -> None:
    commands = path.parent.name == "commands"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 30, f"{node.name} has {length} lines"
            if commands and node.decorator_list:
                continue  # click passes every option as a parameter
            named = [
                item for item in (*node.args.args, *node.args.kwonlyargs) if item.arg not in ("self", "cls")
            ]
            assert len(named) <= 5, f"{node.name} takes {len(named)} parameters"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_public_names_are_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body, "module without a docstring"
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            if path.name.startswith("condition_"):
                continue  # operations of the language, documented in conditions.py
            assert ast.get_docstring(node), f"{node.name} without a docstring"


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_imports_another(stage: str) -> None:
    others = {f"commentary.{name}" for name in (*STAGES, *ABOVE) if name != stage}
    for path in (PACKAGE / stage).rglob("*.py"):
        for name in _imports(path):
            assert not any(name == other or name.startswith(f"{other}.") for other in others), (
                f"{path}: {name}"
            )


def test_the_kernel_imports_no_stage() -> None:
    above = {f"commentary.{name}" for name in (*STAGES, *ABOVE)}
    for path in FILES:
        if _room(path) in {*STAGES, *ABOVE, "__init__", "__main__"}:
            continue
        for name in _imports(path):
            assert not any(name == other or name.startswith(f"{other}.") for other in above), (
                f"{path}: {name}"
            )


def test_the_auditor_never_reads_the_writer() -> None:
    for path in (PACKAGE / "auditing").glob("*.py"):
        assert not any("phrasing" in name or "rendering" in name for name in _imports(path))


def test_the_main_path_is_short() -> None:
    assert len((PACKAGE / "pipeline.py").read_text(encoding="utf-8").splitlines()) <= 60


def _loaded(arguments: list[str]) -> set[str]:
    code = (
        "import sys\nfrom commentary.cli import run\n"
        f"run({arguments!r})\n"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.rsplit("LOADED", 1)[1].split())


def test_help_loads_no_heavy_library() -> None:
    assert not _loaded(["--help"]) & {"pandas", "numpy", "yfinance", "jinja2", "pydantic"}


def test_a_card_is_written_without_frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _loaded(["check"])  # the first run looks at every file, and may load what it likes
    loaded = _loaded(["note", "--source", "episodes", "--quiet", "--output", str(tmp_path / "notes")])
    assert not loaded & {"pandas", "numpy", "yfinance", "pydantic"}
