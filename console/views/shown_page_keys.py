"""Keys that do on each page what belongs to it, and lead to no other page."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.keys.defaults import Key
from console.views.desk_columns import DeskColumns
from console.views.desk_presenters import DeskPresenters
from console.views.key_reasons import KeyReasons


class ShownPageKeys(QObject):
    """Binds to the desk what is done with the page that is shown, or with what stands beside it."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        reasons: KeyReasons,
    ) -> None:
        super().__init__(page)
        self._presenters = presenters
        self._columns = columns
        keys: dict[Key, Callable[[], object]] = {
            Key.NEXT_FINDING: self._next_finding,
            Key.DOCUMENT: self._open_document,
            Key.LINK: self._link_or_look,
            Key.CONCERNED: self._ask_concerned,
            Key.PUT_ASIDE: self._put_aside,
        }
        for key, action in keys.items():
            reasons.bind(key, action)
        for digit in range(1, 10):
            reasons.bind(f"Alt+{digit}", partial(self._choose_by_digit, digit - 1))

    def _choose_by_digit(self, place: int) -> None:
        """What is shown: a decision, a list of the answers, a finding of the message, or a hit."""
        if self._columns.current is self._columns.review:
            self._columns.review.widget.press_digit(place + 1)
        elif self._columns.current is self._columns.answers:
            self._columns.answers.widget.go_to(place + 1)
        elif self._columns.current is self._columns.settings:
            self._columns.settings.widget.go_to(place + 1)
        elif self._columns.checks.is_shown:
            self._columns.checks.widget.choose(place)
        else:
            self._presenters.directory.accept(place)

    def _next_finding(self) -> None:
        if self._columns.current is self._columns.review:
            self._columns.review.widget.next_finding()
        else:
            if self._columns.is_over:
                self._columns.show_right(self._columns.checks)
            self._columns.checks.widget.choose_next()

    def _open_document(self) -> None:
        """Of the hit, or of the topic of the message that is worked on."""
        page = self._columns.current
        if self._columns.checks.is_shown:
            self._columns.checks.widget.open_document()
        elif page is self._columns.review:
            self._columns.review.widget.message.open_document()
        elif page is self._columns.answers:
            self._columns.answers.widget.open_document()
        else:
            self._columns.panel.widget.open_document()

    def _link_or_look(self) -> None:
        """Alt+L: link the call looked up, the notice of a review, or the next known message."""
        page = self._columns.current
        if page is self._columns.look_up:
            self._presenters.look_up.link_call()
        elif page is self._columns.review:
            self._columns.review.widget.show_notice()
        else:
            self._columns.checks.widget.near.choose_next()

    def _ask_concerned(self) -> None:
        if self._columns.current is self._columns.card:
            self._columns.card.widget.ask_concerned()

    def _put_aside(self) -> None:
        """Ctrl+D: the card into the drafts; of a message, the call to what is known already."""
        if self._columns.current is self._columns.message:
            self._columns.checks.widget.near.link()
        if self._columns.current is self._columns.card:
            self._presenters.desk.put_aside()
