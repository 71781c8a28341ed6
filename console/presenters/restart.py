"""Whether the program may end and begin again now, for what holds from a start on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance

from console import words
from console.presenters.settings_form import SettingsForm
from console.settings.chosen import ChosenSettings


class Asking(Protocol):
    """A page that something waits on for the next start, and that can tell what is in the way."""

    @property
    def restart_asked(self) -> SignalInstance: ...

    def refuse_restart(self, why: str) -> None: ...


class Restart(QObject):
    """Asked for on a page that something waits on; the page tells what stands in the way.

    No call is cut off, and nothing that is typed on pages of the settings goes: it is on no disk,
    as all else on the desk is.
    """

    def __init__(
        self,
        chosen: ChosenSettings,
        forms: Sequence[SettingsForm],
        others: Sequence[Asking] = (),
        *,
        is_line_free: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        """``others`` are pages that keep each choice at once."""
        super().__init__(parent)
        self._chosen = chosen
        self._forms = tuple(forms)
        self._is_line_free = is_line_free
        for page in (*self._forms, *others):
            page.restart_asked.connect(partial(self._ask, page))

    def _ask(self, form: Asking) -> None:
        states = [one.state for one in self._forms]
        if not self._is_line_free():
            form.refuse_restart(words.settings.call_before_restart())
        elif any(state.is_busy for state in states):
            form.refuse_restart(words.settings.busy_before_restart())
        elif any(state.is_changed for state in states):
            form.refuse_restart(words.settings.typed_before_restart())
        else:
            self._chosen.restart_asked.emit()
