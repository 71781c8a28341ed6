"""Applies a new text size to all widgets: visible widgets immediately, hidden widgets later.

A hidden widget is updated in idle time, or when it is shown. At the end visible widgets are laid
out again, because the widest page limits the width of the others.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

Fitted = TypeVar("Fitted", bound=QObject)
"""Object whose size depends on the text size: a widget, a header or a layout."""

TURN_MS = 8  # time per turn for hidden objects
# Finds only QWidget children: for all children PySide would create Python objects for Qt's internal
# children, which takes 11 ms for a page.
OWN = Qt.FindChildOption.FindDirectChildrenOnly


class TextSizes(QObject):
    """Registers functions that set sizes, and runs them after a change of text size. GUI thread
    only.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fitted: WeakKeyDictionary[QObject, list[Callable[[Any], object]]]
        self._fitted = WeakKeyDictionary()
        self._stale: dict[QObject, int] = {}  # object to its position in the order of creation
        self._hidden: dict[QWidget, Iterator[None]] = {}  # remaining steps of hidden widgets
        self._is_settled = True
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    def fit(self, thing: Fitted, how: Callable[[Fitted], object]) -> None:
        """Calls ``how`` with the object now, and again after each change of the text size."""
        how(thing)
        self._fitted.setdefault(thing, []).append(how)

    @property
    def is_settled(self) -> bool:
        """Whether all objects have the current text size."""
        return self._is_settled

    def change(self) -> None:
        """Updates and lays out visible widgets immediately, hidden widgets in idle time."""
        self._is_settled = False
        self._turn.stop()
        for part in tuple(self._hidden):
            self._forget(part)
        # in order of creation, because containers measure their children
        self._stale = {thing: place for place, thing in enumerate(self._fitted)}
        while seen := [thing for thing in self._stale if _is_seen(thing)]:
            for thing in seen:  # one object may show or move another
                self._fit(thing)
        self._show_at_once(*QApplication.topLevelWidgets())
        self._turn.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Updates a hidden part that is shown before the idle-time update reached it."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            self._forget(watched)
            for thing in self._stale_in(watched):
                if _is_seen(thing):
                    self._fit(thing)
            self._show_at_once(watched)
        return False

    def _stale_in(self, part: QWidget) -> list[QObject]:
        inside = (part, *part.findChildren(QWidget), *part.findChildren(QLayout))
        stale = [thing for thing in inside if thing in self._stale]
        return sorted(stale, key=self._stale.__getitem__)

    def _show_at_once(self, *parts: QWidget) -> None:
        """Lays out the visible widgets of these parts; queues the hidden ones for an update in idle
        time or when shown.
        """
        seen, hidden = _split(parts)
        for part in hidden:
            if part not in self._hidden:
                self._hidden[part] = self._steps(part)
                part.installEventFilter(self)
        _lay_out(seen)

    def _fit(self, thing: QObject) -> None:
        if self._stale.pop(thing, None) is None:
            return  # already updated
        for how in self._fitted.get(thing, ()):
            if isValid(thing):
                how(thing)

    def _go_on(self) -> None:
        """Updates hidden parts for ``TURN_MS``; after the last one lays out the visible parts
        again.
        """
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < TURN_MS:
            part = next(iter(self._hidden), None)
            if part is None:
                self._end()
                return
            if not isValid(part) or next(self._hidden[part], self) is self:
                self._forget(part)

    def _end(self) -> None:
        self._turn.stop()
        for thing in tuple(self._stale):  # moved to another parent since then
            self._fit(thing)
        self._is_settled = True
        _ask_for_room(_split(QApplication.topLevelWidgets())[0])

    def _steps(self, part: QWidget) -> Iterator[None]:
        """Updates all objects in a hidden part and marks the part for layout when it is shown."""
        for thing in self._stale_in(part):
            self._fit(thing)
            yield
        if isValid(part):
            yield from _lay_out_later(part)

    def _forget(self, part: QWidget) -> None:
        if self._hidden.pop(part, None) is not None and isValid(part):
            part.removeEventFilter(self)


def _split(parts: Iterable[QWidget]) -> tuple[list[QWidget], list[QWidget]]:
    """Returns the visible widgets of these trees, and the topmost hidden ones."""
    seen: list[QWidget] = []
    hidden: list[QWidget] = []
    left = list(parts)
    while left:
        part = left.pop()
        if part.isHidden():
            hidden.append(part)
            continue
        seen.append(part)
        left += [child for child in part.findChildren(QWidget, options=OWN) if not child.isWindow()]
    return seen, hidden


def _is_seen(thing: QObject) -> bool:
    if not isValid(thing):
        return False
    widget = thing.parentWidget() if isinstance(thing, QLayout) else thing
    return isinstance(widget, QWidget) and widget.isVisible()


def _lay_out(widgets: list[QWidget]) -> None:
    """Invalidates size hints and lays out each widget within its current size."""
    _ask_for_room(widgets)
    for widget in widgets:
        if isinstance(widget, QAbstractItemView):
            widget.scheduleDelayedItemsLayout()
        elif isinstance(widget, QScrollArea):
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest))
    for widget in widgets:
        if isValid(widget):
            QApplication.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))


def _lay_out_later(part: QWidget) -> Iterator[None]:
    widgets = [part, *part.findChildren(QWidget)]
    _ask_for_room(widgets)
    for widget in widgets:
        widget.setAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent)
    yield
    for widget in widgets:
        if not isValid(widget):
            continue
        if isinstance(widget, QAbstractItemView):
            widget.scheduleDelayedItemsLayout()
        elif isinstance(widget, QScrollArea):
            # a hidden scroll area does not receive size changes of its content
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest))
            yield


def _ask_for_room(widgets: list[QWidget]) -> None:
    for widget in widgets:
        layout = widget.layout()
        if layout is not None:
            # nested layouts too; their widgets do not invalidate them
            for one in (layout, *layout.findChildren(QLayout)):
                one.invalidate()
    for widget in widgets:
        widget.updateGeometry()
