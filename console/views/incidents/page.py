"""The page of incidents: the list at the left, the one text and its versions beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.incident_page import IncidentPagePresenter
from console.presenters.incident_shown import IncidentPageState
from console.presenters.places import PlacesPresenter
from console.presenters.spelling import SpellingPresenter
from console.views.category_field import CategoryField
from console.views.components.buttons import RING_PX, ActionButton, Tone
from console.views.components.field_row import FieldRow
from console.views.components.forms import lay_out_form
from console.views.components.found_line import FoundLine
from console.views.components.key_label import KeyLabel
from console.views.components.labels import KeyHint, Line, ThemedLabel
from console.views.components.list_column import LIST_SHARE, PAGE_SHARE, ListColumn
from console.views.components.shortcuts import bind_on_page
from console.views.components.spelling import check_spelling
from console.views.components.text_field import TextField
from console.views.place_field import PlaceField
from console.views.theme import Theme
from sync.register.incidents.incident import IncidentAct

LIST_PX = 300


class IncidentsPage(QWidget):
    """Arrows choose, Enter goes to the text, Ctrl+Enter does what the button says, Esc leaves."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: IncidentPagePresenter,
        categories: dict[str, str],
        places: PlacesPresenter,
        spelling: SpellingPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._key = ""
        # the directory stands beside it only for a moment, and no other page is to be wider for it
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(), LIST_SHARE)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._right(categories, places, spelling), PAGE_SHARE)
        bind_on_page(
            self,
            {
                Key.NEW: self._begin,
                Key.END_INCIDENT: presenter.end,
                Key.THEIR_TEXT: presenter.take_theirs,
            },
        )
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _left(self) -> ListColumn:
        theme = self._theme
        empty = KeyLabel(
            theme,
            self.tr(
                "Several callers about one street and one matter are offered here by"
                " themselves. Ins writes an incident down before anybody calls."
            ),
            Key.NEW,
            role="text-2",
            wrap=True,
        )
        self._new = ActionButton(
            theme, self.tr("New incident"), key=Key.NEW, icon="plus", small=True, elides=True
        )
        self._new.clicked.connect(self._begin)
        new = QHBoxLayout()
        new.setContentsMargins(-RING_PX, 0, 0, 0)  # its box stands below the words
        new.addWidget(self._new)
        new.addStretch(1)
        self._column = ListColumn(theme, self.tr("Incidents"), empty, LIST_PX, under=new)
        self._list = self._column.list
        self._list.moved.connect(self._presenter.choose)
        self._list.taken.connect(self.focus_text)
        return self._column

    def _right(
        self, categories: dict[str, str], places: PlacesPresenter, spelling: SpellingPresenter
    ) -> QWidget:
        theme, presenter = self._theme, self._presenter
        self._heading = ThemedLabel(theme, style="title", wrap=True)
        self._about = ThemedLabel(theme, role="text-2", wrap=True)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._heading)
        head.addWidget(self._about)
        self._street = PlaceField(theme, self.tr("Street, or several by commas"), places)
        self._street.edited.connect(presenter.set_street)
        self._street_row = FieldRow(theme, self.tr("Street"), self._street)
        self._matter = CategoryField(theme, categories)
        self._matter.chosen.connect(presenter.set_matter)
        self._matter_row = FieldRow(theme, self.tr("Category"), self._matter)
        self._text = TextField(theme, self.tr("What every operator says"), (4, 10))
        self._text.setAccessibleName(self.tr("Official text"))
        check_spelling(self._text, theme, spelling)
        self._text.edited.connect(presenter.set_text)
        self._found = FoundLine(theme)
        self._text_row = FieldRow(theme, self.tr("Official text"), self._text, has_remark=True)
        self._meanwhile = ThemedLabel(theme, style="strong", role="warn", wrap=True)
        self._theirs = ThemedLabel(theme, wrap=True)
        self._theirs.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._use_theirs = ActionButton(
            theme, self.tr("Leave mine, take this text"), key=Key.THEIR_TEXT, small=True
        )
        self._use_theirs.clicked.connect(presenter.take_theirs)
        self._versions_head = ThemedLabel(
            theme, self.tr("Versions of the text"), style="label", role="text-2"
        )
        self._versions = ThemedLabel(theme, role="text-2", wrap=True)
        self._versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        right = QWidget()
        lay_out_form(
            right,
            theme,
            head=head,
            fields=(
                self._found,
                self._street_row,
                self._matter_row,
                self._text_row,
                self._meanwhile,
                self._theirs,
                self._use_theirs,
                self._versions_head,
                self._versions,
            ),
            foot=self._foot(),
        )
        return right

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        self._end = ActionButton(theme, "", key=Key.END_INCIDENT, tone=Tone.DANGER_OUTLINE)
        self._end.clicked.connect(self._presenter.end)
        self._confirm = ActionButton(theme, "", key=Key.SAVE, icon="check", tone=Tone.MAIN)
        self._confirm.clicked.connect(self.confirm)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        foot.addWidget(self._end)
        foot.addWidget(self._confirm)
        return foot

    # --- what is done ---

    def open_page(self) -> None:
        """Read anew and take the keyboard: the text of what waits, else the list."""
        waits = self._presenter.open()
        if waits and self._presenter.state.act is not None:
            self.focus_text()
        else:
            self._focus_list()

    def _focus_list(self) -> None:
        if self._presenter.state.rows:
            self._list.focus_chosen()
        else:
            self._new.setFocus()

    def focus_text(self) -> None:
        """The first field that may be typed into."""
        state = self._presenter.state
        if state.act is None:
            return
        if state.may_move and not state.street:
            self._street.setFocus()
        else:
            self._text.setFocus()

    def confirm(self) -> None:
        """Do what the button says, with what was typed last."""
        self._street.settle()
        self._matter.settle()
        self._presenter.confirm()

    def show_categories(self, categories: dict[str, str]) -> None:
        """What can be chosen from now on."""
        self._matter.set_choices(categories)

    def _begin(self) -> None:
        self._presenter.begin()
        self.focus_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- what is shown ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.be_seen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        self._presenter.be_seen(False)
        super().hideEvent(event)

    def _show(self, state: IncidentPageState) -> None:
        is_other, self._key = state.key != self._key, state.key
        had_keyboard = self._has_keyboard()
        self._column.show_rows(state.subtitle, state.rows, state.chosen)
        self._new.setVisible(state.may_begin)
        self._heading.setText(state.heading)
        self._about.setText(state.about)
        self._about.setVisible(bool(state.about))
        has_form = state.chosen >= 0
        self._street_row.setVisible(has_form and state.may_move)
        self._matter_row.setVisible(has_form and state.may_move)
        self._text_row.setVisible(has_form)
        self._found.show_found(state.found)
        self._street.replace_text(state.street, whole_record=is_other)
        self._matter.show_value(state.matter, state.matter_text)
        self._text.setReadOnly(state.act is None)
        self._text.replace_text(state.text)
        self._text_row.show_remark(state.length, warns=not state.length_is_good)
        self._street_row.show_problem(state.problems.get("street", ""))
        self._text_row.show_problem(state.problems.get("text", ""))
        self._meanwhile.setText(state.meanwhile)
        self._theirs.setText(state.theirs)
        for part in (self._meanwhile, self._theirs, self._use_theirs):
            part.setVisible(bool(state.meanwhile))
        self._versions.setText("\n\n".join(state.versions))
        for part in (self._versions_head, self._versions):
            part.setVisible(bool(state.versions))
        self._show_buttons(state)
        if had_keyboard and not self._has_keyboard():
            self._focus_list()  # what had it is not there any more

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused.isVisible() and self.isAncestorOf(focused)

    def _show_buttons(self, state: IncidentPageState) -> None:
        self._end.setVisible(state.chosen >= 0 and (state.may_end or state.may_decline))
        refusal = self.tr("Drop the form") if state.is_begun else self.tr("No incident")
        self._end.setText(self.tr("End the incident") if state.may_end else refusal)
        self._end.setEnabled(not state.is_busy)
        self._confirm.setVisible(state.act is not None)
        if state.act is not None:
            self._confirm.setText(words.incidents.confirm(state.act))
        is_nothing_new = state.act is IncidentAct.EDITED and not state.is_changed
        self._confirm.setEnabled(not state.is_busy and not is_nothing_new)
