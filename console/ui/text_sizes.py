"""Applies a new text size to all widgets: visible widgets at once, hidden widgets later.

A hidden widget is updated in idle time, or when it is shown. Then visible widgets are laid out
again, because the widest page limits the width of the others.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

Fitted = TypeVar("Fitted", bound=QObject)
"""What has a size of its own: a widget, a header, a layout."""

TURN_MS = 8  # of hidden things in one go
# Asked for widgets alone: of all that Qt has made in them itself the binding makes objects of
# Python when they are asked for the first time, 11 ms for a page.
OWN = Qt.FindChildOption.FindDirectChildrenOnly


class TextSizes(QObject):
    """Belongs to the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fitted: WeakKeyDictionary[QObject, list[Callable[[Any], object]]]
        self._fitted = WeakKeyDictionary()
        self._stale: dict[QObject, int] = {}  # with its place in the order
        self._hidden: dict[QWidget, Iterator[None]] = {}  # with what is left to do for them
        self._is_settled = True
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    def fit(self, thing: Fitted, how: Callable[[Fitted], object]) -> None:
        """Do this with the thing now, and again whenever the size of the text changes."""
        how(thing)
        self._fitted.setdefault(thing, []).append(how)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left in the size of before."""
        return self._is_settled

    def change(self) -> None:
        """Fit and lay out what is seen at once, and the others in time."""
        self._is_settled = False
        self._turn.stop()
        for part in tuple(self._hidden):
            self._forget(part)
        # in the order in which they were made: what holds others measures them
        self._stale = {thing: place for place, thing in enumerate(self._fitted)}
        while seen := [thing for thing in self._stale if _is_seen(thing)]:
            for thing in seen:  # one of them may show or move another
                self._fit(thing)
        self._show_at_once(*QApplication.topLevelWidgets())
        self._turn.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is shown a part that has still the size of before."""
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
        """Lay out what is seen of these; what is hidden waits for its turn, or to be shown."""
        seen, hidden = _split(parts)
        for part in hidden:
            if part not in self._hidden:
                self._hidden[part] = self._steps(part)
                part.installEventFilter(self)
        _lay_out(seen)

    def _fit(self, thing: QObject) -> None:
        if self._stale.pop(thing, None) is None:
            return  # by another one
        for how in self._fitted.get(thing, ()):
            if isValid(thing):
                how(thing)

    def _go_on(self) -> None:
        """A few of the hidden ones; when none is left, what is seen takes the room that is left."""
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
        for thing in tuple(self._stale):  # it has left its part meanwhile
            self._fit(thing)
        self._is_settled = True
        _ask_for_room(_split(QApplication.topLevelWidgets())[0])

    def _steps(self, part: QWidget) -> Iterator[None]:
        """Fit all that is in a hidden part, then let it be laid out anew when it is shown."""
        for thing in self._stale_in(part):
            self._fit(thing)
            yield
        if isValid(part):
            yield from _lay_out_later(part)

    def _forget(self, part: QWidget) -> None:
        if self._hidden.pop(part, None) is not None and isValid(part):
            part.removeEventFilter(self)


def _split(parts: Iterable[QWidget]) -> tuple[list[QWidget], list[QWidget]]:
    """What is seen in these and themselves, and each hidden one, which hides all that is in it."""
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
    """Each asks for the room that it needs now, and places what it holds by its own width."""
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
            # one that is hidden is asked by nobody how large what it holds has become
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest))
            yield


def _ask_for_room(widgets: list[QWidget]) -> None:
    for widget in widgets:
        layout = widget.layout()
        if layout is not None:
            # the inner ones too, of which their widgets do not know
            for one in (layout, *layout.findChildren(QLayout)):
                one.invalidate()
    for widget in widgets:
        widget.updateGeometry()
