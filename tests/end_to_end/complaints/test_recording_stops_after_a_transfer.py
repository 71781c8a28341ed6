"""Complaint: the recording stops at a transfer, its parts are not linked, and no indicator is
shown.

The indicator itself is tested with the call bar; this test checks the audio: the citizen and the
colleague each send their own tone.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import soundfile

from console.training.stage import KEY_DELAY_MS
from telephony.media.wav import write_wav
from tests.fakes.audio_measure import sinad_windows_db, tone
from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage, Tables
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.registered_line import LINE, PASSWORD, line_settings
from tests.fakes.rtp_peer import wait_until

CITIZEN, COLLEAGUE, NOBODY = "+79005550122", "302", "999"
SECRET = "colleague-secret"
CITIZEN_HZ, COLLEAGUE_HZ = 700.0, 1100.0
FAR_SIDE, OPERATOR_SIDE = 0, 1
CLEAR_DB = 10.0
WINDOW_S = 0.25
# A busy machine starts a recording late, and buffers delay its audio.
SPARE_S = 0.8


class Recording:
    """The audio of a call from its answer on."""

    def __init__(self, file: Path, answered_at: datetime) -> None:
        self._samples, self._rate_hz = soundfile.read(file, dtype="int16")
        self._answered_at = answered_at

    @property
    def length_s(self) -> float:
        return float(len(self._samples) / self._rate_hz)

    @property
    def operator_is_heard(self) -> bool:
        return bool(np.abs(self._samples[:, OPERATOR_SIDE]).max() > 1000)

    def share_of(self, tone_hz: float, since: datetime, until: datetime) -> float:
        """Returns the share of windows between the two times in which the remote party sends this
        tone.
        """
        first, last = (
            round(((at - self._answered_at).total_seconds() + spare_s) * self._rate_hz)
            for at, spare_s in ((since, SPARE_S), (until, 0.0))
        )
        piece = self._samples[max(first, 0) : last, FAR_SIDE]
        clear = sinad_windows_db(piece, self._rate_hz, tone_hz, WINDOW_S) > CLEAR_DB
        assert clear.size, "they talked too short a time to measure it"
        return float(clear.mean())


def at(told: dict[str, object]) -> datetime:
    return datetime.fromisoformat(str(told["at"]))


def sounding(folder: Path, tone_hz: float) -> Path:
    file = folder / f"{tone_hz:.0f}.wav"
    write_wav(file, tone(tone_hz, -12.0, 90.0))
    return file


def test_a_call_is_recorded_through_transfers_that_fail_and_up_to_the_one_that_succeeds(
    folder: Path,
) -> None:
    sounds = folder / "sounds"
    sounds.mkdir()
    with KamailioProxy({LINE: PASSWORD, COLLEAGUE: SECRET}) as proxy:
        settings: Tables = {
            **line_settings(proxy),
            "recording": {"automatic": True, "directory": str(sounds)},
        }
        there = BaresipRegistration(proxy.host, proxy.port, SECRET)
        with (
            # they talk while the operator types
            ConsoleStage(folder, settings=settings, key_ms=KEY_DELAY_MS) as desk,
            BaresipCaller(
                COLLEAGUE,
                registration=there,
                auto_answer=True,
                play=sounding(folder, COLLEAGUE_HZ),
            ) as colleague,
            BaresipCaller(CITIZEN, play=sounding(folder, CITIZEN_HZ)) as citizen,
        ):
            proxy.wait_until_registered(LINE)
            citizen.dial(f"sip:{LINE}@{proxy.host}:{proxy.port}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.press("F2")
            answered = at(desk.wait_for("t_answer", STEP_LIMIT_S))
            desk.type("Просит соединить с диспетчером водоканала")
            desk.picture("recording")

            desk.press("F7")
            desk.type(NOBODY)
            desk.press("shift+Return")
            away = at(desk.wait_for("t_held", STEP_LIMIT_S))
            desk.wait_for("t_transfer_failed", STEP_LIMIT_S)
            back = at(desk.wait_for("t_resumed", STEP_LIMIT_S))
            desk.type(", там никто не берёт трубку, спрошу коллегу")

            desk.press("F7")
            desk.type(COLLEAGUE)
            desk.press("Return")
            asking = at(desk.wait_for("t_held", STEP_LIMIT_S))
            colleague.wait_for("CALL_ESTABLISHED")
            asked = at(desk.wait_for("t_answer", STEP_LIMIT_S))
            desk.type(" - он знает об аварии и ответит сам")
            desk.press("F3")
            told = at(desk.wait_for("t_resumed", STEP_LIMIT_S))
            colleague.wait_for("CALL_CLOSED")
            desk.type(", согласен, соединяю с ним сейчас")

            desk.press("F7")
            desk.type(COLLEAGUE)
            desk.press("shift+Return")
            handed = at(desk.wait_for("t_held", STEP_LIMIT_S))
            desk.wait_for("t_hangup", STEP_LIMIT_S)
            citizen.wait_for("CALL_ESTABLISHED")
            colleague.wait_for("CALL_ESTABLISHED")
            desk.press("ctrl+1")
            desk.save()
            (call,) = desk.calls_today()
            wait_until(
                lambda: len(desk.record(call["number"])["recordings"]) == 2,
                timeout_s=STEP_LIMIT_S,
            )
            record = desk.record(call["number"])

    first, second = (sounds / name for name in record["recordings"])
    assert {file.name for file in sounds.iterdir()} == {first.name, second.name}
    assert record["end_cause"] == "transferred"
    whole, consulted = Recording(first, answered), Recording(second, asked)
    assert whole.operator_is_heard
    for since, until in ((answered, away), (back, asking), (told, handed)):
        assert whole.share_of(CITIZEN_HZ, since, until) > 0.5
        assert whole.share_of(COLLEAGUE_HZ, since, until) == 0
    assert consulted.operator_is_heard
    assert consulted.share_of(COLLEAGUE_HZ, asked, told) > 0.5
    assert consulted.share_of(CITIZEN_HZ, asked, told) == 0
    assert whole.length_s > (handed - answered).total_seconds() - SPARE_S
    assert consulted.length_s < (told - asking).total_seconds() + SPARE_S
