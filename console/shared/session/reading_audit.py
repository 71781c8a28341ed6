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
    """Where it is written down; returns at once."""

    def note(self, audited: Audited) -> "Future[None]": ...


class ReadingAudit:
    """Writes down what the operator who works here reads; belongs to the GUI thread.

    Own records are no news, and neither is one that is shown again while it stays on the screen.
    """

    def __init__(self, audit: AuditPort, operator: Callable[[], Operator]) -> None:
        self._audit = audit
        self._operator = operator
        self._shown: tuple[UUID, UUID] | None = None  # who reads, and what

    def looked_up(self, by: str, found: int) -> None:
        """A message was looked for by its number or its author's telephone."""
        self._shown = None
        self._note(AuditKind.LOOKED_UP, detail=by, count=found)

    def opened(self, subject: Subject, id: UUID, owner: UUID) -> None:
        """A record is on the screen; ``owner`` is the operator who began it."""
        reader = self._operator().id
        if owner != reader and self._shown != (reader, id):
            self._note(AuditKind.RECORD_READ, subject=subject, subject_id=id)
        self._shown = (reader, id)

    def listed(self, report: str, messages: int) -> None:
        """The messages behind a number of a report are on the screen."""
        self._note(AuditKind.LIST_READ, detail=report, count=messages)

    def exported(self, what: str, count: int = 1, by: Operator | None = None) -> None:
        """A file was written, for ``by`` where that may not be who works here by now."""
        self._note(AuditKind.EXPORTED, by=by, detail=what, count=count)

    def printed(self, by: Operator, sheet_id: UUID | None) -> None:
        """A hand-over sheet was put on paper; without an identity it was signed by nobody."""
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
    """Writes down who hides the desk and who leaves it; the store tells itself who comes in.

    Belongs to the GUI thread.
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
    """A disk that refuses is told by the banner of the desk; here it leaves its name in the log."""
    error = None if noted.cancelled() else noted.exception()
    if error is not None:
        LOG.error("audit: %s", type(error).__name__)
