"""The right column: what comes first, the panel that is wanted, the script of the call below."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.presenters.call_hint import CallHint, CallHintPresenter
from console.presenters.script import ScriptPresenter, ScriptState
from console.views.components.first_thing import FirstThing
from console.views.components.labels import Surface
from console.views.later import Later
from console.views.script_block import ScriptBlock
from console.views.theme import Theme


class RightColumn(Surface):
    """One panel at a time; script and form are seen together, whichever panel it is."""

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
        """``with_script`` are the panels that the script stands under; ``tells_itself`` shows what
        the caller's words ask for in its own list."""
        self._with_script = with_script
        self._tells_itself = tells_itself

    @property
    def wanted(self) -> Later[QWidget] | None:
        """The panel that was asked for or belongs to the page; None where none does."""
        return self._wanted

    def set_over(self, is_over: bool) -> None:
        """It lies over the page: the panel has all of a low window until the script is wanted."""
        self._is_over = is_over
        self._share_room()

    def take_first_back(self) -> None:
        """What comes first stood elsewhere while this column was not always in sight."""
        self._column.insertWidget(0, self.first)

    def take_in(self, panel: QWidget) -> None:
        """A panel that is new; it is shown when it is wanted."""
        panel.hide()
        self._panels.append(panel)
        self._column.insertWidget(self._column.indexOf(self._under), panel, 1)

    def show_panel(self, wanted: Later[QWidget] | None) -> None:
        """One panel or none; never two at once, for which there is no room."""
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
        """All the steps of a script take the place of the panel where the window is low."""
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
        """The danger that the operator has heard of comes before what was read in the words."""
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
