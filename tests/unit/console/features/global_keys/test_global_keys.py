"""Global shortcuts: allowed chords, their registration, and the messages about failures."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping

import pytest
from PySide6.QtCore import QObject

from console.assembly.global_keys_part import find_grabs
from console.core.default_keys import ANYWHERE, Key
from console.core.keymap import KEYS, ChosenKeys, Refusal, Refused
from console.features.global_keys.presenter import GlobalKeysPresenter, GlobalKeysState
from console.features.global_keys.system_keys import GlobalKeyPressed, GrabsLost, GrabsMade
from console.features.global_keys.windows import WindowsGrabs
from console.shared.workplace.global_key_trouble import GrabTrouble
from tests.fakes.console_fakes import Told


class FakeGrabs:
    """Records the requested shortcuts."""

    def __init__(self) -> None:
        self.wanted: list[Mapping[Key, str]] = []

    def start(self) -> None:
        raise AssertionError("started by who made it")

    def want(self, chords: Mapping[Key, str]) -> None:
        self.wanted.append(chords)

    def stop(self, deadline_s: float) -> bool:
        return deadline_s > 0


class Bench:
    def __init__(self, owner: QObject) -> None:
        self.may_act, self.grabs = True, FakeGrabs()
        self.noted: list[tuple[str, str]] = []
        self.keys = GlobalKeysPresenter(
            lambda keys, code: self.noted.append((keys, code)),
            may_act=lambda key: self.may_act or key is Key.MUTE_ANYWHERE,
            parent=owner,
        )
        self.pressed, self.told = Told(self.keys.pressed), Told(self.keys.told)


@pytest.fixture
def bench(owner: QObject) -> Iterator[Bench]:
    yield Bench(owner)
    KEYS.install(ChosenKeys())


def test_the_chords_of_the_operator_are_taken_and_follow_a_change(bench: Bench) -> None:
    bench.keys.take(bench.grabs)
    KEYS.install(ChosenKeys().with_chord(Key.ANSWER_ANYWHERE, "Alt+Shift+F2"))

    first, second = bench.grabs.wanted
    assert set(first) == set(ANYWHERE)
    assert first[Key.ANSWER_ANYWHERE] == "Ctrl+Shift+F2"
    assert second[Key.ANSWER_ANYWHERE] == "Alt+Shift+F2"


def test_a_press_is_a_press_in_the_window_unless_the_key_may_not_act(bench: Bench) -> None:
    bench.keys.receive(GlobalKeyPressed(Key.ANSWER_ANYWHERE))
    bench.may_act = False
    bench.keys.receive(GlobalKeyPressed(Key.HANG_UP_ANYWHERE))
    bench.keys.receive(GlobalKeyPressed(Key.MUTE_ANYWHERE))

    assert bench.pressed.values == [Key.ANSWER_ANYWHERE, Key.MUTE_ANYWHERE]


def test_what_another_program_has_is_told_by_its_chord(bench: Bench) -> None:
    bench.keys.receive(GrabsMade())
    assert bench.told.values == []
    bench.keys.receive(GrabsMade(frozenset({Key.MUTE_ANYWHERE})))
    (notice,) = bench.told.values

    assert notice.problem
    assert notice.head == "Ctrl+Shift+F6 занято другой программой"
    assert "F1" in notice.body
    assert bench.keys.state == GlobalKeysState(True, frozenset({Key.MUTE_ANYWHERE}))
    assert bench.keys.facts["refused"] == ["mute-anywhere"]


def test_the_page_of_keys_hears_what_another_program_has(bench: Bench) -> None:
    held = Told(bench.keys.held_elsewhere)
    bench.keys.receive(GrabsMade(frozenset({Key.MUTE_ANYWHERE})))
    bench.keys.receive(GrabsMade())

    assert held.values == [{Key.MUTE_ANYWHERE}, set()]
    bench.keys.receive(GrabsMade(frozenset({Key.MUTE_ANYWHERE})))
    bench.keys.receive(GrabsLost(GrabTrouble.LOST))
    assert held.values[-1] == set()


def test_what_another_program_has_is_told_once_and_not_at_each_change_of_a_key(
    bench: Bench,
) -> None:
    one, two = Key.MUTE_ANYWHERE, Key.ANSWER_ANYWHERE
    for refused in ({one}, {one}, {one, two}, {two}, {two}):
        bench.keys.receive(GrabsMade(frozenset(refused)))
    assert len(bench.told.values) == 2
    bench.keys.receive(GrabsMade())
    bench.keys.receive(GrabsMade(frozenset({one})))
    assert len(bench.told.values) == 3


@pytest.mark.parametrize("trouble", GrabTrouble)
def test_a_desktop_that_does_not_allow_it_says_so(bench: Bench, trouble: GrabTrouble) -> None:
    bench.keys.take(trouble)
    (notice,) = bench.told.values

    assert notice.head == "Клавиши действуют только в этом окне"
    assert notice.body
    assert bench.keys.facts["trouble"] == trouble.value
    KEYS.install(ChosenKeys().with_chord(Key.ANSWER_ANYWHERE, "Alt+Shift+F2"))  # requests nothing


def test_a_lost_display_is_told(bench: Bench) -> None:
    bench.keys.take(bench.grabs)
    bench.keys.receive(GrabsMade())
    bench.keys.receive(GrabsLost(GrabTrouble.LOST))

    assert bench.keys.state == GlobalKeysState(trouble=GrabTrouble.LOST)


@pytest.mark.parametrize(
    ("platform", "environment"),
    [("wayland", {}), ("wayland-egl", {}), ("xcb", {"WAYLAND_DISPLAY": "wayland-0"})],
)
def test_wayland_is_known_also_behind_x(platform: str, environment: dict[str, str]) -> None:
    assert find_grabs(print, platform, environment) is GrabTrouble.WAYLAND


def test_a_window_that_nobody_sees_has_no_way() -> None:
    assert find_grabs(print, "offscreen", {}) is GrabTrouble.NO_WAY


@pytest.mark.parametrize(
    "chord",
    ["F2", "Ctrl+F2", "Alt+F2", "Shift+F2", "Ctrl+Alt+F2", "Ctrl+Alt+Shift+F2", "Ctrl+Shift+A"],
)
def test_no_chord_is_taken_from_all_programs_that_they_use(chord: str) -> None:
    refused = ChosenKeys().refused(Key.ANSWER_ANYWHERE, chord)
    assert refused is not None
    assert refused.why in (Refusal.OTHERS, Refusal.FIXED)


def test_a_rare_chord_may_be_had_once() -> None:
    chosen = ChosenKeys()
    assert chosen.refused(Key.ANSWER_ANYWHERE, "Alt+Shift+F12") is None
    assert chosen.refused(Key.ANSWER_ANYWHERE, "Ctrl+Shift+F6") == Refused(
        Refusal.TAKEN, Key.MUTE_ANYWHERE
    )
    # and the window's own keys may not use it
    assert chosen.refused(Key.ANSWER, "Ctrl+Shift+F6") == Refused(Refusal.DESKTOP)


def test_keys_of_windows_are_wanted_without_waiting_for_what_takes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    grabs = WindowsGrabs(print)  # its thread is not running yet
    began_s = time.monotonic()

    grabs.want({Key.ANSWER_ANYWHERE: "Ctrl+Shift+F5"})

    assert time.monotonic() - began_s < 0.9
