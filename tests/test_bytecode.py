"""Compiled templates between runs: found as they were, remade where they are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from commentary.bytecode import Bytecode


def rendered(folder: Path, text: str = "{{ a }} b") -> str:
    return (
        Environment(loader=DictLoader({"one": text}), bytecode_cache=Bytecode(folder))
        .get_template("one")
        .render(a=1)
    )


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rendered(tmp_path)
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered(tmp_path) == first == "1 b"


def test_a_changed_template_is_compiled_again(tmp_path: Path) -> None:
    assert (rendered(tmp_path), rendered(tmp_path, "c")) == ("1 b", "c")


def test_a_damaged_file_is_remade(tmp_path: Path) -> None:
    rendered(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    damaged = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(len(whole))]
    for bad in [*damaged, b"", whole[:3], whole[:-1]]:
        file.write_bytes(bad)
        assert rendered(tmp_path) == "1 b"
        assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert rendered(tmp_path / "file" / "cache") == "1 b"
