"""Decision column of a review: decision keys, list of similar messages, one pane per decision."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.review import decision_words
from console.features.review.decision import DecisionPresenter
from console.features.review.decision_state import MODES, DecisionState, Mode, SimilarRow
from console.shared.messages.audience_words import INSIDE, Audience, Reader
from console.shared.messages.fields_view import AudienceLine, OrganChoiceFields
from console.shared.messages.organ_choice import OrganChoice, OrganChoiceState
from console.shared.messages.term_view import draw_term
from console.shared.texts import ground_words
from console.ui.buttons import RING_PX, ActionButton, ThemedButton, Toggle, Tone
from console.ui.fields import LineField
from console.ui.labels import KeyHint, Line, ThemedLabel
from console.ui.layout import CaretInSight, Later, scrolled
from console.ui.lists import Index, RowList, RowModel
from console.ui.notices import FoundLine
from console.ui.paint import (
    draw_focus_ring,
    draw_icon,
    draw_keycap,
    draw_row_ground,
    draw_text,
    fill_box,
    text_width,
)
from console.ui.paragraphs import ParagraphMark, set_paragraphs
from console.ui.read_text import ReviewedText
from console.ui.spelling import check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme
from sync.register.handling.contents import Confidential

HEIGHT_PX = 54


class DecisionKey(ThemedButton):
    """Button of a decision; the selected decision has an accent frame. 60 px high with
    focus ring.
    """

    def __init__(self, theme: Theme, key: str, text: str, role: str = "text") -> None:
        super().__init__(theme)
        self._key = key
        self._role = role
        self._hint = ""
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_hint("")

    def show_hint(self, hint: str) -> None:
        self._hint = hint
        self.setAccessibleName(f"{self._key}, {self.text()}. {hint}".rstrip(". "))
        self.update()

    def sizeHint(self) -> QSize:
        grown = self._theme.line_px("body") + self._theme.line_px("label")
        return QSize(180, max(HEIGHT_PX, grown + 18) + 2 * RING_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(RING_PX, RING_PX, -RING_PX, -RING_PX)
        ground = "hover" if self.underMouse() else "surface"
        fill_box(painter, box, 6, theme.colour(ground), theme.colour("line-control"))
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()))
        upper, lower = theme.line_px("body"), theme.line_px("label")
        top = box.center().y() - (upper + lower) / 2
        left = box.left() + 14
        cap = draw_keycap(
            painter,
            theme,
            left,
            box.center().y(),
            self._key,
            theme.colour("text-2"),
            theme.colour("line-control"),
        )
        left += cap + 12
        room = box.right() - 10 - left
        colour = theme.colour(self._role)
        draw_text(
            painter, QRectF(left, top, room, upper), self.text(), theme.font("strong"), colour
        )
        draw_text(
            painter,
            QRectF(left, top + upper, room, lower),
            self._hint,
            theme.font("label"),
            theme.colour("text-2"),
        )


PADDING_PX = 14


class _Delegate(QStyledItemDelegate):
    """Paints a similar message: number and score, reason for the similarity, status, deadline,
    first text line.
    """

    def __init__(self, theme: Theme, model: RowModel[SimilarRow], view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._theme
        return QSize(160, theme.line_px("body") * 2 + theme.line_px("label") * 2 + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view, is_marked=True)
        left, right = area.left() + PADDING_PX + 6, area.right() - PADDING_PX
        body, label = theme.line_px("body"), theme.line_px("label")
        top = area.top() + 8
        width = text_width(theme.font("strong"), row.score) + 2
        draw_text(
            painter,
            QRectF(right - width, top, width, body),
            row.score,
            theme.font("strong"),
            theme.colour("text"),
        )
        draw_text(
            painter,
            QRectF(left, top, right - width - left - 8, body),
            f"№ {row.number}",
            theme.font("strong"),
            theme.colour("text"),
        )
        top += body
        draw_text(
            painter,
            QRectF(left, top, right - left, body),
            row.about,
            theme.font("body"),
            theme.colour("text-2"),
        )
        top += body
        draw_text(
            painter,
            QRectF(left, top, right - left, label),
            row.reason,
            theme.font("label"),
            theme.colour("text-2"),
        )
        top += label
        self._paint_status(painter, row, QRectF(left, top, right - left, label))
        painter.restore()

    def _paint_status(self, painter: QPainter, row: SimilarRow, area: QRectF) -> None:
        theme = self._theme
        text, icon, role = row.status
        size = theme.size("icon_meta")
        draw_icon(
            painter,
            icon,
            QRectF(area.left(), area.top(), size, area.height()),
            size,
            theme.colour(role),
        )
        left = area.left() + size + 5
        left += draw_text(
            painter,
            QRectF(left, area.top(), area.width() / 2, area.height()),
            text,
            theme.font("label"),
            theme.colour(role),
        )
        left += 14
        if row.term.short and left < area.right():
            draw_term(
                painter,
                theme,
                QRectF(left, area.top(), area.right() - left, area.height()),
                row.term,
            )


class SimilarList(RowList[SimilarRow]):
    """List of similar messages. Arrow keys select one for comparison; the page handles digits and
    Enter.
    """

    def __init__(self, theme: Theme) -> None:
        model = RowModel[SimilarRow](lambda row: row.number, _whole)
        super().__init__(theme, model, self.tr("Similar earlier messages"))
        self.setItemDelegate(_Delegate(theme, model, self))


def _whole(row: SimilarRow) -> str:
    parts = (f"№ {row.number}", row.score, row.reason, row.status[0], row.term.sentence,
             decision_words.may_repeat(row.may_repeat), row.about)  # fmt: skip
    return ". ".join(part for part in parts if part)


class Pane(QWidget):
    """Pane of one decision: heading, content, problem, and the button that executes it."""

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
        """`paragraphs` are the relevant clauses of the regulation; `tells` adds the notification
        preview.

        `stretched` parts fill the height; all other parts are placed at the top.
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
                theme, self.tr("Notification"), key=Key.LINK, icon="envelope-simple", small=True
            )
            notice.setToolTip(self.tr("What author and authority will be told"))
            notice.clicked.connect(self.notice_asked)
            column.addWidget(notice, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._problem)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        foot.addWidget(self._action)
        column.addLayout(foot)

    def show_edition(self, text: str) -> None:
        """Shows the version of the regulation that applies; hidden if empty."""
        self._edition.setText(text)
        self._edition.setVisible(bool(text))

    def take_keyboard(self) -> None:
        """Focuses the main control of the pane."""
        self._action.setFocus()

    def show_state(self, state: DecisionState) -> None:
        self._problem.setText(state.problem)
        self._problem.setVisible(bool(state.problem))
        self._found.show_found(state.found_again)
        self._action.setEnabled(not state.is_busy)


def _scrolled(theme: Theme, parts: Sequence[QWidget], spacing_px: int) -> QWidget:
    """Returns a scroll area with the parts at the top, because large text may exceed the height."""
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
    """The six decision keys with their effects."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        names = (
            (self.tr("Register"), "accent"),
            (self.tr("Refuse"), "danger"),
            (self.tr("Duplicate"), "text"),
            (self.tr("Ask a colleague"), "text"),
            (self.tr("Personal and confidential data"), "text"),
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
            self.tr("A decision can be undone for 15 seconds. Refuse only under par. 7.7."),
            style="label",
            role="text-3",
            wrap=True,
        )
        column.addWidget(note)

    def show_state(self, state: DecisionState) -> None:
        hints = (
            *state.hints,
            self.tr("with a note; someone else takes it"),
            self.tr("mark or clear, par. 6.12"),
            self.tr("preview, par. 6.9 and 6.11"),
        )
        for mode, key, hint in zip(MODES.values(), self._keys, hints, strict=True):
            key.show_hint(self.tr("started, not sent") if mode in state.begun else hint)
        self._found.show_found(state.found_again)


class RegisterPane(Pane):
    """Registration: visibility of the message and the responsible authority (clauses 7.8
    and 7.9).
    """

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
        """Shows the full title of the authority, which may not fit in its field."""
        self._organ.setText(state.organ_text)

    def focus_first_problem(self) -> None:
        self._organs.focus_first_problem()

    def show_state(self, state: DecisionState) -> None:
        super().show_state(state)
        self._outcome.setText(state.outcome)


class RefusePane(Pane):
    """Explanation of the refusal; its grounds are selected in the check-list (clause 7.7)."""

    def __init__(
        self, theme: Theme, presenter: DecisionPresenter, spelling: SpellingPresenter
    ) -> None:
        self._grounds = ThemedLabel(theme, role="text-2", wrap=True)
        self._explanation = TextField(theme, self.tr("What the author should correct"), (5, 10))
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
        self._grounds.setText(decision_words.chosen_grounds(refusal.grounds))
        self._reader.show_reader(Reader(Audience.AUTHOR, state.way_to_author))
        self._explanation.replace_text(refusal.explanation)
        self._earlier.replace_text(refusal.earlier_text)
        self._earlier_words.setText(state.earlier)
        for part in (self._earlier_head, self._earlier):
            part.setVisible(refusal.needs_earlier)
        self._earlier_words.setVisible(refusal.needs_earlier and bool(state.earlier))


class DuplicatePane(Pane):
    """List of similar earlier messages; the middle column compares the selected one (clause
    6.4).
    """

    def __init__(self, theme: Theme, presenter: DecisionPresenter) -> None:
        self._list = SimilarList(theme)
        self._list.moved.connect(presenter.select_similar)
        self._empty = ThemedLabel(
            theme, self.tr("No similar earlier messages"), role="text-2",
            wrap=True,
        )  # fmt: skip
        super().__init__(
            theme,
            self.tr("Remove as a duplicate of"),
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
    """Question to colleagues; sending it returns the message to the queue (clause 7.6)."""

    def __init__(
        self, theme: Theme, presenter: DecisionPresenter, spelling: SpellingPresenter
    ) -> None:
        self._note = TextField(theme, self.tr("What you are unsure about"), (4, 8))
        self._note.setAccessibleName(self.tr("Question for colleagues"))
        self._note.edited.connect(presenter.set_note)
        check_spelling(self._note, theme, spelling)
        about = ThemedLabel(
            theme,
            self.tr("The message returns to the queue with your note; whoever knows takes it."),
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
    """Confidentiality kinds of clause 6.12, selected by digit keys; clearing one requires a
    reason.
    """

    def __init__(
        self, theme: Theme, presenter: DecisionPresenter, spelling: SpellingPresenter
    ) -> None:
        self._boxes: dict[Confidential, Toggle] = {}
        for number, kind in enumerate(Confidential, start=1):
            box = Toggle(theme, ground_words.confidential_kind(kind), key=str(number))
            box.clicked.connect(lambda _checked=False, k=kind: presenter.toggle_kind(k))
            self._boxes[kind] = box
        self._reason_head = ThemedLabel(theme, self.tr("Why the mark is removed"), wrap=True)
        self._reason = TextField(theme, self.tr("Why you are sure"), (2, 4))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._reason.edited.connect(presenter.set_reason)
        check_spelling(self._reason, theme, spelling)
        self._reader = AudienceLine(theme, self._reason, INSIDE)
        about = ThemedLabel(
            theme,
            self.tr("Any of these makes the message non-public, whatever the author chose."),
            role="text-2",
            wrap=True,
        )
        super().__init__(
            theme,
            self.tr("Personal and confidential data"),
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
    """The message as the public sees it, or the note that it is not public."""

    def __init__(self, theme: Theme) -> None:
        self._head = ThemedLabel(theme, style="strong", wrap=True)
        self._lines = ThemedLabel(theme, role="text-2", wrap=True)
        self._text = ReviewedText(theme, self.tr("Text as published"), (3, 14))
        super().__init__(
            theme,
            self.tr("As the city will see it"),
            (self._head, self._lines, self._text),
            self.tr("Continue"),
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
    """Returns the pane of each decision; a pane is created on first use."""
    return {
        Mode.REGISTER: Later(lambda: RegisterPane(theme, organs, spelling)),
        Mode.REFUSE: Later(lambda: RefusePane(theme, presenter, spelling)),
        Mode.DUPLICATE: Later(lambda: DuplicatePane(theme, presenter)),
        Mode.ASK: Later(lambda: AskPane(theme, presenter, spelling)),
        Mode.CONFIDENTIAL: Later(lambda: ConfidentialPane(theme, presenter, spelling)),
        Mode.CITY: Later(lambda: CityPane(theme)),
    }
