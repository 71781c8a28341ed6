"""Mail server port and its SMTP client: a letter is delivered, undeliverable, or to be retried."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from sync.errors import MailSettingsInvalid
from sync.exchange.central_choice import Watchdog
from sync.register.checks.photo_formats import MEDIA_TYPES
from sync.register.handling.notices import RenderedNotice
from sync.register.people.values import email_problem
from sync.store.local.messages.photos import AnswerFile


class MailFailure(StrEnum):
    """Why a letter does not go out now; the letter itself is not to blame."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TLS_REFUSED = "tls_refused"
    """No encryption is offered, or the certificate is not one we trust."""
    SIGN_IN_REFUSED = "sign_in_refused"
    SENDER_REFUSED = "sender_refused"
    """The server does not let us write from this address, or to others through it."""
    OVERLOADED = "overloaded"
    """It asked to come later with all letters (421, or 4xx before the first one)."""
    TRY_LATER = "try_later"
    """It asked to come later with this one (4xx), as servers do that know no sender yet."""
    NOT_A_MAIL_SERVER = "not_a_mail_server"
    STORE = "store"
    """Our own store could not be used."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The server has taken the letter."""


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """It will never be taken for this address; ``code`` is the SMTP status, or our own code."""

    code: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """It did not work this time; ``code`` is the SMTP status where the server gave one.

    ``may_have_it``: the answer to the whole letter was lost, so that it may be on its way.
    """

    kind: MailFailure
    may_have_it: bool
    code: str = ""


class MailPort(Protocol):
    """A mail server, used by one thread; every method ends in bounded time."""

    def header_id(self, name: str) -> str:
        """The Message-ID of the letter of this name, the same for ever."""

    def send(
        self,
        to: str,
        words: RenderedNotice,
        header_id: str,
        files: Sequence[AnswerFile] = (),
    ) -> Delivered | Undeliverable | NotNow:
        """Hand over one letter, once."""

    def close(self) -> None:
        """End the conversation with the server; the next letter begins a new one."""


BAD_DOMAIN = "bad_domain"
PIECE_BYTES = 65_536
SLOWEST_LINE_BYTES_PER_S = 50_000
"""A letter has so much more time for its size."""

_GREETED = 220
_OK = 250
_GO_AHEAD = 354
_CLOSING = 421
_NO_SIGN_IN = 504
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_DOT_AT_START = re.compile(rb"^\.", re.M)
# RFC 3463: X.7.X speaks of security or policy, which is between the server and us.
_OF_POLICY = re.compile(rb"^\s*5\.7\.")
_SIGN_IN_CODES = frozenset({530, 534, 535, 538})


class MailSecurity(StrEnum):
    """How the way to the server is kept from others."""

    STARTTLS = "starttls"
    """Plain greeting, then TLS; a server that offers none gets no letter."""
    TLS = "tls"
    """TLS from the first byte."""
    PLAIN = "plain_in_closed_network"


PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.PLAIN: 25}


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The city's mail server and the address that notices come from.

    ``port`` None is the usual one of the security chosen. Without ``user`` nobody signs in.
    ``reply_to`` is where answers of people go; empty, they go to ``sender``. ``bounce_to`` is where
    letters come back to, with a part for each letter (VERP). ``limit_s`` is for one
    whole letter without its size, ``timeout_s`` for one answer of the server.
    """

    host: str
    sender: str
    sender_name: str
    port: int | None = None
    security: MailSecurity = MailSecurity.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    reply_to: str = ""
    bounce_to: str = ""
    ca_file: Path | None = None
    timeout_s: float = 20.0
    limit_s: float = 60.0


class SmtpMail:
    """A mail server as a MailPort; belongs to one thread, keeps its connection until ``close``."""

    def __init__(self, settings: SmtpSettings, clock: Callable[[], datetime]) -> None:
        """Prepare without connecting; raises MailSettingsInvalid."""
        self._settings = settings
        self._clock = clock
        self._context = _context(settings)
        self._domain = settings.sender.rpartition("@")[2]
        self._server: smtplib.SMTP | None = None
        self._watchdog = Watchdog(self._abort, settings.limit_s)

    def header_id(self, name: str) -> str:
        return f"<{name}@{_ascii_domain(self._domain)}>"

    def send(
        self,
        to: str,
        words: RenderedNotice,
        header_id: str,
        files: Sequence[AnswerFile] = (),
    ) -> Delivered | Undeliverable | NotNow:
        try:
            letter = self._letter(to, words, header_id, files)
        except UnicodeError:
            return Undeliverable(BAD_DOMAIN)
        with self._watchdog.watching(len(letter) / SLOWEST_LINE_BYTES_PER_S):
            outcome = self._deliver(to, letter, header_id)
        if isinstance(outcome, NotNow) and outcome.kind is not MailFailure.TRY_LATER:
            self._drop()
        return outcome

    def close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                with self._watchdog.watching():
                    server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    # --- one letter --------------------------------------------------------------------------

    def _letter(
        self, to: str, words: RenderedNotice, header_id: str, files: Sequence[AnswerFile]
    ) -> bytes:
        settings = self._settings
        name, _, domain = settings.sender.rpartition("@")
        letter = EmailMessage(policy=SMTP)
        letter["From"] = Address(settings.sender_name, name, _ascii_domain(domain))
        letter["To"] = _ascii_address(to)
        letter["Subject"] = words.subject
        letter["Date"] = format_datetime(self._clock())
        letter["Message-ID"] = header_id
        if settings.reply_to:
            letter["Reply-To"] = _ascii_address(settings.reply_to)
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer by a machine is wanted
        letter["Content-Language"] = "ru"
        letter.set_content(words.text, charset="utf-8", cte="base64")
        letter.add_alternative(words.html, subtype="html", charset="utf-8", cte="base64")
        for file in files:
            main, _, kind = MEDIA_TYPES[file.attachment.format].partition("/")
            name = _CONTROLS.sub("_", file.attachment.name)
            letter.add_attachment(file.content, main, kind, filename=name)  # RFC 2231
        return letter.as_bytes()

    def _deliver(
        self, to: str, letter: bytes, header_id: str
    ) -> Delivered | Undeliverable | NotNow:
        stage = _Stage()
        try:
            return self._converse(self._connected(), to, letter, header_id, stage)
        except smtplib.SMTPAuthenticationError as error:
            return _of_server(MailFailure.SIGN_IN_REFUSED, error.smtp_code)
        except smtplib.SMTPNotSupportedError:
            return NotNow(MailFailure.TLS_REFUSED, may_have_it=False)
        except smtplib.SMTPResponseException as error:
            kind = MailFailure.NOT_A_MAIL_SERVER
            return _of_server(kind, error.smtp_code, may_have_it=stage.is_all_sent)
        except ssl.SSLError:
            return NotNow(MailFailure.TLS_REFUSED, stage.is_all_sent)
        except (OSError, smtplib.SMTPException) as error:
            waited = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
            is_late = waited or self._watchdog.has_bitten
            kind = MailFailure.TIMED_OUT if is_late else MailFailure.UNREACHABLE
            return NotNow(kind, stage.is_all_sent)

    def _converse(
        self, server: smtplib.SMTP, to: str, letter: bytes, header_id: str, stage: _Stage
    ) -> Delivered | Undeliverable | NotNow:
        sender = self._return_address(header_id)
        for code, reply, is_sender in (
            (*server.mail(sender), True),
            (*server.rcpt(_ascii_address(to)), False),
        ):
            if code not in (_OK, 251, 252):
                self._forget(server)
                return _refusal(code, reply, is_sender=is_sender)
        code, reply = server.docmd("DATA")
        if code != _GO_AHEAD:
            self._forget(server)
            return _refusal(code, reply, is_sender=False)
        stage.is_all_sent = True  # from here on: how much of it has left cannot be told
        stuffed = _DOT_AT_START.sub(b"..", letter) + b".\r\n"
        # the timeout of a socket is for all that is given to it at once
        for start in range(0, len(stuffed), PIECE_BYTES):
            server.send(stuffed[start : start + PIECE_BYTES])
        code, reply = server.getreply()
        if code == _OK:
            return Delivered()
        if not 400 <= code < 600:  # no refusal: it may have taken the letter and say so badly
            return NotNow(MailFailure.NOT_A_MAIL_SERVER, may_have_it=True, code=str(code))
        return _refusal(code, reply, is_sender=False)

    def _return_address(self, header_id: str) -> str:
        """Where the letter comes back to; with an address of returns, one of this letter alone."""
        settings = self._settings
        if not settings.bounce_to:
            return _ascii_address(settings.sender)
        name, _, domain = _ascii_address(settings.bounce_to).rpartition("@")
        return f"{name}+{header_id.strip('<>').partition('@')[0]}@{domain}"

    def _forget(self, server: smtplib.SMTP) -> None:
        """Let the server forget a letter that it did not want, so that the next one begins anew."""
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    # --- the connection ----------------------------------------------------------------------

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = self._new_server()
            self._greet(self._server)
        return self._server

    def _new_server(self) -> smtplib.SMTP:
        """A server that nothing was said to yet; kept at once, so that the watchdog finds it."""
        settings = self._settings
        # our own name is never asked of a resolver that may be away
        own_name = _ascii_domain(self._domain)
        if settings.security is MailSecurity.TLS:
            return smtplib.SMTP_SSL(
                local_hostname=own_name, timeout=settings.timeout_s, context=self._context
            )
        return smtplib.SMTP(local_hostname=own_name, timeout=settings.timeout_s)

    def _greet(self, server: smtplib.SMTP) -> None:
        settings = self._settings
        port = settings.port or PORTS[settings.security]
        # the name that the certificate is checked by, which only the constructor would set
        server._host = settings.host  # type: ignore[attr-defined]  # noqa: SLF001
        code, reply = server.connect(settings.host, port)
        if code != _GREETED:
            raise smtplib.SMTPConnectError(code, reply)
        server.ehlo_or_helo_if_needed()
        if settings.security is MailSecurity.STARTTLS:
            server.starttls(context=self._context)
            server.ehlo()
        if settings.user:
            _sign_in(server, settings)

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _abort(self) -> None:
        """Shut the socket under a conversation that takes too long; on the watchdog's thread."""
        server = self._server
        sock = None if server is None else server.sock
        if sock is not None:
            with suppress(OSError):  # it may have ended by itself
                sock.shutdown(socket.SHUT_RDWR)


@dataclass(slots=True)
class _Stage:
    """How far a delivery came before it broke off."""

    is_all_sent: bool = False


def _sign_in(server: smtplib.SMTP, settings: SmtpSettings) -> None:
    try:
        server.login(settings.user, settings.password)
    except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
        raise
    except smtplib.SMTPException as error:  # it offers no way to sign in that we know
        raise smtplib.SMTPAuthenticationError(_NO_SIGN_IN, b"") from error


def _refusal(code: int, reply: bytes, *, is_sender: bool) -> Undeliverable | NotNow:
    """What a status that is no success means for the letter (RFC 5321 4.2.1)."""
    if code in _SIGN_IN_CODES:
        return _of_server(MailFailure.SIGN_IN_REFUSED, code)
    if code == _CLOSING or not 400 <= code < 600:
        return _of_server(MailFailure.NOT_A_MAIL_SERVER, code)
    if code < 500:
        return NotNow(MailFailure.TRY_LATER, may_have_it=False, code=str(code))
    if is_sender or _OF_POLICY.match(reply):
        return NotNow(MailFailure.SENDER_REFUSED, may_have_it=False, code=str(code))
    return Undeliverable(str(code))


def _of_server(kind: MailFailure, code: int, *, may_have_it: bool = False) -> NotNow:
    is_later = 400 <= code < 500
    return NotNow(MailFailure.OVERLOADED if is_later else kind, may_have_it, str(code))


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    further = (settings.reply_to, settings.bounce_to)
    addresses = [settings.sender, *filter(None, further)]
    if not all(map(_is_address, addresses)):
        raise MailSettingsInvalid("address")
    if not settings.host or not 0 < (settings.port or 1) <= 65_535:
        raise MailSettingsInvalid("server")
    is_ascii = (settings.user + settings.password).isascii()  # smtplib signs in with no other
    if bool(settings.user) is not bool(settings.password) or not is_ascii:
        raise MailSettingsInvalid("password")
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise MailSettingsInvalid("ca_file") from error


def _is_address(address: str) -> bool:
    if email_problem(address) is not None:
        return False
    try:
        _ascii_address(address)
    except UnicodeError:
        return False
    return True


def _ascii_address(address: str) -> str:
    """The address with a Russian domain as every server knows it (RFC 5891); UnicodeError."""
    name, _, domain = address.strip().rpartition("@")
    return f"{name}@{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    return domain.encode("idna").decode("ascii")
