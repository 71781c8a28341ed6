"""The paragraphs of the regulation beside the work: ours in a line, the city's text in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console import words
from sync.register.regulation.paragraphs import PARAGRAPHS, in_order, paragraph_of


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """One paragraph: its mark, and what it says in one line."""

    number: str
    heading: str
    summary: str


@dataclass(frozen=True, slots=True)
class ParagraphsState:
    """What the panel shows; ``place`` tells where in the regulation that is."""

    shown: tuple[ShownParagraph, ...] = ()
    place: str = ""


class ParagraphsPresenter(QObject):
    """Which paragraphs are open; of the GUI thread."""

    changed = Signal(object)  # ParagraphsState
    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers: tuple[str, ...] = ()
        self._state = ParagraphsState()

    @property
    def state(self) -> ParagraphsState:
        return self._state

    def open(self, numbers: Sequence[str]) -> None:
        """Open these paragraphs; without any, where it was read last, or the beginning."""
        self._show(in_order(numbers) or self._numbers or PARAGRAPHS[:1])
        self.opened.emit()

    def go(self, steps: int) -> None:
        """Turn to the paragraph that stands so many further on, or back with a minus."""
        if not self._numbers:
            return
        from_number = self._numbers[-1] if steps > 0 else self._numbers[0]
        place = PARAGRAPHS.index(paragraph_of(from_number)) + steps
        if 0 <= place < len(PARAGRAPHS):
            self._show((PARAGRAPHS[place],))

    def close(self) -> None:
        self.closed.emit()

    def _show(self, numbers: tuple[str, ...]) -> None:
        self._numbers = numbers
        self._state = ParagraphsState(
            shown=tuple(
                ShownParagraph(
                    number, words.regulation.heading(number), words.regulation.summary(number)
                )
                for number in numbers
            ),
            place=words.regulation.place(
                PARAGRAPHS.index(paragraph_of(numbers[0])) + 1, len(PARAGRAPHS)
            ),
        )
        self.changed.emit(self._state)
