"""What to take hold of where the right column lies over the page: a rail at the right edge."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.keys.installed import shown
from console.presenters.script import ScriptPresenter, ScriptState
from console.views.components.labels import Surface
from console.views.components.navigation import NavRow
from console.views.theme import Theme


class _Handle(NavRow):
    """One of what can be brought over the page; its key stands in the tool tip."""

    def __init__(self, theme: Theme, text: str, icon: str, key: Key) -> None:
        super().__init__(theme, text, icon)
        self._key = key
        self.set_rail(True)
        self._name_as_shown()

    def _name_as_shown(self) -> None:
        self.setToolTip(f"{self.text()}, {shown(self._key)}")
        self.setAccessibleDescription(shown(self._key))


class RightHandles(Surface):
    """Directory, script and check, each where it can be had; the one that is shown is marked."""

    asked = Signal(object)  # the Key that brings it

    def __init__(
        self, theme: Theme, script: ScriptPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._handles = {
            Key.SEARCH: _Handle(theme, self.tr("Directory"), "magnifying-glass", Key.SEARCH),
            Key.SCRIPT_FOLD: _Handle(theme, self.tr("Script"), "clipboard-text", Key.SCRIPT_FOLD),
            Key.NEXT_FINDING: _Handle(theme, self.tr("Check"), "check-circle", Key.NEXT_FINDING),
        }
        self._marked: Key | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 6)
        column.setSpacing(0)
        for key, handle in self._handles.items():
            handle.clicked.connect(lambda _checked=False, asked=key: self.asked.emit(asked))
            column.addWidget(handle)
        column.addStretch(1)
        theme.fit(self, lambda it: it.setFixedWidth(theme.size("right_rail")))
        script.changed.connect(self._show_script)
        self._show_script(script.state)

    def _show_script(self, state: ScriptState) -> None:
        self._handles[Key.SCRIPT_FOLD].setVisible(bool(state.title))

    def offer_check(self, offered: bool) -> None:
        """Show the way to what section 6 has against a message only beside one."""
        self._handles[Key.NEXT_FINDING].setVisible(offered)

    @property
    def marked(self) -> Key | None:
        """The key of the one that lies over the page now."""
        return self._marked

    def mark(self, shown_one: Key | None) -> None:
        """Mark the one that lies over the page now."""
        self._marked = shown_one
        for key, handle in self._handles.items():
            handle.mark(key is shown_one)
