"""The right column of the review: the keys of the decisions, and what each of them needs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.decision import DecisionPresenter
from console.presenters.decision_state import MODES, DecisionState, Mode
from console.presenters.organ_choice import OrganChoice, OrganChoiceState
from console.presenters.spelling import SpellingPresenter
from console.views.components.audience import AudienceLine
from console.views.components.buttons import ActionButton, Tone
from console.views.components.fields import LineField
from console.views.components.found_line import FoundLine
from console.views.components.labels import KeyHint, Line, ThemedLabel
from console.views.components.paragraphs import ParagraphMark, set_paragraphs
from console.views.components.scrolling import CaretInSight, scrolled
from console.views.components.spelling import check_spelling
from console.views.components.text_field import TextField
from console.views.components.toggles import Toggle
from console.views.later import Later
from console.views.organ_choice import OrganChoiceFields
from console.views.review.decision_key import DecisionKey
from console.views.review.read_text import ReadText
from console.views.review.similar_list import SimilarList
from console.views.theme import Theme
from console.words.audience import INSIDE, Audience, Reader
from sync.register.handling.confidential import Confidential


class Pane(QWidget):
    """Head, contents, what stands in the way, and the button that does it."""

    confirmed = Signal()
    notice_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        parts: Sequence[QWidget],
        action: str,
        *,
        tone: Tone = Tone.MAIN,
        paragraphs: tuple[str, ...] = (),
        stretched: bool = False,
        tells: bool = False,
    ) -> None:
        """``paragraphs`` of the regulation speak of it.

        ``stretched`` parts take the height there is; else they stand at the top.

        What somebody is told of (``tells``) can be looked at before it is done.
        """
        super().__init__()
        self._problem = ThemedLabel(theme, style="state", role="danger", wrap=True)
        self._found = FoundLine(theme)
        self._action = ActionButton(theme, action, key=Key.SAVE, icon="check", tone=tone)
        self._action.clicked.connect(self.confirmed)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 16, 10)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ThemedLabel(theme, title, style="section", wrap=True), 1)
        if paragraphs:
            set_paragraphs(self, *paragraphs)
            head.addWidget(ParagraphMark(theme, *paragraphs), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._edition = ThemedLabel(theme, style="label", role="text-3", wrap=True)
        self._edition.hide()
        column.addWidget(self._edition)
        column.addWidget(self._found)
        if stretched:
            for part in parts:
                column.addWidget(part)
        else:
            column.addWidget(_scrolled(theme, parts, 8), 1)
        if tells:
            notice = ActionButton(
                theme, self.tr("Notice"), key=Key.LINK, icon="envelope-simple", small=True
            )
            notice.setToolTip(self.tr("As the author and the body will be told"))
            notice.clicked.connect(self.notice_asked)
            column.addWidget(notice, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._problem)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("do not")))
        foot.addStretch(1)
        foot.addWidget(self._action)
        column.addLayout(foot)

    def show_edition(self, text: str) -> None:
        """By which edition of the regulation this is decided; nothing where it is not known."""
        self._edition.setText(text)
        self._edition.setVisible(bool(text))

    def take_keyboard(self) -> None:
        """Put the keyboard where the pane is worked from."""
        self._action.setFocus()

    def show_state(self, state: DecisionState) -> None:
        self._problem.setText(state.problem)
        self._problem.setVisible(bool(state.problem))
        self._found.show_found(state.found_again)
        self._action.setEnabled(not state.is_busy)


def _scrolled(theme: Theme, parts: Sequence[QWidget], spacing_px: int) -> QWidget:
    """One below the other at the top; in large letters they need more height than there is."""
    inside = QWidget()
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(spacing_px)
    for part in parts:
        rows.addWidget(part)
    rows.addStretch(1)
    area = scrolled(theme, inside)
    CaretInSight(area)
    return area


class KeysPane(QWidget):
    """The six keys, and what each of them comes to."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        names = (
            (self.tr("Register"), "accent"),
            (self.tr("Refuse"), "danger"),
            (self.tr("Duplicate"), "text"),
            (self.tr("Ask a colleague"), "text"),
            (self.tr("Personal data and secrets"), "text"),
            (self.tr("As the city will see it"), "text"),
        )
        self._keys = [
            DecisionKey(theme, str(number), text, role)
            for number, (text, role) in enumerate(names, start=1)
        ]
        for number, key in enumerate(self._keys, start=1):
            key.clicked.connect(lambda _checked=False, n=number: self.chosen.emit(n))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 14, 10)
        column.setSpacing(3)
        column.addWidget(ThemedLabel(theme, self.tr("Decision"), style="section"))
        self._found = FoundLine(theme)
        column.addWidget(self._found)
        column.addSpacing(4)
        column.addWidget(_scrolled(theme, self._keys, 3), 1)
        note = ThemedLabel(
            theme,
            self.tr("A decision can be taken back for 15 seconds. Refusal is only on par. 7.7."),
            style="label",
            role="text-3",
            wrap=True,
        )
        column.addWidget(note)

    def show_state(self, state: DecisionState) -> None:
        hints = (
            *state.hints,
            self.tr("with a note; others can take it"),
            self.tr("mark or clear, par. 6.12"),
            self.tr("preview, par. 6.9 and 6.11"),
        )
        for mode, key, hint in zip(MODES.values(), self._keys, hints, strict=True):
            key.show_hint(self.tr("begun and not sent yet") if mode in state.begun else hint)
        self._found.show_found(state.found_again)


class RegisterPane(Pane):
    """Who will see it, and the body it goes to (7.8, 7.9)."""

    def __init__(self, theme: Theme, organs: OrganChoice, spelling: SpellingPresenter) -> None:
        self._outcome = ThemedLabel(theme, role="text-2", wrap=True)
        self._organ = ThemedLabel(theme, style="strong", wrap=True)
        self._organs = OrganChoiceFields(theme, organs, spelling, is_narrow=True)
        super().__init__(
            theme,
            self.tr("Register and send"),
            (self._outcome, self._organs, self._organ),
            self.tr("Register"),
            paragraphs=("7.8", "7.9"),
            tells=True,
        )
        organs.changed.connect(self._show_organ)
        self._show_organ(organs.state)

    def settle(self) -> None:
        self._organs.settle()

    def _show_organ(self, state: OrganChoiceState) -> None:
        """The whole title: the field has no room for a long one."""
        self._organ.setText(state.organ_text)

    def focus_first_problem(self) -> None:
        self._organs.focus_first_problem()

    def show_state(self, state: DecisionState) -> None:
        super().show_state(state)
        self._outcome.setText(state.outcome)


class RefusePane(Pane):
    """The words of the refusal; its grounds are ticked on the check-list at the left (7.7)."""

    def __init__(
        self, theme: Theme, presenter: DecisionPresenter, spelling: SpellingPresenter
    ) -> None:
        self._grounds = ThemedLabel(theme, role="text-2", wrap=True)
        self._explanation = TextField(theme, self.tr("What the author is to correct"), (5, 10))
        self._explanation.setAccessibleName(self.tr("What to correct"))
        self._explanation.edited.connect(presenter.set_explanation)
        check_spelling(self._explanation, theme, spelling)
        self._reader = AudienceLine(theme, self._explanation, Reader(Audience.AUTHOR))
        self._earlier_head = ThemedLabel(theme, self.tr("Earlier message (par. 6.3-8, 6.4)"))
        self._earlier = LineField(theme, self.tr("Registration number"))
        self._earlier.textEdited.connect(presenter.set_earlier)
        self._earlier_words = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        parts = (
            self._grounds,
            ThemedLabel(theme, self.tr("What to correct"), style="strong"),
            self._explanation,
            self._reader,
            self._earlier_head,
            self._earlier,
            self._earlier_words,
        )
        super().__init__(
            theme,
            self.tr("Refuse registration"),
            parts,
            self.tr("Refuse"),
            tone=Tone.DANGER,
            paragraphs=("7.7", "7.10"),
            tells=True,
        )

    def take_keyboard(self) -> None:
        self._explanation.setFocus()

    def show_state(self, state: DecisionState) -> None:
        super().show_state(state)
        refusal = state.refusal
        self._grounds.setText(words.decision.chosen_grounds(refusal.grounds))
        self._reader.show_reader(Reader(Audience.AUTHOR, state.way_to_author))
        self._explanation.replace_text(refusal.explanation)
        self._earlier.replace_text(refusal.earlier_text)
        self._earlier_words.setText(state.earlier)
        for part in (self._earlier_head, self._earlier):
            part.setVisible(refusal.needs_earlier)
        self._earlier_words.setVisible(refusal.needs_earlier and bool(state.earlier))


class DuplicatePane(Pane):
    """The earlier messages; the chosen one stands beside this one in the middle (6.4)."""

    def __init__(self, theme: Theme, presenter: DecisionPresenter) -> None:
        self._list = SimilarList(theme)
        self._list.moved.connect(presenter.select_similar)
        self._empty = ThemedLabel(
            theme, self.tr("No earlier message repeats or resembles this one"), role="text-2",
            wrap=True,
        )  # fmt: skip
        super().__init__(
            theme,
            self.tr("Remove as a repetition of"),
            (self._empty, self._list),
            self.tr("Remove"),
            tone=Tone.DANGER,
            paragraphs=("6.4",),
            stretched=True,
            tells=True,
        )

    def take_keyboard(self) -> None:
        self._list.setFocus()

    def show_state(self, state: DecisionState) -> None:
        super().show_state(state)
        self._list.show_rows(state.similar, state.chosen)
        self._empty.setVisible(not state.similar)
        may = 0 <= state.chosen < len(state.similar) and state.similar[state.chosen].may_repeat
        self._action.setEnabled(may and not state.is_busy)


class AskPane(Pane):
    """A note to colleagues; the message goes back to the queue with it (7.6)."""

    def __init__(
        self, theme: Theme, presenter: DecisionPresenter, spelling: SpellingPresenter
    ) -> None:
        self._note = TextField(theme, self.tr("What you are in doubt about"), (4, 8))
        self._note.setAccessibleName(self.tr("Question to colleagues"))
        self._note.edited.connect(presenter.set_note)
        check_spelling(self._note, theme, spelling)
        about = ThemedLabel(
            theme,
            self.tr(
                "The message goes back to the queue with your note; whoever knows takes it up."
            ),
            role="text-2",
            wrap=True,
        )
        reader = AudienceLine(theme, self._note, INSIDE)
        super().__init__(
            theme,
            self.tr("Ask a colleague"),
            (about, self._note, reader),
            self.tr("Ask"),
            paragraphs=("7.6",),
        )

    def take_keyboard(self) -> None:
        self._note.setFocus()

    def show_state(self, state: DecisionState) -> None:
        super().show_state(state)
        self._note.replace_text(state.note)


class ConfidentialPane(Pane):
    """The lines of 6.12, ticked by digit; taking a mark away needs a reason."""

    def __init__(
        self, theme: Theme, presenter: DecisionPresenter, spelling: SpellingPresenter
    ) -> None:
        self._boxes: dict[Confidential, Toggle] = {}
        for number, kind in enumerate(Confidential, start=1):
            box = Toggle(theme, words.grounds.confidential_kind(kind), key=str(number))
            box.clicked.connect(lambda _checked=False, k=kind: presenter.toggle_kind(k))
            self._boxes[kind] = box
        self._reason_head = ThemedLabel(theme, self.tr("Why the mark is taken away"), wrap=True)
        self._reason = TextField(theme, self.tr("What makes you sure"), (2, 4))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._reason.edited.connect(presenter.set_reason)
        check_spelling(self._reason, theme, spelling)
        self._reader = AudienceLine(theme, self._reason, INSIDE)
        about = ThemedLabel(
            theme,
            self.tr("With any of these the message is non-public, whatever its author chose."),
            role="text-2",
            wrap=True,
        )
        super().__init__(
            theme,
            self.tr("Personal data and secrets"),
            (about, *self._boxes.values(), self._reason_head, self._reason, self._reader),
            self.tr("Save"),
            paragraphs=("6.12",),
        )

    def take_keyboard(self) -> None:
        next(iter(self._boxes.values())).setFocus()

    def show_state(self, state: DecisionState) -> None:
        super().show_state(state)
        for kind, box in self._boxes.items():
            box.show_on(kind in state.kinds)
        clears = bool(state.marked - state.kinds)
        self._reason_head.setVisible(clears)
        self._reason.setVisible(clears)
        self._reader.setVisible(clears)
        self._reason.replace_text(state.reason)


class CityPane(Pane):
    """The message as everybody will see it, or that nobody will."""

    def __init__(self, theme: Theme) -> None:
        self._head = ThemedLabel(theme, style="strong", wrap=True)
        self._lines = ThemedLabel(theme, role="text-2", wrap=True)
        self._text = ReadText(theme, self.tr("Text as published"), (3, 14))
        super().__init__(
            theme,
            self.tr("As the city will see it"),
            (self._head, self._lines, self._text),
            self.tr("Go on"),
            paragraphs=("6.9", "6.11"),
        )

    def show_state(self, state: DecisionState) -> None:
        super().show_state(state)
        city = state.city
        if city is not None:
            self._head.setText(city.head)
            self._lines.setText("\n".join(f"{name}: {value}" for name, value in city.lines))
            self._lines.setVisible(bool(city.lines))
            self._text.replace_text(city.text or "")
            self._text.setVisible(city.text is not None)


def make_panes(
    theme: Theme,
    presenter: DecisionPresenter,
    organs: OrganChoice,
    spelling: SpellingPresenter,
) -> dict[Mode, Later[Pane]]:
    """A pane for each decision, made when it is first chosen."""
    return {
        Mode.REGISTER: Later(lambda: RegisterPane(theme, organs, spelling)),
        Mode.REFUSE: Later(lambda: RefusePane(theme, presenter, spelling)),
        Mode.DUPLICATE: Later(lambda: DuplicatePane(theme, presenter)),
        Mode.ASK: Later(lambda: AskPane(theme, presenter, spelling)),
        Mode.CONFIDENTIAL: Later(lambda: ConfidentialPane(theme, presenter, spelling)),
        Mode.CITY: Later(lambda: CityPane(theme)),
    }
