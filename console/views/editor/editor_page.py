"""The page of the directory's editor: list, form, and what operators see of it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console import words
from console.presenters.entry_editor import EditorState, EntryEditorPresenter
from console.presenters.entry_list import EntryListPresenter
from console.views.components.labels import Line, ThemedLabel
from console.views.editor.entry_form import EntryForm
from console.views.editor.entry_list import EntryListColumn
from console.views.editor.entry_side import EntrySide
from console.views.theme import Theme
from kb.entries import EntryKind

WIDE_FROM_PX, HINT_FROM_PX, SIDE_FROM_PX = 1400, 1300, 1160
WIDE_COLUMNS_PX, USUAL_COLUMNS_PX = (352, 372), (288, 300)  # left, right


class EditorPage(QWidget):
    """Its own keys work while it has the focus; Esc goes from the form to the list, then away."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        entries: EntryListPresenter,
        editor: EntryEditorPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._entries = entries
        self._editor = editor
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Directory"))
        self._list = EntryListColumn(theme, entries)
        self._form = EntryForm(theme, editor)
        self._side = EntrySide(theme, editor)
        self._refusal = ThemedLabel(theme, words.editing.not_allowed(), role="text-2")
        self._columns = QWidget()
        row = QHBoxLayout(self._columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._form, 1)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._side)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._columns)
        page.addWidget(self._refusal, 0, Qt.AlignmentFlag.AlignCenter)
        self._menu = QMenu(self)
        for number, kind in enumerate(EntryKind, start=1):
            text = f"&{number} {words.directory.entry_kind(kind)}"
            self._menu.addAction(text, lambda k=kind: self._create(k))
        self._connect()
        self._make_keys()

    def _connect(self) -> None:
        self._list.chosen.connect(self._editor.open)
        self._list.taken.connect(self._form.focus_first)
        self._list.new_asked.connect(self._ask_kind)
        self._editor.stored.connect(self._entries.reload)
        self._editor.changed.connect(self._show)
        self._entries.listed.connect(self._editor.use_listing)

    def _make_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Ins": self._ask_kind,
            "Ctrl+K": self._editor.check_today,
            "Ctrl+F": self._list.focus_search,
            "Alt+Z": self._editor.discard,
            "Alt+X": self._form.close_today,
            "Alt+M": self._editor.move_to_newest,
            "Alt+R": self._editor.restore,
        }
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(action)

    def open_page(self) -> None:
        """Read the entries anew and put the keyboard where it is needed next."""
        self.show_rights()
        if not self._editor.may_edit():
            self.setFocus()
            return
        self._entries.reload()
        if self._editor.state.entry_id:
            self._form.focus_first()
        else:
            self._list.focus_search()

    def show_rights(self) -> None:
        """Another person may work here now: show nothing of the one before."""
        self._editor.leave_to_another()
        self._columns.setVisible(self._editor.may_edit())
        self._refusal.setVisible(not self._editor.may_edit())

    def focus_search(self) -> None:
        self._list.focus_search()

    def publish(self) -> None:
        self._form.publish()

    def _ask_kind(self) -> None:
        if self._editor.may_edit():
            self._menu.popup(self._list.new.mapToGlobal(QPoint(0, self._list.new.height())))

    def _create(self, kind: EntryKind) -> None:
        self._editor.create(kind.value)
        self._form.focus_first()

    def _show(self, state: EditorState) -> None:
        self._list.show_chosen(state.entry_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._list.isAncestorOf(self.focusWidget() or self) or not self._has_form_focus():
            self._editor.keep_now()
            self.closed.emit()
        else:
            self._list.focus_list()

    def _has_form_focus(self) -> bool:
        focused = self.focusWidget()
        return focused is not None and (
            self._form.isAncestorOf(focused) or self._side.isAncestorOf(focused)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(720, 300)  # the columns fold before the window has to grow

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lists give way to the form; a narrow page has no room for what operators see."""
        super().resizeEvent(event)
        left, right = WIDE_COLUMNS_PX if self.width() >= WIDE_FROM_PX else USUAL_COLUMNS_PX
        self._list.setFixedWidth(left)
        self._side.setFixedWidth(right)
        self._side.setVisible(self.width() >= SIDE_FROM_PX)
        self._form.show_hint(self.width() >= HINT_FROM_PX)
