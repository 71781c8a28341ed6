"""The page of buttons and keys: whether a headset leads calls, and keys of other programs do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from PySide6.QtCore import QObject, QTimer

from console import words
from console.global_keys.grabs import GrabTrouble
from console.presenters.headset_trial import HeadsetTrial
from console.presenters.settings_form import Outcome, OutcomeKind, SettingsForm
from console.settings.chosen import ChosenSettings
from console.settings.own import Choices
from console.settings.workplace import ConsoleSettings
from telephony.headset.watch import (
    HeadsetEvent,
    HeadsetFound,
    HeadsetGone,
    HeadsetPressed,
    HeadsetTrouble,
    HeadsetUnusable,
)

LOOK_MS = 3000
"""So long a headset is looked for."""
PRESS_MS = 15_000
"""So long a press of it is waited for."""
ON, OFF = "on", "off"


class ButtonSettings(SettingsForm):
    """Both hold from the next start; the trial names the button of a headset that is pressed."""

    places = {"buttons": ("headset", "buttons"), "global": ("keys", "global")}
    holds_from_start = True

    def __init__(
        self,
        chosen: ChosenSettings,
        trial: HeadsetTrial,
        *,
        may_change: Callable[[], bool],
        find_trouble: Callable[[], GrabTrouble | None],
        is_line_free: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        """``find_trouble``: why this desktop gives no program the keys of others."""
        super().__init__(chosen, may_change=may_change, is_line_free=is_line_free, parent=parent)
        self._trial = trial
        self._find_trouble = find_trouble
        self._is_trying = False
        self._read: set[bytes] = set()
        self._unusable: dict[bytes, tuple[str, HeadsetTrouble]] = {}
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self.give_up)
        trial.told.connect(self._take)

    def drop(self) -> None:
        super().drop()
        if self._is_trying:
            self._end("dropped", Outcome(OutcomeKind.DOUBTFUL, words.settings.nothing_pressed()[0]))

    def _stand(self, settings: ConsoleSettings) -> dict[str, str]:
        return {
            "buttons": ON if settings.headset.buttons else OFF,
            "global": ON if settings.keys.is_global else OFF,
        }

    def _choices(self, values: Mapping[str, str]) -> Choices:
        """What the program does by itself is no choice, and leaves nothing in the file."""
        return {
            self.places["buttons"]: None if values["buttons"] == ON else False,
            self.places["global"]: True if values["global"] == ON else None,
        }

    def _note(self, settings: ConsoleSettings) -> str:
        trouble = self._find_trouble()
        if trouble is not None and self._values()["global"] == ON:
            return words.global_keys.not_possible(trouble)[1]
        return super()._note(settings)

    # --- the trial ---

    def _is_changed_since(self, begun: Mapping[str, str]) -> bool:
        return False  # a headset has its buttons, whatever the page says

    def _begin_trial(self, values: Mapping[str, str]) -> None:
        self._is_trying = True
        self._read.clear()
        self._unusable.clear()
        self._look()
        self._trial.start()

    def _look(self) -> None:
        self._show_busy(words.settings.looking_for_headset())
        self._limit.start(LOOK_MS)

    def _show_busy(self, text: str) -> None:
        self._outcome = Outcome(OutcomeKind.BUSY, text)
        self._tell()

    def _take(self, event: HeadsetEvent) -> None:
        match event:
            case HeadsetFound(key=key, model=model):
                self._read.add(key)
                self._unusable.pop(key, None)
                self._show_busy(words.settings.press_a_button(model))
                self._limit.start(PRESS_MS)
            case HeadsetUnusable(key=key, model=model, trouble=trouble):
                self._unusable[key] = model, trouble
            case HeadsetGone(key=key):
                self._unusable.pop(key, None)
                self._read.discard(key)
                if not self._read:
                    self._look()
            case HeadsetPressed(moved=moved):
                if moved.is_down:
                    text, advice = words.headset.buttons(moved.button.value)
                    self._end("pressed", Outcome(OutcomeKind.GOOD, text, advice))
            case _:
                assert_never(event)

    def give_up(self) -> None:
        """Nobody has pressed anything; the timer calls this."""
        if self._read:
            outcome = Outcome(OutcomeKind.DOUBTFUL, *words.settings.nothing_pressed())
            self._end("not_pressed", outcome)
        elif self._unusable:
            model, trouble = next(reversed(self._unusable.values()))
            outcome = Outcome(OutcomeKind.BAD, *words.headset.unusable(model, trouble))
            self._end(trouble.value, outcome)
        else:
            self._end("no_headset", Outcome(OutcomeKind.DOUBTFUL, *words.headset.buttons("none")))

    def _end(self, code: str, outcome: Outcome) -> None:
        self._is_trying = False
        self._limit.stop()
        self._trial.stop()
        self._finish_trial(code, outcome)
