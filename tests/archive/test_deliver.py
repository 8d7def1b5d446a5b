"""Exactly once, through refusals, crashes, corrections and a second process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.archive import Archive, deliver
from commentary.bundle import Bundle, DoubtfulDelivery, Receipt, Target
from commentary.errors import PublishError
from tests.finished import bundle

NOW = datetime(2024, 8, 5, 22, 0, tzinfo=UTC)
LATER = datetime(2024, 8, 6, 7, 30, tzinfo=UTC)


class Peer:
    """A publisher that counts what it is handed and answers as it is told."""

    def __init__(self, *answers: Exception | BaseException | str) -> None:
        self.answers = list(answers)
        self.taken: list[Bundle] = []

    def target(self, name: str = "email") -> Target:
        return Target(name, self._send)

    def _send(self, note: Bundle) -> Receipt:
        self.taken.append(note)
        answer = self.answers.pop(0) if self.answers else "<id>"
        if isinstance(answer, BaseException):
            raise answer
        return Receipt(answer)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.sqlite3") as opened:
        yield opened


def statuses(archive: Archive) -> list[str]:
    return [row.status for row in archive.deliveries()]


def test_a_note_is_sent_once(archive: Archive, tmp_path: Path) -> None:
    note, peer = bundle(tmp_path), Peer("<a@b>")
    first = deliver(archive, note, peer.target(), NOW)
    second = deliver(archive, note, peer.target(), LATER)
    assert (first.fresh, second.fresh) == (True, False)
    assert replace(first, fresh=False) == second == archive.deliveries()[0]
    assert (second.place, second.at, second.status) == ("<a@b>", NOW, "done")
    assert len(peer.taken) == 1


def test_each_target_gets_its_own(archive: Archive, tmp_path: Path) -> None:
    note, peer = bundle(tmp_path), Peer()
    assert deliver(archive, note, peer.target("email"), NOW).fresh
    assert deliver(archive, note, peer.target("blog"), NOW).fresh
    assert len(peer.taken) == 2
    (row,) = archive.editions()
    assert [delivery.target for delivery in row.deliveries] == ["blog", "email"]


def test_a_refusal_leaves_the_way_open(archive: Archive, tmp_path: Path) -> None:
    note, peer = bundle(tmp_path), Peer(PublishError("451 later"))
    with pytest.raises(PublishError, match="451"):
        deliver(archive, note, peer.target(), NOW)
    assert (statuses(archive), archive.deliveries()[0].detail) == (["failed"], "451 later")
    assert archive.memory(date(2030, 1, 1)).uses == ()
    assert deliver(archive, note, peer.target(), LATER).fresh
    assert (statuses(archive), archive.deliveries()[0].detail) == (["done"], "")


@pytest.mark.parametrize("crash", [KeyboardInterrupt(), RuntimeError("bug"), DoubtfulDelivery("cut")])
def test_an_attempt_cut_off_is_not_repeated_in_silence(
    archive: Archive, tmp_path: Path, crash: BaseException
) -> None:
    note, peer = bundle(tmp_path), Peer(crash)
    with pytest.raises(type(crash)):
        deliver(archive, note, peer.target(), NOW)
    with pytest.raises(PublishError, match=r"2024-08-05T22:00:00\+00:00.*--force-unknown"):
        deliver(archive, note, peer.target(), LATER)
    assert len(peer.taken) == 1
    assert archive.memory(date(2030, 1, 1)).uses == ()
    assert deliver(archive, note, peer.target(), LATER, force_unknown=True).fresh
    assert (len(peer.taken), statuses(archive)) == (2, ["done"])


def test_force_does_not_repeat_what_is_known_to_be_done(archive: Archive, tmp_path: Path) -> None:
    note, peer = bundle(tmp_path), Peer()
    deliver(archive, note, peer.target(), NOW)
    assert not deliver(archive, note, peer.target(), LATER, force_unknown=True).fresh
    assert len(peer.taken) == 1


def test_a_second_version_must_be_a_correction(archive: Archive, tmp_path: Path) -> None:
    peer, first = Peer(), bundle(tmp_path)
    deliver(archive, first, peer.target(), NOW)
    second = bundle(tmp_path, body="Mended.\n")
    with pytest.raises(PublishError, match=f"as version {first.version}.*--correction"):
        deliver(archive, second, peer.target(), LATER)
    assert len(peer.taken) == 1
    assert deliver(archive, replace(second, correction=True), peer.target(), LATER).fresh
    assert statuses(archive) == ["done", "done"]


def test_a_version_that_never_went_out_needs_no_correction(archive: Archive, tmp_path: Path) -> None:
    peer = Peer(PublishError("no"))
    with pytest.raises(PublishError):
        deliver(archive, bundle(tmp_path), peer.target(), NOW)
    assert deliver(archive, bundle(tmp_path, body="Mended.\n"), peer.target(), LATER).fresh


def test_a_refused_delivery_is_not_begun_while_another_runs(archive: Archive, tmp_path: Path) -> None:
    note, calls = bundle(tmp_path), []

    def send(_: Bundle) -> Receipt:
        with Archive.open(archive.path) as other, pytest.raises(PublishError, match="may be sending it now"):
            deliver(other, note, Target("email", lambda _: Receipt("twice")), NOW)
        calls.append(1)
        return Receipt("<once>")

    assert deliver(archive, note, Target("email", send), NOW).place == "<once>"
    assert calls == [1]
