"""``commentary doctor``: a line a look, what each state means, and not a letter of a secret."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest

from commentary import calendar
from commentary.archive import FILE
from commentary.doctor import data, desk
from commentary.doctor.findings import Finding, as_text, masked, secrets_at
from commentary.settings import defaults
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from tests.cli import Program, apart
from tests.sources.made import MUSTS, row, sessions, write_csv

DAYS = sessions("2025-12-01", 60)
DAY = DAYS[-1]
EVENING = datetime(DAY.year, DAY.month, DAY.day, 22, 30, tzinfo=UTC)
NAMES = [
    "settings", "versions", "rules", "secrets", "folders", "calendar", "archive", "clock", "store",
    "second opinions", "network", "feed",
]  # fmt: skip
PLANTED = ("hunter2-of-the-mail", "tok-0123456789", "proxy-pass-77", "in-the-file-42")


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", EVENING.isoformat())
    monkeypatch.delenv("COMMENTARY_SMTP_PASSWORD", raising=False)


def looked(program: Program, *words: str) -> tuple[int, dict[str, dict[str, object]]]:
    called = program("doctor", "--format", "json", *words)
    content = json.loads(called.out)
    assert content["failed"] == (called.status == 3)
    assert called.status in (0, 3)
    return called.status, {item["name"]: item for item in content["checks"]}


def offline(program: Program) -> tuple[int, dict[str, dict[str, object]]]:
    return looked(program, "--offline")


def fill(folder: Path, days: Sequence[object] = DAYS, **changed: float) -> None:
    """A store of the must-haves and VIXCLS; ``changed``: closes of the last day by symbol."""
    named = {"VIX": "^VIX"}
    last = {named.get(name, name): value for name, value in changed.items()}
    with Store(folder / "store" / "market.db") as store:
        for symbol in (*MUSTS, "SPY", "VIXCLS"):
            closes = [100 + step / 4 for step in range(len(days))]
            closes[-1] = last.get(symbol, closes[-1])
            rows = [
                (day, (close, close + 9, close - 9, close, 1e3 + n))
                for n, (day, close) in enumerate(zip(days, closes, strict=True))
            ]
            store.keep_daily(Daily(symbol, "yahoo", rows, {}, Reply(EVENING, DAYS[0], "fresh")))  # type: ignore[arg-type]
        store.keep_daily(Daily("XLE", "yahoo", (), {}, Reply(EVENING, DAYS[0], "stale", "last bar too old")))
        store.answered("collector:fred", Reply(EVENING, DAY, "fresh"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data"


# ---- All of it


def test_a_new_desk_is_in_order(program: Program) -> None:
    status, found = offline(program)
    assert status == 0
    assert list(found) == NAMES[:-1]
    assert [name for name, item in found.items() if item["state"] != "ok"] == ["clock", "store"]
    assert found["store"]["remedy"] == "run `commentary fetch`"
    assert "COMMENTARY_NOW holds it" in str(found["clock"]["remedy"])


def test_for_reading_it_is_a_line_a_look(program: Program) -> None:
    called = program("doctor", "--offline")
    lines = called.out.splitlines()
    assert [line[6:].split("  ")[0] for line in lines] == NAMES[:-1]
    assert {line[:4].strip() for line in lines} == {"ok", "warn"}


def test_details_stand_below_their_line() -> None:
    found = (Finding("store", "warn", "stale", "fetch", ("^VIX: old",)), Finding("clock", "ok", "12:00"))
    assert as_text(found) == "warn  store  stale; fetch\n             ^VIX: old\nok    clock  12:00\n"


# ---- The desk


def test_every_mistake_of_the_settings(program: Program) -> None:
    (program.folder / "commentary.toml").write_text('outptu = "x"\nspelling = "gb"\n', encoding="utf-8")
    status, found = offline(program)
    assert status == 3
    assert found["settings"]["state"] == "fail"
    assert str(found["settings"]["said"]).startswith("2 mistakes")
    details = found["settings"]["details"]
    assert isinstance(details, list)
    assert [part for part in ("outptu", "spelling") if not any(part in line for line in details)] == []


def test_mistakes_of_the_users_rules(program: Program) -> None:
    (program.folder / "commentary.toml").write_text('brand = "x"\n', encoding="utf-8")
    rules = program.folder / "rules"
    rules.mkdir()
    (rules / "cross_checks.toml").write_text('[checks.vix]\nname = "VIX"\n', encoding="utf-8")
    status, found = offline(program)
    assert (status, found["rules"]["state"]) == (3, "fail")
    assert "checks.vix.tolerance" in str(found["rules"]["details"])


def test_a_folder_that_cannot_be_written(program: Program) -> None:
    (program.folder / "commentary.toml").write_text(
        'output = "notes"\narchive = "kept/here"\noverrides = "own"\n', encoding="utf-8"
    )
    (program.folder / "notes").write_text("a file", encoding="utf-8")
    status, found = offline(program)
    assert (status, found["folders"]["state"]) == (3, "fail")
    assert str(found["folders"]["said"]).endswith("notes is a file")
    assert "own is no folder" in str(found["folders"]["details"])


@pytest.mark.parametrize(
    ("days", "state"), [(121, "ok"), (119, "warn"), (1, "warn"), (0, "fail"), (-40, "fail")]
)
def test_the_end_of_the_calendar(
    tmp_path: Path, days: int, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "EXCHANGES", ("XNYS",))
    end = datetime.combine(calendar.table_end(), EVENING.timetz())
    found = desk.sessions(desk.Patient(defaults(tmp_path), tmp_path, end - timedelta(days)))
    assert found.state == state


@pytest.mark.parametrize(
    ("version", "state"), [("1.7.0", "ok"), ("1.9", "ok"), ("1.6.3", "warn"), ("2.0.0", "warn")]
)
def test_versions_that_were_not_tried(monkeypatch: pytest.MonkeyPatch, version: str, state: str) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: version)
    assert desk.versions().state == state


def test_a_library_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "curl_cffi":
            raise metadata.PackageNotFoundError(name)
        return "1.7"

    monkeypatch.setattr(metadata, "version", version)
    assert (desk.versions().state, "without curl_cffi" in desk.versions().said) == ("fail", True)


def test_an_archive_that_is_none(program: Program, store: Path) -> None:
    (store / "archive").mkdir(parents=True)
    (store / "archive" / FILE).write_text("no archive" * 100, encoding="utf-8")
    status, found = offline(program)
    assert (status, found["archive"]["state"]) == (3, "fail")


def test_a_clock_behind_the_store(program: Program, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    monkeypatch.setenv("COMMENTARY_NOW", (EVENING - timedelta(30)).isoformat())
    status, found = offline(program)
    assert (status, found["clock"]["state"]) == (3, "fail")


# ---- Secrets


def plant(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", PLANTED[0])
    monkeypatch.setenv("SOME_API_KEY", PLANTED[1])
    monkeypatch.setenv("HTTPS_PROXY", f"http://desk:{PLANTED[2]}@127.0.0.1:9")
    (program.folder / "commentary.toml").write_text(
        f'smtp_password = "{PLANTED[3]}"\nbrand = "{PLANTED[1]}"\nspelling = "{PLANTED[0]}"\n'
        f'[email]\nhost = "https://desk:{PLANTED[2]}@mail.example.com"\nport = "{PLANTED[3]}"\n'
        f'[email.token]\nkept = "{PLANTED[3]}"\n[blog]\nbase_url = "ftp://u:{PLANTED[2]}@example.com"\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize("shape", ["table", "json"])
def test_no_letter_of_a_secret_is_shown(
    program: Program, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    plant(program, monkeypatch)
    called = program("doctor", "--format", shape)
    assert called.status == 3
    assert "COMMENTARY_SMTP_PASSWORD set, in the environment" in called.out
    assert "a secret (not shown)" in called.out
    for secret in PLANTED:
        assert secret not in called.out + called.err
    assert "127.0.0.1:9" in called.out, "where the proxy is may be said"


def test_a_secret_is_asked_for_where_mail_needs_one(program: Program) -> None:
    (program.folder / "commentary.toml").write_text('[email]\nusername = "desk"\n', encoding="utf-8")
    status, found = offline(program)
    assert (status, found["secrets"]["state"]) == (0, "warn")
    assert "set COMMENTARY_SMTP_PASSWORD" in str(found["secrets"]["remedy"])


def test_what_is_masked(tmp_path: Path) -> None:
    file = tmp_path / "commentary.toml"
    file.write_text('x = 1\n[a.password]\nb = ["first", "second", "abc"]\n', encoding="utf-8")
    found = secrets_at(file, {"MY_TOKEN": "third", "PATH": "fourth"})
    assert set(found) == {"first", "second", "third"}
    assert masked("first second third fourth abc", found) == "(hidden) (hidden) (hidden) fourth abc"
    assert masked("http://user:pw@host:1/x", ()) == "http://(hidden)@host:1/x"
    assert secrets_at(tmp_path / "none", {}) == ()


# ---- The store and what second opinions say of it


def test_a_store_in_order(program: Program, store: Path) -> None:
    fill(store)
    status, found = offline(program)
    assert (status, found["store"]["state"]) == (0, "ok")
    said = str(found["store"]["said"])
    assert said.startswith(f"newest session {DAY}, ")
    assert said.endswith(f"{len(MUSTS) + 1} fresh, 1 stale, 0 missing")
    assert found["store"]["details"] == ["stale XLE: last bar too old"]
    assert found["second opinions"]["said"] == f"none disagrees on {DAY}"


def test_a_store_that_was_left_alone(program: Program, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, DAYS[:-3])
    status, found = offline(program)
    assert (status, found["store"]["state"]) == (0, "warn")
    assert "3 sessions behind" in str(found["store"]["said"])


def test_second_opinions_that_disagree(program: Program, store: Path) -> None:
    fill(store, VIX=120.37, VIXCLS=117.76)
    status, found = offline(program)
    assert (status, found["second opinions"]["state"]) == (0, "warn")
    (detail,) = found["second opinions"]["details"]  # type: ignore[misc]
    assert detail.startswith(
        "VIX: 120.37 (Yahoo ^VIX) against 117.76 (FRED VIXCLS), tolerance 0.05 points. The same close"
    )


def test_a_bar_of_ones_own_settles_it(program: Program, store: Path) -> None:
    fill(store, VIX=120.37, VIXCLS=117.76)
    (program.folder / "commentary.toml").write_text('overrides = "own"\n', encoding="utf-8")
    write_csv(program.folder / "own", "^VIX", [row(DAY, 117.76)])
    _, found = offline(program)
    assert found["second opinions"]["state"] == "ok"


def test_a_store_that_is_torn(program: Program, store: Path) -> None:
    fill(store)
    path = store / "store" / "market.db"
    whole = path.read_bytes()
    path.write_bytes(b"torn" * 64 + whole[256:])
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    status, found = offline(program)
    assert (status, found["store"]["state"]) == (3, "fail")
    assert "move the file away" in str(found["store"]["remedy"])


# ---- The network


def test_without_a_network_it_answers_at_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that never answers: both probes are under way while the rest is looked at."""

    def silent(*given: object, **named: object) -> None:
        time.sleep(10)
        raise OSError("no name server")

    monkeypatch.setattr(socket, "create_connection", silent)
    started = time.monotonic()
    status, found = looked(program)
    assert time.monotonic() - started < 6
    assert (status, found["network"]["state"]) == (3, "fail")
    assert len(found["network"]["details"]) == 2  # type: ignore[arg-type]
    assert found["feed"]["said"] == "not asked, as Yahoo cannot be reached"


def test_a_folder_needs_no_network(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    (program.folder / "commentary.toml").write_text('source = "bars"\n', encoding="utf-8")
    status, found = looked(program)
    assert (status, found["network"]["state"]) == (0, "warn")


def test_a_feed_that_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "PATIENCE", 0.05)
    monkeypatch.setattr(data, "_asked", lambda patient: (time.sleep(2), "", "")[1:])
    found = data.feed(desk.Patient(defaults(tmp_path), tmp_path, EVENING))
    assert (found.state, found.said) == ("warn", "no answer within 0.05 seconds")


def test_a_print_ahead_of_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "_asked", lambda patient: ("Yahoo SPY to 2026-06-10", "ahead of the clock"))
    found = data.feed(desk.Patient(defaults(tmp_path), tmp_path, EVENING))
    assert (found.state, "ahead of the clock" in found.said) == ("fail", True)


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    called = apart(
        "doctor",
        cwd=tmp_path,
        HTTPS_PROXY="http://127.0.0.1:9",
        COMMENTARY_DATA=str(tmp_path),
        SMTP_TOKEN=PLANTED[0],
    )
    assert called.status == 3
    assert "127.0.0.1:9" in called.out
    assert called.err == ""
    shutil.rmtree(tmp_path, ignore_errors=True)
    assert os.environ["COMMENTARY_NOW"] == EVENING.isoformat()
