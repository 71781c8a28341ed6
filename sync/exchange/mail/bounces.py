"""Bounces: parses delivery reports (RFC 3464) and matches them to their notifications.

A bounced notification becomes a callback task, or its author counts as not notified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Protocol
from uuid import UUID

from sync.exchange.mail.delivery import NoticeNotMailed
from sync.store.local.messages.notices import BOUNCED, NoticeOutbox

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LETTER_ID = re.compile(f"<({_UUID})@[^<>\\s]+>", re.I)
_RETURN_ADDRESS = re.compile(f"\\+({_UUID})@", re.I)
_STATUS = re.compile(r"\b(5\.\d{1,3}\.\d{1,3})\b")
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_ANSWERED = ("In-Reply-To", "References")
_REPORT = "multipart/report"
_STATUS_PART = "message/delivery-status"
_TEXTS = frozenset({"text/plain", "text/rfc822-headers"})
UNKNOWN_STATUS = "5.0.0"
"""RFC 3463: other or undefined status."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """Permanent delivery failure: the ids of possible notifications, and the SMTP status."""

    notice_ids: frozenset[UUID]
    status: str


class BounceBox(Protocol):
    """Mailbox for bounces. Use on one thread only; every method ends in bounded time."""

    def new_letters(self, since: datetime) -> Iterator[bytes]:
        """Yields mails received at ``since`` or later that were not yielded before.

        A mail counts as yielded when the next one is requested. Raises MailboxUnreadable.
        """


def read_bounce(raw: bytes) -> Bounce | None:
    """Returns the permanent failure that the mail reports; None for all else, such as a delay."""
    letter = message_from_bytes(raw, policy=compat32)
    parts = list(letter.walk())
    status = _failed_status(letter, parts)
    if status is None:
        return None
    ids = {found for part in parts for found in _ids_in(part)}
    return Bounce(frozenset(map(UUID, ids)), status) if ids else None


def take_bounces(
    outbox: NoticeOutbox, box: BounceBox, since: datetime, at: datetime
) -> Iterator[NoticeNotMailed]:
    """Records the bounces in the outbox, one by one; raises MailboxUnreadable, StoreError.

    Bounces of other workplaces remain in the mailbox, which is not changed.
    """
    for raw in box.new_letters(since):
        bounce = read_bounce(raw)
        if bounce is None:
            continue
        code = f"{BOUNCED} {bounce.status}"
        kept = outbox.bounced(bounce.notice_ids, code, at)
        if kept is not None:
            told = kept.told
            yield NoticeNotMailed(at, told.message_id, kept.number, code, told.phone is not None)


def _failed_status(letter: Message, parts: list[Message]) -> str | None:
    """Returns the status of the failure; None if the mail reports no failure."""
    is_report = letter.get_content_type() == _REPORT
    blocks = [
        block
        for part in parts
        if is_report and part.get_content_type() == _STATUS_PART
        for block in _blocks(part)
    ]
    if blocks:
        failed = (one for one in blocks if one.get("Action", "").strip().lower() == "failed")
        block = next(failed, None)
        return None if block is None else _status(block.get("Status", ""))
    if "X-Failed-Recipients" in letter:  # Exim before 4.85 writes no report
        return _status(_text(parts))
    if letter.get("Return-Path", "").strip() == "<>" and _is_by_mail_system(letter):
        found = _STATUS.search(_text(parts))
        return None if found is None else found[1]
    return None


def _is_by_mail_system(letter: Message) -> bool:
    sender = letter.get("From", "").lower()
    return "mailer-daemon" in sender or "postmaster" in sender


def _status(text: str) -> str:
    found = _STATUS.search(text)
    return UNKNOWN_STATUS if found is None else found[1]


def _blocks(part: Message) -> list[Message]:
    """Returns the field groups of a report, one per recipient."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _ids_in(part: Message) -> Iterator[str]:
    for name in _ADDRESSED:
        for value in part.get_all(name, ()):
            yield from _RETURN_ADDRESS.findall(str(value))
    for name in ("Message-ID", *_ANSWERED):
        for value in part.get_all(name, ()):
            yield from _LETTER_ID.findall(str(value))
    if part.get_content_type() in _TEXTS:
        yield from _LETTER_ID.findall(_decoded(part))


def _text(parts: list[Message]) -> str:
    return "\n".join(_decoded(part) for part in parts if part.get_content_type() in _TEXTS)


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
