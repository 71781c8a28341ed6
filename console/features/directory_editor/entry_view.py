"""Form of a directory entry with its documents, notices, edit conflicts, and publishing."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.core.text_difference import Comparison
from console.features.directory_editor import words as directory_editor_words
from console.features.directory_editor.entry import EntryEditorPresenter
from console.features.directory_editor.entry_state import EditorState
from console.features.directory_editor.fields_view import EntryFields
from console.features.directory_editor.publishing import PersonalDataPresenter
from console.shared.directory import words as directory_words
from console.shared.directory.documents import EntryDocumentsPresenter, EntryDocumentsState
from console.shared.directory.hits_view import BADGES
from console.ui.buttons import ActionButton, Tone
from console.ui.fields import FieldRow, lay_out_form
from console.ui.labels import ElidedLabel, KeyHint, KeyLabel, Pill, ThemedLabel
from console.ui.layout import PageStack, open_file_dialog
from console.ui.notices import IconSpot
from console.ui.paint import fill_box
from console.ui.read_text import ComparedText
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme
from kb.entries.attachments import Attachment, AttachmentKind
from kb.entries.entries import EntryKind


class DocumentsRow(QWidget):
    """Row of the entry's documents: a line for each, and the button that attaches another."""

    def __init__(self, theme: Theme, presenter: EntryDocumentsPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._lines: list[QWidget] = []
        self._shown: tuple[Attachment, ...] = ()
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._why_not = ThemedLabel(theme, role="text-2", wrap=True)
        self._add = ActionButton(theme, self.tr("Attach a file"), key=Key.ATTACH, icon="paperclip")
        self._add.clicked.connect(self.ask_kind)
        self._column.addWidget(self._why_not)
        self._column.addWidget(self._add)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._row = FieldRow(theme, self.tr("Files"), body)
        row.addWidget(self._row)
        self._menu = QMenu(self)
        theme.dress(self._menu, Sheet.MENU)
        for number, kind in enumerate(AttachmentKind, start=1):
            text = f"&{number} {directory_words.kind(kind)}"
            self._menu.addAction(text, partial(self._choose_file, kind))
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def set_narrow(self, is_narrow: bool) -> None:
        """Puts the row's label above the files if the form is narrow."""
        self._row.set_narrow(is_narrow)

    def ask_kind(self) -> None:
        """Asks for the kind of the document, then for its file."""
        if self._presenter.state.may_change:
            self._menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def _choose_file(self, kind: AttachmentKind) -> None:
        dialog = QFileDialog(self, directory_words.kind(kind))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(directory_words.name_filter())
        dialog.fileSelected.connect(lambda path: self._presenter.attach(kind, Path(path)))
        open_file_dialog(self._theme, dialog, self)

    def _show(self, state: EntryDocumentsState) -> None:
        self._why_not.setText(state.why_not)
        self._why_not.setVisible(bool(state.why_not))
        self._add.setVisible(not state.why_not)
        self._add.setEnabled(state.may_change)
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(one, may_close=state.may_change) for one in state.documents]
        for number, line in enumerate(self._lines):
            self._column.insertWidget(number, line)

    def _line(self, document: Attachment, *, may_close: bool) -> QWidget:
        theme = self._theme
        open_it = ActionButton(theme, document.title, icon="paperclip", small=True, elides=True)
        open_it.setToolTip(document.file_name)
        open_it.setAccessibleName(self.tr("Open: %1").replace("%1", document.title))
        open_it.clicked.connect(lambda: self._presenter.open(document))
        close = ActionButton(theme, self.tr("Close"), icon="minus-circle", small=True)
        close.setAccessibleName(self.tr("Close: %1").replace("%1", document.title))
        close.setToolTip(self.tr("From today the document is hidden from everyone but kept"))
        close.clicked.connect(lambda: self._presenter.close(document))
        close.setEnabled(may_close)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(open_it)
        kind = directory_words.kind(document.kind)
        row.addWidget(ThemedLabel(theme, kind, style="label", role="text-2"))
        row.addStretch(1)
        row.addWidget(close)
        return line


NARROW_PX = 470  # form width; below it labels are above the fields
AROUND_FOOT_PX = 60  # margins of the form and gaps between its buttons
_GROUNDS = {"warn": "warn-soft", "danger": "danger-soft", "text-2": "neutral-soft"}


class EntryForm(QWidget):
    """Form of one entry; without an entry it shows how to open one."""

    def __init__(
        self,
        theme: Theme,
        presenter: EntryEditorPresenter,
        spelling: SpellingPresenter,
        documents: EntryDocumentsPresenter,
        personal_data: PersonalDataPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._spelling = spelling
        self._forms: dict[EntryKind, EntryFields] = {}
        self._stack = PageStack()
        self._attention = _Remark(theme, self.tr("Checked today"), Key.CHECKED_TODAY, "check")
        self._unsent = _Remark(theme)
        self._conflict = _Conflict(theme)
        self._personal_data = personal_data
        self._found = _Remark(theme)
        self._documents = DocumentsRow(theme, documents)
        page = QWidget()
        lay_out_form(
            page,
            theme,
            head=self._head(),
            fields=(
                self._unsent,
                self._conflict,
                self._attention,
                self._found,
                self._stack,
                self._documents,
            ),
            foot=self._foot(),
        )
        self._page = page
        self._empty = _Empty(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        column.addWidget(self._empty)
        self._attention.acted.connect(presenter.check_today)
        self._conflict.moved.connect(presenter.move_to_newest)
        self._conflict.dropped.connect(presenter.discard)
        presenter.changed.connect(self._show)
        presenter.changed.connect(personal_data.follow)
        presenter.incomplete.connect(self._focus_problem)
        personal_data.changed.connect(
            lambda text: self._found.show_remark(text, "warn", acts=False)
        )
        personal_data.allowed.connect(presenter.publish)
        self._found.hide()
        self._show(presenter.state)

    def _head(self) -> QVBoxLayout:
        theme = self._theme
        self._title = ElidedLabel(theme, style="title")
        self._badge = Pill(theme)
        self._kept_icon = IconSpot(theme, "", "ok", theme.size("icon"))
        self._kept = ThemedLabel(theme, style="label", role="text-2")
        self._subtitle = ElidedLabel(theme, style="label", role="text-2")
        names = QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(self._title, 1)
        names.addWidget(self._badge)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._subtitle, 1)
        below.addWidget(self._kept_icon)
        below.addWidget(self._kept)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addLayout(names)
        head.addLayout(below)
        return head

    def _foot(self) -> QBoxLayout:
        theme = self._theme
        self._close = ActionButton(
            theme, self.tr("Close"), key=Key.CLOSE_ENTRY, icon="minus-circle"
        )
        self._close.setToolTip(self.tr("Close the entry: from today operators will not find it"))
        self._close.clicked.connect(self.close_today)
        self._drop = ActionButton(
            theme, self.tr("Discard"), key=Key.DROP_CHANGES, icon="arrow-counter-clockwise"
        )
        self._drop.setToolTip(self.tr("Discard all changes since the last version"))
        self._drop.clicked.connect(self._presenter.discard)
        self._publish = ActionButton(
            theme, self.tr("Publish"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._publish.clicked.connect(self.publish)
        self._hint = KeyHint(theme, "Esc", self.tr("to the list"))
        self._asides = QHBoxLayout()
        self._asides.setSpacing(4)
        self._asides.addWidget(self._hint)
        self._asides.addStretch(1)
        for button in (self._close, self._drop):
            self._asides.addWidget(button)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(4)
        self._below.addLayout(self._asides, 1)
        self._below.addWidget(self._publish, 0, Qt.AlignmentFlag.AlignRight)
        return self._below

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_labels()
        needed = self._asides.sizeHint().width() + self._publish.sizeHint().width()
        is_narrow = self.width() < needed + AROUND_FOOT_PX
        ways = QBoxLayout.Direction
        self._below.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    def _place_labels(self) -> None:
        is_narrow = self.width() < self._theme.grown(NARROW_PX)
        for form in self._forms.values():
            form.set_narrow(is_narrow)
        self._documents.set_narrow(is_narrow)

    # --- actions ---

    def publish(self) -> None:
        form = self._shown_form()
        if form is not None:
            form.settle()
            self._personal_data.ask_to_publish()

    def close_today(self) -> None:
        """Enters today as the last day of validity and focuses that field for corrections."""
        self._presenter.close_today()
        form = self._shown_form()
        if form is not None:
            form.focus_field("valid_to")

    def attach(self) -> None:
        """Asks for a document and attaches it to the entry."""
        if self._presenter.state.entry_id:
            self._documents.ask_kind()

    def show_hint(self, shown: bool) -> None:
        """Shows or hides the hint for Esc, for which a narrow page has no space."""
        self._hint.setVisible(shown)

    def focus_first(self) -> None:
        form = self._shown_form()
        if form is not None:
            form.focus_first()

    def _focus_problem(self) -> None:
        form = self._shown_form()
        problems = self._presenter.state.problems
        if form is not None and problems:
            form.focus_field(next(iter(problems)))

    def _shown_form(self) -> EntryFields | None:
        state = self._presenter.state
        return self._forms.get(state.kind) if state.entry_id else None

    # --- view state ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._make_usual)

    def _make_usual(self) -> None:
        self._form_of(EntryKind.QUESTION)

    def _form_of(self, kind: EntryKind) -> EntryFields:
        form = self._forms.get(kind)
        if form is None:
            form = EntryFields(self._theme, self._presenter, self._spelling, kind)
            form.edited.connect(self._presenter.set_field)
            self._forms[kind] = form
        return form

    def _show(self, state: EditorState) -> None:
        whole = bool(state.entry_id)
        self._page.setVisible(whole)
        self._empty.setVisible(not whole)
        if not whole:
            return
        form = self._form_of(state.kind)
        if self._stack.indexOf(form) < 0:
            self._stack.addWidget(form)
            self._place_labels()
        self._stack.setCurrentWidget(form)
        form.show_state(state)
        icon, kind = BADGES[state.kind]
        self._title.set_text(state.title)
        self._badge.set_state(state.badge, icon=icon, kind=kind)
        self._subtitle.set_text(state.subtitle)
        self._kept.setText(state.kept)
        self._kept.set_role("danger" if state.keeping_fails else "text-2")
        if state.keeping_fails:
            self._kept_icon.set_icon("warning-octagon-fill", "danger")
        else:
            self._kept_icon.set_icon("cloud-check" if state.kept else "", "ok")
        can_check = state.attention_role == "warn" and state.may_change
        self._attention.show_remark(state.attention, state.attention_role, acts=can_check)
        unsent = directory_editor_words.not_published_yet(state.unsent) if state.unsent else ""
        self._unsent.show_remark(unsent, "danger", acts=False)
        self._conflict.show_conflict(state)
        self._close.setEnabled(state.may_change)
        self._drop.setEnabled(state.is_changed)
        self._publish.setEnabled(state.is_changed and not state.is_sending)
        self._publish.setText(self.tr("Sending…") if state.is_sending else self.tr("Publish"))


class _Remark(QWidget):
    """Notice on a tinted background, with an optional action button at the right."""

    acted = Signal()

    def __init__(self, theme: Theme, action: str = "", key: str = "", icon: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._role = "warn"
        self._icon = IconSpot(theme, "warning-fill", "warn", theme.size("icon"))
        self._text = ThemedLabel(theme, style="strong", role="warn", wrap=True)
        self._action = ActionButton(theme, action, key=key, icon=icon)
        self._action.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 6, 2)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        theme.fit(self, lambda it: it.setMinimumHeight(theme.size("banner")))

    def show_remark(self, text: str, role: str, *, acts: bool) -> None:
        self._role = role
        self._text.setText(text)
        self.setAccessibleName(text)
        self._text.set_role(role)
        icons = {"warn": "warning-fill", "danger": "warning-octagon-fill"}
        self._icon.set_icon(icons.get(role, "minus-circle"), role)
        self._action.setVisible(acts)
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self._theme.colour(_GROUNDS[self._role])
        edge = self._theme.colour(self._role) if self._theme.name == "contrast" else None
        fill_box(QPainter(self), QRectF(self.rect()), 6, ground, edge)


class _Conflict(QWidget):
    """Notice that another editor changed the entry: author, time, fields, and both texts.

    It has two actions: reapply this editor's changes, or take the new version.
    """

    moved = Signal()
    dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Comparison | None = None
        self._text = ThemedLabel(theme, style="strong", role="danger", wrap=True)
        move = ActionButton(
            theme, self.tr("Reapply my changes"), key=Key.MOVE_CHANGES, icon="git-branch"
        )
        move.clicked.connect(self.moved)
        drop = ActionButton(theme, self.tr("Use the new version"), key=Key.DROP_CHANGES)
        drop.clicked.connect(self.dropped)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconSpot(theme, "warning-octagon-fill", "danger", theme.size("icon")))
        head.addWidget(self._text, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(30, 0, 0, 0)
        buttons.addWidget(move)
        buttons.addWidget(drop)
        buttons.addStretch(1)
        self._mine = ComparedText(theme, self.tr("Your text"))
        self._theirs = ComparedText(theme, self.tr("Published"))
        self._whose = ThemedLabel(theme, style="state", role="text-2")
        sides = QHBoxLayout()
        sides.setContentsMargins(30, 2, 8, 2)
        sides.setSpacing(12)
        mine = ThemedLabel(theme, self.tr("Your text"), style="state", role="text-2")
        for name, text in ((mine, self._mine), (self._whose, self._theirs)):
            side = QVBoxLayout()
            side.setSpacing(2)
            side.addWidget(name)
            side.addWidget(text)
            side.addStretch(1)
            sides.addLayout(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 6, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(sides)
        column.addLayout(buttons)

    def show_conflict(self, state: EditorState) -> None:
        self._text.setText(state.conflict)
        self.setAccessibleName(state.conflict)
        self.setVisible(bool(state.conflict))
        comparison = state.comparison
        if comparison is None or comparison == self._shown:
            return
        self._shown = comparison
        self._mine.show_text(comparison.ours, comparison.ours_alone)
        self._theirs.show_text(comparison.theirs, comparison.theirs_alone)
        published = self.tr("Published: %1").replace("%1", state.theirs)
        self._whose.setText(published)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self._theme.colour("danger-soft")
        edge = self._theme.colour("danger") if self._theme.name == "contrast" else None
        fill_box(QPainter(self), QRectF(self.rect()), 6, ground, edge)


class _Empty(QWidget):
    """Placeholder with advice, shown if no entry is open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        page.setSpacing(6)
        page.addStretch(2)
        for label in (
            ThemedLabel(theme, self.tr("Select an entry on the left"), style="section"),
            KeyLabel(
                theme,
                self.tr("Ins creates a new one; Ctrl+F finds one by title."),
                Key.NEW,
                Key.FIND_ENTRY,
                role="text-2",
            ),
        ):
            page.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(3)
