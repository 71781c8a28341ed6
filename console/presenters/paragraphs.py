"""The paragraphs of the regulation beside the work: ours in a line, the city's text in full."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from console import words
from sync.register.regulation.edition import Edition, Editions
from sync.register.regulation.paragraphs import (
    PARAGRAPHS,
    in_order,
    is_paragraph,
    order_of,
    paragraph_of,
)


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """One paragraph: its mark, what it says in one line, and the city's text of it."""

    number: str
    heading: str
    summary: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphsState:
    """What the panel shows; ``edition`` tells whose text that is, or that there is none."""

    shown: tuple[ShownParagraph, ...] = ()
    place: str = ""
    edition: str = ""


class ParagraphsPresenter(QObject):
    """Which paragraphs are open, and in which edition; of the GUI thread."""

    changed = Signal(object)  # ParagraphsState
    opened = Signal()
    closed = Signal()

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._numbers: tuple[str, ...] = ()
        self._editions = Editions()
        self._is_unreadable = False
        self._state = ParagraphsState()

    @property
    def state(self) -> ParagraphsState:
        return self._state

    @property
    def edition(self) -> Edition | None:
        """The edition in force today, where the city's text was imported."""
        return self._editions.on(self._today())

    def set_editions(self, editions: Editions) -> None:
        """The city's text as it was read, or read again."""
        self._editions, self._is_unreadable = editions, False
        self._show_again()

    def tell_unreadable(self) -> None:
        """The file with the city's text cannot be used; what was read before stays."""
        self._is_unreadable = True
        self._show_again()

    def open(self, numbers: Sequence[str]) -> None:
        """Open these paragraphs; without any, where it was read last, or the beginning."""
        self._numbers = in_order(numbers) or self._numbers or PARAGRAPHS[:1]
        self._show_again()
        self.opened.emit()

    def go(self, steps: int) -> None:
        """Turn to the paragraph that stands so many further on, or back with a minus."""
        if not self._numbers:
            return
        order = self._order()
        from_number = self._numbers[-1] if steps > 0 else self._numbers[0]
        place = order.index(paragraph_of(from_number)) + steps
        if 0 <= place < len(order):
            self._numbers = (order[place],)
            self._show_again()

    def close(self) -> None:
        self.closed.emit()

    def _order(self) -> tuple[str, ...]:
        """The numbers that the program knows, and those that only the city's text has."""
        edition = self.edition
        if edition is None:
            return PARAGRAPHS
        known = {*PARAGRAPHS, *(one.number for one in edition.provisions)}
        return tuple(sorted(known, key=order_of))

    def _show_again(self) -> None:
        if not self._numbers:
            return
        edition, order = self.edition, self._order()
        place = order.index(paragraph_of(self._numbers[0])) + 1
        state = ParagraphsState(
            shown=tuple(self._shown(number, edition) for number in self._numbers),
            place=words.regulation.place(place, len(order)),
            edition=self._edition_words(edition),
        )
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    def _shown(self, number: str, edition: Edition | None) -> ShownParagraph:
        text = "" if edition is None else edition.text_of(number)
        if edition is not None and not text:
            text = words.regulation.not_in_edition()
        summary = words.regulation.summary(number) if is_paragraph(paragraph_of(number)) else ""
        return ShownParagraph(number, words.regulation.heading(number), summary, text)

    def _edition_words(self, edition: Edition | None) -> str:
        if self._is_unreadable:
            return words.regulation.unreadable()
        if edition is None:
            return words.regulation.no_edition()
        return words.regulation.edition(edition.name, edition.in_force_from)
