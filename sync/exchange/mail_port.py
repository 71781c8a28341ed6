"""What the notices ask of a mail server, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sync.register.handling.notices import RenderedNotice


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
        self, to: str, words: RenderedNotice, header_id: str
    ) -> Delivered | Undeliverable | NotNow:
        """Hand over one letter, once."""

    def close(self) -> None:
        """End the conversation with the server; the next letter begins a new one."""
