"""Global keys on a real X display: with every lock state, once per press, exclusive between
programs.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from typing import TypeVar

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from console.assembly.global_keys_part import find_grabs
from console.core.default_keys import Key
from console.features.global_keys.system_keys import (
    GlobalKeyPressed,
    GrabEvent,
    Grabs,
    GrabsLost,
    GrabsMade,
)
from console.shared.workplace.global_key_trouble import GrabTrouble
from tests.fakes.other_program import OtherProgram
from tests.fakes.rtp_peer import wait_until

E = TypeVar("E")
REPEATS_AFTER_S = 1.0
CHORDS = {
    Key.ANSWER_ANYWHERE: "Ctrl+Shift+F2",
    Key.MUTE_ANYWHERE: "Ctrl+Shift+F6",
    Key.HANG_UP_ANYWHERE: "Alt+Shift+F8",
}


class Keyboard:
    """A private display with a keyboard whose keys are pressed and released by the test."""

    def __init__(self) -> None:
        reader, writer = os.pipe()
        self._xvfb = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "640x480x24", "-nolisten", "tcp",
             "-noreset"],
            pass_fds=(writer,),
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writer)
        with os.fdopen(reader) as told:
            self.display = f":{told.readline().strip()}"
        self._connection = Display(self.display)

    def move(self, *signs: str, is_down: bool) -> None:
        for sign in signs:
            code = self._connection.keysym_to_keycode(XK.string_to_keysym(sign))
            kind = X.KeyPress if is_down else X.KeyRelease
            xtest.fake_input(self._connection, kind, code)
        self._connection.sync()

    def press(self, chord: str) -> None:
        """Pauses between presses: the same key twice within a millisecond counts as auto-repeat."""
        names = {"Ctrl": "Control_L", "Shift": "Shift_L", "Alt": "Alt_L"}
        signs = [names.get(each, each) for each in chord.split("+")]
        self.move(*signs, is_down=True)
        self.move(*reversed(signs), is_down=False)

    def take_away(self) -> None:
        if self._xvfb.poll() is None:
            self._connection.close()
        self._xvfb.terminate()
        self._xvfb.wait(10)


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyboard]:
    made = Keyboard()
    monkeypatch.setenv("DISPLAY", made.display)
    yield made
    made.take_away()


class Taken:
    def __init__(self) -> None:
        self.told: list[GrabEvent] = []
        found = find_grabs(self.told.append, "xcb", {})
        assert not isinstance(found, GrabTrouble)
        self.grabs: Grabs = found
        self.grabs.start()

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.told if isinstance(event, kind)]

    def take(self, chords: dict[Key, str]) -> frozenset[Key]:
        before = len(self.of(GrabsMade))
        self.grabs.want(chords)
        wait_until(lambda: len(self.of(GrabsMade)) > before)
        return self.of(GrabsMade)[-1].refused

    def pressed(self) -> list[Key]:
        return [event.key for event in self.of(GlobalKeyPressed)]


@pytest.fixture
def taken(keyboard: Keyboard) -> Iterator[Taken]:
    made = Taken()
    yield made
    assert made.grabs.stop(5)


def test_each_chord_is_heard_with_any_lock_on(keyboard: Keyboard, taken: Taken) -> None:
    assert taken.take(CHORDS) == frozenset()
    for chord in CHORDS.values():
        keyboard.press(chord)
    wait_until(lambda: taken.pressed() == list(CHORDS))
    for lock, chord in (("Caps_Lock", "Ctrl+Shift+F2"), ("Num_Lock", "Ctrl+Shift+F6")):
        keyboard.press(lock)
        keyboard.press(chord)
    pressed = [*CHORDS, Key.ANSWER_ANYWHERE, Key.MUTE_ANYWHERE]
    wait_until(lambda: taken.pressed() == pressed)


def test_held_down_it_is_pressed_once(keyboard: Keyboard, taken: Taken) -> None:
    taken.take(CHORDS)
    keyboard.move("Control_L", "Shift_L", "F6", is_down=True)
    wait_until(lambda: taken.pressed() == [Key.MUTE_ANYWHERE])
    # no other program receives the auto-repeat, which starts after two thirds of a second
    threading.Event().wait(REPEATS_AFTER_S)
    keyboard.move("F6", "Shift_L", "Control_L", is_down=False)
    keyboard.press("Ctrl+Shift+F2")
    wait_until(lambda: Key.ANSWER_ANYWHERE in taken.pressed())

    assert taken.pressed() == [Key.MUTE_ANYWHERE, Key.ANSWER_ANYWHERE]


def test_what_another_program_has_is_refused_and_the_rest_taken(
    keyboard: Keyboard, taken: Taken
) -> None:
    with OtherProgram(keyboard.display, "ctrl+shift+F6"):
        assert taken.take(CHORDS) == {Key.MUTE_ANYWHERE}
        keyboard.press("Ctrl+Shift+F2")
        wait_until(lambda: taken.pressed() == [Key.ANSWER_ANYWHERE])
    assert taken.take(CHORDS) == frozenset()  # it was released


def test_a_chord_that_was_changed_is_let_go(keyboard: Keyboard, taken: Taken) -> None:
    taken.take(CHORDS)
    taken.take({Key.ANSWER_ANYWHERE: "Alt+Shift+F2"})
    second = Taken()
    assert second.take({Key.ANSWER_ANYWHERE: "Ctrl+Shift+F2"}) == frozenset()
    assert second.take({Key.ANSWER_ANYWHERE: "Alt+Shift+F2"}) == {Key.ANSWER_ANYWHERE}
    assert second.grabs.stop(5)


def test_a_display_that_goes_away_is_told(keyboard: Keyboard, taken: Taken) -> None:
    taken.take(CHORDS)
    keyboard.take_away()
    wait_until(lambda: taken.of(GrabsLost) == [GrabsLost(GrabTrouble.LOST)])


def test_without_a_display_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    made = Taken()
    wait_until(lambda: made.of(GrabsLost) == [GrabsLost(GrabTrouble.LOST)])
    assert made.grabs.stop(5)
