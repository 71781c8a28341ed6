"""Audit entries for records read, searched, exported or printed, for locking and for sign-out.

GUI thread only.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from sync.register.audit import Audited, AuditKind, Subject, done_by
from sync.register.people.operators import Operator

LOG = logging.getLogger(__name__)


class AuditPort(Protocol):
    """Audit log; does not block."""

    def note(self, audited: Audited) -> "Future[None]": ...


class ReadingAudit:
    """Logs access of the signed-in operator to records. GUI thread only.

    Own records are not logged, and a record is logged only once while it remains on the screen.
    """

    def __init__(self, audit: AuditPort, operator: Callable[[], Operator]) -> None:
        self._audit = audit
        self._operator = operator
        self._shown: tuple[UUID, UUID] | None = None  # reader and record

    def looked_up(self, by: str, found: int) -> None:
        """Logs a search for a message by number or by the author's phone number."""
        self._shown = None
        self._note(AuditKind.LOOKED_UP, detail=by, count=found)

    def opened(self, subject: Subject, id: UUID, owner: UUID) -> None:
        """Logs that a record is on the screen; `owner` is the operator who created it."""
        reader = self._operator().id
        if owner != reader and self._shown != (reader, id):
            self._note(AuditKind.RECORD_READ, subject=subject, subject_id=id)
        self._shown = (reader, id)

    def listed(self, report: str, messages: int) -> None:
        """Logs that the messages counted in a report are on the screen."""
        self._note(AuditKind.LIST_READ, detail=report, count=messages)

    def exported(self, what: str, count: int = 1, by: Operator | None = None) -> None:
        """Logs an export; `by` is the exporting operator if another one may have signed in
        since.
        """
        self._note(AuditKind.EXPORTED, by=by, detail=what, count=count)

    def printed(self, by: Operator, sheet_id: UUID | None) -> None:
        """Logs a printed shift handover report; `sheet_id` is None for an unsigned report."""
        subject = None if sheet_id is None else Subject.HANDOVER
        what = "handover unsigned pdf" if sheet_id is None else "handover pdf"
        self._note(AuditKind.EXPORTED, by=by, subject=subject, subject_id=sheet_id, detail=what)

    def _note(
        self,
        kind: AuditKind,
        *,
        by: Operator | None = None,
        subject: Subject | None = None,
        subject_id: UUID | None = None,
        detail: str = "",
        count: int = 1,
    ) -> None:
        doer = (by or self._operator()).id
        audited = Audited(kind, doer, None, subject, subject_id, detail, count)
        self._audit.note(audited).add_done_callback(_tell_failure)


class SessionAudit:
    """Logs locking and sign-out. Sign-in is logged by the store.

    GUI thread only.
    """

    def __init__(self, audit: AuditPort) -> None:
        self._audit = audit

    def locked(self, operator: Operator, is_idle: bool) -> None:
        self._note(AuditKind.LOCKED, operator, "idle" if is_idle else "key")

    def signed_out(self, operator: Operator) -> None:
        self._note(AuditKind.SIGNED_OUT, operator)

    def _note(self, kind: AuditKind, operator: Operator, detail: str = "") -> None:
        told = done_by(operator, kind, Subject.OPERATOR, operator.id)
        self._audit.note(replace(told, detail=detail)).add_done_callback(_tell_failure)


def _tell_failure(noted: "Future[None]") -> None:
    """Logs a failed audit write; the error banner is shown by another component."""
    error = None if noted.cancelled() else noted.exception()
    if error is not None:
        LOG.error("audit: cannot write: %s", type(error).__name__)
