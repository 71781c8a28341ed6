"""Widgets of the call card: head, fields, dispositions, and text to read before the call ends."""

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.keymap import KEYS, held_with_digits
from console.core.spelling import SpellingPresenter
from console.features.call_card.card_rows_view import ByHandRows, UsedEntries
from console.features.call_card.card_state import CardState
from console.features.call_card.persons import CallerPersonsPresenter
from console.features.call_card.persons_view import PERSON_KEY, PersonGuess
from console.features.call_card.presenter import CardPresenter
from console.shared.messages.fields_view import CategoryField
from console.shared.session import card_words
from console.ui.buttons import ActionButton, LinkButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField, StatedField, lay_out_form
from console.ui.labels import ElidedLabel, KeyHint, ThemedLabel
from console.ui.notices import IconSpot, ReadLineView
from console.ui.paint import fill_box
from console.ui.paragraphs import ParagraphMark
from console.ui.spelling import check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme

FACTS_GAP_PX = 8


class CardHead(QWidget):
    """Head of the call card: title and facts of the call, with the suggested caller below."""

    appeal_asked = Signal()
    further_asked = Signal()

    def __init__(self, theme: Theme, guess: PersonGuess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ThemedLabel(theme, self.tr("Phone call"), style="title")
        self._greeting = ElidedLabel(theme, style="spoken")
        self._greeting_icon = IconSpot(theme, "speaker-high", "accent", theme.size("icon"))
        self._number = ThemedLabel(theme, style="body", role="text-2")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._draft = ThemedLabel(theme, style="body", role="text-2")
        self._draft_icon = IconSpot(theme, "cloud-check", "ok", theme.size("icon"))
        appeal = ActionButton(
            theme, card_words.formal_appeal(), key=Key.FORMAL_APPEAL, small=True, elides=True
        )
        appeal.clicked.connect(self.appeal_asked)
        self._further = LinkButton(theme, self.tr("Another question"), key=Key.FURTHER_QUESTION)
        self._further.clicked.connect(self.further_asked)
        for button in (appeal, self._further):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        names = QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(self._title)
        names.addWidget(ParagraphMark(theme, "7.3"))
        names.addSpacing(10)
        names.addWidget(self._greeting_icon)
        names.addWidget(self._greeting, 1)
        names.addWidget(appeal)
        self._facts = facts = QHBoxLayout()
        facts.setSpacing(FACTS_GAP_PX)
        facts.addWidget(self._number)
        facts.addSpacing(FACTS_GAP_PX)
        facts.addWidget(self._further)
        facts.addStretch(1)
        facts.addWidget(self._draft_icon)
        facts.addWidget(self._draft)
        self._route = ElidedLabel(theme, style="body", role="text-2")
        self._known = ElidedLabel(theme, style="body", role="text")
        self._known_icon = IconSpot(theme, "clock-counter-clockwise", "text-2", theme.size("icon"))
        known = QHBoxLayout()
        known.setSpacing(FACTS_GAP_PX)
        known.addWidget(self._known_icon)
        known.addWidget(self._known, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(names)
        column.addLayout(facts)
        column.addWidget(self._route)
        column.addLayout(known)
        column.addWidget(guess)

    def show_state(self, state: CardState) -> None:
        self._title.setText(state.title)
        self._number.setText(state.subtitle)
        self._draft.setText(state.draft)
        self._draft_icon.setVisible(bool(state.draft))
        self._draft_icon.setToolTip(state.draft)
        self._greeting.set_text(state.greeting)
        self._greeting_icon.setVisible(bool(state.greeting))
        self._route.set_text(state.route)
        self._route.setVisible(bool(state.route))
        self._known.set_text(state.known)
        self._known.setToolTip(state.known_detail)
        for part in (self._known, self._known_icon):
            part.setVisible(bool(state.known))
        self._fit_facts()

    def set_narrow(self, is_narrow: bool) -> None:
        """Hides the button for an additional question in a narrow window; its key still works."""
        self._further.setVisible(not is_narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_facts()

    def _fit_facts(self) -> None:
        """Hides the text on the saved state if space is scarce; number and time are always
        complete.
        """
        facts = (self._number, self._further, self._draft_icon, self._draft)
        room_px = self._facts.geometry().width()
        needed_px = sum(fact.sizeHint().width() + FACTS_GAP_PX for fact in facts)
        self._draft.setVisible(needed_px <= room_px)


class PromiseBlock(QWidget):
    """Text with message number and deadline that the operator reads to the caller."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = ThemedLabel(theme, self.tr("Say before ending"), style="state", role="accent")
        self._text = ThemedLabel(theme, style="spoken", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconSpot(theme, "speaker-high", "accent", theme.size("icon")))
        head.addWidget(self._head)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._text)
        self.setVisible(False)

    def show_text(self, text: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(QPainter(self), QRectF(self.rect()), 8, self._theme.colour("accent-soft"))


CONCERNED_KEY = Key.CONCERNED
RESULT_KEYS = (
    Key.RESULT_ANSWERED,
    Key.RESULT_CONTACTS,
    Key.MAKE_MESSAGE,
    Key.RESULT_TECHNICAL,
)


class CallCard(QWidget):
    """Shows the record of a call and forwards input to the presenter, which validates it."""

    save_asked = Signal()
    save_and_ready_asked = Signal()
    message_asked = Signal()
    appeal_asked = Signal()
    further_asked = Signal()
    content_typed = Signal(str)
    person_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: CardPresenter,
        persons: CallerPersonsPresenter,
        spelling: SpellingPresenter,
        by_hand: ByHandRows,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._by_hand = by_hand
        self._shown: CardState | None = None
        self._offers_ready = False
        self._guess = PersonGuess(theme, persons)
        self._guess.choice_asked.connect(self.person_asked)
        self._build_fields()
        check_spelling(self._content, theme, spelling)
        self._head = CardHead(theme, self._guess)
        self._head.appeal_asked.connect(self.appeal_asked)
        self._head.further_asked.connect(self.further_asked)
        head = QVBoxLayout()
        head.addWidget(self._head)
        lay_out_form(
            self,
            theme,
            head=head,
            fields=(by_hand, *self._rows),
            foot=self._foot(),
        )
        self._connect()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    # --- construction ---

    def _build_fields(self) -> None:
        theme = self._theme
        self._name = StatedField(
            theme,
            self.tr("Surname, first name, patronymic"),
            self.tr("Not given — declined to give a name"),
            "",
        )
        self._concerned = LineField(theme, self.tr("Name and relation to the caller"))
        self._phone = StatedField(
            theme, "+7 (900) 000-00-00", self.tr("Not given — declined to leave a number"), ""
        )
        self._email = StatedField(
            theme,
            self.tr("name@mail.ru"),
            self.tr("Not given — has no e-mail"),
            Key.NOT_GIVEN,
        )
        self._content = TextField(theme, self.tr("Caller's question, in a few words"))
        self._category = CategoryField(theme, self._presenter.categories())
        self._presenter.categories_changed.connect(
            lambda: self._category.set_choices(self._presenter.categories())
        )
        self._used = UsedEntries(theme)
        self._result = ChoiceRow(
            theme,
            self.tr("Call result"),
            (
                Choice(
                    "answered", self.tr("Answered"), self.tr("standard answer"), Key.RESULT_ANSWERED
                ),
                Choice(
                    "contacts",
                    self.tr("Gave contacts"),
                    self.tr("authority, service"),
                    Key.RESULT_CONTACTS,
                ),
                Choice("message", self.tr("Message"), self.tr("written answer"), Key.MAKE_MESSAGE),
                Choice(
                    "technical",
                    self.tr("Technical"),
                    self.tr("dropped, error"),
                    Key.RESULT_TECHNICAL,
                ),
            ),
            tall=True,
        )
        self._wrong_number = self.tr("Wrong number")
        self._technical = ChoiceRow(
            theme,
            self.tr("Technical result"),
            (
                Choice("dropped", self.tr("Dropped")),
                Choice("silent", self.tr("Silence")),
                Choice("wrong_number", self._wrong_number),
            ),
            tall=False,
        )
        not_asked = LinkButton(theme, self.tr("not given"), key=Key.NOT_GIVEN)
        not_asked.clicked.connect(self._presenter.person.toggle_name)
        self._no_name = not_asked
        known = LinkButton(theme, self.tr("from the records"), key=PERSON_KEY)
        known.clicked.connect(self.person_asked)
        self._no_phone = no_phone = LinkButton(theme, self.tr("not given"), key=Key.NOT_GIVEN)
        no_phone.clicked.connect(self._presenter.person.toggle_phone)
        self._no_email = no_email = LinkButton(theme, self.tr("not given"), key=Key.NOT_GIVEN)
        no_email.clicked.connect(self._presenter.person.toggle_email)
        self._rows = (
            FieldRow(theme, self.tr("Caller"), self._name, paragraphs=("7.3",)),
            FieldRow(theme, self.tr("About whom"), self._concerned, paragraphs=("6.2",)),
            FieldRow(theme, self.tr("Phone"), self._phone, paragraphs=("7.3",)),
            FieldRow(theme, self.tr("E-mail"), self._email, paragraphs=("7.3",)),
            FieldRow(theme, self.tr("What?"), self._content, paragraphs=("7.3",)),
            FieldRow(theme, self.tr("Topic"), self._category, paragraphs=("4.1",)),
            FieldRow(theme, self.tr("Answer"), self._used, paragraphs=("8.1",)),
            FieldRow(theme, self.tr("Result"), self._result, paragraphs=("7.4",)),
            FieldRow(theme, "", self._technical),
        )
        self._name_row, self._concerned_row, self._phone_row, self._email_row = self._rows[:4]
        self._content_row = self._rows[4]
        self._used_row, self._result_row, self._technical_row = self._rows[6:]
        KEYS.changed.connect(self._show_result_note)
        self._show_result_note()
        for row, link in (
            (self._name_row, self._no_name),
            (self._phone_row, no_phone),
            (self._email_row, no_email),
        ):
            # In the field Ctrl+E does the same, so the button is left out of the tab order.
            link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.body.addWidget(link)
        known.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._for_other = LinkButton(theme, self.tr("for another person"), key=CONCERNED_KEY)
        self._for_other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._for_other.clicked.connect(self.ask_concerned)
        self._name_row.body.addWidget(known)
        self._name_row.body.addWidget(self._for_other)
        self._name_read, self._phone_read = ReadLineView(theme), ReadLineView(theme)
        self._email_read = ReadLineView(theme, style="body")
        self._name_row.add_below(self._name_read)
        self._phone_row.add_below(self._phone_read)
        self._email_row.add_below(self._email_read)
        self.promise = PromiseBlock(theme)

    def _show_result_note(self) -> None:
        held = held_with_digits(*RESULT_KEYS)
        note = self.tr("%1 + digit").replace("%1", held) if held else ""
        self._result_row.show_note(note)

    def _foot(self) -> QVBoxLayout:
        theme = self._theme
        self._message = ActionButton(
            theme, self.tr("Create a message"), key=Key.MAKE_MESSAGE, icon="envelope-simple"
        )
        self._save = ActionButton(
            theme, self.tr("Save"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._save_and_ready = ActionButton(
            theme,
            self.tr("Save and ready"),
            key=Key.SAVE_AND_READY,
            icon="check-circle",
            elides=True,
        )
        self._save_and_ready.clicked.connect(self.save_and_ready_asked)
        self._save_and_ready.hide()
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self._hints = (
            KeyHint(theme, "Esc", self.tr("back to the field")),
            KeyHint(theme, Key.KEYS, self.tr("keys")),
        )
        for hint in self._hints:
            foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(self._message)
        foot.addWidget(self._save_and_ready)
        foot.addWidget(self._save)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.promise)  # outside the scroll area, therefore always visible
        column.addLayout(foot)
        return column

    def offer_ready(self, offered: bool) -> None:
        """Shows or hides the button "save and ready".

        It is used in a wrap-up without automatic return to ready, and replaces the key hints.
        """
        self._offers_ready = offered
        # Hidden first: both together would be wider than the window.
        if offered:
            self._show_hints()
            self._save_and_ready.show()
        else:
            self._save_and_ready.hide()
            self._show_hints()

    def _connect(self) -> None:
        presenter = self._presenter
        self._name.edited.connect(presenter.person.set_name)
        self._name.absence_changed.connect(presenter.person.set_name_absent)
        self._name.line.left.connect(presenter.person.name_left)
        self._name_read.offer_taken.connect(presenter.person.mend_name)
        self._concerned.textEdited.connect(presenter.person.set_concerned)
        self._concerned.left.connect(lambda: self._show_concerned(presenter.state))
        self._phone.edited.connect(presenter.person.set_phone)
        self._phone.absence_changed.connect(presenter.person.set_phone_absent)
        self._phone.line.left.connect(presenter.person.phone_left)
        self._email.edited.connect(presenter.person.set_email)
        self._email.absence_changed.connect(presenter.person.set_email_absent)
        self._email.line.left.connect(presenter.person.email_left)
        self._email_read.offer_taken.connect(presenter.person.mend_email)
        self._content.edited.connect(presenter.set_content)
        self._content.edited.connect(self.content_typed)
        self._category.chosen.connect(presenter.set_category)
        self._used.removed.connect(presenter.remove_used)
        self._result.chosen.connect(presenter.choose_result)
        self._technical.chosen.connect(presenter.technical.choose)
        self._message.clicked.connect(self.message_asked)
        self._save.clicked.connect(self.save_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self._theme.size("form_narrow")
        for row in (self._by_hand, *self._rows):
            row.set_narrow(is_narrow)
        self._head.set_narrow(is_narrow)
        self._show_hints()

    def _show_hints(self) -> None:
        """Shows the key hints unless the card is narrow or the button "save and ready" replaces
        them.
        """
        is_narrow = self.width() < self._theme.size("form_narrow")
        for hint in self._hints:
            hint.setVisible(not is_narrow and not self._offers_ready)

    # --- view state ---

    def focus_content(self) -> None:
        self._content.setFocus()

    def focus_name(self) -> None:
        self._name.setFocus()

    def ask_concerned(self) -> None:
        """Ctrl+Shift+P: shows and focuses the field for the represented person."""
        if self._presenter.state.key:
            self._concerned_row.setVisible(True)
            self._concerned.setFocus()

    def _show_concerned(self, state: CardState) -> None:
        """Shows the field for the represented person if it has a name or the focus."""
        is_asked = bool(state.concerned) or self._concerned.hasFocus()
        self._concerned_row.setVisible(is_asked)
        self._for_other.setVisible(not is_asked)

    def take_offer(self) -> None:
        """Alt+J: applies the suggested correction of the focused name, or else of the e-mail."""
        focused = QApplication.focusWidget()
        if focused is not None and self._name.isAncestorOf(focused):
            self._name.line.setModified(False)  # allows replacing the input
            self._presenter.person.mend_name()
        else:
            self._email.line.setModified(False)
            self._presenter.person.mend_email()

    def toggle_absence(self) -> None:
        """Ctrl+E: sets or clears «не указано» for the focused name or phone number, or else the
        e-mail.
        """
        focused = QApplication.focusWidget()
        if focused is not None and self._name.isAncestorOf(focused):
            self._presenter.person.toggle_name()
        elif focused is not None and self._phone.isAncestorOf(focused):
            self._presenter.person.toggle_phone()
        else:
            self._presenter.person.toggle_email()

    def settle(self) -> None:
        """Applies the input of all fields as when they lose focus, before the record is closed."""
        self._category.settle()
        self._presenter.person.settle()

    def focus_first_problem(self) -> None:
        """Focuses the first field with an error."""
        state = self._presenter.state
        targets: dict[str, QWidget] = {
            "content": self._content,
            "result": self._result,
            "email": self._email,
            "phone": self._phone,
            "used": self._used,
        }
        for name, target in targets.items():
            if name in state.problems:
                target.setFocus()
                return

    def _show(self, state: CardState) -> None:
        before, self._shown = self._shown, state
        self._show_values(state, other=before is None or state.key != before.key)
        if before is None or replace(before, content=state.content) != state:
            self._show_beside(state)

    def _show_values(self, state: CardState, *, other: bool) -> None:
        """Updates the fields that the operator can edit."""
        self._name.show_value(state.name, not_given=state.name_absent, whole_record=other)
        self._concerned.replace_text(state.concerned, whole_record=other)
        self._show_concerned(state)
        self._phone.show_value(state.phone, not_given=state.phone_absent, whole_record=other)
        self._email.show_value(state.email, not_given=state.email_absent, whole_record=other)
        self._content.replace_text(state.content)
        self._category.show_value(state.category, state.category_text)
        self._result.show_choice(state.result)
        self._technical.show_choice(state.technical)

    def _show_beside(self, state: CardState) -> None:
        """Updates everything except the fields that the operator can edit."""
        self._head.show_state(state)
        self._no_name.setVisible(not state.name_absent)
        self._no_phone.setVisible(not state.phone_absent)
        self._no_email.setVisible(not state.email_absent)
        self._name_read.show_line(state.name_read)
        self._phone_read.show_line(state.phone_read)
        self._email_read.show_line(state.email_read)
        self._used.show_rows(state.used)
        for value in ("dropped", "silent"):
            self._technical.show_cell(value, shown=not state.is_apart)
        mistake = self.tr("Opened by mistake") if state.is_apart else self._wrong_number
        self._technical.set_text("wrong_number", mistake)
        self._technical_row.setVisible(state.result == "technical")
        self.promise.show_text(state.promise)
        self._content_row.show_problem(state.problems.get("content", ""))
        self._result_row.show_problem(state.problems.get("result", ""))
        self._email_row.show_problem(state.problems.get("email", ""))
        self._phone_row.show_problem(state.problems.get("phone", ""))
        self._used_row.show_problem(state.problems.get("used", ""))
        self._save.setText(state.save_word)
        self._message.setVisible(state.may_make_message)
