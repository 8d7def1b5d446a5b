"""The wheel: everything that a note needs is inside, and it works where no checkout is."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from commentary.library import shipped_root
from tests.cli import ROOT

pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").is_file(), reason="a wheel is built from a checkout"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def test_rules_templates_days_and_tables_are_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for kind in ("rules", "templates"):
        shipped = {
            f"commentary/_data/{path.relative_to(shipped_root())}"
            for path in (shipped_root() / kind).rglob("*.*")
        }
        assert len(shipped) > 10
        assert shipped - names == set()
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "commentary").rglob("*")
        if path.suffix in (".py", ".gz", ".json", ".toml")
    }
    assert package - names == set()
    assert "commentary/data/calendar.json" in names
    assert "commentary/episodes/2024-08-05.json.gz" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "output/", "scripts/"))]


def test_it_writes_a_note_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    site, desk = tmp_path / "site", tmp_path / "desk"
    desk.mkdir()
    words = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(words, check=True, capture_output=True)
    run = [sys.executable, "-m", "commentary", "note", "--source", "episodes", "--date", "2024-08-05"]
    environment = {**os.environ, "PYTHONPATH": str(site), "COMMENTARY_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(run, cwd=desk, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "> **Disclosure.**" in done.stdout
    assert (desk / "output" / "2024-08-05" / "daily" / "note.html").is_file()
    where = [sys.executable, "-c", "import commentary; print(commentary.__file__)"]
    printed = subprocess.run(
        where, cwd=desk, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert printed.startswith(str(site))


def test_the_command_is_declared(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "commentary = commentary.cli:main" in archive.read(name).decode()
