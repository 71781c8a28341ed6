"""Reading a record of another operator is audited once; reading an own record is not."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from dataclasses import replace
from uuid import UUID

import pytest

from console.shared.session.reading_audit import ReadingAudit, SessionAudit
from sync.errors import StoreUnavailable
from sync.register.audit import Audited, AuditKind, Subject
from tests.fakes.records import OPERATOR

OTHER, MESSAGE, SECOND = UUID(int=50), UUID(int=51), UUID(int=52)


class FakeAudit:
    """Stores audit entries; with `error` the write fails."""

    def __init__(self) -> None:
        self.noted: list[Audited] = []
        self.error: Exception | None = None

    def note(self, audited: Audited) -> Future[None]:
        self.noted.append(audited)
        done: Future[None] = Future()
        if self.error is None:
            done.set_result(None)
        else:
            done.set_exception(self.error)
        return done

    def kinds(self) -> list[str]:
        return [one.kind for one in self.noted]


def test_readings_of_others_are_noted_once_while_they_stay_on_the_screen() -> None:
    fake, operator = FakeAudit(), OPERATOR
    audit = ReadingAudit(fake, lambda: operator)
    audit.looked_up("phone", 2)
    for _ in range(3):
        audit.opened(Subject.MESSAGE, MESSAGE, OTHER)
    audit.opened(Subject.MESSAGE, SECOND, operator.id)
    audit.opened(Subject.MESSAGE, MESSAGE, OTHER)
    operator = replace(OPERATOR, id=UUID(int=9))
    audit.opened(Subject.MESSAGE, MESSAGE, OTHER)
    read = AuditKind.RECORD_READ
    assert fake.kinds() == [AuditKind.LOOKED_UP, read, read, read]
    assert (fake.noted[0].detail, fake.noted[0].count) == ("phone", 2)
    assert [one.by_id for one in fake.noted[2:]] == [OPERATOR.id, UUID(int=9)]
    assert fake.noted[1].subject_id == MESSAGE
    # A second look-up of the same record is another read.
    audit.looked_up("number", 1)
    audit.opened(Subject.MESSAGE, MESSAGE, OTHER)
    assert fake.kinds()[4:] == [AuditKind.LOOKED_UP, read]


def test_files_and_lists_are_told_with_what_was_in_them(caplog: pytest.LogCaptureFixture) -> None:
    fake = FakeAudit()
    audit = ReadingAudit(fake, lambda: OPERATOR)
    audit.listed("messages", 7)
    fake.error = StoreUnavailable("SQLITE_FULL")
    with caplog.at_level(logging.ERROR):
        audit.exported("report calls pdf")
    assert [(one.kind, one.detail, one.count) for one in fake.noted] == [
        (AuditKind.LIST_READ, "messages", 7),
        (AuditKind.EXPORTED, "report calls pdf", 1),
    ]
    assert caplog.messages == ["audit: cannot write: StoreUnavailable"]


def test_a_sheet_on_paper_is_noted_under_who_asked_for_it_signed_or_not() -> None:
    fake = FakeAudit()
    audit = ReadingAudit(fake, lambda: OPERATOR)
    other = replace(OPERATOR, id=UUID(int=9))
    audit.printed(other, None)
    audit.printed(other, SECOND)
    assert [(one.kind, one.by_id, one.detail) for one in fake.noted] == [
        (AuditKind.EXPORTED, other.id, "handover unsigned pdf"),
        (AuditKind.EXPORTED, other.id, "handover pdf"),
    ]
    assert [(one.subject, one.subject_id) for one in fake.noted] == [
        (None, None),
        (Subject.HANDOVER, SECOND),
    ]


def test_a_session_is_noted_under_the_name_of_its_operator() -> None:
    fake = FakeAudit()
    session = SessionAudit(fake)
    session.locked(OPERATOR, False)
    session.locked(OPERATOR, True)
    session.signed_out(OPERATOR)
    told = [(one.kind, one.by_id, one.subject_id, one.detail) for one in fake.noted]
    id = OPERATOR.id
    assert told == [
        (AuditKind.LOCKED, id, id, "key"),
        (AuditKind.LOCKED, id, id, "idle"),
        (AuditKind.SIGNED_OUT, id, id, ""),
    ]
