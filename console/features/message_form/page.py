"""The message form: fields, buttons, and the strip that explains why a message is non-public.

In that strip an operator may state with a reason that the text contains no personal data
(Regulation 6.12).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.core.typed_moment import QUICK_MOMENTS
from console.features.message_form.presenter import MessagePresenter, MessageState
from console.shared.messages.audience_words import INSIDE, Audience, Reader
from console.shared.messages.fields_view import AudienceLine, CategoryField, PlaceField
from console.shared.messages.photo_strip_view import PhotoStrip
from console.shared.messages.photos import PhotosPresenter
from console.shared.messages.places import PlacesPresenter
from console.shared.session import card_words
from console.shared.texts.findings import CheckRow, ChecksState, MessageChecksPresenter
from console.ui.buttons import ActionButton, LinkButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField, MomentField, lay_out_form
from console.ui.keyboard import bind_on_page
from console.ui.labels import ElidedLabel, KeyHint, Pill, ThemedLabel
from console.ui.notices import IconSpot
from console.ui.spelling import check_spelling
from console.ui.text_field import TextField, TextMarks
from console.ui.theme import Theme


class ConfidentialStrip(QWidget):
    """Strip with the result of the personal data check (Regulation 6.12). An operator may state
    with a reason that the result is wrong.
    """

    cleared = Signal(str)  # the reason
    typed = Signal(str)  # unsaved reason; empty once it is discarded
    uncleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconSpot(theme, "", "wrap", theme.size("icon"))
        self._note = ThemedLabel(theme, style="state", role="wrap", wrap=True)
        self._clear = ActionButton(
            theme, self.tr("This is not personal data"), key=Key.NO_PERSONAL_DATA, small=True
        )
        self._unclear = ActionButton(
            theme, self.tr("Restore"), key=Key.NO_PERSONAL_DATA, small=True
        )
        self._reason = _ReasonField(theme, self.tr("Reason, e.g. this is a shop name"))
        self._reason.textEdited.connect(self.typed)
        self._reason.taken.connect(self._take)
        self._reason.left_by_escape.connect(self._give_up)
        self._clear.clicked.connect(self.ask)
        self._unclear.clicked.connect(self.uncleared)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._icon)
        top.addWidget(self._note, 1)
        top.addWidget(self._clear)
        top.addWidget(self._unclear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._reason)
        self._reader = AudienceLine(theme, self._reason, INSIDE)
        column.addWidget(self._reader)
        self._hide_reason()

    def ask(self) -> None:
        """Alt+N: asks for the reason, or withdraws the statement."""
        if self._clear.isVisible():
            self._reason.show()
            self._reader.show()
            self._reason.setFocus()
        elif self._unclear.isVisible():
            self.uncleared.emit()

    def show_state(self, state: ChecksState, said_by: str) -> None:
        """Shows the result of the personal data check (6.12); without a result, ``said_by``, the
        source of the publicity (6.8).
        """
        note = state.publicity_note
        self._note.setText(note or said_by)
        self._note.set_role("wrap" if note else "text-2")
        icon = "eye-slash" if state.may_clear else "check"
        self._icon.set_icon(icon, "wrap" if note else "text-2")
        self._clear.setVisible(state.may_clear)
        self._unclear.setVisible(bool(note) and not state.may_clear)
        if not state.may_clear:
            self._reason.clear()
            self._hide_reason()
        elif state.clearing:
            self._reason.replace_text(state.clearing)
            self._reason.show()
            self._reader.show()
        elif self._reason.text().strip():  # reason entered by another operator
            self._reason.setText("")
            self._hide_reason()

    def _take(self) -> None:
        if self._reason.text().strip():
            self.cleared.emit(self._reason.text())
            self._unclear.setFocus()

    def _give_up(self) -> None:
        self._reason.clear()
        self.typed.emit("")
        self._hide_reason()
        self._clear.setFocus()

    def _hide_reason(self) -> None:
        self._reason.hide()
        self._reader.hide()


class _ReasonField(LineField):
    """Single-line field; Enter accepts the text, Esc leaves the field."""

    taken = Signal()
    left_by_escape = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.taken.emit()
            case Qt.Key.Key_Escape:
                self.left_by_escape.emit()
            case _:
                super().keyPressEvent(event)


class MessageForm(QWidget):
    """Form with text, place, time, topic and publicity; the caller's data are in the card."""

    register_asked = Signal()
    review_asked = Signal()
    back_asked = Signal()
    appeal_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: MessagePresenter,
        checks: MessageChecksPresenter,
        places: PlacesPresenter,
        spelling: SpellingPresenter,
        photos: PhotosPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._checks = checks
        self._places = places
        self._build_fields(photos)
        self._marks = TextMarks(self._text, theme)
        check_spelling(self._text, theme, spelling)
        lay_out_form(self, theme, head=self._head(), fields=self._rows, foot=self._foot())
        self._connect()
        presenter.changed.connect(self._show)
        checks.changed.connect(self._show_checks)
        self._show(presenter.state)
        self._show_checks(checks.state)

    def _what_row(self) -> FieldRow:
        """Row for the text of the message. It is sent to the authority; the text of the call card
        is not.
        """
        row = FieldRow(self._theme, self.tr("What?"), self._text, paragraphs=("6.1",))
        row.add_below(AudienceLine(self._theme, self._text, Reader(Audience.MESSAGE)))
        return row

    def _head(self) -> QVBoxLayout:
        theme = self._theme
        names = QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(ThemedLabel(theme, self.tr("Message"), style="title"))
        names.addWidget(Pill(theme, self.tr("from the call"), icon="phone", kind="ok"))
        names.addStretch(1)
        appeal = ActionButton(theme, card_words.formal_appeal(), key=Key.FORMAL_APPEAL, small=True)
        appeal.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        appeal.clicked.connect(self.appeal_asked)
        names.addWidget(appeal)
        self._part = Pill(theme, icon="git-branch", kind="accent")
        names.insertWidget(2, self._part)
        self._subtitle = ElidedLabel(theme, role="text-2")
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addLayout(names)
        head.addWidget(self._subtitle)
        return head

    def _build_fields(self, photos: PhotosPresenter) -> None:
        theme = self._theme
        self._author = ElidedLabel(theme, style="field")
        theme.fit(self._author, lambda it: it.setFixedHeight(theme.size("field")))
        self._text = TextField(theme, self.tr("What happened and what is requested"), (4, 10))
        self._place = PlaceField(theme, self.tr("Street, house or landmark"), self._places)
        self._date = MomentField(theme, self.tr("DD.MM.YYYY"))
        self._time = LineField(theme, self.tr("HH:MM"))
        for field, widest in ((self._date, "00.00.0000"), (self._time, "00:00")):
            field.keep_room_for(widest)
        self._category = CategoryField(theme, self._presenter.categories())
        self._presenter.categories_changed.connect(
            lambda: self._category.set_choices(self._presenter.categories())
        )
        self._unit = Pill(theme, "", icon="bank", kind="neutral")
        self._publicity = ChoiceRow(
            theme,
            self.tr("Show to everyone?"),
            (
                Choice("non_public", self.tr("Non-public")),
                Choice("public", self.tr("Public")),
                Choice("not_stated", self.tr("Not asked")),
            ),
            tall=False,
        )
        self._confidential = ConfidentialStrip(theme)
        self._rows = (
            FieldRow(theme, self.tr("Author"), self._author, paragraphs=("6.2",)),
            self._what_row(),
            FieldRow(theme, self.tr("Where?"), self._place, has_remark=True, paragraphs=("6.1",)),
            FieldRow(
                theme,
                self.tr("When?"),
                self._date,
                self._time,
                has_remark=True,
                paragraphs=("6.1",),
            ),
            FieldRow(theme, self.tr("Topic"), self._category, paragraphs=("5.3",)),
            FieldRow(theme, self.tr("Show to everyone?"), self._publicity, paragraphs=("6.8",)),
            FieldRow(theme, "", self._confidential, paragraphs=("6.12",)),
            FieldRow(
                theme,
                self.tr("Photos"),
                PhotoStrip(theme, photos, page=self),
                paragraphs=("6.5", "6.6", "6.7"),
            ),
        )
        self._rows[4].body.addWidget(self._unit)
        for text in QUICK_MOMENTS:
            quick = LinkButton(theme, text)
            # By keyboard: the down arrow in the date field, or the typed words.
            quick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            quick.clicked.connect(lambda _checked=False, t=text: self._presenter.choose_moment(t))
            self._rows[3].body.addWidget(quick)
        self._rows[3].body.addStretch(1)

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        self._register = ActionButton(
            theme, self.tr("Register"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._hint = ElidedLabel(theme, style="label", role="text-2", whole_or_not=True)
        self._hint.set_text(self.tr("all but photo required"))
        self._review = ActionButton(theme, self.tr("To review"), key=Key.HAND_IN)
        self._review.setToolTip(self.tr("Leave the decision to the moderator"))
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self._escape = KeyHint(theme, "Esc", self.tr("to the call"))
        foot.addWidget(self._escape)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._review)
        foot.addWidget(self._register)
        return foot

    def _connect(self) -> None:
        presenter = self._presenter
        self._text.edited.connect(presenter.set_text)
        self._place.edited.connect(presenter.set_place)
        self._place.left.connect(lambda: self._show_place(presenter.state))
        self._places.changed.connect(lambda: self._show_place(presenter.state))
        self._date.textEdited.connect(presenter.set_date_text)
        self._time.textEdited.connect(presenter.set_time_text)
        self._date.chosen.connect(presenter.choose_moment)
        for field in (self._date, self._time):
            field.left.connect(presenter.settle_moment)
        self._category.chosen.connect(presenter.set_category)
        self._publicity.chosen.connect(presenter.set_publicity)
        self._register.clicked.connect(self.register_asked)
        self._review.clicked.connect(self.review_asked)
        self._confidential.cleared.connect(presenter.clear_confidential)
        self._confidential.typed.connect(self._checks.set_clearing)
        self._confidential.uncleared.connect(self._checks.unclear)
        bind_on_page(self, {Key.NO_PERSONAL_DATA: self._confidential.ask, Key.SPLIT: self._split})

    def _split(self) -> None:
        """Alt+S: moves the selected text, or without a selection the further question found by the
        check, to another message.
        """
        self._presenter.split(*self._marks.selected())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self._theme.size("form_narrow")
        for row in self._rows:
            row.set_narrow(is_narrow)
        self._escape.setVisible(not is_narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Focuses the text, or the place if there already is a text."""
        state = self._presenter.state
        target: QWidget = self._text if not state.text.strip() else self._place
        target.setFocus()

    def settle(self) -> None:
        """Applies the pending input of the fields, as if the focus had left them; called before the
        message is registered.
        """
        self._place.settle()
        self._category.settle()
        self._presenter.settle_moment()

    def focus_first_problem(self) -> None:
        problems = self._presenter.state.problems
        for name, target in self._targets().items():
            if name in problems:
                target.setFocus()
                return

    def go_to(self, row: CheckRow) -> None:
        """Focuses the field of a finding and selects the text to which the finding refers."""
        if row.mark is not None:
            self._marks.select(row.mark)
            return
        if row.field == "when" and self._presenter.state.date_text:
            self._time.setFocus()
            return
        self._targets()[row.field].setFocus()
        if row.field == "place" and row.end:
            self._place.setSelection(row.start, row.end - row.start)

    def _targets(self) -> dict[str, QWidget]:
        return {
            "text": self._text,
            "place": self._place,
            "when": self._date,
            "category": self._category,
            "publicity": self._publicity,
        }

    def _show(self, state: MessageState) -> None:
        self._subtitle.set_text(state.subtitle)
        self._part.set_state(state.part, icon="git-branch", kind="accent")
        self._part.setVisible(bool(state.part))
        self._author.set_text(state.author)
        self._text.replace_text(state.text)
        self._place.replace_text(state.place)
        self._show_place(state)
        self._rows[3].show_remark(state.when_note, warns=state.when_is_ahead)
        self._date.replace_text(state.date_text)
        self._time.replace_text(state.time_text)
        self._category.show_value(state.category, state.category_text)
        self._unit.setVisible(bool(state.unit))
        self._unit.set_state(state.unit, icon="bank")
        self._publicity.show_choice(state.publicity)
        for name, row in (
            ("text", self._rows[1]),
            ("place", self._rows[2]),
            ("when", self._rows[3]),
            ("category", self._rows[4]),
        ):
            row.show_problem(state.problems.get(name, ""))

    def _show_place(self, state: MessageState) -> None:
        remark = self._places.remark(state.place, is_typed=self._place.hasFocus())
        self._rows[2].show_remark(remark, warns=True)

    def _show_checks(self, state: ChecksState) -> None:
        self._marks.show_marks(state.marks)
        said_by = self._presenter.state.said_by
        self._confidential.show_state(state, said_by)
        self._rows[6].setVisible(bool(state.publicity_note or said_by))
