"""Settings page with the list of sections, and its variant that opens before sign-in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.view_data import HistoryRow
from console.features.settings.parts_view import Section, SectionPage
from console.features.settings.sections_view import SettingsPresenters, workplace_sections
from console.ui.keyboard import bind_on_page
from console.ui.labels import KeyHint, Line, Surface, ThemedLabel
from console.ui.layout import PageStack
from console.ui.lists import LIST_SHARE, PAGE_SHARE, ListColumn
from console.ui.theme import Theme

LIST_PX = 300


class SettingsPage(QWidget):
    """Page of settings. Arrow keys select a section, Enter opens it, Esc returns to the list, then
    closes the page.
    """

    closed = Signal()

    def __init__(
        self, theme: Theme, sections: Sequence[Section], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sections = tuple(sections)
        self._shown: tuple[Section, ...] = ()
        self._came_straight = False  # section opened directly: Esc closes the page
        self._pages = PageStack()
        self._current = self._sections[0]
        for section in self._sections:
            section.page.when_made(self._take_in)
        self._column = ListColumn(theme, self.tr("Settings"), ThemedLabel(theme), LIST_PX)
        self._list = self._column.list
        self._list.moved.connect(self._choose)
        self._list.taken.connect(self._enter)
        side = Surface(theme, "surface")
        theme.fit(side, lambda it: it.setMaximumWidth(theme.grown(LIST_PX)))
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._column, 1)
        hints = QHBoxLayout()
        hints.setContentsMargins(20, 8, 12, 10)
        hints.setSpacing(12)
        hints.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        hints.addWidget(KeyHint(theme, "Enter", self.tr("go to section")))
        hints.addStretch(1)
        left.addLayout(hints)
        # The pages use the full width; their size hints must not widen the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side, LIST_SHARE)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._pages, PAGE_SHARE)
        bind_on_page(self, {Key.TRY_SETTINGS: self._try})

    def _take_in(self, page: SectionPage) -> None:
        self._pages.addWidget(page)
        page.left.connect(self._to_list)

    def open_page(self, code: str = "") -> None:
        """Shows the sections that the operator may change; with a ``code``, opens that section."""
        self._shown = tuple(section for section in self._sections if section.is_offered())
        rows = tuple(
            HistoryRow(number, section.title, section.about, "", section.icon, "text-2")
            for number, section in enumerate(self._shown, 1)
        )
        codes = [section.code for section in self._shown]
        kept = code or self._current.code
        place = codes.index(kept) if kept in codes else 0
        self._column.show_rows("", rows, place)
        self._choose(place)
        self._came_straight = code in codes
        if self._came_straight:
            self._enter()
        else:
            self._list.focus_chosen()

    def go_to(self, number: int) -> None:
        """Opens the section at this position of the list, starting at 1."""
        if number <= len(self._shown):
            self._came_straight = False
            self._list.mark(number - 1)
            self._choose(number - 1)
            self._enter()

    def confirm(self) -> None:
        """Saves the shown section."""
        self._current.page.widget.confirm()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        self._current = self._shown[place]
        page = self._current.page.widget
        self._pages.setCurrentWidget(page)
        page.open_page()

    def _enter(self) -> None:
        self._current.page.widget.focus_first()

    def _try(self) -> None:
        self._current.page.widget.try_it()

    def _to_list(self) -> None:
        if self._came_straight:
            self.closed.emit()
        else:
            self._list.focus_chosen()


class FirstSettings(Surface):
    """Settings before sign-in; it binds the save key itself, which otherwise belongs to the main
    page.
    """

    closed = Signal()

    def __init__(self, theme: Theme, presenters: SettingsPresenters) -> None:
        super().__init__(theme, "app")
        self._page = SettingsPage(theme, workplace_sections(theme, presenters))
        self._page.closed.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        bind_on_page(self, {Key.SAVE: self._page.confirm})

    def open_page(self) -> None:
        self._page.open_page()
