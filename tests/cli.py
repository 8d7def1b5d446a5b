"""The program called as a user calls it, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import commentary
from commentary.cli import run

ROOT = Path(commentary.__file__).parent.parent


@dataclass(frozen=True)
class Called:
    """What a call left behind."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Program:
    """Calls in this process, from the working folder of the test."""

    folder: Path
    output: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> Called:
        self.output.readouterr()
        status = run(list(words))
        said = self.output.readouterr()
        return Called(status, said.out, said.err)

    def files(self, below: str = ".") -> list[str]:
        """Every file below a folder, by path."""
        root = self.folder / below
        return sorted(str(path.relative_to(self.folder)) for path in root.rglob("*") if path.is_file())


def apart(*words: str, cwd: Path, timeout: float = 60, **environment: str) -> Called:
    """A call in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "commentary", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    return Called(done.returncode, done.stdout, done.stderr)
