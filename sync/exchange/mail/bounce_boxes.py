"""Mailboxes with bounce messages: an IMAP mailbox (RFC 3501), and a folder of mail files.

They are only read: all workplaces share one mailbox and find their own bounces.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sync.errors import MailboxUnreadable, MailSettingsInvalid
from sync.exchange.central_choice import Watchdog
from sync.exchange.mail.smtp import MailFailure, MailSecurity

LONGEST_LETTER = 256 * 1024
"""Bytes read of a mail; a report is at its start."""
_IMAP_PORTS = {MailSecurity.STARTTLS: 143, MailSecurity.TLS: 993, MailSecurity.PLAIN: 143}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLAIN_NAME = re.compile(r'[^"\\\r\n\x80-\U0010ffff]+')


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """IMAP mailbox that receives bounces; ``port`` None means the default port.

    ``timeout_s`` limits one server response, ``limit_s`` one mail.
    """

    host: str
    user: str
    password: str = field(repr=False)
    port: int | None = None
    security: MailSecurity = MailSecurity.TLS
    mailbox: str = "INBOX"
    ca_file: Path | None = None
    timeout_s: float = 20.0
    limit_s: float = 60.0


class ImapBox:
    """IMAP mailbox as a BounceBox; opened read-only, with one connection per poll."""

    def __init__(self, settings: ImapSettings) -> None:
        """Creates the mailbox without connecting; raises MailSettingsInvalid."""
        self._settings = settings
        self._context = _context(settings)
        self._given: set[tuple[bytes, bytes]] = set()
        self._server: imaplib.IMAP4 | None = None
        self._watchdog = Watchdog(self._abort, settings.limit_s)

    def new_letters(self, since: datetime) -> Iterator[bytes]:
        try:
            with self._watchdog.watching():
                validity, ids = self._found(since)
            self._given &= {(validity, id) for id in ids}
            for id in ids:
                if (validity, id) in self._given:
                    continue
                with self._watchdog.watching():
                    raw = self._letter(id)
                if raw is not None:  # None if it was deleted after the search
                    yield raw
                self._given.add((validity, id))
        except ssl.SSLError as error:
            raise MailboxUnreadable(MailFailure.TLS_REFUSED) from error
        except (OSError, imaplib.IMAP4.abort) as error:
            is_late = isinstance(error, TimeoutError) or self._watchdog.has_bitten
            kind = MailFailure.TIMED_OUT if is_late else MailFailure.UNREACHABLE
            raise MailboxUnreadable(kind) from error
        except imaplib.IMAP4.error as error:
            raise MailboxUnreadable(MailFailure.NOT_A_MAIL_SERVER) from error
        finally:
            self._close()

    def _found(self, since: datetime) -> tuple[bytes, list[bytes]]:
        server = self._server = self._connected()
        try:
            server.login(self._settings.user, self._settings.password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise MailboxUnreadable(MailFailure.SIGN_IN_REFUSED) from error
        _answered(server.select(f'"{self._settings.mailbox}"', readonly=True))
        validity = server.response("UIDVALIDITY")[1][0] or b""
        day = f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}"
        (found,) = _answered(server.uid("SEARCH", "SINCE", day))
        return validity, found.split() if isinstance(found, bytes) else []

    def _connected(self) -> imaplib.IMAP4:
        settings = self._settings
        port = settings.port or _IMAP_PORTS[settings.security]
        if settings.security is MailSecurity.TLS:
            return imaplib.IMAP4_SSL(
                settings.host, port, ssl_context=self._context, timeout=settings.timeout_s
            )
        server = imaplib.IMAP4(settings.host, port, timeout=settings.timeout_s)
        if settings.security is MailSecurity.STARTTLS:
            self._server = server
            if "STARTTLS" not in server.capabilities:
                raise MailboxUnreadable(MailFailure.TLS_REFUSED)
            server.starttls(ssl_context=self._context)
        return server

    def _letter(self, id: bytes) -> bytes | None:
        server = self._server
        if server is None:
            raise OSError
        wanted = f"(BODY.PEEK[]<0.{LONGEST_LETTER}>)"
        for part in _answered(server.uid("FETCH", id.decode("ascii"), wanted)):
            if isinstance(part, tuple):
                return bytes(part[1])
        return None

    def _close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()

    def _abort(self) -> None:
        """Shuts the socket of a session that exceeds its limit; called on the watchdog thread."""
        server = self._server
        if server is not None:
            with suppress(OSError):  # it may have ended already
                server.socket().shutdown(socket.SHUT_RDWR)


class FolderBox:
    """Maildir, or folder of ``.eml`` files, as a BounceBox."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._given: set[str] = set()

    def new_letters(self, since: datetime) -> Iterator[bytes]:
        try:
            files = self._files(since)
            # The flags at the end of a Maildir name are changed by mail clients.
            names = {file.name.partition(":")[0]: file for file in files}
            self._given &= set(names)
            for name, file in names.items():
                if name not in self._given and (raw := _read(file)) is not None:
                    yield raw
                    self._given.add(name)
        except OSError as error:
            raise MailboxUnreadable(MailFailure.UNREACHABLE) from error

    def _files(self, since: datetime) -> list[Path]:
        own = list(self._folder.iterdir())
        found = [file for file in own if file.suffix.lower() == ".eml"]
        for part in ("new", "cur"):
            folder = self._folder / part
            if folder in own:
                found += folder.iterdir()
        return sorted(file for file in found if _is_since(file, since))


def _read(file: Path) -> bytes | None:
    try:
        with file.open("rb") as opened:
            return opened.read(LONGEST_LETTER)
    except FileNotFoundError:  # moved from "new" to "cur": the next poll finds it
        return None


def _is_since(file: Path, since: datetime) -> bool:
    try:
        return file.stat().st_mtime >= since.timestamp()
    except FileNotFoundError:  # moved by a mail client
        return False


def _answered(reply: tuple[str, list[bytes | None] | list[object]]) -> list[object]:
    """Returns the data of a response; raises IMAP4.error for a refusal."""
    status, found = reply
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return list(found)


def _context(settings: ImapSettings) -> ssl.SSLContext:
    is_named = settings.host and _PLAIN_NAME.fullmatch(settings.mailbox)
    if not is_named or not 0 < (settings.port or 1) <= 65_535:
        raise MailSettingsInvalid("server")
    signs_in = settings.user and settings.password
    if not signs_in or not (settings.user + settings.password).isascii():
        raise MailSettingsInvalid("password")
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise MailSettingsInvalid("ca_file") from error
