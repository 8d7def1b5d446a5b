"""``label`` and ``record`` as a user calls them, behind real publishing."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from commentary.calendar import sessions_between
from commentary.cards import read_card
from commentary.cli import run
from commentary.model import RULED, VERDICTS
from commentary.rulebook.judge import judge
from tests.cli import Program, apart
from tests.finished import THREAD, facts, write_note
from tests.publishers.mail import PASSWORD, SETTINGS, USER, MailServer

WHY = ("--why", "gold was sold as well")
SHARES = dict.fromkeys(VERDICTS, 0.02) | {"forced_exit": 0.9}
THIRTY = sessions_between(date(2024, 7, 1), date(2024, 8, 12))


@pytest.fixture
def desk(program: Program, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Program:
    (program.folder / "site").mkdir()
    (program.folder / "commentary.toml").write_text(SETTINGS.format(port=server.port, user=USER))
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    at(monkeypatch, date(2024, 8, 5))
    return program


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Set the clock to the evening of a day."""
    monkeypatch.setenv("COMMENTARY_NOW", f"{day}T18:15:00-04:00")


def lay(desk: Program, session: date, **changes: object) -> None:
    told = {"label": "forced_exit", "shares": SHARES} | changes
    threads = [{**THREAD, "born": session.isoformat(), "expires": "2024-09-30"}]
    write_note(
        desk.folder / "output",
        session=session.isoformat(),
        verdict={**facts()["verdict"], **told},
        threads=threads,
    )


def publish_all(desk: Program, monkeypatch: pytest.MonkeyPatch, to: str = "email") -> None:
    """One note a session, each on its evening; the last one ten days late."""
    assert len(THIRTY) == 30
    for session in THIRTY:
        lay(desk, session)
        at(monkeypatch, session + timedelta(10 if session == THIRTY[-1] else 0))
        assert run(["publish", session.isoformat(), "--to", to]) == 0


def label(desk: Program, session: date, said: str, *why: str) -> None:
    done = desk("label", session.isoformat(), said, *(why or WHY))
    assert (done.status, done.out) == (0, f"{session} labelled {said}\n")


def test_from_publishing_to_the_record(
    desk: Program, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_all(desk, monkeypatch)
    assert len(server.script.taken) == 30
    at(monkeypatch, date(2024, 9, 30))
    for session in THIRTY[:26]:
        label(desk, session, "forced_exit")
    for session in THIRTY[26:29]:
        label(desk, session, "rotation", "--why", "banks chose | utilities")
    early = desk("record")
    assert early.out == "29 of 30 labelled days; the record is shown from 30 on\n"
    assert desk("record", "--all").out == early.out
    label(desk, THIRTY[29], "rates_led")
    shown = desk("record")
    assert shown.status == 0
    lines = shown.out.splitlines()
    assert lines[0] == "30 labelled days of 30 sessions published"
    whole = next(line for line in lines if line.startswith("all labelled days"))
    # 26 of 30; Wilson by hand: (0.866667 + 0.064024 ± 1.959964 √(0.003852 + 0.001067)) / 1.128049
    assert whole.split()[-5:] == ["26", "30", "0.87", "0.70", "0.95"]
    assert next(line for line in lines if line.startswith("published later")).split()[2:4] == ["0", "1"]
    # 26 days at 0.012 and three at 1.772; the day labelled by rule has no score.
    assert next(line for line in lines if line.startswith("as published")).split()[-2:] == ["29", "0.19"]
    assert sum(line.endswith("banks chose | utilities") for line in lines) == 3
    assert lines[-1].split() == ["all", "threads", "30", "0", "0", "0", "30", "–"]


def test_markdown_and_json(desk: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_all(desk, monkeypatch, "blog")
    at(monkeypatch, date(2024, 9, 30))
    for session in THIRTY:
        label(desk, session, "rotation", "--why", "banks chose | utilities")
    page = desk("record", "--format", "md").out
    assert "## Hits and misses\n" in page
    assert "| figure | hits | of | share | low | high |\n|---|---:|---:|---:|---:|---:|\n" in page
    assert "| 2024-07-01 | forced_exit | 0.95 | rotation | banks chose \\| utilities |\n" in page
    told = json.loads(desk("record", "--format", "json", "--all").out)
    assert (told["published"], told["labelled"], told["shown_from"]) == (30, 30, 30)
    names = [sheet["name"] for sheet in told["sheets"]]
    assert names == ["hits", "reliability", "forced", "scores", "days", "threads"]
    assert len(told["sheets"][4]["rows"]) == 30
    fewer = desk("record", "--from", "2024-07-02").out
    assert fewer.startswith("29 of 30 labelled days;")
    assert json.loads(desk("record", "--to", "2024-08-09", "--format", "json").out)["sheets"] == []
    assert desk("record", "--from", "2024-08-12", "--to", "2024-07-01").status == 2


def test_an_empty_record(desk: Program) -> None:
    assert desk("record").out == "0 of 30 labelled days; the record is shown from 30 on\n"


def test_a_label_on_a_day_of_which_nothing_was_published_warns(desk: Program) -> None:
    done = desk("label", "2024-08-01", "rotation", *WHY)
    assert done.status == 0
    assert done.err == "commentary: nothing was published for 2024-08-01: the record cannot count it\n"
    assert "(1 more labelled, with nothing published)" in desk("record").out


def test_labelling_again_keeps_both_and_counts_the_newest(
    desk: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("label", "2024-08-01", "rotation", *WHY)
    at(monkeypatch, date(2024, 8, 8))
    done = desk("label", "2024-08-01", "forced_exit", *WHY)
    assert "(until now rotation, since 2024-08-05; both are kept, the newest counts)" in done.out


@pytest.mark.parametrize("name", [*VERDICTS, *RULED])
def test_each_of_the_nine_is_a_label(desk: Program, name: str) -> None:
    assert desk("label", "2024-08-01", name, *WHY).status == 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("2024-08-01", "forced_exits", *WHY), "did you mean 'forced_exit'?"),
        (("2024-08-01", "rotation"), "--why"),
        (("2024-08-01", "rotation", "--why", "looked  so"), "wanted a reason of 3 words or more"),
        (("2024-08-03", "rotation", *WHY), "2024-08-03 is no session: Saturday"),
        (("2024-07-04", "rotation", *WHY), "is no session: holiday: Independence Day"),
        (("2024-08-06", "rotation", *WHY), "2024-08-06 is not settled"),
        (("yesterday", "rotation", *WHY), "2024-08-05"),
    ],
)
def test_what_cannot_be_labelled_is_said(desk: Program, words: tuple[str, ...], named: str) -> None:
    done = desk("label", *words)
    assert (done.status, done.out) == (2, "")
    assert named in done.err
    assert json.loads(desk("record", "--format", "json").out)["labelled"] == 0


def test_a_day_before_the_calendar_is_not_guessed_at(desk: Program) -> None:
    assert desk("label", "1890-01-02", "rotation", *WHY).status == 3


def test_a_real_note_goes_on_record_as_its_card_is_judged(desk: Program) -> None:
    day = "2024-08-05"
    assert desk("note", "--source", "episodes", "--date", day, "--quiet").status == 0
    assert desk("publish", day, "--to", "blog").status == 0
    card = read_card(desk.folder / "output" / day / "daily" / "card.json")
    from commentary.archive import Archive
    from commentary.bank import Bank
    from commentary.library import Library

    verdict = judge(Bank(Library()).rulebook, card.tape, card.before)
    (file,) = desk.folder.parent.rglob("archive.sqlite3")
    with Archive.open(file) as archive:
        (kept,) = archive.published()
    assert (kept.label, kept.confidence, kept.shares) == (verdict.label, verdict.confidence, verdict.shares)


def test_labels_outlive_the_process(desk: Program) -> None:
    for name in ("rotation", "quiet"):
        assert apart("label", "2024-08-01", name, *WHY, cwd=desk.folder).status == 0
    assert "until now quiet" in desk("label", "2024-08-01", "mixed", *WHY).out
