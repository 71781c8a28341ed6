"""Brings what is to be said of calls, wrap-up and lists to a screen reader, in the desk's name."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.presenters.announcements import Announcement, AnnouncementsPresenter
from console.views.components.announcer import announce
from console.views.desk_presenters import DeskPresenters


class Announcements(QObject):
    """Says it while the page is there; belongs to the GUI thread."""

    def __init__(self, page: QWidget, presenters: DeskPresenters) -> None:
        super().__init__(page)
        self._page = page
        presenter = AnnouncementsPresenter(
            presenters.call_bar,
            presenters.operator_state,
            presenters.journal,
            presenters.reviews.queue,
            presenters.call_backs,
            presenters.incidents,
            parent=self,
        )
        presenter.said.connect(self._say)

    def _say(self, said: Announcement) -> None:
        announce(self._page, said.text, is_urgent=said.is_urgent)
