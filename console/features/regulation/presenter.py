"""Presenter of the Regulation panel: clause summaries, the city's text, editions, navigation.

GUI thread only. Without an imported text the panel shows the summaries only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from console.core import regulation_words
from console.shared.texts.ground_words import Cited
from sync.register.regulation import (
    PARAGRAPHS,
    Edition,
    Editions,
    is_named,
    is_paragraph,
    order_of,
    paragraph_of,
)


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """Clause of the Regulation with its number, one-line summary, and the city's text.

    ``edition`` is the heading of a clause that is shown in a specific edition.
    """

    number: str
    heading: str
    summary: str
    text: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphsState:
    """View state of the panel; ``edition`` names the source of the text, or states that there is
    none.
    """

    shown: tuple[ShownParagraph, ...] = ()
    place: str = ""
    edition: str = ""


class ParagraphsPresenter(QObject):
    """Presenter of the open clauses in their editions. GUI thread only."""

    changed = Signal(object)  # ParagraphsState
    edition_changed = Signal(str)  # name of the edition valid for decisions
    opened = Signal()
    closed = Signal()

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._cited: tuple[Cited, ...] = ()
        self._editions = Editions()
        self._told_edition = ""
        self._is_unreadable = False
        self._state = ParagraphsState()

    @property
    def state(self) -> ParagraphsState:
        return self._state

    @property
    def editions(self) -> Editions:
        return self._editions

    @property
    def edition(self) -> Edition | None:
        """Edition valid today; None if no text was imported."""
        return self._editions.on(self._today())

    @property
    def edition_text(self) -> str:
        """Name of the edition valid today; empty if no text was imported."""
        edition = self.edition
        if edition is None:
            return ""
        return regulation_words.edition(edition.name, edition.in_force_from)

    def set_editions(self, editions: Editions) -> None:
        """Sets the city's editions of the Regulation after they were read."""
        self._editions, self._is_unreadable = editions, False
        if self.edition_text != self._told_edition:
            self._told_edition = self.edition_text
            self.edition_changed.emit(self._told_edition)
        self._show_again()

    def tell_unreadable(self) -> None:
        """Shows that the file with the text is unusable; the text that was read earlier remains."""
        self._is_unreadable = True
        self._show_again()

    def open(self, numbers: Sequence[str]) -> None:
        """Opens these clauses; if there are none, the clauses shown last, or the first clause of
        the Regulation.
        """
        self.open_cited([Cited(number) for number in numbers])

    def open_cited(self, cited: Sequence[Cited]) -> None:
        """Opens clauses in the editions under which decisions were taken."""
        named = tuple(dict.fromkeys(one for one in cited if is_named(one.number)))
        self._cited = named or self._cited or (Cited(PARAGRAPHS[0]),)
        self._show_again()
        self.opened.emit()

    def go(self, steps: int) -> None:
        """Moves by this number of clauses; a negative number moves back."""
        if not self._cited:
            return
        order = self._order()
        beside = self._cited[-1] if steps > 0 else self._cited[0]
        place = order.index(paragraph_of(beside.number)) + steps
        if 0 <= place < len(order):
            self._cited = (Cited(order[place], beside.edition),)
            self._show_again()

    def close(self) -> None:
        self.closed.emit()

    def _order(self) -> tuple[str, ...]:
        """Returns all clause numbers in order: those of the product, and those that only the city's
        texts contain.
        """
        of_city = (one.number for each in self._editions.editions for one in each.provisions)
        return tuple(sorted({*PARAGRAPHS, *of_city}, key=order_of))

    def _show_again(self) -> None:
        if not self._cited:
            return
        order = self._order()
        place = order.index(paragraph_of(self._cited[0].number)) + 1
        state = ParagraphsState(
            shown=tuple(map(self._shown, self._cited)),
            place=regulation_words.place(place, len(order)),
            edition=self._edition_words(),
        )
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    def _shown(self, cited: Cited) -> ShownParagraph:
        number = cited.number
        edition = self._editions.named(cited.edition) if cited.edition else self.edition
        text = "" if edition is None else edition.text_of(number)
        if edition is not None and not text:
            text = regulation_words.not_in_edition()
        elif edition is None and cited.edition:
            text = regulation_words.edition_not_here()
        return ShownParagraph(
            number,
            regulation_words.heading(number),
            regulation_words.summary(number) if is_paragraph(paragraph_of(number)) else "",
            text,
            regulation_words.by_edition(cited.edition) if cited.edition else "",
        )

    def _edition_words(self) -> str:
        if self._is_unreadable:
            return regulation_words.unreadable()
        edition = self.edition
        if edition is None:
            return regulation_words.no_edition()
        is_other = any(one.edition not in ("", edition.name) for one in self._cited)
        text = self.edition_text
        return regulation_words.now_in_force(text) if is_other else text
