"""Right column: danger warning, active panel and call script; and the handles that open it.

Handles are shown if the column overlays the page.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.keymap import shown
from console.features.call_script.presenter import (
    CallHint,
    CallHintPresenter,
    ScriptPresenter,
    ScriptState,
)
from console.features.call_script.view import ScriptBlock
from console.shared.session.undo_view import FirstThing
from console.shell.navigation import NavRow
from console.ui.labels import Surface
from console.ui.layout import Later
from console.ui.theme import Theme


class RightColumn(Surface):
    """Shows one panel at a time, with the script below some of them."""

    def __init__(
        self,
        theme: Theme,
        script: ScriptPresenter,
        hint: CallHintPresenter,
    ) -> None:
        super().__init__(theme, "surface")
        self.script = ScriptBlock(theme, script)
        self._panels: list[QWidget] = []
        self._with_script: tuple[Later[QWidget], ...] = ()
        self._tells_itself: Later[QWidget] | None = None
        self._wanted: Later[QWidget] | None = None
        self._is_over = False
        self.first = FirstThing(theme, style="spoken")
        self._script_state = script.state
        self._hint = hint.state
        self._under = QWidget()
        under = QVBoxLayout(self._under)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.script)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.first)
        self._column = column
        column.addWidget(self._under)
        column.addStretch(0)
        self.script.turned.connect(self._share_room)
        script.changed.connect(self._script_changed)
        hint.changed.connect(self._hint_changed)
        self._show_first()

    def stand_together(
        self, with_script: tuple[Later[QWidget], ...], *, tells_itself: Later[QWidget]
    ) -> None:
        """Sets the panels that are shown with the script.

        ``tells_itself`` is the panel that shows hints from the caller's words in its own list.
        """
        self._with_script = with_script
        self._tells_itself = tells_itself

    @property
    def wanted(self) -> Later[QWidget] | None:
        """The current panel; None if there is none."""
        return self._wanted

    def set_over(self, is_over: bool) -> None:
        """As an overlay in a low window the panel hides the script until it is opened."""
        self._is_over = is_over
        self._share_room()

    def take_first_back(self) -> None:
        """Moves the priority banner back into this column."""
        self._column.insertWidget(0, self.first)

    def take_in(self, panel: QWidget) -> None:
        """Adds a panel, hidden at first."""
        panel.hide()
        self._panels.append(panel)
        self._column.insertWidget(self._column.indexOf(self._under), panel, 1)

    def show_panel(self, wanted: Later[QWidget] | None) -> None:
        """Shows a panel or none."""
        self._wanted = wanted
        shown = None if wanted is None else wanted.widget
        self.script.give_room()
        for panel in self._panels:
            if panel is not shown:
                panel.hide()
        self._share_room()
        self.setVisible(wanted is not None)
        self._show_first()

    def _share_room(self) -> None:
        """In a low window the expanded script replaces the panel."""
        has_script = self._wanted in self._with_script
        covered = self.script.takes_all and has_script
        alone = self._is_over and self.script.is_low and not covered
        self._under.setVisible(has_script and not alone)
        if self._wanted is not None:
            self._wanted.widget.setVisible(not covered)

    def _script_changed(self, state: ScriptState) -> None:
        self._script_state = state
        self._show_first()

    def _hint_changed(self, hint: CallHint) -> None:
        self._hint = hint
        self._show_first()

    def _show_first(self) -> None:
        """A danger reported by the operator has priority over hints from the text."""
        hint, script = self._hint, self._script_state
        if script.danger is not None:
            self.first.set_kind("danger")
            self.first.show_banner(script.danger)
        elif hint.head and self._wanted is not self._tells_itself:
            self.first.set_kind("danger" if hint.is_danger else "warn")
            self.first.show_banner((hint.head, hint.body))
        else:
            self.first.set_kind("fault")
            self.first.show_banner(script.trouble)


class _Handle(NavRow):
    """Handle of an overlay; its key is shown in the tool tip."""

    def __init__(self, theme: Theme, text: str, icon: str, key: Key) -> None:
        super().__init__(theme, text, icon)
        self._key = key
        self.set_rail(True)
        self._name_as_shown()

    def _name_as_shown(self) -> None:
        self.setToolTip(f"{self.text()}, {shown(self._key)}")
        self.setAccessibleDescription(shown(self._key))


class RightHandles(Surface):
    """Handles of directory, script and check; the visible overlay is marked."""

    asked = Signal(object)  # Key that opens it

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
        """Shows the handle of the section 6 checks only for a message."""
        self._handles[Key.NEXT_FINDING].setVisible(offered)

    @property
    def marked(self) -> Key | None:
        """Key of the visible overlay."""
        return self._marked

    def mark(self, shown_one: Key | None) -> None:
        """Marks the handle of the visible overlay."""
        self._marked = shown_one
        for key, handle in self._handles.items():
            handle.mark(key is shown_one)
