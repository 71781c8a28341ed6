"""The incidents page, and the strip above the call card with the official text to read out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.incidents import words as incidents_words
from console.features.incidents.incident_rows import IncidentPageState
from console.features.incidents.presenter import IncidentPagePresenter
from console.features.incidents.watch import IncidentNews, IncidentWatch, SaidText, WatchState
from console.shared.messages.fields_view import CategoryField, PlaceField
from console.shared.messages.places import PlacesPresenter
from console.ui.buttons import RING_PX, ActionButton, Tone
from console.ui.fields import FieldRow, lay_out_form
from console.ui.keyboard import bind_on_page
from console.ui.labels import ElidedLabel, KeyHint, KeyLabel, Line, ThemedLabel
from console.ui.lists import LIST_SHARE, PAGE_SHARE, ListColumn
from console.ui.notices import FoundLine, IconSpot
from console.ui.spelling import check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme
from sync.register.incidents import IncidentAct

LIST_PX = 300


class IncidentsPage(QWidget):
    """Page of incidents. Arrow keys select, Enter goes to the text, Ctrl+Enter runs the main
    button, Esc closes.
    """

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
        # This page must not widen the other pages, because the directory is shown next to it only
        # briefly.
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
                "Several calls about one issue on one street are suggested here "
                "automatically. Ins adds an incident before anyone calls."
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
        new.setContentsMargins(-RING_PX, 0, 0, 0)  # aligns the button with the text above
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
        self._street = PlaceField(theme, self.tr("Streets, comma-separated"), places)
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
            theme, self.tr("Discard mine, use this text"), key=Key.THEIR_TEXT, small=True
        )
        self._use_theirs.clicked.connect(presenter.take_theirs)
        self._versions_head = ThemedLabel(
            theme, self.tr("Text versions"), style="label", role="text-2"
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

    # --- actions ---

    def open_page(self) -> None:
        """Reloads the incidents and focuses the text of a pending decision, or the list."""
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
        """Focuses the street if it is missing and can be changed, otherwise the official text."""
        state = self._presenter.state
        if state.act is None:
            return
        if state.may_move and not state.street:
            self._street.setFocus()
        else:
            self._text.setFocus()

    def confirm(self) -> None:
        """Commits the input of the fields and runs the main button."""
        self._street.settle()
        self._matter.settle()
        self._presenter.confirm()

    def show_categories(self, categories: dict[str, str]) -> None:
        """Replaces the categories that can be selected."""
        self._matter.set_choices(categories)

    def _begin(self) -> None:
        self._presenter.begin()
        self.focus_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- view state ---

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
            self._focus_list()  # the focused widget was hidden

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused.isVisible() and self.isAncestorOf(focused)

    def _show_buttons(self, state: IncidentPageState) -> None:
        self._end.setVisible(state.chosen >= 0 and (state.may_end or state.may_decline))
        refusal = self.tr("Discard the form") if state.is_begun else self.tr("Not an incident")
        self._end.setText(self.tr("End the incident") if state.may_end else refusal)
        self._end.setEnabled(not state.is_busy)
        self._confirm.setVisible(state.act is not None)
        if state.act is not None:
            self._confirm.setText(incidents_words.confirm(state.act))
        is_nothing_new = state.act is IncidentAct.EDITED and not state.is_changed
        self._confirm.setEnabled(not state.is_busy and not is_nothing_new)


LEFT_PX, RIGHT_PX = 24, 21  # a button's frame is 3 px inside its box
GAP_PX = 14  # between icon and text
TELL_KEY, OPEN_KEY, NEXT_KEY = Key.INCIDENT_TOLD, Key.INCIDENTS, Key.NEXT_INCIDENT


class IncidentStrip(QWidget):
    """Strip with the official text above the call card. It takes no focus, so the cursor remains in
    the operator's field.
    """

    tell_asked = Signal()
    open_asked = Signal()

    def __init__(self, theme: Theme, watch: IncidentWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = _Said(theme)
        self._said.tell.clicked.connect(self.tell_asked)
        self._said.next.clicked.connect(watch.show_next)
        self._news = _News(theme)
        self._news.open.clicked.connect(self.open_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._said)
        column.addWidget(self._news)
        watch.changed.connect(self._show)
        self._show(watch.state)

    def _show(self, state: WatchState) -> None:
        self._said.show_said(state.said, has_card=state.has_card)
        self._news.show_news(state.news)
        self.setVisible(state.said is not None or state.news is not None)


class _Ground(QWidget):
    """Row with a coloured background, a bar at the left edge and a line below."""

    def __init__(self, theme: Theme, ground: str, ink: str) -> None:
        super().__init__()
        self._theme = theme
        self._ground, self._ink = ground, ink
        theme.changed.connect(self.update)

    def set_ground(self, ground: str, ink: str) -> None:
        if (ground, ink) != (self._ground, self._ink):
            self._ground, self._ink = ground, ink
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._ground))
        painter.fillRect(0, 0, 4, self.height(), self._theme.colour(self._ink))
        edge = self._ink if self._theme.name == "contrast" else "line"
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour(edge))


class _Said(_Ground):
    """Row with the official text, the start time, the number of callers informed, and the button
    that closes the call with this text.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "accent-soft", "accent")
        self._icon = IconSpot(theme, "megaphone", "accent", theme.size("icon"))
        self._title = ElidedLabel(theme, style="strong")
        self._meta = ElidedLabel(theme, style="label", role="text-2")
        self._text = ThemedLabel(theme, style="field", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tell = ActionButton(
            theme, self.tr("Informed, close the call"), key=TELL_KEY, icon="check", small=True
        )
        self.next = ActionButton(theme, "", key=NEXT_KEY, small=True, elides=True)
        for button in (self.tell, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        for line, style in ((self._title, "strong"), (self._meta, "label")):
            _keep_line(theme, line, style)
            lines.addWidget(line)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(lines, 1)
        head.addWidget(self.next, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.tell, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT_PX, 10, RIGHT_PX, 10)
        column.setSpacing(6)
        column.addLayout(head)
        text = QHBoxLayout()
        theme.fit(text, lambda it: it.setContentsMargins(theme.size("icon") + GAP_PX, 0, 0, 0))
        text.addWidget(self._text)
        column.addLayout(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_lines()

    def _keep_lines(self) -> None:
        """Reserves the full height of the text; if space is short, the card below scrolls."""
        # the label receives its width only later
        room = self.width() - LEFT_PX - RIGHT_PX - self._theme.size("icon") - GAP_PX
        self._text.setMinimumHeight(0)  # otherwise the old minimum is measured
        self._text.setMinimumHeight(max(0, self._text.heightForWidth(room)))

    def show_said(self, said: SaidText | None, *, has_card: bool) -> None:
        self.setVisible(said is not None)
        if said is None:
            return
        is_due = said.fits and not said.is_told and not said.ended
        fits = self.tr("The call is about this: read the text.") if is_due else ""
        if is_due and said.is_changed:
            fits = self.tr("Text changed: read the new one.")
        if said.ended:
            fits = self.tr("Ended at %1: if you read it out, close the call.").replace(
                "%1", said.ended
            )
        if said.is_told:
            fits = self.tr("Informed: the card closes with the call.")
        ink = "warn" if is_due else "accent"
        self.set_ground(f"{ink}-soft", ink)
        self._icon.set_icon("check-circle" if said.is_told else "megaphone", ink)
        self._title.set_text(said.title)
        # A new text alone does not alert an operator who is reading out the old one.
        self._meta.set_role("warn" if is_due and said.is_changed else "text-2")
        self._meta.set_text(" · ".join(part for part in (fits.rstrip("."), said.meta) if part))
        self._text.setText(said.text)
        self._keep_lines()
        self.next.setText(said.further)
        self.next.setVisible(bool(said.further))
        self.tell.setVisible(has_card and not said.is_told)
        self.tell.set_tone(Tone.MAIN if is_due else Tone.PLAIN)
        self.setAccessibleName(f"{said.title}. {fits} {said.text}. {said.meta}")


def _keep_line(theme: Theme, line: ElidedLabel, style: str) -> None:
    theme.fit(line, lambda it: it.setFixedHeight(theme.line_px(style)))


class _News(_Ground):
    """Notice of a possible incident in one line, with the key that opens the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "warn-soft", "warn")
        self._icon = IconSpot(theme, "warning-fill", "warn", theme.size("icon"))
        self._head = ElidedLabel(theme, style="strong")
        self._body = ElidedLabel(theme, style="label", role="text-2")
        self.open = ActionButton(theme, self.tr("Preview"), key=OPEN_KEY, small=True)
        self.open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        for line, style in ((self._head, "strong"), (self._body, "label")):
            _keep_line(theme, line, style)
            lines.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 21, 8)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        row.addWidget(self.open)

    def show_news(self, news: IncidentNews | None) -> None:
        self.setVisible(news is not None)
        if news is not None:
            self._head.set_text(news.head)
            self._body.set_text(news.body)
            self.setAccessibleName(f"{news.head}. {news.body}")
