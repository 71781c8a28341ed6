"""Form fields of a message: category, place, responsible body, recipients, notification preview."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from console.core.spelling import SpellingPresenter
from console.shared.messages import audience_words
from console.shared.messages.audience_words import INSIDE, Audience, Reader
from console.shared.messages.notice_preview import (
    NoticePreviewPresenter,
    PreviewState,
    SeenNotice,
)
from console.shared.messages.organ_choice import OrganChoice, OrganChoiceState, OrganFit
from console.shared.messages.places import PlacesPresenter, written
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField, mark_inside
from console.ui.labels import ElidedLabel, Pill, ThemedLabel, show_spoken
from console.ui.lists import SHOWN, MatchingField
from console.ui.notices import IconSpot
from console.ui.paragraphs import ParagraphMark, described, set_paragraphs
from console.ui.spelling import check_spelling
from console.ui.style_sheets import Sheet
from console.ui.text_field import TextField
from console.ui.theme import Theme


def matching(typed: str, choices: Mapping[str, str]) -> list[str]:
    """Returns the keys of choices in which each entered word is the beginning of a word, in their
    order.

    Texts «Тема › Категория» that begin with the input come first; ё and е are equal.
    """
    wanted = _words(typed)
    if not wanted:
        return []
    found = [
        key
        for key, text in choices.items()
        if all(any(word.startswith(start) for word in _words(text)) for start in wanted)
    ]
    category_first = " ".join(wanted)
    return sorted(
        found,
        key=lambda key: (
            not " ".join(_words(choices[key].split("›")[-1])).startswith(category_first)
        ),
    )


def _words(text: str) -> list[str]:
    folded = text.casefold().replace("ё", "е")
    return "".join(letter if letter.isalnum() else " " for letter in folded).split()


class CategoryField(MatchingField):
    """Text field with a list of matches inside the window, without a pop-up window."""

    chosen = Signal(str)  # category key, empty if cleared

    def __init__(
        self,
        theme: Theme,
        choices: Mapping[str, str],
        *,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`name` is the accessible name; if empty, the field is for a category."""
        super().__init__(theme, "", parent)
        self.setPlaceholderText(placeholder or self.tr("Start typing the topic or the category"))
        self.setAccessibleName(name or self.tr("Topic and category"))
        self._choices = choices
        self._key = ""
        self._text = ""
        self.textEdited.connect(self._edited)
        self.left.connect(self.settle)

    def set_choices(self, choices: Mapping[str, str]) -> None:
        """Replaces the choices; the current selection remains."""
        self._choices = choices

    def show_value(self, key: str, text: str) -> None:
        """Shows a category set by another component; does not overwrite input in a focused
        field.
        """
        if key != self._key or (not self.hasFocus() and text != self.text()):
            self._key, self._text = key, text
            self.replace_text(text)

    def settle(self) -> None:
        """Selects the best match for the input, or restores the previous text if there is none."""
        self._list.close_list()
        typed = self.text().strip()
        if typed == self._text:
            return
        if not typed:
            self._take("")
            return
        found = matching(typed, self._choices)
        if len(found) == 1:
            self._take(found[0])
        else:
            self.setText(self._text)

    def _edited(self, text: str) -> None:
        keys = matching(text, self._choices)[:SHOWN]
        self._list.show_matches([(key, self._choices[key]) for key in keys], is_chosen=True)

    def _take(self, key: str) -> None:
        self._key = key
        self._text = self._choices.get(key, "")
        self.setText(self._text)
        self.setModified(False)
        self._list.close_list()
        self.chosen.emit(key)


class AudienceLine(QWidget):
    """Recipient line of a text field; read with the field, coloured for an internal note."""

    def __init__(self, theme: Theme, field: QWidget, reader: Reader) -> None:
        super().__init__()
        self._field = field
        self._icon = IconSpot(theme, "lock-simple", "text-2", theme.size("icon_meta"))
        self._text = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self.show_reader(reader)

    def show_reader(self, reader: Reader) -> None:
        text, icon, role = audience_words.line(reader)
        self._icon.set_icon(icon, role)
        self._text.setText(text)
        self._text.set_role(role)
        self._field.setAccessibleDescription(described(self._field, text))
        mark_inside(self._field, reader.audience is Audience.COLLEAGUES)


PAPER, INK = Qt.GlobalColor.white, Qt.GlobalColor.black
PAPER_MARGIN_PX = 8


class Form(StrEnum):
    """Format in which the notification is previewed."""

    LETTER = "letter"
    PLAIN = "plain"
    ALOUD = "aloud"


class NoticePreview(QWidget):
    """Preview of notifications; arrows select notification and format. An e-mail has a white
    background in every theme.
    """

    def __init__(
        self, theme: Theme, presenter: NoticePreviewPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notices: tuple[SeenNotice, ...] = ()
        self._shown = 0
        self._form = Form.LETTER
        self._remark = ThemedLabel(theme, role="text-2", wrap=True)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._which: ChoiceRow | None = None
        self._way = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self._subject = ThemedLabel(theme, style="strong", wrap=True)
        self._forms = ChoiceRow(
            theme,
            self.tr("Notification type"),
            (
                Choice(Form.LETTER.value, self.tr("Letter")),
                Choice(Form.PLAIN.value, self.tr("Plain text")),
                Choice(Form.ALOUD.value, self.tr("Aloud")),
            ),
            tall=False,
        )
        self._forms.chosen.connect(self._choose_form)
        self._body = QTextBrowser()
        theme.dress(self._body, Sheet.TEXT)
        self._body.setOpenLinks(False)
        self._body.setAccessibleName(self.tr("Notification text"))
        self._body.document().setDocumentMargin(PAPER_MARGIN_PX)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._mark = ParagraphMark(theme)
        way = QHBoxLayout()
        way.setSpacing(8)
        way.addWidget(self._way, 1)
        way.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self._remark)
        self._column.addWidget(self._forms)
        self._column.addLayout(way)
        self._column.addWidget(self._subject)
        self._column.addWidget(self._body, 1)
        theme.changed.connect(self._show_body)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _choose_form(self, value: str) -> None:
        self._form = Form(value)
        self._show_body()

    def _choose_notice(self, value: str) -> None:
        self._shown = int(value)
        self._show_notice()

    def _show(self, state: PreviewState) -> None:
        titles = [notice.title for notice in self._notices]
        self._notices = state.notices
        if titles != [notice.title for notice in state.notices]:
            self._shown = 0
            first = state.notices[0] if state.notices else None
            self._form = Form.ALOUD if first is not None and first.is_call else Form.LETTER
            self._offer_notices()
        self._remark.setText(state.remark)
        self._remark.setVisible(bool(state.remark))
        for part in (self._forms, self._way, self._mark, self._subject, self._body):
            part.setVisible(bool(state.notices))
        if state.notices:
            self._show_notice()

    def _offer_notices(self) -> None:
        if self._which is not None:
            self._which.hide()
            self._which.deleteLater()
            self._which = None
        if len(self._notices) > 1:
            choices = tuple(
                Choice(str(place), notice.title) for place, notice in enumerate(self._notices)
            )
            self._which = ChoiceRow(self._theme, self.tr("Notification"), choices, tall=False)
            self._which.chosen.connect(self._choose_notice)
            self._column.insertWidget(1, self._which)

    def _show_notice(self) -> None:
        notice = self._notices[self._shown]
        if self._which is not None:
            self._which.show_choice(str(self._shown))
        self._way.setText(notice.way)
        self._mark.show_numbers(notice.paragraphs)
        set_paragraphs(self, *notice.paragraphs)
        self._subject.setText(notice.subject)
        self._show_body()

    def _show_body(self) -> None:
        """Shows the text, an e-mail on white as its recipient sees it, other formats in theme
        colours.
        """
        if not self._notices:
            return
        notice = self._notices[self._shown]
        self._forms.show_choice(self._form.value)
        self._subject.setVisible(self._form is not Form.ALOUD)
        is_letter = self._form is Form.LETTER
        palette = QPalette(self.palette())
        palette.setColor(
            QPalette.ColorRole.Base, PAPER if is_letter else self._theme.colour("surface")
        )
        palette.setColor(QPalette.ColorRole.Text, INK if is_letter else self._theme.colour("text"))
        self._body.setPalette(palette)
        if self._form is Form.ALOUD:
            show_spoken(self._body, self._theme, notice.spoken)
            return
        self._body.setFont(self._theme.font("body"))
        if is_letter:
            self._body.setHtml(notice.html)
        else:
            self._body.setPlainText(notice.text)


_PILLS = {
    OrganFit.BY_ROUTE: ("path", "ok"),
    OrganFit.ANOTHER: ("arrow-bend-up-right", "warn"),
    OrganFit.NO_ROUTE: ("warning-fill", "warn"),
}


class OrganChoiceFields(QWidget):
    """Form rows for the body, the reason if it differs from the topic's body, and the official."""

    def __init__(
        self,
        theme: Theme,
        presenter: OrganChoice,
        spelling: SpellingPresenter,
        *,
        is_narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._organ = CategoryField(
            theme,
            presenter.organs(),
            name=self.tr("Answering authority"),
            placeholder=self.tr("Start typing the authority's name"),
        )
        self._organ.chosen.connect(presenter.set_organ)
        self._reason = TextField(theme, self.tr("Why not the topic's authority"), (1, 3))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._reason.edited.connect(presenter.set_reason)
        check_spelling(self._reason, theme, spelling)
        self._fit = Pill(theme)
        self._organ_row = FieldRow(
            theme, self.tr("To whom?"), self._organ, is_narrow=is_narrow, paragraphs=("7.9",)
        )
        self._organ_row.body.addWidget(self._fit)
        self._route = ElidedLabel(theme, style="label", role="text-2")
        self._route_row = FieldRow(theme, "", self._route, is_narrow=is_narrow)
        self._reason_row = FieldRow(
            theme, self.tr("Reason"), self._reason, is_narrow=is_narrow, paragraphs=("7.9",)
        )
        self._reason_row.add_below(AudienceLine(theme, self._reason, INSIDE))
        self._official = CategoryField(
            theme,
            {},
            name=self.tr("Official who was told"),
            placeholder=self.tr("Start typing the name"),
        )
        self._official.chosen.connect(presenter.set_official)
        self._told_on = LineField(theme, self.tr("DD.MM.YYYY"))
        self._told_on.setAccessibleName(self.tr("Date the official was told"))
        self._told_on.textEdited.connect(presenter.set_told_on)
        self._official_row = FieldRow(
            theme, self.tr("Official"), self._official, is_narrow=is_narrow, paragraphs=("12.3",)
        )
        self._told_row = FieldRow(theme, self.tr("Told on"), self._told_on, is_narrow=is_narrow)
        self.setFocusProxy(self._organ)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._organ_row)
        column.addWidget(self._route_row)
        column.addWidget(self._reason_row)
        column.addWidget(self._official_row)
        column.addWidget(self._told_row)
        column.addStretch(1)
        presenter.organs_changed.connect(self._offer)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def settle(self) -> None:
        """Applies the input in the fields of body and official before the action."""
        self._organ.settle()
        self._official.settle()

    def focus_first_problem(self) -> None:
        problems = self._presenter.state.problems
        if "organ" in problems:
            self._organ.setFocus()
        elif "reason" in problems:
            self._reason.setFocus()
        elif "told_on" in problems:
            self._told_on.setFocus()

    def _offer(self) -> None:
        self._organ.set_choices(self._presenter.organs())

    def _show(self, state: OrganChoiceState) -> None:
        self._organ.show_value(state.organ, state.organ_text)
        self._reason.replace_text(state.reason)
        self._reason_row.setVisible(state.needs_reason)
        self._organ_row.show_problem(state.problems.get("organ", ""))
        self._reason_row.show_problem(state.problems.get("reason", ""))
        self._official.set_choices(state.officials)
        self._official.show_value(state.official, state.officials.get(state.official, ""))
        self._official_row.setVisible(bool(state.officials))
        if self._told_on.text() != state.told_on:
            self._told_on.setText(state.told_on)
        self._told_row.setVisible(bool(state.official))
        self._told_row.show_problem(state.problems.get("told_on", ""))
        self._route.set_text(audience_words.route(state.route_text))
        self._route_row.setVisible(state.fit is OrganFit.ANOTHER)
        self._fit.setVisible(state.fit in _PILLS)
        match state.fit:
            case OrganFit.BY_ROUTE:
                text = audience_words.by_route()
            case OrganFit.ANOTHER:
                text = audience_words.another()
            case OrganFit.NO_ROUTE:
                text = audience_words.no_route()
            case OrganFit.NONE_CHOSEN:
                return
        icon, kind = _PILLS[state.fit]
        self._fit.set_state(text, icon=icon, kind=kind)


class PlaceField(MatchingField):
    """Free-text address field with suggestions; a suggestion is selected with the arrow keys."""

    edited = Signal(str)

    def __init__(
        self,
        theme: Theme,
        placeholder: str,
        places: PlacesPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, placeholder, parent)
        self._places = places
        self.textEdited.connect(self._edited)
        self.left.connect(self.settle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Reopens a closed list on the down arrow and selects its first row."""
        wants_list = event.key() == Qt.Key.Key_Down and not event.modifiers()
        if wants_list and not self._list.isVisible():
            self._offer(self.text())
            if self._list.isVisible():
                self._list.step(1)
                return
        super().keyPressEvent(event)

    def settle(self) -> None:
        """Removes the unfinished part that a selection has added."""
        self._list.close_list()
        whole = written(self.text())
        if whole != self.text().rstrip():
            self.setText(whole)
            self.edited.emit(whole)

    def _edited(self, text: str) -> None:
        self._offer(text)
        self.edited.emit(text)

    def _offer(self, text: str) -> None:
        found = self._places.matches(text)
        self._list.show_matches([(place, place) for place in found], is_chosen=False)

    def _take(self, key: str) -> None:
        text = self._places.chosen(key)
        self.setText(text)
        self.setModified(True)
        self._list.close_list()
        self.edited.emit(text)
