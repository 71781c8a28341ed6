"""Widgets of a directory search: search field, result model and delegate, document buttons."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.keymap import KEYS
from console.shared.directory.hits import HitRow
from console.ui.buttons import ActionButton
from console.ui.labels import draw_pill, pill_size
from console.ui.paint import (
    draw_icon,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
    place_of,
    text_width,
)
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme
from kb.entries.attachments import Attachment
from kb.entries.entries import EntryKind
from kb.search.search import Marks


class SearchField(QLineEdit):
    """Search field with icon and shortcut; arrows, Tab and Enter control the results."""

    moved = Signal(int)
    taken = Signal()
    turned = Signal()
    kind_stepped = Signal(int)
    left_by_escape = Signal()

    def __init__(self, theme: Theme, placeholder: str, key: str = Key.SEARCH) -> None:
        super().__init__()
        self._theme = theme
        theme.dress(self, Sheet.LINE)
        theme.fit(self, lambda it: it.setFont(theme.font("field")))
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("search")))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._key = key
        theme.fit(self, lambda it: it.show_key(it.key))
        KEYS.changed.connect(self._keys_changed)
        theme.changed.connect(self.update)

    def _keys_changed(self) -> None:
        self.show_key(self._key)

    @property
    def key(self) -> str:
        """Shortcut that focuses the field."""
        return self._key

    def show_key(self, key: str) -> None:
        """Shows the shortcut at the right end."""
        self._key = key
        cap = round(keycap_size(self._theme, key).width())
        self.setTextMargins(self._theme.size("icon_button") + 8, 0, cap + 14, 0)
        self.update()

    def event(self, event: QEvent) -> bool:
        # Tab controls the results while the field has text, so it must not move the focus.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self.text()
        ):
            self.turned.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key if event.modifiers() & (
                Qt.KeyboardModifier.AltModifier
            ):
                self.kind_stepped.emit(1 if key == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_PageDown:
                self.moved.emit(4)
            case Qt.Key.Key_PageUp:
                self.moved.emit(-4)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier
            ):
                self.taken.emit()
            case Qt.Key.Key_Escape:
                self.left_by_escape.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        theme = self._theme
        size = theme.size("icon_button")
        middle = self.height() / 2
        draw_icon(
            painter,
            "magnifying-glass",
            QRectF(12, middle - size / 2, size, size),
            size,
            theme.colour("text-2"),
        )
        cap = keycap_size(theme, self._key)
        draw_keycap(
            painter,
            theme,
            self.width() - cap.width() - 10,
            middle,
            self._key,
            theme.colour("text-2"),
            theme.colour("line-control"),
        )


SHOWN = 2


class DocumentsStrip(QWidget):
    """At most two document buttons in a column; with more documents the second opens a menu."""

    opened = Signal(object)  # Attachment

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._documents: tuple[Attachment, ...] = ()
        self._buttons: list[ActionButton] = []
        self._menu = QMenu(self)
        theme.dress(self._menu, Sheet.MENU)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_documents(self, documents: Sequence[Attachment]) -> None:
        """Shows the documents; hidden if there are none."""
        if tuple(documents) == self._documents:
            return
        self._documents = tuple(documents)
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        alone = self._documents if len(self._documents) <= SHOWN else self._documents[: SHOWN - 1]
        for document in alone:
            button = self._button(document.title)
            button.setToolTip(document.title)
            button.setAccessibleName(self.tr("Open: %1").replace("%1", document.title))
            button.clicked.connect(lambda _checked=False, one=document: self.opened.emit(one))
        if len(alone) < len(self._documents):
            count = len(self._documents) - len(alone)
            more = self._button(self.tr("%n more document(s)", "", count))
            more.clicked.connect(lambda: self._ask(self._documents[len(alone) :], more))
        self.setVisible(bool(self._documents))

    def open_first(self) -> None:
        """Opens the document, or a menu if there are several."""
        if len(self._documents) == 1:
            self.opened.emit(self._documents[0])
        elif self._documents:
            self._ask(self._documents, self._buttons[0])

    def _button(self, text: str) -> ActionButton:
        key = "" if self._buttons else Key.DOCUMENT
        button = ActionButton(self._theme, text, key=key, icon="paperclip", small=True, elides=True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(button)
        self._buttons.append(button)
        return button

    def _ask(self, documents: Sequence[Attachment], beside: QWidget) -> None:
        self._menu.clear()
        for number, document in enumerate(documents, start=1):
            self._menu.addAction(
                f"&{number} {document.title}", lambda one=document: self.opened.emit(one)
            )
        self._menu.popup(beside.mapToGlobal(QPoint(0, beside.height())))


Index = QModelIndex | QPersistentModelIndex
Ink = tuple[QFont, QColor]

LEAST_CUT_PX = 80  # shorter text is unreadable
TITLE_AT, META_AT = 0.34, 0.72  # vertical centres of the two lines, relative to the row height

BADGES = {
    EntryKind.QUESTION: ("chat-text", "accent"),
    EntryKind.UNIT: ("bank", "ok"),
    EntryKind.SERVICE: ("files", "wrap"),
    EntryKind.PERSON: ("user", "ok"),
    EntryKind.TOPIC: ("folder", "wrap"),
}


class HitModel(QAbstractListModel):
    """Model of the results; with few rows a reset is the cheapest change."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[HitRow, ...] = ()

    def show_rows(self, rows: tuple[HitRow, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def row(self, index: Index) -> HitRow:
        return self._rows[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            meta = ", ".join(part.text for part in row.meta)
            heading = f"{row.heading}: " if row.heading else ""
            return f"{heading}{row.digit}. {row.title}. {row.badge}. {meta}"
        return None


class HitDelegate(QStyledItemDelegate):
    """Paints a hit: key, title with bold matches, kind badge, and details below.

    The first hit of a kind below the best hits has a heading.
    """

    def __init__(self, theme: Theme, model: HitModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = self._theme.size("hit_heading") if self._model.row(index).heading else 0
        return QSize(200, self._theme.size("row_hit") + heading)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        area, state = place_of(option)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if row.heading:
            height = theme.size("hit_heading")
            draw_text(
                painter,
                QRectF(area.left() + 20, area.top(), area.width() - 40, height),
                row.heading,
                theme.font("state"),
                theme.colour("text-3"),
            )
            area.setTop(area.top() + height)
        ground = area.adjusted(8, 1, -8, -1)
        if selected:
            fill_box(painter, ground, 6, theme.colour("selected"))
            fill_box(
                painter,
                QRectF(ground.left(), ground.top() + 6, 3, ground.height() - 12),
                1,
                theme.colour("accent"),
            )
        else:
            if state & QStyle.StateFlag.State_MouseOver:
                fill_box(painter, ground, 6, theme.colour("hover"))
            painter.fillRect(
                QRectF(area.left() + 20, area.bottom() - 1, area.width() - 40, 1),
                theme.colour("line"),
            )
        self._paint_row(painter, area, row, selected)
        painter.restore()

    def _paint_row(self, painter: QPainter, area: QRectF, row: HitRow, selected: bool) -> None:
        theme = self._theme
        top = area.top() + area.height() * TITLE_AT
        left = area.left() + 20
        ink = theme.colour("accent" if selected else "text-2")
        text_left = left
        if row.digit:
            draw_keycap(
                painter,
                theme,
                left,
                top,
                row.digit,
                ink,
                theme.colour("accent" if selected else "line-control"),
            )
            text_left += theme.size("keycap") + 12
        icon, kind = BADGES[row.kind]
        badge = pill_size(theme, row.badge, with_icon=True)
        badge_left = area.right() - 20 - badge.width()
        draw_pill(
            painter,
            theme,
            QRectF(badge_left, top - badge.height() / 2, badge.width(), badge.height()),
            row.badge,
            icon,
            "plain" if selected and kind == "accent" else kind,
        )
        line = theme.line_px("field") + 2
        _draw_marked(
            painter,
            QRectF(text_left, top - line / 2, badge_left - text_left - 8, line),
            row.title,
            row.marks,
            (theme.font("field"), theme.colour("text")),
            (theme.font("section"), theme.colour("text")),
        )
        left = text_left
        height = theme.line_px("label") + 2
        marked = QFont(theme.font("label"))
        marked.setWeight(theme.font("section").weight())
        size = theme.size("icon_meta")
        middle = area.top() + area.height() * META_AT
        right = area.right() - 20
        for part in row.meta:
            plain = theme.font("label" if part.role == "text-3" else "state")
            room = right - left - size - 5
            needed = _width(part.text, part.marks, plain, marked)
            if needed > room and (part.is_whole or room < LEAST_CUT_PX):
                continue
            colour = theme.colour(part.role)
            draw_icon(painter, part.icon, QRectF(left, middle - size / 2, size, size), size, colour)
            role = "text-2" if part.role == "text-3" and selected else part.role
            left += size + 5
            left += 14 + _draw_marked(
                painter,
                QRectF(left, middle - height / 2, right - left, height),
                part.text,
                part.marks,
                (plain, theme.colour(role)),
                (marked, theme.colour("text")),
            )


def _draw_marked(
    painter: QPainter, area: QRectF, text: str, marks: Marks, plain: Ink, strong: Ink
) -> float:
    """Draws the text with highlighted ranges, elided if necessary; returns its width in px."""
    left = area.left()
    for start, end, marked in _pieces(len(text), marks):
        piece = text[start:end]
        font, colour = strong if marked else plain
        room = area.right() - left
        width = text_width(font, piece)
        shown = QRectF(left, area.top(), min(width + 1, room), area.height())
        left += draw_text(painter, shown, piece, font, colour)
        if width > room:
            break
    return left - area.left()


def _width(text: str, marks: Marks, plain: QFont, strong: QFont) -> float:
    return sum(
        text_width(strong if marked else plain, text[start:end])
        for start, end, marked in _pieces(len(text), marks)
    )


def _pieces(length: int, marks: Marks) -> list[tuple[int, int, bool]]:
    pieces = []
    position = 0
    for start, end in sorted(marks):
        if start > position:
            pieces.append((position, start, False))
        if end > max(position, start):
            pieces.append((max(position, start), end, True))
        position = max(position, end)
    if position < length:
        pieces.append((position, length, False))
    return pieces
