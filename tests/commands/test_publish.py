"""``publish`` and ``status`` as a user calls them, and as two users call them at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import commentary
from commentary.cli import run
from tests.finished import write_note
from tests.publishers.mail import PASSWORD, SETTINGS, USER, MailServer


@pytest.fixture
def desk(tmp_path: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with settings, a note and a site; the process works there."""
    folder = tmp_path / "desk"
    (folder / "site").mkdir(parents=True)
    (folder / "commentary.toml").write_text(SETTINGS.format(port=server.port, user=USER))
    write_note(folder / "output")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COMMENTARY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COMMENTARY_NOW", "2024-08-05T18:15:00-04:00")
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    return folder


@pytest.mark.usefixtures("desk")
def test_a_note_is_sent_once_and_the_second_call_says_so(
    server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publish", "2024-08-05", "--to", "email"]) == 0
    assert "sent to email: <" in capsys.readouterr().out
    assert run(["publish", "2024-08-05", "--to", "email"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("nothing to do: 2024-08-05 daily (version ")
    assert "already sent to email on 2024-08-05 22:15 UTC" in shown
    assert len(server.script.taken) == 1


@pytest.mark.usefixtures("desk")
def test_a_rehearsal_sends_and_records_nothing(
    server: MailServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publish", "2024-08-05", "--to", "email", "--dry-run"]) == 0
    assert run(["publish", "2024-08-05", "--to", "blog", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert "Subject: Monday sold what Friday spared (5 August 2024)" in shown
    assert 'title = "Monday sold what Friday spared"' in shown
    assert PASSWORD not in shown
    assert server.script.taken == []
    assert not (tmp_path / "data").exists()


def test_a_post_lies_in_the_site(desk: Path) -> None:
    assert run(["publish", "2024-08-05", "--to", "blog"]) == 0
    assert (desk / "site" / "content" / "notes" / "2024-08-05-daily" / "index.md").is_file()


def test_a_changed_note_is_a_correction(
    desk: Path, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publish", "2024-08-05", "--to", "email"]) == 0
    write_note(desk / "output", body="Mended.\n")
    assert run(["publish", "2024-08-05", "--to", "email"]) == 1
    assert "publish it with --correction" in capsys.readouterr().err
    assert run(["publish", "2024-08-05", "--to", "email", "--correction"]) == 0
    assert len(server.script.taken) == 2
    assert b"Subject: Correction: Monday sold" in bytes(server.script.taken[1].content or b"")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("words", "status", "named"),
    [
        (["2024-08-05", "--to", "pigeon"], 2, "wanted one of blog, email"),
        (["2024-08-05"], 2, "--to"),
        (["5 August", "--to", "email"], 2, "2024-08-05"),
        (["2024-08-06", "--to", "email"], 1, "no note.md in"),
        (["2024-08-05", "--to", "email", "--edition", "brief"], 1, "no note.md in"),
        (["2024-08-05", "--to", "email", "--output", "elsewhere"], 1, "elsewhere"),
    ],
)
def test_what_cannot_be_published_is_said(
    words: list[str], status: int, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publish", *words]) == status
    assert named in capsys.readouterr().err


def test_a_note_in_the_wrong_folder_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "output" / "2024-08-05").rename(desk / "output" / "2024-08-06")
    assert run(["publish", "2024-08-06", "--to", "email"]) == 1
    assert "is of 2024-08-05 daily, not of its folder" in capsys.readouterr().err


@pytest.mark.usefixtures("desk")
def test_no_output_shows_the_password(
    server: MailServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", "wr0ng-word")
    assert run(["publish", "2024-08-05", "--to", "email"]) == 1
    assert run(["status"]) == 0
    assert run(["status", "--format", "json"]) == 0
    shown = capsys.readouterr()
    assert "password of desk: 535" in shown.err
    assert "wr0ng" not in shown.out + shown.err
    assert server.script.taken == []


@pytest.mark.usefixtures("desk")
def test_an_empty_archive_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status"]) == 0
    shown = capsys.readouterr().out
    assert "archive.sqlite3: 0 editions\nopen threads: 0\n" in shown


@pytest.mark.usefixtures("desk")
def test_status_lists_editions_deliveries_and_threads(capsys: pytest.CaptureFixture[str]) -> None:
    run(["publish", "2024-08-05", "--to", "blog"])
    capsys.readouterr()
    assert run(["status"]) == 0
    heading, header, row, threads, thread = capsys.readouterr().out.splitlines()
    assert heading.endswith("archive.sqlite3: 1 edition")
    assert header.split() == ["session", "edition", "version", "verdict", "confidence", "deliveries", "title"]
    assert row.split()[:2] == ["2024-08-05", "daily"]
    assert "forced_exit  0.95        blog done 2024-08-05 22:15  Monday sold what Friday spared" in row
    assert threads == "open threads: 1"
    expected = "2024-08-05 until 2024-08-19  hurry_ends: the hurry ends (vix9d.level < vix3m.level)"
    assert thread.strip() == expected


@pytest.mark.usefixtures("desk")
def test_status_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    run(["publish", "2024-08-05", "--to", "email"])
    capsys.readouterr()
    assert run(["status", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (edition,) = told["editions"]
    (delivery,) = edition["deliveries"]
    assert (edition["session"], edition["verdict"]) == ("2024-08-05", "forced_exit")
    assert (delivery["target"], delivery["status"]) == ("email", "done")
    assert [thread["name"] for thread in told["threads"]] == ["hurry_ends"]


@pytest.mark.usefixtures("desk")
def test_two_processes_send_one_mail(server: MailServer) -> None:
    server.script.pause = 0.3
    command = [sys.executable, "-m", "commentary", "publish", "2024-08-05", "--to", "email"]
    running = [_start(command) for _ in range(2)]
    told = [process.communicate(timeout=60) for process in running]
    assert len(server.script.taken) == 1
    statuses = sorted(process.returncode for process in running)
    assert sum("sent to email: <" in out and "nothing" not in out for out, _ in told) == 1
    loser = next(out + err for out, err in told if "nothing to do" in out or "--force-unknown" in err)
    assert "already sent" in loser or "may be sending it now" in loser
    assert statuses in ([0, 0], [0, 1])


KILLED_AFTER_SENDING = """
import os, smtplib
from commentary.cli import run
send = smtplib.SMTP.data
smtplib.SMTP.data = lambda *arguments: send(*arguments) and os._exit(9)
run(["publish", "2024-08-05", "--to", "email"])
"""


@pytest.mark.usefixtures("desk")
def test_a_process_killed_between_sending_and_marking_is_not_repeated_in_silence(
    server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    killed = _start([sys.executable, "-c", KILLED_AFTER_SENDING])
    killed.communicate(timeout=60)
    assert (killed.returncode, len(server.script.taken)) == (9, 1)
    assert run(["publish", "2024-08-05", "--to", "email"]) == 1
    assert "has not reported back" in capsys.readouterr().err
    assert len(server.script.taken) == 1
    assert run(["status"]) == 0
    assert "email unknown 2024-08-05 22:15" in capsys.readouterr().out
    assert run(["publish", "2024-08-05", "--to", "email", "--force-unknown"]) == 0
    assert len(server.script.taken) == 2


def _start(command: list[str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    env = {**os.environ, "PYTHONPATH": str(Path(commentary.__file__).parents[1])}
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env)
