"""A mail server on loopback that accepts letters, rejects them by script, or drops connections."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import deque
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HANG_UP = "hang up"
"""Instead of a reply: the connection is dropped."""
SILENCE = "silence"
"""Instead of a reply: nothing is sent for a long time."""
GARBAGE = "what is this?"
"""Not a valid SMTP reply."""
TAKEN = "250 OK"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was received completely, regardless of the reply."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    is_encrypted: bool
    is_signed_in: bool
    reply: str
    """The reply to it, or the action instead of a reply."""

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


class MailServer:
    """Serves on a dedicated thread until the ``with`` block ends.

    The replies in ``to_sender``, ``to_recipient`` and ``to_data`` are used one by one; after them
    everything is accepted. ``letters`` are all completely received letters.
    """

    def __init__(
        self,
        *,
        certificate: ssl.SSLContext | None = None,
        is_tls_from_start: bool = False,
        password: tuple[str, str] | None = None,
    ) -> None:
        self.letters: list[Letter] = []
        self.to_sender: deque[str] = deque()
        self.to_recipient: deque[str] = deque()
        self.to_data: deque[str] = deque()
        self.connections = 0
        self._certificate = certificate
        self._is_tls_from_start = is_tls_from_start
        self._password = password
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mail-server")
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        from_start = self._certificate if self._is_tls_from_start else None
        listening = self._loop.run_until_complete(
            self._loop.create_server(self._conversation, "127.0.0.1", 0, ssl=from_start)
        )
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        listening.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _conversation(self) -> SMTP:
        self.connections += 1
        in_between = None if self._is_tls_from_start else self._certificate
        return SMTP(
            self,
            hostname="mail.belokluchevsk.example",
            tls_context=in_between,
            authenticator=self._sign_in if self._password else None,
            auth_require_tls=False,
            auth_exclude_mechanism=() if self._password else ("LOGIN", "PLAIN"),
            loop=self._loop,
        )

    def _sign_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        told = (given.login.decode(), given.password.decode())
        return AuthResult(success=told == self._password, handled=False)

    # --- called by aiosmtpd ---

    async def handle_MAIL(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self._reply(server, self.to_sender)
        if reply == TAKEN:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        reply = await self._reply(server, self.to_recipient)
        if reply == TAKEN:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        reply = self.to_data.popleft() if self.to_data else TAKEN
        self.letters.append(
            Letter(
                envelope.mail_from or "",
                tuple(envelope.rcpt_tos),
                envelope.content,
                session.ssl is not None or self._is_tls_from_start,
                bool(session.authenticated),
                reply,
            )
        )
        return await self._given(server, reply)

    async def _reply(self, server: SMTP, script: deque[str]) -> str:
        return await self._given(server, script.popleft() if script else TAKEN)

    async def _given(self, server: SMTP, reply: str) -> str:
        if reply == SILENCE:
            await asyncio.sleep(60)
        if reply == HANG_UP:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return reply
