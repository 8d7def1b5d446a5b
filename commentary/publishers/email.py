"""By mail: one SMTP message to all recipients, over STARTTLS, taken by the server whole or not at all."""

from __future__ import annotations

import base64
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from commentary.bundle import Bundle, DoubtfulDelivery, Receipt
from commentary.errors import PublishError
from commentary.publishers import _message
from commentary.settings import EmailSettings, Settings, secret

NAME = "email"
DESCRIPTION = "an SMTP message with a text and an HTML part"

PATIENCE = 30.0
"""Seconds to wait for the server at each step."""

_PASSWORD = "COMMENTARY_SMTP_PASSWORD"

_OF_NO_INTEREST = ("MIME-Version", "Content-Type")


class AuthenticationRefused(PublishError):  # noqa: N818 - the name says what it is
    """The server did not take the user name and password."""


class TryLater(PublishError):  # noqa: N818 - the name says what it is
    """The server refused for now (4xx): nothing was sent, and the same command may succeed later."""


class Rejected(PublishError):  # noqa: N818 - the name says what it is
    """The server refused for good (5xx): nothing was sent."""


def publish(bundle: Bundle, settings: Settings, now: datetime) -> Receipt:
    """Send the note. Every recipient must be taken by the server, or none gets it.

    Raises AuthenticationRefused, TryLater, Rejected or PublishError where nothing was sent, and
    DoubtfulDelivery where the connection broke while the server was answering for the message.
    """
    terms = settings.email
    message = compose(bundle, settings, now)
    with _connected(terms) as server:
        _log_in(server, terms)
        _envelope(server, message)
        _hand_over(server, message)
    return Receipt(str(message["Message-ID"]))


def preview(bundle: Bundle, settings: Settings, now: datetime) -> str:
    """Server, headers and text part of what would be sent."""
    terms = settings.email
    message = compose(bundle, settings, now)
    shown = [f"{name}: {value}" for name, value in message.items() if name not in _OF_NO_INTEREST]
    return "\n".join((f"to {terms.host}:{terms.port}", *shown, "", _message.text_part(bundle)))


def compose(bundle: Bundle, settings: Settings, now: datetime) -> EmailMessage:
    """The message of a note. Raises PublishError naming every setting that is missing."""
    terms = settings.email
    needed = {"email.host": terms.host, "email.from": terms.sender, "email.to": terms.to}
    missing = [key for key, value in needed.items() if not value]
    if missing:
        raise PublishError(f"settings: {', '.join(missing)}: nothing set; wanted for publishing by mail")
    return _message.compose(bundle, terms, now)


@contextmanager
def _connected(terms: EmailSettings) -> Iterator[smtplib.SMTP]:
    """A greeted connection, encrypted where the settings ask for it; a lost one becomes a PublishError."""
    where = f"{terms.host}:{terms.port}"
    try:
        server = smtplib.SMTP(terms.host, terms.port, timeout=PATIENCE)
    except (OSError, smtplib.SMTPException) as error:
        raise PublishError(f"cannot reach the mail server {where}: {error}; nothing was sent") from error
    try:
        server.ehlo()
        if terms.starttls:
            _encrypt(server, where)
        yield server
    except (OSError, smtplib.SMTPException) as error:
        raise PublishError(f"lost the mail server {where}: {error}; nothing was sent") from error
    finally:
        _leave(server)


def _encrypt(server: smtplib.SMTP, where: str) -> None:
    if not server.has_extn("starttls"):
        raise PublishError(f"{where} offers no STARTTLS, which email.starttls asks for; nothing was sent")
    try:
        server.starttls(context=ssl.create_default_context())
    except ssl.SSLError as error:
        raise PublishError(f"{where}: no trusted encryption: {error}; nothing was sent") from error
    server.ehlo()


def _log_in(server: smtplib.SMTP, terms: EmailSettings) -> None:
    if not terms.username:
        return
    if not terms.starttls:
        raise PublishError("settings: email.username without email.starttls would send a password in clear")
    password = secret(_PASSWORD)
    if not password:
        raise PublishError(f"email.username is set, but {_PASSWORD} is not in the environment or keyring")
    try:
        server.login(terms.username, password)
    except smtplib.SMTPAuthenticationError as error:
        answer = _masked(_answer(error.smtp_code, error.smtp_error), terms.username, password)
        kind = TryLater if 400 <= error.smtp_code < 500 else AuthenticationRefused
        # from None: the server's own words may repeat the password
        raise kind(f"{terms.host} did not take the password of {terms.username}: {answer}") from None
    except smtplib.SMTPNotSupportedError:
        raise PublishError(f"{terms.host} offers no way to log in; leave email.username empty") from None


def _envelope(server: smtplib.SMTP, message: EmailMessage) -> None:
    sender = message["From"].addresses[0].addr_spec
    _expect(server.mail(sender), f"sender {sender}")
    for recipient in message["To"].addresses:
        _expect(server.rcpt(recipient.addr_spec), f"recipient {recipient.addr_spec}")


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """From here on a lost connection leaves the outcome open: the server may have the message."""
    text = message.as_bytes(policy=SMTP)
    try:
        answer = server.data(text)
    except smtplib.SMTPDataError as error:
        _expect((error.smtp_code, error.smtp_error), "the message")
    except (OSError, smtplib.SMTPException) as error:
        raise DoubtfulDelivery(f"lost the mail server while it was taking the message: {error}") from error
    else:
        _expect(answer, "the message")


def _expect(answer: tuple[int, bytes | str], what: str) -> None:
    """Raise what the server's answer means, unless it is yes."""
    code, text = answer
    if 200 <= code < 300:
        return
    shown = _answer(code, text)
    if 400 <= code < 500:
        raise TryLater(f"the mail server refused {what} for now: {shown}; nothing was sent, try later")
    raise Rejected(f"the mail server refused {what}: {shown}; nothing was sent")


def _answer(code: int, text: bytes | str) -> str:
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(shown.split())}"


def _masked(text: str, username: str, password: str) -> str:
    """A server may repeat what it was told, bare or in the base64 of AUTH LOGIN and AUTH PLAIN."""
    plain = base64.b64encode(f"\0{username}\0{password}".encode()).decode()
    for told in (plain, base64.b64encode(password.encode()).decode(), password):
        text = text.replace(told, "***")
    return text


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; whether the server answers no longer matters."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
