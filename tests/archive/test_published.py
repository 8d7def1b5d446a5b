"""The verdict first published, and the labels since: written once, kept, whatever happens to the file."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.archive import Archive, Label, deliver, schema
from commentary.bundle import Bundle, DoubtfulDelivery, Receipt, Target
from commentary.errors import PublishError
from tests.finished import bundle, facts

NOW = datetime(2024, 8, 5, 22, 0, tzinfo=UTC)
LATER = datetime(2024, 8, 6, 7, 30, tzinfo=UTC)
SENT = Target("email", lambda _: Receipt("<id@example.com>"))
SHARES = {"forced_exit": 0.9, "flight_to_safety": 0.06, "rotation": 0.01, "quiet": 0.01}
DAY = date(2024, 8, 5)


def judged(**verdict: object) -> dict[str, object]:
    return {**facts()["verdict"], "shares": SHARES, **verdict}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.sqlite3") as opened:
        yield opened


def failing(error: Exception) -> Target:
    def send(_: Bundle) -> Receipt:
        raise error

    return Target("email", send)


def test_publishing_puts_the_verdict_on_record(archive: Archive, tmp_path: Path) -> None:
    note = bundle(tmp_path, verdict=judged())
    archive.record_edition(note, NOW)
    assert archive.published() == ()
    deliver(archive, note, SENT, LATER)
    (row,) = archive.published()
    assert (row.session, row.edition, row.version) == (DAY, "daily", note.version)
    assert (row.at, row.label, row.confidence, row.shares) == (LATER, "forced_exit", 0.95, SHARES)


def test_the_facts_published_count_and_not_those_first_written(archive: Archive, tmp_path: Path) -> None:
    """The same text may be written again from changed rules before it goes out."""
    archive.record_edition(bundle(tmp_path, verdict=judged(shares={"quiet": 1.0})), NOW)
    deliver(archive, bundle(tmp_path, verdict=judged()), SENT, LATER)
    assert archive.published()[0].shares == SHARES


def test_a_correction_does_not_replace_it(archive: Archive, tmp_path: Path) -> None:
    first = bundle(tmp_path, verdict=judged())
    deliver(archive, first, SENT, NOW)
    second = bundle(tmp_path, body="Mended.\n", verdict=judged(label="rotation", confidence=0.6))
    deliver(archive, replace(second, correction=True), SENT, NOW)
    assert [(row.version, row.label) for row in archive.published()] == [(first.version, "forced_exit")]


def test_neither_does_another_edition_target_or_later_run(archive: Archive, tmp_path: Path) -> None:
    deliver(archive, bundle(tmp_path, verdict=judged()), SENT, NOW)
    deliver(archive, bundle(tmp_path, edition="brief", verdict=judged(label="quiet")), SENT, LATER)
    again = bundle(tmp_path, body="Another text.\n", verdict=judged(label="rotation"))
    deliver(archive, again, replace(SENT, name="blog"), LATER)
    archive.record_edition(bundle(tmp_path, body="A third.\n", verdict=judged(label="melt_up")), LATER)
    assert [(row.edition, row.label, row.at) for row in archive.published()] == [
        ("daily", "forced_exit", NOW)
    ]


@pytest.mark.parametrize("error", [PublishError("451 later"), DoubtfulDelivery("cut")])
def test_what_is_not_known_to_have_gone_out_is_not_on_record(
    archive: Archive, tmp_path: Path, error: PublishError
) -> None:
    note = bundle(tmp_path, verdict=judged())
    with pytest.raises(PublishError):
        deliver(archive, note, failing(error), NOW)
    assert archive.published() == ()
    deliver(archive, note, SENT, LATER, force_unknown=True)
    assert [row.at for row in archive.published()] == [LATER]


def test_labels_are_kept_and_the_newest_is_last(archive: Archive) -> None:
    said = [
        Label(date(2024, 8, 6), "quiet", "nothing moved at all", NOW),
        Label(DAY, "rotation", "only chips were sold", NOW),
        Label(DAY, "forced_exit", "gold was sold as well", NOW),
    ]
    for label in said:
        archive.label(label)
    assert archive.labels() == (said[1], said[2], said[0])


def old_archive(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bundle:
    """An archive as the first schema left it: two versions out at the same second, a delivery refused."""
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        patch.setattr(sys.modules["commentary.archive.deliver"], "publish_first", lambda *_: None)
        with Archive.open(path) as archive:
            first = bundle(tmp_path)
            deliver(archive, first, SENT, NOW)
            mended = bundle(tmp_path, body="Mended.\n", verdict=judged(label="rotation"))
            deliver(archive, replace(mended, correction=True), SENT, NOW)
            with pytest.raises(PublishError):
                refused = bundle(tmp_path, session="2024-08-06")
                deliver(archive, refused, failing(PublishError("no")), LATER)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
        assert not raw.execute("SELECT name FROM sqlite_master WHERE name = 'published'").fetchall()
    return first


def test_an_archive_of_the_first_schema_is_brought_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.sqlite3"
    first = old_archive(path, tmp_path, monkeypatch)
    with Archive.open(path) as archive:
        (row,) = archive.published()
        assert (row.session, row.version, row.label, row.at) == (DAY, first.version, "forced_exit", NOW)
        assert (row.confidence, row.shares) == (0.95, None)
        assert len(archive.editions()) == 3
        assert [thread.name for thread in archive.threads()] == ["hurry_ends"]
        archive.label(Label(DAY, "forced_exit", "gold was sold too", LATER))
        assert archive.labels()[0].label == "forced_exit"
        deliver(archive, bundle(tmp_path, session="2024-08-07", verdict=judged()), SENT, LATER)
        assert archive.published()[1].shares == SHARES


LABELLER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from commentary.archive import Archive, Label

with Archive.open(Path(sys.argv[1])) as archive:
    print("open", flush=True)
    while True:
        archive.label(Label(date(2024, 8, 5), "quiet", "a reason of words", datetime(2024, 8, 6, tzinfo=UTC)))
"""


def test_a_kill_while_labelling_leaves_whole_labels(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite3"
    kept = 0
    for pause in (0.0, 0.004, 0.05):
        with subprocess.Popen([sys.executable, "-c", LABELLER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
        with Archive.open(path) as archive:
            with archive.transaction() as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            labels = archive.labels()
            assert {label.why for label in labels} <= {"a reason of words"}
            assert len(labels) >= kept
            kept = len(labels)
            archive.label(Label(DAY, "quiet", "a reason of words", NOW))
            kept += 1


def test_a_label_that_cannot_be_finished_is_not_there_at_all(archive: Archive) -> None:
    with pytest.raises(KeyboardInterrupt), archive.transaction() as connection:
        connection.execute(
            "INSERT INTO labels (session, label, why, labelled_at) VALUES ('2024-08-05', 'quiet', 'w', 't')"
        )
        raise KeyboardInterrupt
    assert archive.labels() == ()


def test_shares_are_kept_to_the_last_digit(archive: Archive, tmp_path: Path) -> None:
    exact = {"forced_exit": 0.1 + 0.2, "quiet": 1 / 3}
    deliver(archive, bundle(tmp_path, verdict=judged(shares=exact)), SENT, NOW)
    assert archive.published()[0].shares == exact
    assert json.loads(json.dumps(exact)) == exact
