"""The right column: one search field, what it found, and the chosen entry in a fixed place."""

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from console import words
from console.keys.defaults import Key
from console.keys.installed import KEYS
from console.presenters.directory import DirectoryPresenter
from console.presenters.directory_state import DirectoryState, Preview
from console.presenters.hit_documents import HitDocumentsPresenter
from console.views.components.announcer import announce
from console.views.components.buttons import ActionButton
from console.views.components.documents_strip import DocumentsStrip
from console.views.components.hit_delegate import HitDelegate, HitModel
from console.views.components.icons import draw_icon
from console.views.components.kind_chips import KindChips
from console.views.components.labels import ElidedLabel, KeyHint, Surface, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paint import draw_keycap, keycap_size
from console.views.components.trouble import Trouble
from console.views.style_sheets import Sheet
from console.views.theme import Theme

PREVIEW_PX, LEAST_PREVIEW_PX = 292, 156
LEAST_LIST_PX = 64


class SearchField(QLineEdit):
    """The search field with its magnifier and key; arrows, Tab and Enter serve the results."""

    moved = Signal(int)
    taken = Signal()
    turned = Signal()
    kind_stepped = Signal(int)
    left_by_escape = Signal()

    def __init__(self, theme: Theme, placeholder: str, key: str = Key.SEARCH) -> None:
        super().__init__()
        self._theme = theme
        theme.dress(self, Sheet.LINE)
        theme.fit(self, lambda it: it.setFont(theme.font("field")))
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("search")))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._key = key
        theme.fit(self, lambda it: it.show_key(it.key))
        KEYS.changed.connect(self._keys_changed)
        theme.changed.connect(self.update)

    def _keys_changed(self) -> None:
        self.show_key(self._key)

    @property
    def key(self) -> str:
        """The key that leads here."""
        return self._key

    def show_key(self, key: str) -> None:
        """Show this key at the right end."""
        self._key = key
        cap = round(keycap_size(self._theme, key).width())
        self.setTextMargins(self._theme.size("icon_button") + 8, 0, cap + 14, 0)
        self.update()

    def event(self, event: QEvent) -> bool:
        # Tab belongs to the results while something is typed, so it must not leave the field.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self.text()
        ):
            self.turned.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key if event.modifiers() & (
                Qt.KeyboardModifier.AltModifier
            ):
                self.kind_stepped.emit(1 if key == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_PageDown:
                self.moved.emit(4)
            case Qt.Key.Key_PageUp:
                self.moved.emit(-4)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier
            ):
                self.taken.emit()
            case Qt.Key.Key_Escape:
                self.left_by_escape.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        theme = self._theme
        size = theme.size("icon_button")
        middle = self.height() / 2
        draw_icon(
            painter,
            "magnifying-glass",
            QRectF(12, middle - size / 2, size, size),
            size,
            theme.colour("text-2"),
        )
        cap = keycap_size(theme, self._key)
        draw_keycap(
            painter,
            theme,
            self.width() - cap.width() - 10,
            middle,
            self._key,
            theme.colour("text-2"),
            theme.colour("line-control"),
        )


class DirectoryPanel(Surface):
    """Search, hits and preview; the preview never pushes the hits up or down."""

    escaped = Signal()
    call_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: DirectoryPresenter,
        documents: HitDocumentsPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._theme = theme
        self._presenter = presenter
        self._documents = documents
        self._said = ""
        self.search = SearchField(theme, self.tr("Question, body, service, surname, number"))
        self._reading = ElidedLabel(theme, style="state")
        self._count = ThemedLabel(theme, style="label", role="text-3")
        self._chips = KindChips(theme)
        self._model = HitModel()
        self._list = self._make_list()
        self._preview = _PreviewPane(theme)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 4)
        head.setSpacing(6)
        head.addWidget(self.search)
        line = QHBoxLayout()
        line.addWidget(self._reading, 1)
        line.addWidget(self._count)
        head.addLayout(line)
        head.addWidget(self._chips)
        self._problem = Trouble(theme)
        head.addWidget(self._problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        column.addWidget(self._preview)
        self._connect()
        self._show(presenter.state)

    def _make_list(self) -> QListView:
        hits = QListView()
        self._theme.dress(hits, Sheet.LIST)
        hits.setModel(self._model)
        hits.setItemDelegate(HitDelegate(self._theme, self._model))
        hits.setMouseTracking(True)
        hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hits.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hits.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # the preview keeps its height as long as one hit is in sight
        hits.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._theme.fit(hits, lambda it: it.setMinimumHeight(self._theme.grown(LEAST_LIST_PX)))
        hits.setAccessibleName(self.tr("Search results"))
        self._theme.changed.connect(hits.viewport().update)
        return hits

    def _connect(self) -> None:
        presenter = self._presenter
        self.search.textEdited.connect(presenter.set_query)
        self.search.moved.connect(presenter.move)
        self.search.taken.connect(presenter.accept)
        self.search.kind_stepped.connect(presenter.step_kind)
        self._chips.chosen.connect(presenter.choose_kind)
        self.search.turned.connect(presenter.turn_preview)
        self.search.left_by_escape.connect(self._escape)
        self._list.clicked.connect(self._clicked)
        self._list.doubleClicked.connect(lambda _index: presenter.accept())
        self._preview.taken.connect(presenter.accept)
        self._preview.turned.connect(presenter.turn_preview)
        self._preview.called.connect(self.call_asked)
        self._preview.documents.opened.connect(self._documents.open)
        self._documents.changed.connect(self._preview.documents.show_documents)
        presenter.changed.connect(self._show)
        presenter.changed.connect(self._documents.follow)

    @property
    def has_document(self) -> bool:
        """Whether Alt+D has something to open here."""
        return self.isVisible() and self._preview.documents.isVisible()

    def open_document(self) -> None:
        """Open the document that belongs to the chosen hit, or ask which of several."""
        self._preview.documents.open_first()

    def focus_search(self) -> None:
        """Put the caret into the search field with its text selected, ready to be replaced."""
        self.search.setFocus()
        self.search.selectAll()

    def _escape(self) -> None:
        self.escaped.emit()

    def _clicked(self, index: QModelIndex) -> None:
        self._presenter.select(index.row())

    def _show(self, state: DirectoryState) -> None:
        if state.query != self.search.text():
            self.search.setText(state.query)  # unlike clear(), it leaves nothing to undo
        self._reading.set_text(state.offer or state.reading or state.heading)
        self._reading.set_role("text" if state.reading else "text-2")
        self._count.setText(state.count)
        self._chips.show_chips(state.chips)
        self._show_rows(state)
        self._problem.show_trouble(state.problem)
        self._preview.show_preview(state.preview, written=state.written_shown)
        self._preview.show_take_key(state.take_key)

    def _show_rows(self, state: DirectoryState) -> None:
        """Show the rows, the selected one where it stood on the screen if it is the same."""
        hits = self._list
        before = hits.currentIndex()
        key = self._model.row(before).key if before.isValid() else ""
        top = hits.visualRect(before).top()
        self._model.show_rows(state.rows)
        if state.selected < 0:
            self._say_none(state)
            hits.clearSelection()
            hits.setCurrentIndex(QModelIndex())
            return
        index = self._model.index(state.selected)
        hits.setCurrentIndex(index)
        if state.rows[state.selected].key == key:
            bar = hits.verticalScrollBar()
            bar.setValue(bar.value() + hits.visualRect(index).top() - top)
        hits.scrollTo(index)
        self._say_choice(index)

    def _say_none(self, state: DirectoryState) -> None:
        if self.search.hasFocus() and state.query and self._said != state.offer:
            announce(self.search, words.announced.nothing_found(state.offer))
        self._said = state.offer

    def _say_choice(self, index: QModelIndex) -> None:
        """The caret stays in the search field, so the hit that is chosen is said there."""
        if self.search.hasFocus():
            text = index.data(Qt.ItemDataRole.AccessibleTextRole)
            said = words.announced.choice(text, index.row() + 1, self._model.rowCount())
            if said != self._said:
                self._said = said
                announce(self.search, said)


class _PreviewPane(Surface):
    """The chosen entry: what to say in large type, or the text to send."""

    taken = Signal()
    turned = Signal()
    called = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "app")
        self._theme = theme
        self._icon = IconSpot(theme, "speaker-high", "accent", theme.size("icon"))
        self._head = ThemedLabel(theme, style="strong", role="accent")
        self._time = ThemedLabel(theme, style="label", role="text-3")
        self._other = KeyHint(theme, "Tab", self.tr("the other text"))
        self._is_search_field = True
        self._text = QTextBrowser()
        self._text.setProperty("flat", "true")
        theme.dress(self._text, Sheet.TEXT)
        self._text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._is_written = False
        theme.fit(self, lambda it: it.use_font())
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text.setAccessibleName(self.tr("Text to say"))
        self.documents = DocumentsStrip(theme)
        self._take_words = self.tr("Insert into the answer")
        self._take = ActionButton(
            theme, self._take_words, key="Enter", icon="arrow-elbow-down-left"
        )
        self._take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._take.clicked.connect(self.taken)
        self._call = ActionButton(theme, self.tr("Call now"), key=Key.CALL)
        self._call.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._call.clicked.connect(self.called)
        self._hint = _SearchHint(theme)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._head)
        head.addWidget(self._time)
        head.addStretch(1)
        head.addWidget(self._other)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._text, 1)
        column.addWidget(self.documents)
        actions = QHBoxLayout()
        actions.setSpacing(2)
        actions.addWidget(self._take)
        actions.addWidget(self._call)
        actions.addStretch(1)
        column.addLayout(actions)
        column.addWidget(self._hint)
        # always the same height where there is room for it, whatever is chosen
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.fit(self, lambda it: it.updateGeometry())
        self.show_preview(None, written=False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.grown(PREVIEW_PX))

    def minimumSizeHint(self) -> QSize:
        """In a low window the text gives way, and never the buttons below it."""
        return QSize(super().minimumSizeHint().width(), self._theme.grown(LEAST_PREVIEW_PX))

    def show_preview(self, preview: Preview | None, *, written: bool) -> None:
        whole = preview is not None
        for part in (self._icon, self._head, self._time, self._text, self._take):
            part.setVisible(whole)
        self._show_other()
        can_be_called = preview is not None and preview.can_be_called
        self._call.setVisible(can_be_called)
        self._take.setText(self.tr("Insert") if can_be_called else self._take_words)
        self._hint.setVisible(not whole)
        if preview is None:
            return
        self._head.setText(self.tr("Send as text") if written else self.tr("Say"))
        self._icon.set_icon("envelope-simple" if written else "speaker-high", "accent")
        self._time.setText("" if written else self.tr("%n second(s)", "", preview.seconds))
        self._is_written = written
        self.use_font()
        self._text.setPlainText(preview.written if written else preview.spoken)

    def use_font(self) -> None:
        """Large letters for what is said aloud."""
        self._text.setFont(self._theme.font("field" if self._is_written else "spoken"))

    def show_take_key(self, key: str) -> None:
        """Which key takes it: Enter and Tab are the search field's alone."""
        self._take.set_key(key)
        self._is_search_field = key == "Enter"
        self._show_other()

    def _show_other(self) -> None:
        self._other.setVisible(self._is_search_field and not self._text.isHidden())


class _SearchHint(QWidget):
    """What the field understands, shown while nothing is chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconSpot(theme, "keyboard", "text-2", theme.size("icon")))
        head.addWidget(ThemedLabel(theme, self.tr("Search the way you hear it"), style="strong"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(
            ThemedLabel(
                theme,
                self.tr(
                    "Type the beginnings of words in any form. Arrows choose, Enter inserts the"
                    " answer into the card, Tab shows the text to send, Alt with the arrows to"
                    " the sides shows one kind alone."
                ),
                role="text-2",
                wrap=True,
            )
        )
        column.addStretch(1)
