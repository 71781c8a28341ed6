"""Panel of the directory search: search field, kinds, results, and preview of an entry."""

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from console.core import words as core_words
from console.core.default_keys import Key
from console.features.directory_search.presenter import (
    DirectoryPresenter,
    DirectoryState,
    HitDocumentsPresenter,
    KindChip,
    Preview,
)
from console.shared.directory import words as directory_words
from console.shared.directory.hits_view import (
    DocumentsStrip,
    HitDelegate,
    HitModel,
    SearchField,
)
from console.ui.buttons import ActionButton
from console.ui.keyboard import announce
from console.ui.labels import ElidedLabel, KeyHint, Surface, ThemedLabel
from console.ui.notices import IconSpot, Trouble
from console.ui.paint import draw_text, fill_box, text_width
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme
from kb.entries.entries import EntryKind

PADDING_PX, SPACING_PX = 4, 4


class _Chip(QAbstractButton):
    """Chip that filters the results by entry kind. A click leaves the focus in the search field."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_chip(self, chip: KindChip, *, counted: bool) -> None:
        text = f"{chip.name} {chip.count}"
        self.setAccessibleName(text)
        if not counted and not chip.is_chosen:
            text = chip.name
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        self.setChecked(chip.is_chosen)

    def sizeHint(self) -> QSize:
        width = text_width(self._theme.font("state"), self.text()) + 2 * PADDING_PX
        return QSize(round(width) + 1, self._theme.size("target_min"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        if self.isChecked():
            fill_box(painter, box, 6, theme.colour("selected"), theme.colour("accent"), 2)
        else:
            ground = "hover" if self.underMouse() else "neutral-soft"
            border = theme.colour("line-control") if theme.name == "contrast" else None
            fill_box(painter, box, 6, theme.colour(ground), border)
        draw_text(
            painter,
            box.adjusted(PADDING_PX, 0, -PADDING_PX + 1, 0),
            self.text(),
            theme.font("state"),
            theme.colour("accent" if self.isChecked() else "text-2"),
        )


class KindChips(QWidget):
    """Filter chips, one for each entry kind among the results. Without a selected chip all kinds
    are shown.
    """

    chosen = Signal(object)  # EntryKind

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Kinds of matches"))
        self.setToolTip(self.tr("One kind only: Alt+Left or Alt+Right"))
        self._theme = theme
        self._shown: tuple[KindChip, ...] = ()
        self._chips = {kind: _Chip(theme, directory_words.kind_name(kind)) for kind in EntryKind}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING_PX)
        for kind, chip in self._chips.items():
            chip.clicked.connect(lambda _checked, one=kind: self.chosen.emit(one))
            chip.setVisible(False)
            row.addWidget(chip)
        row.addStretch(1)
        self.setVisible(False)

    def show_chips(self, chips: tuple[KindChip, ...]) -> None:
        if chips != self._shown:
            self._shown = chips
            kinds = {chip.kind for chip in chips}
            for kind, button in self._chips.items():
                button.setVisible(kind in kinds)
            self._fit()
            self.setVisible(bool(chips))

    def _fit(self) -> None:
        """Hides the counts, except that of the selected kind, if the width is not sufficient."""
        font = self._theme.font("state")
        wanted = sum(
            text_width(font, f"{chip.name} {chip.count}") + 2 * PADDING_PX + 1 + SPACING_PX
            for chip in self._shown
        )
        counted = wanted - SPACING_PX <= self.width()
        for chip in self._shown:
            self._chips[chip.kind].show_chip(chip, counted=counted)

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.size("target_min"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


PREVIEW_PX, LEAST_PREVIEW_PX = 292, 156
LEAST_LIST_PX = 64


class DirectoryPanel(Surface):
    """Panel with search field, results and preview. The preview has a constant height, so the
    results do not move.
    """

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
        self.search = SearchField(theme, self.tr("Question, authority, service, surname, number"))
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
        # the preview keeps its height while at least one result is visible
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
        """Whether Alt+D has a document to open."""
        return self.isVisible() and self._preview.documents.isVisible()

    def open_document(self) -> None:
        """Opens the document of the selected result; if there are several, the operator selects
        one.
        """
        self._preview.documents.open_first()

    def focus_search(self) -> None:
        """Focuses the search field and selects its text."""
        self.search.setFocus()
        self.search.selectAll()

    def _escape(self) -> None:
        self.escaped.emit()

    def _clicked(self, index: QModelIndex) -> None:
        self._presenter.select(index.row())

    def _show(self, state: DirectoryState) -> None:
        if state.query != self.search.text():
            self.search.setText(state.query)  # unlike clear(), leaves nothing to undo
        self._reading.set_text(state.offer or state.reading or state.heading)
        self._reading.set_role("text" if state.reading else "text-2")
        self._count.setText(state.count)
        self._chips.show_chips(state.chips)
        self._show_rows(state)
        self._problem.show_trouble(state.problem)
        self._preview.show_preview(state.preview, written=state.written_shown)
        self._preview.show_take_key(state.take_key)

    def _show_rows(self, state: DirectoryState) -> None:
        """Shows the result rows. If the selected row is unchanged, it keeps its position on the
        screen.
        """
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
            announce(self.search, core_words.nothing_found(state.offer))
        self._said = state.offer

    def _say_choice(self, index: QModelIndex) -> None:
        """Announces the selected result, because the focus remains in the search field."""
        if self.search.hasFocus():
            text = index.data(Qt.ItemDataRole.AccessibleTextRole)
            said = core_words.choice(text, index.row() + 1, self._model.rowCount())
            if said != self._said:
                self._said = said
                announce(self.search, said)


class _PreviewPane(Surface):
    """Preview of the selected entry: the text to say in large type, or the text to send."""

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
        # constant height, independent of the selection, if there is enough space
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.fit(self, lambda it: it.updateGeometry())
        self.show_preview(None, written=False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.grown(PREVIEW_PX))

    def minimumSizeHint(self) -> QSize:
        """Returns a minimum height that lets the text shrink in a low window, but not the buttons
        below it.
        """
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
        """Sets the font: large for the text to say, normal for the text to send."""
        self._text.setFont(self._theme.font("field" if self._is_written else "spoken"))

    def show_take_key(self, key: str) -> None:
        """Sets the key that inserts the entry; Enter and Tab apply only in the search field."""
        self._take.set_key(key)
        self._is_search_field = key == "Enter"
        self._show_other()

    def _show_other(self) -> None:
        self._other.setVisible(self._is_search_field and not self._text.isHidden())


class _SearchHint(QWidget):
    """Help for the search field, shown while nothing is selected."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconSpot(theme, "keyboard", "text-2", theme.size("icon")))
        head.addWidget(ThemedLabel(theme, self.tr("Search as you hear it"), style="strong"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(
            ThemedLabel(
                theme,
                self.tr(
                    "Type the beginnings of words in any form. Arrows select, Enter "
                    "inserts the answer into the card, Tab shows the text to send, "
                    "Alt+Left and Alt+Right show one kind only."
                ),
                role="text-2",
                wrap=True,
            )
        )
        column.addStretch(1)
