"""Message files: bound to their subjects, and held to account all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.errors import AuthoringError
from commentary.library import Library
from commentary.planning.messages import load_messages


def overlay(root: Path, **files: str) -> Library:
    for name, text in files.items():
        path = root / "rules" / "messages" / "made" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Library((root,))


def test_a_message_ranges_over_instruments_and_pairs_of_them(tmp_path: Path) -> None:
    library = overlay(
        tmp_path,
        alone='about = "x"\nwhen = "it.move_z < 0"\nover = ["gold", "silver"]',
        pair='about = "x"\nwhen = "it.move_z < other.move_z"\nover = [["gold", "silver"]]',
    )
    made = [item for item in load_messages(library) if item.section == "made"]
    assert [(item.name, item.names, item.when.source) for item in made] == [
        ("made/alone", {"it": "gold"}, "gold.move_z < 0"),
        ("made/alone", {"it": "silver"}, "silver.move_z < 0"),
        ("made/pair", {"it": "gold", "other": "silver"}, "gold.move_z < silver.move_z"),
    ]


def test_all_mistakes_of_all_files_at_once(tmp_path: Path) -> None:
    library = overlay(
        tmp_path,
        one='about = "x"\nwhen = "1 > 0"\nstanse = "supports"',
        two='about = "x"\nwhen = "1 > 0"\nstance = "maybe"\nplace = "middle"',
        three='about = "x"',
    )
    with pytest.raises(AuthoringError) as error:
        load_messages(library)
    assert {(problem.file.rsplit("/", 1)[1], problem.key) for problem in error.value.problems} == {
        ("one.toml", "stanse"), ("two.toml", "stance"), ("two.toml", "place"), ("three.toml", "when"),
    }  # fmt: skip
