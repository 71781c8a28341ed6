"""Headsets that are plugged in and removed: detected, read, lit, and errors explained."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from telephony.headset import hid
from telephony.headset.descriptor import Button, Lamp
from telephony.headset.hid import HidLibrary, HidPlace, NoLibrary, NoPermission
from telephony.headset.watch import (
    HeadsetEvent,
    HeadsetFound,
    HeadsetGone,
    HeadsetPressed,
    HeadsetTrouble,
    HeadsetUnusable,
    HeadsetWatch,
)
from tests.fakes.headset_bench import HeadsetBench
from tests.fakes.headset_models import JABRA_LIKE, LISTED, PLAIN, POLY_LIKE
from tests.fakes.hid_library import hidraw
from tests.fakes.rtp_peer import wait_until

E = TypeVar("E")
LOOK_S = 0.02


class Watched:
    """A watch over a simulated bench, with its events."""

    def __init__(self, bench: HeadsetBench) -> None:
        self.bench = bench
        self.told: list[HeadsetEvent] = []
        self.watch = HeadsetWatch(HidLibrary(lambda: hidraw), self.told.append, LOOK_S)

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.told if isinstance(event, kind)]

    def wait_for(self, kind: type[E], times: int = 1) -> list[E]:
        wait_until(lambda: len(self.of(kind)) >= times)
        return self.of(kind)

    def pressed(self) -> list[Button]:
        return [event.moved.button for event in self.of(HeadsetPressed) if event.moved.is_down]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeadsetBench]:
    monkeypatch.setenv("HEADSET_BENCH", str(tmp_path))
    with HeadsetBench(tmp_path) as made:
        yield made


@pytest.fixture
def watched(bench: HeadsetBench) -> Iterator[Watched]:
    made = Watched(bench)
    made.watch.start()
    yield made
    assert made.watch.stop(5)


def test_a_headset_is_found_once_by_its_model_and_read(
    watched: Watched, bench: HeadsetBench
) -> None:
    headset = bench.plug(POLY_LIKE)
    (found,) = watched.wait_for(HeadsetFound)
    headset.wait_until_read()
    headset.press_hook()
    headset.press_mute()
    wait_until(lambda: watched.pressed() == [Button.HOOK, Button.MUTE])

    assert found.model == "Plantronics Corded 5220"  # the manufacturer's name is not repeated
    assert "A1B2C3D4E5" not in repr(watched.told)
    assert Lamp.RING in found.shows


def test_lamps_are_lit_and_put_out_at_the_end(watched: Watched, bench: HeadsetBench) -> None:
    headset = bench.plug(JABRA_LIKE)
    (found,) = watched.wait_for(HeadsetFound)
    watched.watch.light(found.key, frozenset({Lamp.RING}))
    headset.wait_for_lamps(2, b"\x24\x00")
    watched.watch.light(found.key, frozenset({Lamp.OFF_HOOK, Lamp.MUTE}))
    headset.wait_for_lamps(2, b"\x03\x00")
    assert watched.watch.stop(5)

    headset.wait_for_lamps(2, b"\x00\x00")
    assert watched.wait_for(HeadsetGone) == [HeadsetGone(found.key)]


def test_one_that_reads_beside_another_leaves_the_lamps(bench: HeadsetBench) -> None:
    told: list[HeadsetEvent] = []
    watch = HeadsetWatch(HidLibrary(lambda: hidraw), told.append, LOOK_S, set_lamps=False)
    headset = bench.plug(JABRA_LIKE)
    watch.start()
    headset.wait_until_read()
    headset.press_mute()
    wait_until(lambda: any(isinstance(event, HeadsetPressed) for event in told))
    assert watch.stop(5)
    bench.unplug(headset)  # everything that was sent to it has been received

    assert headset.shows(2) == b""


def test_one_pulled_out_in_mid_call_is_gone_and_comes_back(
    watched: Watched, bench: HeadsetBench
) -> None:
    headset = bench.plug(PLAIN)
    (found,) = watched.wait_for(HeadsetFound)
    bench.unplug(headset)
    assert watched.wait_for(HeadsetGone) == [HeadsetGone(found.key)]
    watched.watch.light(found.key, frozenset({Lamp.RING}))  # the headset has already been removed

    again = bench.plug(PLAIN)
    watched.wait_for(HeadsetFound, times=2)
    again.wait_until_read()
    again.press_hook()
    wait_until(lambda: Button.HOOK in watched.pressed())


def test_two_headsets_are_read_side_by_side(watched: Watched, bench: HeadsetBench) -> None:
    first, second = bench.plug(PLAIN), bench.plug(LISTED)
    watched.wait_for(HeadsetFound, times=2)
    for each in (first, second):
        each.wait_until_read()
        each.press_mute()
    wait_until(lambda: watched.pressed() == [Button.MUTE] * 2)

    assert len({event.key for event in watched.of(HeadsetPressed)}) == 2


def test_a_descriptor_that_makes_no_sense_is_told_once(
    watched: Watched, bench: HeadsetBench
) -> None:
    broken = bench.plug(replace(PLAIN, descriptor=PLAIN.descriptor[:9]))
    (told,) = watched.wait_for(HeadsetUnusable)
    other = bench.plug(JABRA_LIKE)  # and another one that is found after it
    watched.wait_for(HeadsetFound)
    bench.unplug(broken)
    watched.wait_for(HeadsetGone)

    assert told.trouble is HeadsetTrouble.NOT_UNDERSTOOD
    assert len(watched.of(HeadsetUnusable)) == 1
    other.wait_until_read()


def test_one_that_takes_the_place_of_another_between_two_looks_is_read(
    watched: Watched, bench: HeadsetBench
) -> None:
    broken = bench.plug(replace(PLAIN, descriptor=PLAIN.descriptor[:9]))
    watched.wait_for(HeadsetUnusable)
    other = bench.swap(broken, JABRA_LIKE)
    (found,) = watched.wait_for(HeadsetFound)

    assert other.path == broken.path
    assert found.model == "GN Audio Wireless 75"
    assert watched.of(HeadsetGone) == [HeadsetGone(found.key)]


def test_one_that_another_program_has_is_read_when_it_is_let_go(
    watched: Watched, bench: HeadsetBench
) -> None:
    headset = bench.plug(PLAIN)
    headset.path.rename(headset.path.with_name("away"))
    watched.wait_for(HeadsetUnusable)
    headset.path.with_name("away").rename(headset.path)
    watched.wait_for(HeadsetFound)

    # it may have been detected before it was removed
    assert {each.trouble for each in watched.of(HeadsetUnusable)} <= {
        HeadsetTrouble.NO_PERMISSION,
        HeadsetTrouble.NOT_OPENED,
    }


def test_without_hidapi_it_is_said_once_and_the_watch_ends() -> None:
    def load() -> object:
        raise NoLibrary

    told: list[HeadsetEvent] = []
    watch = HeadsetWatch(HidLibrary(load), told.append, LOOK_S)
    watch.start()
    wait_until(lambda: bool(told))

    assert watch.stop(5)
    assert told == [HeadsetUnusable(b"", "", HeadsetTrouble.NO_LIBRARY)]


def test_a_device_of_another_user_is_refused_by_the_system(
    bench: HeadsetBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests may run as root, which is never refused: the system's answer is simulated."""
    headset = bench.plug(PLAIN, is_ours=False)
    place = HidPlace(os.fsencode(headset.path), "USB Headset", 0x0D8C, 0x4444)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)

    with pytest.raises(NoPermission):
        HidLibrary(lambda: hidraw).open(place)


def test_hidapi_itself_lists_the_devices_of_this_computer() -> None:
    """The library is installed and has the expected interface, with or without a headset."""
    for place in HidLibrary().places():
        assert place.model
    device = hid._import().device()
    for name in ("open_path", "get_report_descriptor", "read", "write", "error", "close"):
        assert callable(getattr(device, name))
