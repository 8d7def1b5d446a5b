"""One note as one e-mail: text and HTML parts, and headers that are the same whenever it is built."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from commentary.bundle import Bundle
from commentary.errors import PublishError
from commentary.publishers._plain import plain
from commentary.settings import EmailSettings

# RFC 5322 allows 998 characters a line and RFC 5321 as many octets; quoted-printable keeps both parts to 76.
_POLICY = SMTP.clone(max_line_length=78)


def compose(bundle: Bundle, settings: EmailSettings, now: datetime) -> EmailMessage:
    """The message. Everything but its Date depends on the note and the settings alone.

    Raises PublishError naming the setting that is missing or is no address.
    """
    sender = address("email.from", settings.sender)
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = tuple(address("email.to", entry) for entry in settings.to)
    if settings.reply_to:
        message["Reply-To"] = address("email.reply_to", settings.reply_to)
    message["Subject"] = subject(bundle, settings)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(bundle, sender.domain)
    _unsubscribe(message, settings.list_unsubscribe)
    message.set_content(text_part(bundle), cte="quoted-printable")
    message.add_alternative(bundle.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{_digest(bundle, sender.domain)}")
    return message


def message_id(bundle: Bundle, domain: str) -> str:
    """The same for one version of one edition, however often it is built: a client that is handed the
    message twice can tell.
    """
    return f"<{_digest(bundle, domain)}@{domain}>"


def subject(bundle: Bundle, settings: EmailSettings) -> str:
    """Prefix, title and session: ``[desk] Monday sold what Friday spared (5 August 2024)``."""
    day = f"{bundle.session.day} {bundle.session:%B %Y}"
    parts = (settings.subject_prefix, "Correction:" if bundle.correction else "", f"{bundle.title} ({day})")
    return " ".join(" ".join(parts).split())


def text_part(bundle: Bundle) -> str:
    """Title and note as plain text."""
    return plain(f"# {bundle.title}\n\n{bundle.body}")


def address(key: str, text: str) -> Address:
    """An address with or without a name. Raises PublishError naming the setting."""
    name, bare = parseaddr(text)
    try:
        found = Address(display_name=name, addr_spec=bare)
    except (ValueError, IndexError):
        found = Address()
    if not (found.username and found.domain and bare.isascii()):
        raise PublishError(f"settings: {key}: got {text!r}; wanted an address such as desk@example.com")
    return found


def _digest(bundle: Bundle, domain: str) -> str:
    named = "\0".join((bundle.session.isoformat(), bundle.edition, bundle.version, domain))
    return hashlib.sha256(named.encode("utf-8")).hexdigest()[:32]


def _unsubscribe(message: EmailMessage, where: str) -> None:
    """RFC 2369; one click (RFC 8058) takes an https address."""
    if not where:
        return
    message["List-Unsubscribe"] = f"<{where}>"
    if where.startswith("https:"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
