"""A notice as its addressee will see or hear it; stands in the screens that decide."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from console.presenters.notice_preview import NoticePreviewPresenter, PreviewState, SeenNotice
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.labels import ThemedLabel
from console.views.components.paragraphs import ParagraphMark, set_paragraphs
from console.views.components.spoken_text import show_spoken
from console.views.style_sheets import Sheet
from console.views.theme import Theme

PAPER, INK = Qt.GlobalColor.white, Qt.GlobalColor.black
PAPER_MARGIN_PX = 8


class Form(StrEnum):
    """In which form the notice is shown."""

    LETTER = "letter"
    PLAIN = "plain"
    ALOUD = "aloud"


class NoticePreview(QWidget):
    """Which notice and in which form is chosen by arrows; the letter is on white in any theme."""

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
            self.tr("Form of the notice"),
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
        self._body.setAccessibleName(self.tr("Text of the notice"))
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
        """A choice between the notices, where there are several."""
        if self._which is not None:
            self._which.hide()
            self._which.deleteLater()
            self._which = None
        if len(self._notices) > 1:
            choices = tuple(
                Choice(str(place), notice.title) for place, notice in enumerate(self._notices)
            )
            self._which = ChoiceRow(self._theme, self.tr("Notice"), choices, tall=False)
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
        """White paper for the letter, since that is what the addressee has; else the theme's."""
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
