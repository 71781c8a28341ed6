"""Layout helpers: file dialogs, free positions, page stack, scrolling to focus, lazy widgets.

``WholeFrames`` finishes the layout of a window before each paint.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

from console.ui.style_sheets import Sheet
from console.ui.theme import Theme


def ask_for_file(
    theme: Theme,
    parent: QWidget,
    title: str,
    file: Path,
    save: Callable[[Path], None],
    ending: str = ".xlsx",
) -> None:
    """Ask where a file is to be, and let it be written there; asks before it replaces one.

    ``file`` is the place and name that are offered.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.setNameFilter(f"*{ending}")
    dialog.setDirectory(str(file.parent))
    dialog.selectFile(file.name)
    dialog.fileSelected.connect(lambda path: save(Path(path)))
    open_file_dialog(theme, dialog, parent)


def open_file_dialog(theme: Theme, dialog: QFileDialog, parent: QWidget) -> None:
    """Show a file window, which goes for good once it is answered."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    theme.dress(dialog, Sheet.WINDOW)
    # Where no window manager does it, the keyboard would stay with the window that has gone.
    dialog.finished.connect(parent.window().activateWindow)
    dialog.open()


GAP_PX = 8


def free_place(wanted: QRect, room: QRect, kept: Sequence[QRect]) -> QRect | None:
    """The place nearest to the wanted one, above or below, that lies in the room and over none of
    those kept; None where there is no such place."""
    tops = [wanted.top()]
    for rect in kept:
        tops += [rect.top() - GAP_PX - wanted.height(), rect.bottom() + 1 + GAP_PX]
    places = [QRect(QPoint(wanted.left(), top), wanted.size()) for top in tops]
    free = [
        place
        for place in places
        if room.contains(place) and not any(place.intersects(rect) for rect in kept)
    ]
    return min(free, key=lambda place: abs(place.top() - wanted.top()), default=None)


def places_with_keyboard(host: QWidget) -> tuple[QRect, ...]:
    """What of the host has the keyboard: a whole field, then the line of its caret alone.

    Of a list it is the row that is chosen. Empty where the keyboard is nowhere in the host, where
    nothing of it is in sight, or where a whole page has it.
    """
    focused = QApplication.focusWidget()
    if focused is None or focused is host or not host.isAncestorOf(focused):
        return ()
    seen = focused.visibleRegion().boundingRect()
    if seen.isEmpty():
        return ()
    match focused:
        case QTextEdit() | QPlainTextEdit():
            line = focused.cursorRect().translated(focused.viewport().pos())
            areas = [seen, QRect(0, line.top(), focused.width(), line.height()) & seen]
        case QAbstractItemView():
            row = focused.visualRect(focused.currentIndex())
            areas = [row.translated(focused.viewport().pos()) & seen]
        case QLineEdit() | QAbstractButton() | QComboBox():
            areas = [seen]
        case _:
            areas = []
    return tuple(
        QRect(focused.mapTo(host, area.topLeft()), area.size()) for area in areas if area.isValid()
    )


class PageStack(QStackedWidget):
    """Takes the height that is left, and asks no page how high it would be at which width.

    Qt would ask every page that was ever shown, at each width that a change of pages goes through:
    with all pages made a change took 90 ms in place of 11.
    """

    def hasHeightForWidth(self) -> bool:
        return False


SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}

EDGE_PX = 12  # above and below what is scrolled to


def scrolls(area: QScrollArea, event: QKeyEvent) -> bool:
    """Whether it is a key that scrolls, which has scrolled the area then."""
    action = SCROLLS.get(event.key())
    if action is not None:
        area.verticalScrollBar().triggerAction(action)
    return action is not None


def scrolled(theme: Theme, inside: QWidget) -> QScrollArea:
    """An area without a frame that takes no keyboard itself: the page has it, or a field inside."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    theme.dress_area(area)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.setAutoFillBackground(False)  # which the area has just turned on
    return area


def keep_in_sight(focused: QWidget | None) -> None:
    """Scroll whatever has become lower to what has the keyboard there."""
    if isinstance(focused, QAbstractItemView):
        focused.scrollTo(focused.currentIndex())
    around = focused
    while around is not None and focused is not None:
        if isinstance(around, QScrollArea) and around is not focused:
            around.ensureWidgetVisible(focused)
        around = around.parentWidget()


class CaretInSight(QObject):
    """Keeps the field with the keyboard in sight, however it came there and whatever grows above.

    Qt scrolls to a field that Tab has led to, and to no other.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        for grows in (area.viewport(), area.widget()):
            grows.installEventFilter(self)

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._area.isAncestorOf(now):
            # The form may still be growing for what has brought the keyboard here.
            QTimer.singleShot(0, self, self._scroll)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._scroll)
        return False

    def _scroll(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self._area.isAncestorOf(focused):
            return
        room_px = self._area.viewport().height()
        if focused.height() + 2 * EDGE_PX <= room_px:
            middle = focused.mapTo(self._area.widget(), focused.rect().center())
            self._area.ensureVisible(0, middle.y(), 0, focused.height() // 2 + EDGE_PX)
        else:
            self._area.ensureWidgetVisible(focused, 0, EDGE_PX)  # the caret in it


# Qt asks for the painting of what was shown by events, as it does for the layout. A frame that was
# asked for before overtakes them: a page that has just been turned to was painted in it as it lay
# before, and once more in the next one, from its first row to its last.
_BEFORE_A_FRAME = (QEvent.Type.LayoutRequest, QEvent.Type.UpdateLater)


class WholeFrames(QObject):
    """Has a window laid out before it is painted, however its events stand in line."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest:
            for kind in _BEFORE_A_FRAME:
                QCoreApplication.sendPostedEvents(None, kind.value)
        return False


PartT_co = TypeVar("PartT_co", bound=QWidget, covariant=True)


class Later(Generic[PartT_co]):
    """Stands for the part from the beginning, so that it can be named and compared unmade.

    What the part missed until then it reads from its presenter. GUI thread only.
    """

    def __init__(self, make: Callable[[], PartT_co]) -> None:
        self._make = make
        self._made: PartT_co | None = None
        self._waiting: list[Callable[[PartT_co], object]] = []

    @property
    def widget(self) -> PartT_co:
        """The part itself; asking for it makes it."""
        if self._made is None:
            self._made = made = self._make()
            for do in self._waiting:
                do(made)
            self._waiting.clear()
        return self._made

    @property
    def made(self) -> PartT_co | None:
        """The part where it is there already."""
        return self._made

    @property
    def is_shown(self) -> bool:
        """Whether it is on the screen; to ask that makes nothing."""
        return self._made is not None and self._made.isVisible()

    def when_made(self, do: Callable[[PartT_co], object]) -> None:
        """Do this with the part: at once where it is there, else as soon as it is made."""
        if self._made is None:
            self._waiting.append(do)
        else:
            do(self._made)
