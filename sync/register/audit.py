"""Audit entries and their hash chain, which reveals any row altered later; chain verification.

A row holds kinds, codes, counts and identifiers, and never personal data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from sync.register.handling.events import Doer
from sync.register.people.operators import Operator, Person

AUDIT_SCHEMA_VERSION = 1
COMMAND = "command"
"""The source of what was done by a command line, where nobody had signed in."""
SIGN_IN = "sign_in"
"""The source of a sign-in that was refused: nobody has proved who they are."""


class AuditKind(StrEnum):
    """What was done."""

    CALL_CLOSED = "call_closed"
    CALL_CHANGED = "call_changed"
    """A card that was closed already."""
    CALL_REOPENED = "call_reopened"
    """A card that had just been closed is a draft again."""
    MESSAGE_STEPS = "message_steps"
    MESSAGE_CHANGED = "message_changed"
    """What is told of a message beside its steps."""
    OPERATOR_ADDED = "operator_added"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    SIGNED_IN = "signed_in"
    """A person came in, or came back behind the lock; ``detail`` tells who let them in."""
    SIGN_IN_REFUSED = "sign_in_refused"
    """``detail`` has the reason and who refused; of an unknown login nothing is kept."""
    LOCKED = "locked"
    """The desk was hidden by its operator (``key``) or by itself (``idle``)."""
    SIGNED_OUT = "signed_out"
    SHUT_OUT = "shut_out"
    """The workplace heard that the centre has shut a person out."""
    LET_IN = "let_in"
    """The workplace heard that they may come in again."""
    SHIFT_LEFT = "shift_left"
    """A sheet was signed by who leaves the desk."""
    SHIFT_ACCEPTED = "shift_accepted"
    """It was signed by who takes the work over."""
    CITY_EDITED = "city_edited"
    LOOKED_UP = "looked_up"
    """A message was looked for; ``detail`` tells by what, ``count`` how many were found."""
    RECORD_READ = "record_read"
    """A record of somebody else's was opened."""
    LIST_READ = "list_read"
    """Messages behind a number of a report."""
    EXPORTED = "exported"
    """A file was written or printed; ``detail`` tells of what."""
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    SOUND_ERASED = "sound_erased"
    """Files with the sound of erased calls were removed later than their words."""
    SEARCHES_ERASED = "searches_erased"
    """What was searched for in the directory went because it held a name that was erased."""
    TERM_PASSED = "term_passed"
    """Personal data were taken away because their term had passed."""
    LOGIN_DISABLED = "login_disabled"
    """A person or a workplace was shut out of the centre."""
    LOGIN_ENABLED = "login_enabled"
    WORKPLACE_ENROLLED = "workplace_enrolled"
    """``detail`` has its code, and ``anew`` where another store may take the code over."""
    WORKER_ENROLLED = "worker_enrolled"
    REVIEW_CHANGED = "review_changed"
    """Whose messages a workplace reviews; ``detail`` has its code, and ``all`` or ``own``."""
    DOCUMENTS_PUT = "documents_put"
    """Directory, settings or templates were changed in the centre; ``count`` of documents."""
    OUTBOX_IMPORTED = "outbox_imported"
    """What a workplace could not send was put into the centre from a file."""
    CENTRE_SUCCEEDED = "centre_succeeded"
    """Workplaces were told to come over to this centre from a former one."""


class DecidedBy(StrEnum):
    """Who decides about a sign-in."""

    CENTRE = "centre"
    STORE = "store"
    """The store's own verifier, as when the centre is away."""


class Subject(StrEnum):
    """What a row is about; its identity stands beside it."""

    CALL = "call"
    MESSAGE = "message"
    OPERATOR = "operator"
    CITY_EDIT = "city_edit"
    ACT = "act"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Audited:
    """What is to be written down.

    ``kind`` is an AuditKind and ``subject`` a Subject, or what a newer program knows as one.
    ``by_id`` is the operator, None where ``source`` tells what acted instead. ``detail`` is a
    code, as the names of steps or a file format.
    """

    kind: str
    by_id: UUID | None = None
    source: str | None = None
    subject: str | None = None
    subject_id: UUID | None = None
    detail: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One link of the chain.

    ``chain`` is the identity of the store that wrote it; ``seq`` counts from 1 without gaps.
    ``at`` is aware. ``hash`` is over all else and the hash before it, in hexadecimal.
    """

    station: str
    chain: UUID
    seq: int
    id: UUID
    at: datetime
    audited: Audited
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it was told outside of the database: the chain must always hold it."""

    station: str
    chain: UUID
    seq: int
    hash: str


class BreakCode(StrEnum):
    """How a chain is seen to be broken."""

    MISSING = "missing"
    """Rows before this one are gone."""
    ALTERED = "altered"
    """This row, or one before it, is not what was written."""
    CUT = "cut"
    """The newest rows are gone: this one was the last."""
    REWRITTEN = "rewritten"
    """The chain holds together, and is another one than was anchored."""


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first row of a chain where something is wrong."""

    code: BreakCode
    seq: int


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a chain looks like; ``head`` is its last link, None where the chain is not there."""

    station: str
    chain: UUID
    rows: int
    head: Anchor | None
    broken: ChainBreak | None


def done_by(doer: Doer | Operator, kind: AuditKind, subject: Subject, subject_id: UUID) -> Audited:
    """What this doer did to one record."""
    if isinstance(doer, Person | Operator):
        return Audited(kind, doer.id, None, subject, subject_id)
    return Audited(kind, None, doer.value, subject, subject_id)


def beginning(chain: UUID) -> str:
    """The hash that the first link stands on."""
    return sha256(str(chain).encode()).hexdigest()


def linked(
    audited: Audited, *, station: str, chain: UUID, seq: int, id: UUID, at: datetime, previous: str
) -> AuditRow:
    """The row that follows a link of this hash."""
    told = _hash(audited, station, chain, seq, id, at, previous)
    return AuditRow(station, chain, seq, id, at, audited, told)


def checked(
    station: str,
    chain: UUID,
    rows: Iterable[AuditRow],
    *,
    written: int = 0,
    anchors: Mapping[int, str] | None = None,
) -> ChainReport:
    """One chain read from its first row to its last, in the order of ``seq``.

    ``written`` is the highest ``seq`` that is known to have been given. ``anchors`` are hashes
    by ``seq``. Only the first break is told.
    """
    expected = dict(anchors or {})
    previous, count = beginning(chain), 0
    head: Anchor | None = None
    broken: ChainBreak | None = None
    for row in rows:
        count += 1
        if broken is None:
            broken = _break_at(row, count, previous, expected.pop(row.seq, row.hash))
        previous = row.hash
        head = Anchor(row.station, chain, row.seq, row.hash)
    last = 0 if head is None else head.seq
    if broken is None and max((written, *expected), default=0) > last:
        broken = ChainBreak(BreakCode.CUT, last)
    return ChainReport(station, chain, count, head, broken)


def _break_at(row: AuditRow, place: int, previous: str, anchored: str) -> ChainBreak | None:
    if row.seq != place:
        return ChainBreak(BreakCode.MISSING, row.seq)
    told = _hash(row.audited, row.station, row.chain, row.seq, row.id, row.at, previous)
    if told != row.hash:
        return ChainBreak(BreakCode.ALTERED, row.seq)
    if anchored != row.hash:
        return ChainBreak(BreakCode.REWRITTEN, row.seq)
    return None


def _hash(
    audited: Audited, station: str, chain: UUID, seq: int, id: UUID, at: datetime, previous: str
) -> str:
    """Over one spelling of the row, the same in every database: a list in a fixed order."""
    spelt = json.dumps(
        [
            AUDIT_SCHEMA_VERSION,
            previous,
            station,
            str(chain),
            seq,
            str(id),
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            audited.kind,
            None if audited.by_id is None else str(audited.by_id),
            audited.source,
            audited.subject,
            None if audited.subject_id is None else str(audited.subject_id),
            audited.detail,
            audited.count,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return sha256(spelt.encode()).hexdigest()


def head_facts(heads: Iterable[Anchor]) -> list[dict[str, Any]]:
    """The heads as JSON has them."""
    return [
        {"station": head.station, "chain": str(head.chain), "seq": head.seq, "hash": head.hash}
        for head in heads
    ]
