"""What the delivery of notices tells the operator, as short messages."""

from typing import assert_never

from PySide6.QtCore import QObject, Signal

from console import words
from console.presenters.notices import LONG_S, Notice
from sync.exchange.mail_port import MailFailure
from sync.exchange.notice_events import (
    MailLost,
    MailReached,
    NoticeEvent,
    NoticeNotMailed,
    NoticeSent,
    PlannedDateCame,
    ReviewTermsNear,
)


class NoticeEventsPresenter(QObject):
    """Puts them into words, and tells what else is to be read again; GUI thread."""

    told = Signal(object)  # Notice
    mail_lost = Signal(object)  # MailFailure, or None while letters go out
    tasks_changed = Signal()  # a letter became a call
    messages_changed = Signal()  # a message was opened again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lost: MailFailure | None = None

    def receive(self, event: NoticeEvent) -> None:
        match event:
            case MailLost(kind=kind):
                self._lost = kind
                head, body = words.notices.mail_lost(kind)
                self.told.emit(Notice(head, body, LONG_S, problem=True))
                self.mail_lost.emit(kind)
            case MailReached():
                if self._lost is not None:
                    self.told.emit(Notice(words.notices.mail_back()))
                self._lost = None
                self.mail_lost.emit(None)
            case NoticeSent():
                pass  # The history of its message tells it.
            case NoticeNotMailed():
                head, body = words.notices.not_mailed(event)
                self.told.emit(Notice(head, body, LONG_S, problem=not event.is_call))
                self.tasks_changed.emit()
            case PlannedDateCame(number=number):
                self.told.emit(Notice(*words.notices.planned_date_came(number), LONG_S))
                self.messages_changed.emit()
            case ReviewTermsNear(near=near, over=over):
                head, body = words.notices.terms_near(near, over)
                self.told.emit(Notice(head, body, LONG_S, problem=over > 0))
            case _ as unreachable:
                assert_never(unreachable)
