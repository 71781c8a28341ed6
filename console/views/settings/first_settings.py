"""The settings over the whole window, before anybody works here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from console.keys.defaults import Key
from console.views.components.labels import Surface
from console.views.components.shortcuts import bind_on_page
from console.views.settings.sections import SettingsPresenters, workplace_sections
from console.views.settings.settings_page import SettingsPage
from console.views.theme import Theme


class FirstSettings(Surface):
    """Has the key of saving itself, which on the desk is the desk's."""

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
