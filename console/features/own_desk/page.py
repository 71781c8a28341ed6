"""Page of user preferences: colours, text size, language, call card, column widths.

A choice applies immediately; only the language requires a restart.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.core import own_desk
from console.core.default_keys import Key
from console.core.keymap import with_keys
from console.core.own_desk import STEP_PX, TEXT_PERCENTS, OwnDeskPresenter, OwnDeskState
from console.ui.buttons import ActionButton
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, lay_out_form
from console.ui.keyboard import announce
from console.ui.labels import KeyHint, ThemedLabel
from console.ui.theme import Theme


class OwnDeskPage(QWidget):
    """Page with colours, text size, language, behaviour of the call card, and column widths."""

    closed = Signal()
    right_stepped = Signal(int)  # px at a text size of 100 percent
    right_put_back = Signal()

    def __init__(self, theme: Theme, presenter: OwnDeskPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._make_choices()
        self._narrower = ActionButton(theme, self.tr("Narrower"), icon="minus", small=True)
        self._wider = ActionButton(theme, self.tr("Wider"), icon="plus", small=True)
        self._fitting = ActionButton(theme, self.tr("Fit to window"), small=True)
        self._narrower.clicked.connect(lambda: self.right_stepped.emit(-STEP_PX))
        self._wider.clicked.connect(lambda: self.right_stepped.emit(STEP_PX))
        self._fitting.clicked.connect(self.right_put_back)
        self._widths_back = ActionButton(theme, self.tr("Reset all to defaults"), small=True)
        self._widths_back.clicked.connect(lambda: presenter.put_widths_back())
        self._put_all_back = ActionButton(
            theme,
            self.tr("Use workplace settings"),
            icon="arrow-counter-clockwise",
            small=True,
        )
        self._put_all_back.clicked.connect(presenter.reset)
        self._restart = ActionButton(
            theme, self.tr("Restart now"), icon="arrow-clockwise", small=True
        )
        self._restart.clicked.connect(presenter.restart)
        self._lay_out()
        presenter.changed.connect(self._show)
        presenter.widths_changed.connect(self._show_widths)
        self._show(presenter.state)

    def _make_choices(self) -> None:
        theme, presenter = self._theme, self._presenter
        self._colours = ChoiceRow(
            theme,
            self.tr("Colours"),
            (
                Choice("system", self.tr("System")),
                Choice("light", self.tr("Light")),
                Choice("dark", self.tr("Dark")),
                Choice("contrast", self.tr("High contrast")),
            ),
            tall=False,
            wraps=True,
        )
        self._colours.chosen.connect(presenter.choose_theme)
        percents = sorted({*TEXT_PERCENTS, presenter.state.look.text_percent})
        self._text = ChoiceRow(
            theme,
            self.tr("Text size"),
            tuple(Choice(str(one), own_desk.text_size(one)) for one in percents),
            tall=False,
            wraps=True,
        )
        self._text.chosen.connect(lambda percent: presenter.choose_text(int(percent)))
        self._language = ChoiceRow(
            theme,
            self.tr("Language"),
            # each in its own language, which its readers recognise
            (Choice("ru", "Русский"), Choice("en", "English")),
            tall=False,
            wraps=True,
        )
        self._language.chosen.connect(presenter.choose_language)
        self._card = ChoiceRow(
            theme,
            self.tr("Call card"),
            (
                Choice("ring", self.tr("when it rings")),
                Choice("answer", self.tr("when it is answered")),
            ),
            tall=False,
            wraps=True,
        )
        self._card.chosen.connect(presenter.choose_card_at)
        self._left = ChoiceRow(
            theme,
            self.tr("Left column"),
            (
                Choice("words", self.tr("with labels")),
                Choice("icons", self.tr("icons only")),
            ),
            tall=False,
            wraps=True,
        )
        self._left.chosen.connect(lambda value: presenter.fold_left(value == "icons"))

    def _lay_out(self) -> None:
        theme = self._theme
        self._waits = ThemedLabel(
            theme,
            self.tr("The language changes after a restart."),
            style="state",
            role="warn",
            wrap=True,
        )
        self._in_the_way = ThemedLabel(theme, style="state", role="danger", wrap=True)
        again = QHBoxLayout()
        again.setContentsMargins(0, 0, 0, 0)
        again.addWidget(self._restart)
        again.addStretch(1)
        self._again = QWidget()
        self._again.setLayout(again)
        width = QWidget()
        buttons = QHBoxLayout(width)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(4)
        for button in (self._narrower, self._wider, self._fitting):
            buttons.addWidget(button)
        buttons.addStretch(1)
        tables = QWidget()
        back = QHBoxLayout(tables)
        back.setContentsMargins(0, 0, 0, 0)
        back.addWidget(self._widths_back)
        back.addStretch(1)
        columns = FieldRow(theme, self.tr("Table columns"), tables)
        columns.add_below(
            ThemedLabel(
                theme,
                with_keys(
                    self.tr(
                        "In a list or report, drag the edge of a header, or press Menu "
                        "or Shift+F10 and the arrows."
                    ),
                    Key.SIMILAR_WORDS,
                ),
                style="label",
                role="text-3",
                wrap=True,
            )
        )
        left = FieldRow(theme, self.tr("Left column"), self._left)
        left.add_below(
            ThemedLabel(
                theme,
                self.tr("A narrow window shows icons only."),
                style="label",
                role="text-3",
                wrap=True,
            )
        )
        language = FieldRow(theme, self.tr("Language"), self._language)
        for part in (self._waits, self._again, self._in_the_way):
            language.add_below(part)
        head = QHBoxLayout()
        head.addWidget(ThemedLabel(theme, self.tr("Appearance"), style="title"), 1)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        foot.addWidget(self._put_all_back)
        lay_out_form(
            self,
            theme,
            head=head,
            fields=(
                ThemedLabel(
                    theme,
                    self.tr(
                        "Choices apply immediately and only to you; with a central "
                        "database they follow you to other workplaces. The administrator "
                        "sets everything else."
                    ),
                    role="text-2",
                    wrap=True,
                ),
                FieldRow(theme, self.tr("Colours"), self._colours),
                FieldRow(theme, self.tr("Text size"), self._text),
                language,
                FieldRow(theme, self.tr("Call card"), self._card),
                left,
                FieldRow(theme, self.tr("Right column"), width),
                columns,
            ),
            foot=foot,
        )

    def open_page(self) -> None:
        """Focuses the colours."""
        self._colours.focus_choice()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, state: OwnDeskState) -> None:
        look = state.look
        self._colours.show_choice(look.theme)
        self._text.show_choice(str(look.text_percent))
        self._language.show_choice(look.language)
        self._card.show_choice(look.card_at)
        self._left.show_choice("icons" if look.left_folded else "words")
        self._waits.setVisible(state.language_waits)
        self._again.setVisible(state.language_waits)
        self._show_in_the_way(state.in_the_way if state.language_waits else "")
        self._fitting.setEnabled(look.right_px is not None)
        self._show_widths()

    def _show_in_the_way(self, why: str) -> None:
        if why != self._in_the_way.text():
            self._in_the_way.setText(why)
            if why:
                announce(self, why)
        self._in_the_way.setVisible(bool(why))

    def _show_widths(self) -> None:
        self._widths_back.setEnabled(self._presenter.has_widths)
