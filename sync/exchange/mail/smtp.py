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
    """Reason why a mail cannot be sent now; none is caused by the mail itself."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TLS_REFUSED = "tls_refused"
    """No encryption is offered, or the certificate is not trusted."""
    SIGN_IN_REFUSED = "sign_in_refused"
    SENDER_REFUSED = "sender_refused"
    """The server rejects this sender address, or does not relay for it."""
    OVERLOADED = "overloaded"
    """The server defers all mail (421, or 4xx before the first mail)."""
    TRY_LATER = "try_later"
    """The server defers this mail (4xx), for example by greylisting."""
    NOT_A_MAIL_SERVER = "not_a_mail_server"
    STORE = "store"
    """The local database could not be used."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The server has accepted the mail."""


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """Permanently rejected for this address; ``code`` is the SMTP status or an internal code."""

    code: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """Failed this time; ``code`` is the SMTP status if the server sent one.

    ``may_have_it``: the final response was lost, so the mail may have been sent.
    """

    kind: MailFailure
    may_have_it: bool
    code: str = ""


class MailPort(Protocol):
    """Mail server. Use on one thread only; every method ends in bounded time."""

    def header_id(self, name: str) -> str:
        """Returns the Message-ID for this name; it never changes."""

    def send(
        self,
        to: str,
        words: RenderedNotice,
        header_id: str,
        files: Sequence[AnswerFile] = (),
    ) -> Delivered | Undeliverable | NotNow:
        """Sends one mail, without retries."""

    def close(self) -> None:
        """Closes the connection; the next mail opens another one."""


BAD_DOMAIN = "bad_domain"
PIECE_BYTES = 65_536
SLOWEST_LINE_BYTES_PER_S = 50_000
"""Assumed line speed by which the time limit grows with the size of a mail."""

_GREETED = 220
_OK = 250
_GO_AHEAD = 354
_CLOSING = 421
_NO_SIGN_IN = 504
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_DOT_AT_START = re.compile(rb"^\.", re.M)
# RFC 3463: X.7.X is a matter of security or policy between the server and us.
_OF_POLICY = re.compile(rb"^\s*5\.7\.")
_SIGN_IN_CODES = frozenset({530, 534, 535, 538})


class MailSecurity(StrEnum):
    """Encryption of the connection to the server."""

    STARTTLS = "starttls"
    """STARTTLS is required; a server without it receives no mail."""
    TLS = "tls"
    """TLS from the first byte."""
    PLAIN = "plain_in_closed_network"


PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.PLAIN: 25}


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Mail server of the city and the sender of notifications.

    ``port`` None means the default port of the security mode. Without ``user`` there is no
    authentication. ``reply_to`` receives replies; if empty, ``sender`` does. ``bounce_to`` receives
    bounces, with a part that identifies the mail (VERP). ``limit_s`` limits one mail, excluding the
    time for its size, ``timeout_s`` one server response.
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
    """SMTP server as a MailPort; stays connected until ``close``. Use on one thread only."""

    def __init__(self, settings: SmtpSettings, clock: Callable[[], datetime]) -> None:
        """Creates the client without connecting; raises MailSettingsInvalid."""
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

    # --- one mail ---

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
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic reply
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
        stage.is_all_sent = True  # from here the amount already sent is unknown
        stuffed = _DOT_AT_START.sub(b"..", letter) + b".\r\n"
        # The timeout of a socket applies to all data passed in one call.
        for start in range(0, len(stuffed), PIECE_BYTES):
            server.send(stuffed[start : start + PIECE_BYTES])
        code, reply = server.getreply()
        if code == _OK:
            return Delivered()
        if not 400 <= code < 600:  # no refusal: it may have accepted the mail
            return NotNow(MailFailure.NOT_A_MAIL_SERVER, may_have_it=True, code=str(code))
        return _refusal(code, reply, is_sender=False)

    def _return_address(self, header_id: str) -> str:
        """Returns the envelope sender; with ``bounce_to`` it is unique for each mail."""
        settings = self._settings
        if not settings.bounce_to:
            return _ascii_address(settings.sender)
        name, _, domain = _ascii_address(settings.bounce_to).rpartition("@")
        return f"{name}+{header_id.strip('<>').partition('@')[0]}@{domain}"

    def _forget(self, server: smtplib.SMTP) -> None:
        """Resets the session after a rejected mail, so the next one can be sent."""
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    # --- connection ---

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = self._new_server()
            self._greet(self._server)
        return self._server

    def _new_server(self) -> smtplib.SMTP:
        """Returns an unconnected client; the caller stores it first, for the watchdog."""
        settings = self._settings
        # The local host name is set to avoid a DNS lookup.
        own_name = _ascii_domain(self._domain)
        if settings.security is MailSecurity.TLS:
            return smtplib.SMTP_SSL(
                local_hostname=own_name, timeout=settings.timeout_s, context=self._context
            )
        return smtplib.SMTP(local_hostname=own_name, timeout=settings.timeout_s)

    def _greet(self, server: smtplib.SMTP) -> None:
        settings = self._settings
        port = settings.port or PORTS[settings.security]
        # The host name for certificate verification, which otherwise only the constructor sets.
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
        """Shuts the socket of a session that exceeds its limit; called on the watchdog thread."""
        server = self._server
        sock = None if server is None else server.sock
        if sock is not None:
            with suppress(OSError):  # it may have ended already
                sock.shutdown(socket.SHUT_RDWR)


@dataclass(slots=True)
class _Stage:
    """Progress of a delivery at the time of a failure."""

    is_all_sent: bool = False


def _sign_in(server: smtplib.SMTP, settings: SmtpSettings) -> None:
    try:
        server.login(settings.user, settings.password)
    except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
        raise
    except smtplib.SMTPException as error:  # no supported authentication method
        raise smtplib.SMTPAuthenticationError(_NO_SIGN_IN, b"") from error


def _refusal(code: int, reply: bytes, *, is_sender: bool) -> Undeliverable | NotNow:
    """Returns the meaning of an error status for the mail (RFC 5321, section 4.2.1)."""
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
    is_ascii = (settings.user + settings.password).isascii()  # smtplib requires ASCII
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
    """Returns the address with an IDNA-encoded domain (RFC 5891); raises UnicodeError."""
    name, _, domain = address.strip().rpartition("@")
    return f"{name}@{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    return domain.encode("idna").decode("ascii")
