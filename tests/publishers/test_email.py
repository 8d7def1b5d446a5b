"""Mail, by a real client to a real server on the loopback."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from commentary.archive import Archive, deliver
from commentary.bundle import DoubtfulDelivery, Target
from commentary.errors import PublishError
from commentary.publishers import email as mail
from commentary.publishers._plain import plain
from commentary.settings import Settings, settings_of
from tests.finished import BODY, bundle
from tests.publishers.mail import PASSWORD, USER, MailServer

NOW = datetime(2024, 8, 5, 18, 15, tzinfo=timezone(timedelta(hours=-4)))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with MailServer(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
        monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", PASSWORD)
        yield running


def settings(port: int = 2525, **changes: object) -> Settings:
    terms = {
        "host": "127.0.0.1",
        "port": port,
        "username": USER,
        "from": "The Desk <desk@example.com>",
        "to": ["reader@example.org", "Ursula Müller <ursula@example.net>"],
    }
    return settings_of({"email": {**terms, **changes}})


def received(server: MailServer) -> EmailMessage:
    (envelope,) = server.script.taken
    assert isinstance(envelope.content, bytes)
    message = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_note_arrives_as_text_and_html(server: MailServer, tmp_path: Path) -> None:
    note = bundle(tmp_path)
    receipt = mail.publish(note, settings(server.port), NOW)
    message = received(server)
    assert message["Message-ID"] == receipt.place
    assert message["Subject"] == "Monday sold what Friday spared (5 August 2024)"
    assert message["From"].addresses[0].addr_spec == "desk@example.com"
    assert [entry.display_name for entry in message["To"].addresses] == ["", "Ursula Müller"]
    assert message["Date"].datetime == NOW
    assert message.get_content_type() == "multipart/alternative"
    text, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert html == note.html
    assert text == plain(f"# {note.title}\n\n{BODY}")
    assert "S&P 500     5,186.33  −3.0 %" in text


def test_every_recipient_is_in_the_envelope_and_lines_are_short(server: MailServer, tmp_path: Path) -> None:
    mail.publish(bundle(tmp_path), settings(server.port), NOW)
    (envelope,) = server.script.taken
    assert envelope.mail_from == "desk@example.com"
    assert envelope.rcpt_tos == ["reader@example.org", "ursula@example.net"]
    assert max(map(len, envelope.content.splitlines())) <= 78
    assert envelope.content.isascii()


def test_a_message_is_the_same_whenever_it_is_built(tmp_path: Path) -> None:
    note = bundle(tmp_path)
    first = mail.compose(note, settings(), NOW)
    assert first.as_bytes() == mail.compose(note, settings(), NOW).as_bytes()
    later = mail.compose(note, settings(), datetime(2025, 1, 1, tzinfo=UTC))
    assert first["Message-ID"] == later["Message-ID"]
    assert str(first["Message-ID"]).endswith("@example.com>")


@pytest.mark.parametrize("change", [{"edition": "brief"}, {"version": "0" * 12}])
def test_another_version_or_edition_is_another_message(tmp_path: Path, change: dict[str, str]) -> None:
    note = bundle(tmp_path)
    other = replace(note, **change)
    ids = {str(mail.compose(entry, settings(), NOW)["Message-ID"]) for entry in (note, other)}
    assert len(ids) == 2


def test_a_correction_says_so(tmp_path: Path) -> None:
    note = replace(bundle(tmp_path), correction=True)
    subject = mail.compose(note, settings(subject_prefix="[desk]"), NOW)["Subject"]
    assert subject == "[desk] Correction: Monday sold what Friday spared (5 August 2024)"


def test_headers_to_leave_the_list(tmp_path: Path) -> None:
    note = bundle(tmp_path)
    assert "List-Unsubscribe" not in mail.compose(note, settings(), NOW)
    web = mail.compose(note, settings(list_unsubscribe="https://example.com/u"), NOW)
    assert web["List-Unsubscribe"] == "<https://example.com/u>"
    assert web["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    post = mail.compose(note, settings(list_unsubscribe="mailto:leave@example.com"), NOW)
    assert post["List-Unsubscribe"] == "<mailto:leave@example.com>"
    assert "List-Unsubscribe-Post" not in post


LINE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), exclude_characters="\\*"),
    min_size=1,
    max_size=160,
).filter(lambda text: text.strip() and text == " ".join(text.split()))


@tries(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=LINE, page=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=2000))
def test_what_is_sent_is_what_is_read(tmp_path: Path, title: str, page: str) -> None:
    note = replace(bundle(tmp_path), title=title, html=f"{page}\n")
    sent = mail.compose(note, settings(), NOW).as_bytes()
    message = email.message_from_bytes(sent, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert str(message["Subject"]) == f"{title} (5 August 2024)"
    _, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert html == note.html


def test_refused_for_now_and_taken_later(server: MailServer, tmp_path: Path) -> None:
    note, target = bundle(tmp_path), _target(server)
    server.script.answers = ["451 4.3.0 busy", "250 OK"]
    with Archive.open(tmp_path / "archive.sqlite3") as archive:
        with pytest.raises(mail.TryLater, match=r"451 4\.3\.0 busy; nothing was sent, try later"):
            deliver(archive, note, target, NOW)
        assert deliver(archive, note, target, NOW).fresh
        assert not deliver(archive, note, target, NOW).fresh
    assert len(server.script.taken) == 1


def test_a_refused_message_is_not_sent(server: MailServer, tmp_path: Path) -> None:
    server.script.answers = ["554 5.7.1 spam"]
    with pytest.raises(mail.Rejected, match=r"the message: 554 5\.7\.1 spam; nothing was sent"):
        mail.publish(bundle(tmp_path), settings(server.port), NOW)


@pytest.mark.parametrize(
    ("answer", "kind"), [("550 5.1.1 no such user", mail.Rejected), ("450 4.2.1 mailbox busy", mail.TryLater)]
)
def test_one_refused_recipient_is_named_and_nobody_gets_it(
    server: MailServer, tmp_path: Path, answer: str, kind: type[PublishError]
) -> None:
    server.script.recipients = {"ursula@example.net": answer}
    with pytest.raises(kind, match=f"recipient ursula@example.net.*{answer}.*nothing was sent"):
        mail.publish(bundle(tmp_path), settings(server.port), NOW)
    assert server.script.taken == []


def test_a_wrong_password_is_refused_and_never_shown(
    server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", "s3cret-and-wrong")
    with pytest.raises(
        mail.AuthenticationRefused, match=r"password of desk: 535 5\.7\.8 no: \*\*\*"
    ) as caught:
        mail.publish(bundle(tmp_path), settings(server.port), NOW)
    assert "s3cret" not in repr(caught.value)
    assert caught.value.__suppress_context__


def test_an_authority_that_is_away_is_asked_later(server: MailServer, tmp_path: Path) -> None:
    server.script.auth = "454 4.7.0 temporary"
    with pytest.raises(mail.TryLater, match="454"):
        mail.publish(bundle(tmp_path), settings(server.port), NOW)


def test_a_missing_password_is_asked_for(
    server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMMENTARY_SMTP_PASSWORD")
    with pytest.raises(PublishError, match="COMMENTARY_SMTP_PASSWORD"):
        mail.publish(bundle(tmp_path), settings(server.port), NOW)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(PublishError, match="no trusted encryption"):
        mail.publish(bundle(tmp_path), settings(server.port), NOW)
    assert server.script.taken == []


def test_a_server_without_encryption_is_told_nothing(tmp_path: Path) -> None:
    with MailServer(tmp_path, starttls=False) as server:
        with pytest.raises(PublishError, match="offers no STARTTLS"):
            mail.publish(bundle(tmp_path), settings(server.port), NOW)
        with pytest.raises(PublishError, match="in clear"):
            mail.publish(bundle(tmp_path), settings(server.port, starttls=False), NOW)
        assert mail.publish(bundle(tmp_path), settings(server.port, starttls=False, username=""), NOW)
        assert len(server.script.taken) == 1


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with MailServer(tmp_path) as gone:
        port = gone.port
    with pytest.raises(PublishError, match=f"cannot reach the mail server 127.0.0.1:{port}"):
        mail.publish(bundle(tmp_path), settings(port), NOW)


def test_a_connection_lost_after_the_message_leaves_it_unknown(server: MailServer, tmp_path: Path) -> None:
    server.script.cut = True
    note, target = bundle(tmp_path), _target(server)
    with Archive.open(tmp_path / "archive.sqlite3") as archive:
        with pytest.raises(DoubtfulDelivery):
            deliver(archive, note, target, NOW)
        with pytest.raises(PublishError, match="--force-unknown"):
            deliver(archive, note, target, NOW)
        assert [row.status for row in archive.deliveries()] == ["unknown"]
    assert len(server.script.taken) == 1


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"host": "", "to": []}, r"email\.host, email\.to"),
        ({"from": "nobody"}, r"email\.from: got 'nobody'"),
        ({"to": ["a@b", "x y"]}, r"email\.to: got 'x y'"),
        ({"reply_to": "jürgen@example.com"}, r"email\.reply_to"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, changes: dict[str, object], named: str) -> None:
    with pytest.raises(PublishError, match=named):
        mail.publish(bundle(tmp_path), settings(**changes), NOW)


def test_a_preview_sends_nothing_and_shows_no_secret(server: MailServer, tmp_path: Path) -> None:
    shown = mail.preview(bundle(tmp_path), settings(server.port), NOW)
    assert f"to 127.0.0.1:{server.port}" in shown
    assert "Subject: Monday sold what Friday spared (5 August 2024)" in shown
    assert "Monday was not a worse Friday. It was a forced exit." in shown
    assert PASSWORD not in shown
    assert server.script.taken == []


def _target(server: MailServer) -> Target:
    return Target("email", lambda note: mail.publish(note, settings(server.port), NOW))
