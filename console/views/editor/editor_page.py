"""The page of the directory's editor: list, form, and what operators see of it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console import words
from console.presenters.entry_editor import EditorState, EntryEditorPresenter
from console.presenters.entry_list import EntryListPresenter
from console.presenters.proposals import ProposalsPresenter
from console.views.components.labels import Line, ThemedLabel
from console.views.editor.entry_form import EntryForm
from console.views.editor.entry_list import EntryListColumn
from console.views.editor.entry_side import EntrySide
from console.views.editor.proposals_view import ProposalsView
from console.views.theme import Theme
from kb.entries import EntryKind

WIDE_FROM_PX, HINT_FROM_PX, SIDE_FROM_PX = 1400, 1300, 1160
WIDE_COLUMNS_PX, USUAL_COLUMNS_PX = (352, 372), (288, 300)  # left, right


class EditorPage(QWidget):
    """Its own keys work while it has the focus; Esc goes from the form to the list, then away."""

    closed = Signal()
    files_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        entries: EntryListPresenter,
        editor: EntryEditorPresenter,
        proposals: ProposalsPresenter,
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
        self._proposals_presenter = proposals
        self._proposals = ProposalsView(theme, proposals, editor)
        self._shows_proposals = False
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
        page.addWidget(self._proposals)
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
        self._list.proposals_asked.connect(self.turn)
        self._list.files_asked.connect(self.files_asked)
        self._proposals.entries_asked.connect(self.turn)
        self._proposals_presenter.stored.connect(self._entries.reload)
        self._entries.listed.connect(self._editor.use_listing)

    def _make_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Ins": lambda: self._of_entries(self._ask_kind),
            "Ctrl+K": lambda: self._of_entries(self._editor.check_today),
            "Ctrl+F": lambda: self._of_entries(self._list.focus_search),
            "Alt+Z": lambda: self._of_entries(self._editor.discard),
            "Alt+X": self._close_or_decline,
            "Alt+M": lambda: self._of_entries(self._editor.move_to_newest),
            "Alt+R": lambda: self._of_entries(self._editor.restore),
            "Alt+P": self.turn,
            "Alt+I": self.files_asked.emit,
            "Alt+N": self._new_proposal,
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
        if self._shows_proposals:
            self._proposals_presenter.reload()
            self._proposals.begin()
        elif self._editor.state.entry_id:
            self._form.focus_first()
        else:
            self._list.focus_search()

    def show_rights(self) -> None:
        """Another person may work here now: show nothing of the one before."""
        self._editor.leave_to_another()
        may_edit = self._editor.may_edit()
        self._columns.setVisible(may_edit and not self._shows_proposals)
        self._proposals.setVisible(may_edit and self._shows_proposals)
        self._refusal.setVisible(not may_edit)

    def turn(self) -> None:
        """Change between the entries and the proposals."""
        self._shows_proposals = not self._shows_proposals
        self.open_page()

    def _of_entries(self, action: Callable[[], None]) -> None:
        """Keys of the entries do nothing while proposals are shown."""
        if not self._shows_proposals:
            action()

    def _close_or_decline(self) -> None:
        if self._shows_proposals:
            self._proposals.decline()
        else:
            self._form.close_today()

    def _new_proposal(self) -> None:
        if not self._shows_proposals:
            self.turn()
        self._proposals.begin()

    def focus_search(self) -> None:
        if self._shows_proposals:
            self.turn()
        self._list.focus_search()

    def publish(self) -> None:
        if self._shows_proposals:
            self._proposals.confirm()
        else:
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
        elif self._shows_proposals:
            self.turn()
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
