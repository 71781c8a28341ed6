"""Layout helpers: file dialogs, free positions, page stack, scrolling to the focus, widgets created
on first use.

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
    """Opens a dialog to select a file and calls ``save`` with its path; the dialog asks before
    replacing a file.

    ``file`` is the suggested folder and name.
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
    """Opens a file dialog without blocking; the dialog is deleted when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    theme.dress(dialog, Sheet.WINDOW)
    # Without a window manager the keyboard focus would remain on the closed dialog.
    dialog.finished.connect(parent.window().activateWindow)
    dialog.open()


GAP_PX = 8


def free_place(wanted: QRect, room: QRect, kept: Sequence[QRect]) -> QRect | None:
    """Returns the position closest to ``wanted``, moved up or down, that is inside ``room`` and
    does not overlap ``kept``.

    None if there is no such position.
    """
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
    """Returns the rectangles of the keyboard focus in host coordinates: the focused field, then its
    cursor line.

    For a list it is the current row. Empty if the focus is outside the host, not visible, or on a
    page as a whole.
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
    """Page stack without height-for-width.

    With height-for-width Qt would query every page that was ever shown at each intermediate width:
    with all pages created, a page change took 90 ms instead of 11.
    """

    def hasHeightForWidth(self) -> bool:
        return False


SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}

EDGE_PX = 12  # margin above and below the scroll target


def scrolls(area: QScrollArea, event: QKeyEvent) -> bool:
    """Scrolls the area if the key is a scroll key; returns whether it is one."""
    action = SCROLLS.get(event.key())
    if action is not None:
        area.verticalScrollBar().triggerAction(action)
    return action is not None


def scrolled(theme: Theme, inside: QWidget) -> QScrollArea:
    """Returns a frameless scroll area around ``inside`` that cannot have the keyboard focus; the
    content can.
    """
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    theme.dress_area(area)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.setAutoFillBackground(False)  # setWidget has enabled it
    return area


def keep_in_sight(focused: QWidget | None) -> None:
    """Scrolls the surrounding areas after they shrank, so that the focused widget or list row is
    visible.
    """
    if isinstance(focused, QAbstractItemView):
        focused.scrollTo(focused.currentIndex())
    around = focused
    while around is not None and focused is not None:
        if isinstance(around, QScrollArea) and around is not focused:
            around.ensureWidgetVisible(focused)
        around = around.parentWidget()


class CaretInSight(QObject):
    """Keeps the focused field of a scroll area visible when the focus moves or the form grows.

    Qt itself scrolls only to fields that are reached with Tab.
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
            # The form may still grow because of the focus change.
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
            self._area.ensureWidgetVisible(focused, 0, EDGE_PX)  # scrolls to the cursor


# Qt posts layout and repaint requests as events, and paints an earlier requested frame before it
# handles them: a new page would be painted in its old layout, and completely again in the next
# frame.
_BEFORE_A_FRAME = (QEvent.Type.LayoutRequest, QEvent.Type.UpdateLater)


class WholeFrames(QObject):
    """Applies pending layouts of a window before each paint."""

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
    """Placeholder for a widget that is created on first use; can be stored and compared before
    that.

    The widget reads the current state from its presenter when it is created. GUI thread only.
    """

    def __init__(self, make: Callable[[], PartT_co]) -> None:
        self._make = make
        self._made: PartT_co | None = None
        self._waiting: list[Callable[[PartT_co], object]] = []

    @property
    def widget(self) -> PartT_co:
        """The widget, which is created on first access."""
        if self._made is None:
            self._made = made = self._make()
            for do in self._waiting:
                do(made)
            self._waiting.clear()
        return self._made

    @property
    def made(self) -> PartT_co | None:
        """The widget, or None if it is not created yet."""
        return self._made

    @property
    def is_shown(self) -> bool:
        """Whether the widget is visible; does not create it."""
        return self._made is not None and self._made.isVisible()

    def when_made(self, do: Callable[[PartT_co], object]) -> None:
        """Calls ``do`` with the widget: immediately if the widget exists, or else when it is
        created.
        """
        if self._made is None:
            self._waiting.append(do)
        else:
            do(self._made)
