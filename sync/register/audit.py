"""Audit entries, the hash chain that reveals any row altered later, and verification of the chain.

A row contains kinds, codes, counts and identifiers, and never personal data.
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
"""Source of an action on the command line, where no operator is signed in."""
SIGN_IN = "sign_in"
"""Source of a refused sign-in: the person is not authenticated, so there is no operator id."""


class AuditKind(StrEnum):
    """Kind of an audited action."""

    CALL_CLOSED = "call_closed"
    CALL_CHANGED = "call_changed"
    """A closed call record was changed."""
    CALL_REOPENED = "call_reopened"
    """A call record became a draft again just after it was closed."""
    MESSAGE_STEPS = "message_steps"
    MESSAGE_CHANGED = "message_changed"
    """Message data outside its events was changed."""
    OPERATOR_ADDED = "operator_added"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    SIGNED_IN = "signed_in"
    """Sign-in or unlock; ``detail`` contains the component that decided (``DecidedBy``)."""
    SIGN_IN_REFUSED = "sign_in_refused"
    """Sign-in refused; ``detail`` contains the reason and the deciding component. An unknown login
    is not stored.
    """
    LOCKED = "locked"
    """The console was locked by its operator (``key``) or after inactivity (``idle``)."""
    SIGNED_OUT = "signed_out"
    SHUT_OUT = "shut_out"
    """The workplace was notified that the central database disabled the login."""
    LET_IN = "let_in"
    """The workplace was notified that the login is enabled again."""
    SHIFT_LEFT = "shift_left"
    """A handover report was signed by the operator who ends the shift."""
    SHIFT_ACCEPTED = "shift_accepted"
    """A handover report was signed by the operator who starts the shift."""
    CITY_EDITED = "city_edited"
    LOOKED_UP = "looked_up"
    """Messages were searched; ``detail`` contains the criterion, ``count`` the number of hits."""
    RECORD_READ = "record_read"
    """A record of another operator was opened."""
    LIST_READ = "list_read"
    """The list of messages behind a figure of a report was opened."""
    EXPORTED = "exported"
    """A file was written or printed; ``detail`` contains its kind."""
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    SOUND_ERASED = "sound_erased"
    """Recordings of erased calls were deleted later than their texts."""
    SEARCHES_ERASED = "searches_erased"
    """Directory searches with an erased name were deleted."""
    TERM_PASSED = "term_passed"
    """Personal data were erased at the end of the retention period."""
    LOGIN_DISABLED = "login_disabled"
    """The central login of an operator or a workplace was disabled."""
    LOGIN_ENABLED = "login_enabled"
    WORKPLACE_ENROLLED = "workplace_enrolled"
    """A workplace was enrolled; ``detail`` contains its code, and a flag if another database may
    use it.
    """
    WORKER_ENROLLED = "worker_enrolled"
    REVIEW_CHANGED = "review_changed"
    """The review scope of a workplace was changed; ``detail`` contains its code, and ``all`` or
    ``own``.
    """
    DOCUMENTS_PUT = "documents_put"
    """Directory, settings or templates were changed centrally; ``count`` is the number of
    documents.
    """
    OUTBOX_IMPORTED = "outbox_imported"
    """Unsent rows of a workplace were imported from a file."""
    CENTRE_SUCCEEDED = "centre_succeeded"
    """This database was declared the replacement of a former central database."""


class DecidedBy(StrEnum):
    """Component that decided about a sign-in."""

    CENTRE = "centre"
    STORE = "store"
    """The local password verifier, used for example while the central database is unavailable."""


class Subject(StrEnum):
    """Kind of object that an audit row is about; the id of the object is a separate column."""

    CALL = "call"
    MESSAGE = "message"
    OPERATOR = "operator"
    CITY_EDIT = "city_edit"
    ACT = "act"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Audited:
    """Action to be audited.

    ``kind`` is an AuditKind and ``subject`` a Subject, or a value of a newer version. ``by_id`` is
    the operator, None if ``source`` names the acting component. ``detail`` is a code, such as
    action names or a file format.
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
    """One row of the audit log, which is one link of the hash chain.

    ``chain`` is the id of the database that wrote the row; ``seq`` counts from 1 without gaps.
    ``at`` is timezone-aware. ``hash`` is hexadecimal and covers all other fields and the previous
    hash.
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
    """Copy of a chain link published outside the database; the chain must contain this link
    forever.
    """

    station: str
    chain: UUID
    seq: int
    hash: str


class BreakCode(StrEnum):
    """Kind of damage found in a chain."""

    MISSING = "missing"
    """Rows before this one are missing."""
    ALTERED = "altered"
    """This row, or one before it, was altered."""
    CUT = "cut"
    """The rows after this one are missing: it is the last one found."""
    REWRITTEN = "rewritten"
    """The chain is consistent but differs from a published link."""


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """First invalid row of a chain."""

    code: BreakCode
    seq: int


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Result of a chain verification; ``head`` is the last link, None for an empty chain."""

    station: str
    chain: UUID
    rows: int
    head: Anchor | None
    broken: ChainBreak | None


def done_by(doer: Doer | Operator, kind: AuditKind, subject: Subject, subject_id: UUID) -> Audited:
    """Returns the audit entry of an action on one record."""
    if isinstance(doer, Person | Operator):
        return Audited(kind, doer.id, None, subject, subject_id)
    return Audited(kind, None, doer.value, subject, subject_id)


def beginning(chain: UUID) -> str:
    """Returns the value that the first link of a chain uses as its previous hash."""
    return sha256(str(chain).encode()).hexdigest()


def linked(
    audited: Audited, *, station: str, chain: UUID, seq: int, id: UUID, at: datetime, previous: str
) -> AuditRow:
    """Returns the chain link for an action; ``previous`` is the hash of the link before it."""
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
    """Verifies one chain; ``rows`` must be complete and sorted by ``seq``.

    ``written`` is the highest ``seq`` known to have been assigned. ``anchors`` are published hashes
    by ``seq``. Only the first break is reported.
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
    """Returns the hash of a row: SHA-256 of a canonical JSON list, equal in every database."""
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
    """Returns chain links as dictionaries that can be encoded as JSON."""
    return [
        {"station": head.station, "chain": str(head.chain), "seq": head.seq, "hash": head.hash}
        for head in heads
    ]
