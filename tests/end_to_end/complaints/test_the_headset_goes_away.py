"""Complaint 9: a headset unplugged and plugged in again, idle and in a call; a separate ringer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from telephony.media.samples import level_dbfs
from telephony.media.wav import write_wav
from tests.fakes.audio_measure import tone
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.pulse_server import PulseServer
from tests.fakes.rtp_peer import wait_until

CITIZEN = "+79005550109"
CONTENT = "Говорили, пока гарнитуру меняли."
HEARD_DBFS = -45.0
LISTEN_S = 0.4


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    """A sound server with three devices; the computer's loudspeaker is the default."""
    with PulseServer("speaker", "headset", "ringer") as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        yield server


def sounds(sound: PulseServer, sink: str) -> bool:
    return level_dbfs(sound.record(sink, LISTEN_S)) > HEARD_DBFS


def wait_for_devices(desk: ConsoleStage, **wanted: str) -> None:
    """Waits until the window has seen these devices; earlier states are skipped."""
    found = desk.wait_for("devices_seen", STEP_LIMIT_S)
    while any(found[place] != seen for place, seen in wanted.items()):
        found = desk.wait_for("devices_seen", STEP_LIMIT_S)


def wait_for_sound(desk: ConsoleStage, *, fallback: int) -> None:
    while desk.wait_for("sound_changed", STEP_LIMIT_S)["fallback"] != fallback:
        pass


def test_a_headset_that_goes_away_ends_no_call_and_the_ring_is_heard_elsewhere(
    sound: PulseServer, folder: Path
) -> None:
    voice = folder / "caller.wav"
    write_wav(voice, tone(1004.0, -10, 90.0))
    settings = {
        "audio": {
            "driver": "pulse",
            "input_device": "headset.monitor",
            "output_device": "headset",
            "ring_device": "ringer",
        }
    }
    with (
        ConsoleStage(folder, settings=settings) as desk,
        BaresipCaller(CITIZEN, play=voice) as caller,
    ):
        sound.unplug("headset")
        wait_for_devices(desk, earpiece="stand_in", ringer="there")
        desk.picture("away")
        sound.plug("headset")
        wait_for_devices(desk, microphone="there", earpiece="there")

        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        wait_until(lambda: sounds(sound, "ringer"), timeout_s=STEP_LIMIT_S)
        desk.answer()
        caller.wait_for("CALL_ESTABLISHED")
        wait_until(lambda: sounds(sound, "headset"), timeout_s=STEP_LIMIT_S)
        assert not sounds(sound, "ringer")

        sound.unplug("headset")
        wait_for_sound(desk, fallback=1)
        wait_until(lambda: sounds(sound, "speaker"), timeout_s=STEP_LIMIT_S)
        desk.type(CONTENT)
        sound.plug("headset")
        wait_for_sound(desk, fallback=0)
        wait_until(lambda: sounds(sound, "headset"), timeout_s=STEP_LIMIT_S)

        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        assert desk.phone_runs
        (call,) = desk.calls_today()

    assert (call["content"], call["result"]) == (CONTENT, "answered")


def test_who_has_chosen_no_device_follows_the_systems_default(
    sound: PulseServer, folder: Path
) -> None:
    voice = folder / "caller.wav"
    write_wav(voice, tone(1004.0, -10, 60.0))
    with (
        ConsoleStage(folder, settings={"audio": {"driver": "pulse"}}) as desk,
        BaresipCaller(CITIZEN, play=voice) as caller,
    ):
        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        wait_until(lambda: sounds(sound, "speaker"), timeout_s=STEP_LIMIT_S)
        sound.make_default("headset", "headset.monitor")
        wait_until(lambda: sounds(sound, "headset"), timeout_s=STEP_LIMIT_S)
        desk.hang_up()
        assert desk.phone_runs
