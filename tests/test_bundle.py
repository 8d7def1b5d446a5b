"""Reading a finished note back from its folder."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from commentary.bundle import read_bundle
from commentary.errors import PublishError
from commentary.model import PhraseUse, Thread
from tests.finished import THREAD, bundle, write_note


def test_a_note_comes_back_from_its_folder(tmp_path: Path) -> None:
    note = bundle(tmp_path)
    assert (note.session, note.edition) == (date(2024, 8, 5), "daily")
    assert note.title == "Monday sold what Friday spared"
    assert note.standfirst == 'Utilities fell further than chips. The "safe" trades* were sold as well.'
    assert note.body.startswith("*Utilities fell")
    assert "# Monday" not in note.body
    assert "title:" not in note.body
    assert note.folder == tmp_path / "2024-08-05" / "daily"


def test_the_version_is_the_hash_of_the_markdown(tmp_path: Path) -> None:
    folder = write_note(tmp_path)
    expected = hashlib.sha256((folder / "note.md").read_bytes()).hexdigest()[:12]
    assert read_bundle(folder).version == expected
    assert bundle(tmp_path, body="Another body.\n").version != expected


def test_each_phrase_is_used_once(tmp_path: Path) -> None:
    day = date(2024, 8, 5)
    assert bundle(tmp_path).uses == (
        PhraseUse("opening/worse_day#1", day, "forced_exit", "daily"),
        PhraseUse("opening/worse_day#2", day, "forced_exit", "daily"),
    )


def test_threads_come_back_as_written(tmp_path: Path) -> None:
    settled = {**THREAD, "name": "old", "born": "2024-08-01", "status": "met", "settled": "2024-08-05"}
    note = bundle(tmp_path, threads=[THREAD, settled])
    opened, closed = note.threads
    assert opened == Thread(
        "hurry_ends", "the hurry ends", "vix9d.level < vix3m.level", date(2024, 8, 5), date(2024, 8, 19)
    )
    assert (closed.status, closed.settled) == ("met", date(2024, 8, 5))


@pytest.mark.parametrize("name", ["note.md", "note.html", "facts.json", "card.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = write_note(tmp_path)
    (folder / name).unlink()
    with pytest.raises(PublishError, match=f"no {name} in"):
        read_bundle(folder)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"verdict": {}}, "verdict.label"),
        ({"sentences": ["text"]}, "sentences"),
        ({"threads": [{"name": "x"}]}, "threads"),
    ],
)
def test_a_missing_key_is_named(tmp_path: Path, changes: dict[str, object], named: str) -> None:
    folder = write_note(tmp_path, **changes)
    with pytest.raises(PublishError, match=rf"facts\.json: {named}: "):
        read_bundle(folder)


@pytest.mark.parametrize("text", ["{", "[]", '{"session": "5 August"}', '{"session": "2024-08-05"}'])
def test_broken_facts_are_named(tmp_path: Path, text: str) -> None:
    folder = write_note(tmp_path)
    (folder / "facts.json").write_text(text)
    with pytest.raises(PublishError, match=r"facts\.json"):
        read_bundle(folder)


def test_a_note_without_a_title_is_refused(tmp_path: Path) -> None:
    folder = write_note(tmp_path)
    (folder / "note.md").write_text("no title here\n")
    with pytest.raises(PublishError, match="# title"):
        read_bundle(folder)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    folder = write_note(tmp_path)
    (folder / "note.html").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PublishError, match=r"note\.html"):
        read_bundle(folder)
