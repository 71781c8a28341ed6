"""Whether the program may end and begin again now, for settings that hold from a start on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from console import words
from console.chosen_settings import ChosenSettings
from console.presenters.settings_form import SettingsForm


class Restart(QObject):
    """Asked for on a page of settings; the page tells what stands in the way.

    No call is cut off, and nothing that is typed on any of the pages goes: it is on no disk.
    """

    def __init__(
        self,
        chosen: ChosenSettings,
        forms: Sequence[SettingsForm],
        *,
        is_line_free: Callable[[], bool] = lambda: True,
        unkept_on: Callable[[], str] = str,
        parent: QObject | None = None,
    ) -> None:
        """``unkept_on`` names another page where something is typed that no draft keeps."""
        super().__init__(parent)
        self._chosen = chosen
        self._forms = tuple(forms)
        self._is_line_free = is_line_free
        self._unkept_on = unkept_on
        for form in self._forms:
            form.restart_asked.connect(partial(self._ask, form))

    def _ask(self, form: SettingsForm) -> None:
        states = [one.state for one in self._forms]
        if not self._is_line_free():
            form.refuse_restart(words.settings.call_before_restart())
        elif any(state.is_busy for state in states):
            form.refuse_restart(words.settings.busy_before_restart())
        elif any(state.is_changed for state in states):
            form.refuse_restart(words.settings.typed_before_restart())
        elif page := self._unkept_on():
            form.refuse_restart(words.settings.unkept_before_restart(page))
        else:
            self._chosen.restart_asked.emit()
