"""Panels for dialling: keypad during a call, and number search for calls and transfers."""

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QVBoxLayout,
)

from console.core import words as core_words
from console.core.default_keys import Key
from console.core.keymap import KEYS as INSTALLED_KEYS
from console.core.keymap import with_keys
from console.features.dialing import words as dialing_words
from console.features.dialing.presenter import (
    KEYS,
    CallTarget,
    KeypadPresenter,
    NumberChoicePresenter,
    NumberChoiceState,
    NumberUse,
)
from console.shared.directory.hits_view import HitDelegate, HitModel, SearchField
from console.ui.buttons import RING_PX, ActionButton, ThemedButton, Tone
from console.ui.keyboard import announce
from console.ui.labels import ElidedLabel, KeyHint, Line, Surface, ThemedLabel
from console.ui.notices import IconSpot, Trouble
from console.ui.paint import draw_text
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme

KEY_PX = 56
COLUMNS = 3


class _Key(ThemedButton):
    """Key of the keypad; it takes no focus, because the panel must handle typed digits."""

    def __init__(self, theme: Theme, sign: str) -> None:
        super().__init__(theme)
        self.setText(sign)
        self.setAccessibleName(sign)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self._theme.grown(KEY_PX) + 2 * RING_PX
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, role, _cap = self._paint_ground(painter)
        draw_text(
            painter,
            QRectF(box),
            self.text(),
            self._theme.font("clock"),
            self._theme.colour(role),
            Qt.AlignmentFlag.AlignHCenter,
        )


class KeypadPanel(Surface):
    """Keypad that sends digits to the call; also accepts typed digits, and pasted digits with
    Ctrl+V.
    """

    closed = Signal()

    def __init__(self, theme: Theme, presenter: KeypadPresenter) -> None:
        super().__init__(theme, "surface")
        self._presenter = presenter
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Phone keypad"))
        self._sent = ElidedLabel(theme, style="clock")
        theme.fit(self._sent, lambda it: it.setFixedHeight(theme.grown(36)))
        self._hint = ThemedLabel(
            theme,
            self.tr("Type digits, * and #, or paste a number: they are sent immediately."),
            role="text-2",
            wrap=True,
        )
        top = QHBoxLayout()
        top.addWidget(ThemedLabel(theme, self.tr("Keypad"), style="section"), 1)
        top.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, sign in enumerate(KEYS):
            key = _Key(theme, sign)
            key.clicked.connect(lambda _checked=False, s=sign: presenter.press(s))
            grid.addWidget(key, *divmod(place, COLUMNS))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._hint)
        column.addWidget(self._sent)
        column.addLayout(grid)
        column.addWidget(KeyHint(theme, "Ctrl+V", self.tr("paste and send")))
        column.addStretch(1)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, sent: str) -> None:
        self._sent.set_text(sent or "—")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._presenter.press(QGuiApplication.clipboard().text())
        elif event.text() and not event.isAutoRepeat() and event.text().isprintable():
            self._presenter.press(event.text())
        else:
            super().keyPressEvent(event)


TRANSFER_KEY, DIAL_KEY = Key.TRANSFER, Key.DIAL
FOOT_PX = 236  # fixed height: the rows above never move
LOW_FOOT_PX = 168
LOW_PX = 400  # below this height, text that is also shown elsewhere is hidden


class NumberField(SearchField):
    """Search field of the number panel: Enter starts a consultation, Shift+Enter a blind
    transfer.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.turned.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Default Tab behaviour (moves to the buttons), because there is no second text to show.
        return QLineEdit.event(self, event)


class NumberPanel(Surface):
    """Panel for selecting a number: list of units above, selected number with its actions below."""

    def __init__(self, theme: Theme, presenter: NumberChoicePresenter) -> None:
        super().__init__(theme, "surface")
        self._theme = theme
        self._presenter = presenter
        self._said = ""
        self._title = ThemedLabel(theme, style="section")
        self._hint = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self.search = NumberField(theme, self.tr("Authority, service or number"), TRANSFER_KEY)
        self._model = HitModel()
        self._list = self._make_list()
        self._problem = Trouble(theme)
        self._empty = ThemedLabel(
            theme,
            self.tr("No authority with a phone found. You can dial a number as is."),
            role="text-2",
            wrap=True,
        )
        self._empty.setContentsMargins(20, 8, 20, 0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 20, 8)
        head.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        head.addLayout(top)
        head.addWidget(self._hint)
        head.addWidget(self.search)
        head.addWidget(self._problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        self._foot = _ChosenNumber(theme, presenter)
        column.addWidget(self._foot)
        self._connect()
        self._show(presenter.state)

    def _make_list(self) -> QListView:
        rows = QListView()
        self._theme.dress(rows, Sheet.LIST)
        rows.setModel(self._model)
        rows.setItemDelegate(HitDelegate(self._theme, self._model))
        rows.setMouseTracking(True)
        rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setAccessibleName(self.tr("Authorities and numbers"))
        self._theme.changed.connect(rows.viewport().update)
        return rows

    def _connect(self) -> None:
        presenter = self._presenter
        self.search.textEdited.connect(presenter.set_query)
        self.search.moved.connect(presenter.move)
        self.search.taken.connect(presenter.call)
        self.search.turned.connect(presenter.transfer_at_once)
        self.search.left_by_escape.connect(presenter.close)
        self._list.clicked.connect(lambda index: presenter.select(index.row()))
        presenter.changed.connect(self._show)
        INSTALLED_KEYS.changed.connect(self._keys_changed)

    def focus_search(self) -> None:
        """Focuses the search field and selects its text."""
        self.search.setFocus()
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._presenter.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < self._theme.grown(LOW_PX)
        self._hint.setVisible(not is_low)
        self._foot.set_low(is_low)

    def _keys_changed(self) -> None:
        self._show(self._presenter.state)

    def _show(self, state: NumberChoiceState) -> None:
        is_transfer = state.use is NumberUse.TRANSFER
        self._title.setText(self.tr("Transfer the caller") if is_transfer else self.tr("Dial"))
        self._hint.setText(
            with_keys(
                self.tr(
                    "Enter puts the caller on hold immediately; press F3 to go back at any time."
                ),
                Key.HOLD,
            )
            if is_transfer
            else self.tr("The call gets its own record.")
        )
        self.search.show_key(TRANSFER_KEY if is_transfer else DIAL_KEY)
        if self.search.text() != state.query:
            self.search.setText(state.query)
        self._model.show_rows(state.rows)
        if 0 <= state.selected < len(state.rows):
            index = self._model.index(state.selected)
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)
            self._say_choice(index)
        else:
            self._list.clearSelection()
            self._list.setCurrentIndex(QModelIndex())
        self._empty.setVisible(state.nothing_found)
        self._problem.show_trouble(state.problem)
        self._foot.show_target(state.target, is_transfer=is_transfer)

    def _say_choice(self, index: QModelIndex) -> None:
        """Announces the selected row to screen readers, because the focus remains in the search
        field.
        """
        text = index.data(Qt.ItemDataRole.AccessibleTextRole)
        said = core_words.choice(text, index.row() + 1, self._model.rowCount())
        if self.search.hasFocus() and said != self._said:
            self._said = said
            announce(self.search, said)


class _ChosenNumber(Surface):
    """Selected number with the opening state of its unit, and the buttons for both transfer
    types.
    """

    def __init__(self, theme: Theme, presenter: NumberChoicePresenter) -> None:
        super().__init__(theme, "app")
        self._theme = theme
        self._is_low = False
        self._who = ElidedLabel(theme, style="strong")
        self._number = ThemedLabel(theme, style="title", role="accent")
        self._hours_icon = IconSpot(theme, "", "text-2", theme.size("icon"))
        self._hours = ThemedLabel(theme, style="state", wrap=True)
        self._talk = ActionButton(
            theme, self.tr("Talk first"), key="Enter", icon="users", tone=Tone.MAIN
        )
        self._dial = ActionButton(
            theme, self.tr("Call now"), key="Enter", icon="phone-outgoing", tone=Tone.MAIN
        )
        self._at_once = ActionButton(
            theme,
            self.tr("Transfer now"),
            key="Shift+Enter",
            icon="arrow-bend-up-right",
        )
        self._talk.clicked.connect(presenter.call)
        self._dial.clicked.connect(presenter.call)
        self._at_once.clicked.connect(presenter.transfer_at_once)
        hours = QHBoxLayout()
        hours.setSpacing(6)
        hours.addWidget(self._hours_icon, 0, Qt.AlignmentFlag.AlignTop)
        hours.addWidget(self._hours, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 17, 12)
        column.setSpacing(4)
        column.addWidget(self._who)
        column.addWidget(self._number)
        column.addLayout(hours)
        column.addStretch(1)
        for button in (self._talk, self._dial, self._at_once):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        theme.fit(self, lambda it: it.take_room())

    def set_low(self, is_low: bool) -> None:
        """In a low panel, hides the unit's name, which the list also shows; the buttons need the
        space.
        """
        if is_low != self._is_low:
            self._is_low = is_low
            self.take_room()

    def take_room(self) -> None:
        self._who.setVisible(not self._is_low)
        foot_px = LOW_FOOT_PX if self._is_low else FOOT_PX
        self.setFixedHeight(self._theme.grown(foot_px))

    def show_target(self, target: CallTarget | None, *, is_transfer: bool) -> None:
        self._talk.setVisible(is_transfer)
        self._at_once.setVisible(is_transfer)
        self._dial.setVisible(not is_transfer)
        for button in (self._talk, self._dial, self._at_once):
            button.setEnabled(target is not None)
        if target is None:
            self._who.set_text(dialing_words.choose_number())
            self._number.setText("")
        else:
            who = " · ".join(part for part in (target.title, target.purpose) if part)
            self._who.set_text(who or self.tr("Entered number"))
            self._number.setText(dialing_words.address_text(target.address))
        hours = None if target is None else target.hours
        self._hours_icon.set_icon(hours.icon if hours else "", hours.role if hours else "text-2")
        warning = "" if target is None else target.warning
        self._hours.setText(warning or (hours.text if hours else ""))
        self._hours.set_role("warn" if warning else (hours.role if hours else "text-2"))
        if warning:
            self._hours_icon.set_icon("warning-fill", "warn")
