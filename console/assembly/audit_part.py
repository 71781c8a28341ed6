"""Connects the access audit to all views, reports and exports of personal data."""

from console.context import Shared
from console.shared.session.desk import DeskPresenter
from console.shared.session.reading_audit import ReadingAudit
from console.shell.page_presenters import DeskPresenters
from sync.register.audit import Subject
from sync.register.calls.calls import CallRecord
from sync.register.handling.handled import HandledMessage


def watch_reading(shared: Shared, desk: DeskPresenter, presenters: DeskPresenters) -> None:
    """Connects every view and export that shows personal data of other operators' records."""
    audit = ReadingAudit(shared.register, lambda: desk.operator)

    def message(handled: HandledMessage | None) -> None:
        if handled is not None:
            audit.opened(Subject.MESSAGE, handled.id, handled.record.operator_id)

    def call(card: CallRecord) -> None:
        audit.opened(Subject.CALL, card.id, card.operator_id)

    look_up = presenters.look_up
    look_up.looked.connect(audit.looked_up)
    presenters.persons.looked.connect(audit.looked_up)
    look_up.read_out.connect(lambda _reading: message(look_up.chosen))
    look_up.call_shown.connect(call)
    presenters.history.opened.connect(message)
    presenters.review.review.shown.connect(message)
    presenters.answers.answers.opened.connect(message)
    presenters.journal.draft_opened.connect(call)
    presenters.shown_record.opened.connect(call)
    call_register = presenters.call_register
    call_register.listed.connect(lambda calls: audit.listed("call_register", calls))
    call_register.exported.connect(
        lambda by, calls: audit.exported("call_register xlsx", calls, by=by)
    )
    presenters.report.listed.connect(audit.listed)
    presenters.report.written.connect(
        lambda by, report, ending: audit.exported(f"report {report} {ending}", by=by)
    )
    presenters.handover.printed.connect(audit.printed)
    presenters.directory_export.written.connect(lambda count: audit.exported("directory", count))
