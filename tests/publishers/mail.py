"""A mail server on the loopback: STARTTLS with a throw-away certificate, AUTH, and faults on demand."""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "correct horse battery"
SETTINGS = """
[email]
host = "127.0.0.1"
port = {port}
username = "{user}"
from = "desk@example.com"
to = ["reader@example.org"]

[blog]
folder = "site"
section = "notes"
"""
"""Settings of a desk that mails and posts; the port is the server's."""


@dataclass
class Script:
    """What the server has taken, and what it is to answer: recipient → answer, then one answer a message.

    ``cut`` drops the connection instead of answering for a message; ``pause`` answers late.
    """

    taken: list[Envelope] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    auth: str = ""
    cut: bool = False
    pause: float = 0.0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        """Take or refuse one recipient."""
        refused = self.recipients.get(address)
        if refused is None:
            envelope.rcpt_tos.append(address)
        return refused or "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take, refuse or lose a message."""
        time.sleep(self.pause)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.taken.append(envelope)
        if self.cut:
            assert server.transport is not None
            server.transport.abort()
        return answer

    def authenticate(self, _: SMTP, __: Session, ___: Envelope, mechanism: str, data: object) -> AuthResult:
        """Take the one user that there is."""
        assert isinstance(data, LoginPassword), mechanism
        if self.auth:
            return AuthResult(success=False, handled=False, message=self.auth)
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        told = data.password.decode(errors="replace")
        return AuthResult(success=right, handled=False, message=None if right else f"535 5.7.8 no: {told}")


class MailServer:
    """The server, its script and the file of the authority that vouches for it."""

    def __init__(self, folder: Path, starttls: bool = True) -> None:
        self.script = Script()
        self.port = _free_port()
        self.authority = folder / "authority.pem"
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.authority))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
        self._controller = Controller(
            self.script,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=self.script.authenticate,
            auth_require_tls=starttls,
            auth_required=starttls,
            require_starttls=starttls,
            tls_context=context if starttls else None,
        )

    def __enter__(self) -> MailServer:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
