"""Two media engines with WAV files exchange audio over loopback for some seconds."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from telephony.media.devices.buffer import FileDevice
from telephony.media.engine import MediaEngine, MediaStatistics, MediaTarget
from telephony.media.wav import read_wav, write_wav
from tests.fakes.audio_measure import (
    align_and_correlate,
    piece_correlations,
    sinad_windows_db,
    speech_like,
    tone,
)
from tests.fakes.rtp_peer import wait_until
from tests.fakes.stall_watch import StallWatch

TONE_HZ = 1004.0
DURATION_S = 6.0


@pytest.mark.parametrize(("codec", "payload_type"), [("PCMU", 0), ("PCMA", 8)])
def test_speech_one_way_and_a_tone_the_other(tmp_path: Path, codec: str, payload_type: int) -> None:
    speech = speech_like(DURATION_S)
    write_wav(tmp_path / "speech.wav", speech)
    write_wav(tmp_path / "tone.wav", tone(TONE_HZ, -10, DURATION_S))
    operator = MediaEngine(
        FileDevice(str(tmp_path / "speech.wav"), str(tmp_path / "operator.wav")),
        port_first=46000,
        port_last=46999,
    )
    caller = MediaEngine(
        FileDevice(str(tmp_path / "tone.wav"), str(tmp_path / "caller.wav")),
        port_first=47000,
        port_last=47999,
    )
    with StallWatch() as watch:
        statistics, elapsed_s = carry(operator, caller, codec, payload_type)

    assert elapsed_s == pytest.approx(DURATION_S, abs=0.06 + watch.total_s)
    assert [each.packets_lost for each in statistics] == [0, 0]
    # Stalls of the machine delay packets; without stalls no packet may be late.
    excused = 2 * len(watch.stalls_s)
    heard_tone = read_wav(tmp_path / "operator.wav")[1600:]
    windows_db = sinad_windows_db(heard_tone, 8000, TONE_HZ)
    assert np.median(windows_db) >= 36
    assert np.sum(windows_db < 20) <= excused
    heard_speech = read_wav(tmp_path / "caller.wav")
    likenesses = piece_correlations(speech, heard_speech)
    assert np.median(likenesses) >= 0.999
    # The initial delay is reduced in one of the pauses, or in two.
    assert np.sum(likenesses < 0.99) <= 2 + excused
    found = align_and_correlate(speech[-16_000:], heard_speech)
    assert found.level_db == pytest.approx(0.0, abs=0.1)
    # 20 to 40 ms of jitter buffer, and the two clocks may differ by a frame.
    begin_s = DURATION_S - 2.0
    assert begin_s <= found.delay_s <= begin_s + 0.06 + watch.total_s


def carry(
    operator: MediaEngine, caller: MediaEngine, codec: str, payload_type: int
) -> tuple[list[MediaStatistics], float]:
    """Runs them for the duration of both sounds; returns their statistics and the elapsed time."""
    operator.start()
    caller.start()
    sessions = [operator.open("call"), caller.open("call")]
    for session, other in zip(sessions, reversed(sessions), strict=True):
        session.connect(MediaTarget("127.0.0.1", other.local_port, codec, payload_type))
    started_s = time.monotonic()
    wanted = int(DURATION_S * 50)
    wait_until(lambda: sessions[1].statistics().packets_received >= wanted, timeout_s=10)
    elapsed_s = time.monotonic() - started_s
    statistics = [session.statistics() for session in sessions]
    operator.stop()
    caller.stop()
    return statistics, elapsed_s
