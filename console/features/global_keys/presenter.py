"""Registers the system-wide hotkeys, emits their presses and reports registration failures.

GUI thread only. While the console is locked, only the keys that control the active call have an
effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from console.core.default_keys import ANYWHERE, Key
from console.core.keymap import KEYS, as_shown
from console.core.view_data import LONG_S, Notice
from console.features.global_keys import system_keys
from console.features.global_keys.system_keys import (
    GlobalKeyPressed,
    GrabEvent,
    Grabs,
    GrabsLost,
    GrabsMade,
)
from console.shared.workplace import global_key_trouble
from console.shared.workplace.global_key_trouble import GrabTrouble


@dataclass(frozen=True, slots=True)
class GlobalKeysState:
    """State of the hotkeys; ``refused`` contains keys that another application owns."""

    is_taken: bool = False
    refused: frozenset[Key] = frozenset()
    trouble: GrabTrouble | None = None


class GlobalKeysPresenter(QObject):
    """Emits system-wide hotkeys as ``pressed``, like keys pressed in the window. GUI thread only.

    A press has no effect while ``may_act`` returns False for its key, as in the locked console.
    """

    pressed = Signal(str)  # Key
    told = Signal(object)  # Notice
    held_elsewhere = Signal(object)  # frozenset of Key

    def __init__(
        self,
        note: Callable[[str, str], None],
        *,
        may_act: Callable[[Key], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._note = note
        self._may_act = may_act
        self._grabs: Grabs | None = None
        self._state = GlobalKeysState()
        self._told_of: frozenset[str] = frozenset()  # shortcuts already reported as used elsewhere
        KEYS.changed.connect(self._want)

    @property
    def state(self) -> GlobalKeysState:
        return self._state

    @property
    def facts(self) -> Mapping[str, object]:
        """Facts for the support bundle."""
        state = self._state
        return {
            "taken": state.is_taken,
            "refused": sorted(key.value for key in state.refused),
            "trouble": None if state.trouble is None else state.trouble.value,
        }

    def take(self, grabs: Grabs | GrabTrouble) -> None:
        """Registers the hotkeys with this backend, or reports once why that is impossible."""
        if isinstance(grabs, GrabTrouble):
            self.receive(GrabsLost(grabs))
            return
        self._grabs = grabs
        self._want()

    def _want(self) -> None:
        if self._grabs is not None:
            self._grabs.want({key: KEYS.chosen.chord(key) for key in ANYWHERE})

    def receive(self, event: GrabEvent) -> None:
        match event:
            case GlobalKeyPressed(key=key):
                self._note(key.value, "pressed")
                if self._may_act(key):
                    self.pressed.emit(key.value)
            case GrabsMade(refused=refused):
                self._state = GlobalKeysState(True, refused)
                self._note(" ".join(sorted(key.value for key in refused)), "taken")
                self.held_elsewhere.emit(refused)
                chords = [as_shown(KEYS.chosen.chord(key)) for key in ANYWHERE if key in refused]
                # Every change of the key map registers all hotkeys again; a known refusal is not
                # repeated.
                if set(chords) - self._told_of:
                    self._tell(system_keys.refused(chords))
                self._told_of = frozenset(chords)
            case GrabsLost(trouble=trouble):
                self._state = GlobalKeysState(trouble=trouble)
                self.held_elsewhere.emit(frozenset())  # no key is registered, so none is refused
                self._note("", trouble.value)
                self._tell(global_key_trouble.not_possible(trouble))
            case _:
                assert_never(event)

    def _tell(self, head_and_body: tuple[str, str]) -> None:
        self.told.emit(Notice(*head_and_body, LONG_S, problem=True))
