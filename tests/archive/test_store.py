"""The archive as a file: it opens, whatever happened to it, and remembers what was published."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.archive import Archive, deliver
from commentary.archive.schema import MIGRATIONS
from commentary.bundle import Bundle, Receipt, Target
from commentary.errors import CommentaryError, OutputError
from commentary.model import Memory, PhraseUse, Thread
from tests.finished import THREAD, bundle

NOW = datetime(2024, 8, 5, 22, 0, tzinfo=UTC)
SENT = Target("email", lambda _: Receipt("<id@example.com>"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "deep" / "archive.sqlite3") as opened:
        yield opened


def publish(archive: Archive, tmp_path: Path, session: str, **changes: object) -> None:
    deliver(archive, bundle(tmp_path, session=session, **changes), SENT, NOW)


def test_a_new_archive_is_empty_and_waits_for_nothing(archive: Archive) -> None:
    assert archive.editions() == ()
    assert archive.deliveries() == ()
    assert archive.memory(date(2030, 1, 1)) == Memory()


def test_an_edition_is_kept_once(archive: Archive, tmp_path: Path) -> None:
    note = bundle(tmp_path)
    archive.record_edition(note, NOW)
    archive.record_edition(note, datetime(2025, 1, 1, tzinfo=UTC))
    (row,) = archive.editions()
    assert (row.session, row.edition, row.version) == (date(2024, 8, 5), "daily", note.version)
    assert (row.title, row.label, row.confidence) == ("Monday sold what Friday spared", "forced_exit", 0.95)
    assert row.written_at == NOW
    assert row.deliveries == ()


def test_what_was_only_written_is_not_remembered(archive: Archive, tmp_path: Path) -> None:
    archive.record_edition(bundle(tmp_path), NOW)
    assert archive.memory(date(2030, 1, 1)) == Memory()
    assert archive.threads() == ()


def test_memory_holds_published_notes_of_sessions_strictly_before(archive: Archive, tmp_path: Path) -> None:
    publish(archive, tmp_path, "2024-08-05", sentences=[{"phrase": "a"}, {"phrase": "b"}])
    publish(archive, tmp_path, "2024-08-06", sentences=[{"phrase": "c"}], threads=[])
    first = tuple(PhraseUse(name, date(2024, 8, 5), "forced_exit", "daily") for name in "ab")
    later = PhraseUse("c", date(2024, 8, 6), "forced_exit", "daily")
    assert archive.memory(date(2024, 8, 5)) == Memory()
    assert archive.memory(date(2024, 8, 6)).uses == first
    assert archive.memory(date(2024, 8, 7)).uses == (*first, later)


def test_a_thread_is_open_until_the_session_that_settled_it(archive: Archive, tmp_path: Path) -> None:
    publish(archive, tmp_path, "2024-08-05")
    met = {**THREAD, "status": "met", "settled": "2024-08-07"}
    publish(archive, tmp_path, "2024-08-07", threads=[met])
    born, expires = date(2024, 8, 5), date(2024, 8, 19)
    opened = Thread("hurry_ends", "the hurry ends", "vix9d.level < vix3m.level", born, expires)
    assert archive.memory(date(2024, 8, 5)).threads == ()
    assert archive.memory(date(2024, 8, 6)).threads == (opened,)
    assert archive.memory(date(2024, 8, 7)).threads == (opened,)
    assert archive.memory(date(2024, 8, 8)).threads == ()
    (now,) = archive.threads()
    assert (now.status, now.settled) == ("met", date(2024, 8, 7))


def test_a_week_remembers_what_was_settled_in_it(archive: Archive, tmp_path: Path) -> None:
    publish(archive, tmp_path, "2024-08-05")
    met = {**THREAD, "status": "met", "settled": "2024-08-07"}
    publish(archive, tmp_path, "2024-08-07", threads=[met])
    (found,) = archive.memory(date(2024, 8, 9), date(2024, 8, 2)).threads
    assert (found.status, found.settled) == ("met", date(2024, 8, 7))
    (before,) = archive.memory(date(2024, 8, 7), date(2024, 8, 2)).threads
    assert (before.status, before.settled) == ("open", None)
    assert archive.memory(date(2024, 8, 19), date(2024, 8, 12)).threads == ()


def test_settling_by_hand_closes_a_thread(archive: Archive, tmp_path: Path) -> None:
    publish(archive, tmp_path, "2024-08-05")
    (thread,) = archive.memory(date(2024, 8, 6)).threads
    lapsed = replace(thread, status="lapsed", settled=date(2024, 8, 19))
    archive.settle([lapsed], "daily")
    assert archive.memory(date(2024, 8, 20)).threads == ()
    with pytest.raises(CommentaryError, match="settled on no session"):
        archive.settle([thread], "daily")


def test_a_correction_replaces_phrases_and_keeps_what_later_notes_settled(
    archive: Archive, tmp_path: Path
) -> None:
    publish(archive, tmp_path, "2024-08-05", threads=[THREAD, {**THREAD, "name": "dropped"}])
    publish(archive, tmp_path, "2024-08-06", threads=[{**THREAD, "status": "met", "settled": "2024-08-06"}])
    corrected = bundle(tmp_path, body="Mended.\n", sentences=[{"phrase": "new"}])
    deliver(archive, _as_correction(corrected), SENT, NOW)
    assert [use.phrase for use in archive.memory(date(2024, 8, 6)).uses] == ["new"]
    (thread,) = archive.threads()
    assert (thread.name, thread.status) == ("hurry_ends", "met")


def test_a_correction_may_take_back_a_settlement(archive: Archive, tmp_path: Path) -> None:
    publish(archive, tmp_path, "2024-08-05")
    publish(archive, tmp_path, "2024-08-06", threads=[{**THREAD, "status": "met", "settled": "2024-08-06"}])
    corrected = bundle(tmp_path, body="Mended.\n", session="2024-08-06", threads=[])
    deliver(archive, _as_correction(corrected), SENT, NOW)
    (thread,) = archive.threads()
    assert (thread.status, thread.settled) == ("open", None)


def test_migrations_are_numbered_and_run_once(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite3"
    for _ in range(2):
        Archive.open(path).close()
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_a_failing_migration_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.sqlite3"
    Archive.open(path).close()
    monkeypatch.setattr(
        "commentary.archive.schema.MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE extra (a)", "nonsense"))
    )
    with pytest.raises(OutputError, match="syntax error"):
        Archive.open(path)
    monkeypatch.undo()
    with Archive.open(path) as archive:
        assert archive.editions() == ()
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").fetchone() == (0,)
    raw.close()


def test_an_archive_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite3"
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(CommentaryError, match="schema 99"):
        Archive.open(path)


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite3"
    path.write_text("Date,Open,High,Low,Close\n" * 100)
    with pytest.raises(CommentaryError, match=r"archive\.sqlite3 is not an archive"):
        Archive.open(path)
    assert path.read_text().startswith("Date,Open")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot open the archive"):
        Archive.open(tmp_path / "file" / "archive.sqlite3")


WRITER = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from commentary.archive import Archive, deliver
from commentary.bundle import Bundle, Receipt, Target, read_bundle

note, target = read_bundle(Path(sys.argv[2])), Target("email", lambda _: Receipt("x"))
with Archive.open(Path(sys.argv[1])) as archive:
    print("open", flush=True)
    number = 0
    while True:
        number += 1
        name = f"{sys.argv[3]}{number}"
        deliver(archive, replace(note, edition=name), target, datetime(2024, 8, 5, tzinfo=UTC))
"""


def test_a_kill_at_any_moment_leaves_a_file_that_opens(tmp_path: Path) -> None:
    path, folder = tmp_path / "archive.sqlite3", bundle(tmp_path).folder
    for turn, pause in enumerate((0.0, 0.003, 0.017, 0.06)):
        command = [sys.executable, "-c", WRITER, str(path), str(folder), f"run{turn}x"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
        with Archive.open(path) as archive, archive.transaction() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        _assert_whole(path)


def _assert_whole(path: Path) -> None:
    """A delivery marked done has its phrases; one cut off has not."""
    with Archive.open(path) as archive:
        remembered = {use.edition for use in archive.memory(date(2030, 1, 1)).uses}
        done = {row.edition for row in archive.deliveries() if row.status == "done"}
        assert remembered == done


OPENER = """
import sys
from pathlib import Path
from commentary.archive import Archive
Archive.open(Path(sys.argv[1])).close()
"""


def test_processes_may_make_the_archive_at_once(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite3"
    running = [subprocess.Popen([sys.executable, "-c", OPENER, str(path)]) for _ in range(3)]
    assert [process.wait(timeout=30) for process in running] == [0, 0, 0]


def _as_correction(note: Bundle) -> Bundle:
    return replace(note, correction=True)
