"""Page of the directory editor: entry list with form and side panel, or one of its sections."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.directory_editor import finding_words
from console.features.directory_editor.entry import EntryEditorPresenter
from console.features.directory_editor.entry_list import EntryListPresenter
from console.features.directory_editor.entry_state import EditorState
from console.features.directory_editor.entry_view import EntryForm
from console.features.directory_editor.list_view import EntryListColumn, StaleView
from console.features.directory_editor.proposals import ProposalsPresenter
from console.features.directory_editor.proposals_view import ProposalsView
from console.features.directory_editor.publishing import (
    EntryQueriesPresenter,
    PersonalDataPresenter,
)
from console.features.directory_editor.section_view import EditorSection
from console.features.directory_editor.side_view import EntrySide
from console.features.directory_editor.stale import StaleReportPresenter
from console.features.directory_editor.synonyms import SynonymsPresenter
from console.features.directory_editor.synonyms_view import SynonymsView
from console.features.directory_editor.unanswered import UnansweredPresenter
from console.features.directory_editor.unanswered_view import UnansweredView
from console.shared.directory import words as directory_words
from console.shared.directory.documents import EntryDocumentsPresenter
from console.ui.buttons import ActionButton
from console.ui.choices import Choice, ChoiceRow
from console.ui.keyboard import bind_on_page
from console.ui.labels import Line, ThemedLabel
from console.ui.layout import Later
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme
from kb.entries.entries import EntryKind
from sync.register.messages import MessageRecord

WIDE_FROM_PX, HINT_FROM_PX, SIDE_FROM_PX = 1400, 1300, 1160
LIST_SHARE = 0.36  # maximum share of the page: a form needs more space
WIDE_COLUMNS_PX, USUAL_COLUMNS_PX = (352, 372), (288, 300)  # left, right


class Section(StrEnum):
    """Section of the page: the entries, or one of the lists for maintaining the directory."""

    ENTRIES = "entries"
    UNANSWERED = "unanswered"
    SYNONYMS = "synonyms"
    STALE = "stale"
    PROPOSALS = "proposals"


KEYS: Mapping[Section, Key] = {
    Section.UNANSWERED: Key.UNANSWERED,
    Section.SYNONYMS: Key.SYNONYMS,
    Section.STALE: Key.STALE,
    Section.PROPOSALS: Key.PROPOSALS,
}


@dataclass(frozen=True, slots=True)
class EditorPresenters:
    """Presenters of the editor page, created once by the application."""

    entries: EntryListPresenter
    editor: EntryEditorPresenter
    queries: EntryQueriesPresenter
    proposals: ProposalsPresenter
    synonyms: SynonymsPresenter
    unanswered: UnansweredPresenter
    stale: StaleReportPresenter
    documents: EntryDocumentsPresenter
    spelling: SpellingPresenter
    personal_data: PersonalDataPresenter


class EditorPage(QFrame):
    """Page of the directory editor. Its keys work while the focus is on the page.

    Esc moves from the form to the list, then closes the page.
    """

    closed = Signal()
    files_asked = Signal()

    def __init__(
        self, theme: Theme, presenters: EditorPresenters, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenters = presenters
        self._entries = presenters.entries
        self._editor = presenters.editor
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Directory"))
        self._list = EntryListColumn(theme, presenters.entries)
        self._form = EntryForm(
            theme,
            presenters.editor,
            presenters.spelling,
            presenters.documents,
            presenters.personal_data,
        )
        self._side = EntrySide(theme, presenters.editor, presenters.queries)
        self._unanswered = Later(lambda: UnansweredView(theme, presenters.unanswered))
        self._synonyms = Later(lambda: SynonymsView(theme, presenters.synonyms))
        self._stale = Later(lambda: StaleView(theme, presenters.stale))
        self._proposals = Later(
            lambda: ProposalsView(
                theme, presenters.proposals, presenters.editor, presenters.spelling
            )
        )
        self._sections: Mapping[Section, Later[EditorSection]] = {
            Section.UNANSWERED: self._unanswered,
            Section.SYNONYMS: self._synonyms,
            Section.STALE: self._stale,
            Section.PROPOSALS: self._proposals,
        }
        self._shown = Section.ENTRIES
        self._awaited = ""  # id of the entry that a section opens
        self._refusal = ThemedLabel(theme, directory_words.not_allowed(), role="text-2")
        self._tabs = self._make_tabs(theme)
        self._columns = QWidget()
        self._lay_out(theme)
        self._menu = QMenu(self)
        theme.dress(self._menu, Sheet.MENU)
        for number, kind in enumerate(EntryKind, start=1):
            text = f"&{number} {directory_words.entry_kind(kind)}"
            self._menu.addAction(text, lambda k=kind: self._create(k))
        self._connect()
        self._make_keys()

    def _make_tabs(self, theme: Theme) -> QWidget:
        self._names = {
            Section.ENTRIES: self.tr("Entries"),
            Section.UNANSWERED: self.tr("Not found"),
            Section.SYNONYMS: self.tr("Synonyms"),
            Section.STALE: self.tr("Outdated"),
            Section.PROPOSALS: self.tr("Proposals"),
        }
        self._choice = ChoiceRow(
            theme,
            self.tr("Directory sections"),
            tuple(
                Choice(section.value, text, key=KEYS.get(section, ""))
                for section, text in self._names.items()
            ),
            tall=False,
            even=False,
        )
        self._choice.chosen.connect(lambda name: self.show_section(Section(name)))
        files = ActionButton(
            theme,
            self.tr("Import and export files"),
            key=Key.FILES,
            icon="file-arrow-up",
            small=True,
            elides=True,
        )
        files.clicked.connect(self.files_asked)
        tabs = QWidget()
        row = QHBoxLayout(tabs)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(self._choice)
        row.addStretch(1)
        row.addWidget(files)
        return tabs

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout(self._columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._form, 1)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._side)
        self._rule = Line(theme, Qt.Orientation.Horizontal)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._tabs)
        page.addWidget(self._rule)
        page.addWidget(self._columns, 1)
        page.addWidget(self._refusal, 1, Qt.AlignmentFlag.AlignCenter)
        for section in self._sections.values():
            section.when_made(lambda it: page.insertWidget(page.indexOf(self._refusal), it, 1))

    def _connect(self) -> None:
        presenters = self._presenters
        self._list.chosen.connect(self._editor.open)
        self._list.taken.connect(self._form.focus_first)
        self._list.new_asked.connect(self._ask_kind)
        self._editor.stored.connect(self._entries.refresh)
        self._editor.stored.connect(self._reload_counts)
        self._editor.changed.connect(self._show)
        self._entries.choices_changed.connect(self._editor.use_choices)
        presenters.proposals.stored.connect(self._entries.refresh)
        presenters.stale.stored.connect(self._entries.reload)
        presenters.stale.stored.connect(self._read_again)
        presenters.synonyms.stored.connect(presenters.unanswered.reload)
        presenters.unanswered.changed.connect(
            lambda state: self._count(Section.UNANSWERED, state.count)
        )
        presenters.stale.changed.connect(lambda state: self._count(Section.STALE, state.count))
        presenters.proposals.changed.connect(
            lambda state: self._count(Section.PROPOSALS, state.waiting)
        )
        self._unanswered.when_made(self._connect_unanswered)
        self._stale.when_made(lambda view: view.entry_asked.connect(self._open))

    def _connect_unanswered(self, view: UnansweredView) -> None:
        view.entry_asked.connect(self._open_with_words)
        view.synonym_asked.connect(self._begin_synonym)
        view.question_asked.connect(self._create_question)

    def _make_keys(self) -> None:
        of_entries = self._of_entries
        keys: dict[Key, Callable[[], object]] = {
            Key.NEW: self._make_new,
            Key.CHECKED_TODAY: self._check_today,
            Key.FIND_ENTRY: self.focus_search,
            Key.DROP_CHANGES: self._drop_changes,
            Key.CLOSE_ENTRY: self._close_chosen,
            Key.MOVE_CHANGES: lambda: of_entries(self._editor.move_to_newest),
            Key.RESTORE: lambda: of_entries(self._editor.restore),
            Key.NEW_PROPOSAL: self._new_proposal,
            Key.FILES: self.files_asked.emit,
            Key.ATTACH: lambda: of_entries(self._form.attach),
            Key.MAKE_SYNONYM: lambda: self._only(
                Section.UNANSWERED, lambda: self._unanswered.widget.make_synonym()
            ),
            Key.EXPORT: lambda: self._only(Section.STALE, lambda: self._stale.widget.export()),
        }
        keys |= {key: partial(self.turn, section) for section, key in KEYS.items()}
        bind_on_page(self, keys)

    # --- sections ---

    def open_page(self) -> None:
        """Reloads the visible data and sets the keyboard focus."""
        self.show_rights()
        if not self._editor.may_edit():
            self.setFocus()
            return
        self._entries.reload()
        self._reload_counts()
        self._focus_section()

    def _focus_section(self) -> None:
        section = self._sections.get(self._shown)
        if section is not None:
            section.widget.open_section()
        elif self._editor.state.entry_id:
            self._form.focus_first()
        else:
            self._list.focus_search()

    def _reload_counts(self) -> None:
        self._presenters.unanswered.reload()
        self._presenters.stale.count()
        self._presenters.proposals.reload()

    def show_rights(self) -> None:
        """Hides the data of the previous editor if another person has signed in, and applies the
        rights.
        """
        self._editor.leave_to_another()
        self._show_parts()

    def _show_parts(self) -> None:
        may_edit = self._editor.may_edit()
        self._choice.show_choice(self._shown.value)
        self._tabs.setVisible(may_edit)
        self._rule.setVisible(may_edit)
        self._columns.setVisible(may_edit and self._shown is Section.ENTRIES)
        for name, section in self._sections.items():
            if may_edit and self._shown is name:
                section.widget.show()
            elif section.made is not None:
                section.made.hide()
        self._refusal.setVisible(not may_edit)

    def show_section(self, wanted: Section) -> None:
        """Shows a section and focuses it, if the operator may edit the directory."""
        if self._editor.may_edit():
            self._turn_to(wanted)
            self._focus_section()

    def _turn_to(self, wanted: Section) -> None:
        self._editor.keep_now()
        self._shown = wanted
        self._show_parts()

    def turn(self, wanted: Section) -> None:
        """Shows a section; if it is already shown, returns to the entries."""
        self.show_section(Section.ENTRIES if self._shown is wanted else wanted)

    def _count(self, section: Section, count: int) -> None:
        text = self._names[section]
        self._choice.set_text(section.value, finding_words.section_count(text, count))

    # --- keys ---

    def _only(self, section: Section, action: Callable[[], None]) -> None:
        """Runs the action if its section is shown."""
        if self._shown is section:
            action()

    def _of_entries(self, action: Callable[[], None]) -> None:
        self._only(Section.ENTRIES, action)

    def _make_new(self) -> None:
        if self._shown is Section.ENTRIES:
            self._ask_kind()
        else:
            self._sections[self._shown].widget.make_new()

    def _check_today(self) -> None:
        self._of_entries(self._editor.check_today)
        self._only(Section.STALE, lambda: self._stale.widget.check())

    def _close_chosen(self) -> None:
        if self._shown is Section.ENTRIES:
            self._form.close_today()
        else:
            self._sections[self._shown].widget.close_chosen()

    def _drop_changes(self) -> None:
        if self._shown is Section.ENTRIES:
            self._editor.discard()
        else:
            self._sections[self._shown].widget.drop_changes()

    def _new_proposal(self) -> None:
        if self._shown is Section.ENTRIES:
            self.show_section(Section.PROPOSALS)
        self._sections[self._shown].widget.make_new()

    def focus_search(self) -> None:
        if self._shown in (Section.UNANSWERED, Section.SYNONYMS):
            self._sections[self._shown].widget.focus_search()
        else:
            if self._shown is not Section.ENTRIES:
                self.show_section(Section.ENTRIES)
            self._list.focus_search()

    def publish(self) -> None:
        if self._shown is Section.ENTRIES:
            self._form.publish()
        else:
            self._sections[self._shown].widget.confirm()

    # --- entries ---

    def _ask_kind(self) -> None:
        if self._editor.may_edit():
            self._menu.popup(self._list.new.mapToGlobal(QPoint(0, self._list.new.height())))

    def _create(self, kind: EntryKind) -> None:
        """Starts a new entry; for a topic that the operator may not create, starts a proposal
        (4.2).
        """
        if self._editor.may_change(kind):
            self._editor.create(kind.value)
            self._form.focus_first()
        else:
            self._new_proposal()

    def _open(self, entry_id: str) -> None:
        self._open_with_words(entry_id, "")

    def _open_with_words(self, entry_id: str, name: str) -> None:
        self._turn_to(Section.ENTRIES)
        self._awaited = entry_id
        self._editor.open(entry_id, name=name)

    def open_answer(self, message: MessageRecord) -> None:
        """Opens a question made from the answer to a message (9.8)."""
        self.show_rights()
        if not self._editor.may_edit():
            return
        self._turn_to(Section.ENTRIES)
        self._entries.reload()
        self._reload_counts()
        self._awaited = self._editor.open_answer(message)

    def open_proposal(self, fields: Mapping[str, str]) -> None:
        """Starts a proposal for a topic, prefilled from a report (2.6, 4.2)."""
        self.show_rights()
        if self._editor.may_edit():
            self._entries.reload()
            self._presenters.proposals.begin(fields)
            self.show_section(Section.PROPOSALS)
            self._proposals.widget.focus_name()

    def _create_question(self, title: str) -> None:
        self._turn_to(Section.ENTRIES)
        self._editor.create(EntryKind.QUESTION.value, title=title)
        self._form.focus_first()

    def _begin_synonym(self, phrase: str, meaning: str) -> None:
        self._turn_to(Section.SYNONYMS)
        self._synonyms.widget.begin(phrase, meaning)

    def _show(self, state: EditorState) -> None:
        self._list.show_chosen(state.entry_id)
        if state.entry_id and state.entry_id == self._awaited:
            self._awaited = ""
            self._form.focus_first()
        self._presenters.queries.show_entry(state.entry_id)
        self._presenters.documents.show_entry(state.entry_id, is_published=state.is_published)

    def _read_again(self) -> None:
        """Reloads the entry in the form: it may have been checked from the report of overdue
        entries.
        """
        if self._editor.state.entry_id and not self._editor.state.is_changed:
            self._editor.open(self._editor.state.entry_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._shown is not Section.ENTRIES:
            self.show_section(Section.ENTRIES)
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._entries.set_on_screen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._entries.set_on_screen(False)

    def minimumSizeHint(self) -> QSize:
        return QSize(720, 300)  # columns fold before the window has to grow

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Limits the list width in favour of the form; hides the side panel on a narrow page."""
        super().resizeEvent(event)
        grown = self._theme.grown
        is_wide = self.width() >= grown(WIDE_FROM_PX)
        left, right = WIDE_COLUMNS_PX if is_wide else USUAL_COLUMNS_PX
        self._list.setFixedWidth(min(grown(left), round(self.width() * LIST_SHARE)))
        self._side.setFixedWidth(grown(right))
        self._side.setVisible(self.width() >= grown(SIDE_FROM_PX))
        self._form.show_hint(self.width() >= grown(HINT_FROM_PX))
