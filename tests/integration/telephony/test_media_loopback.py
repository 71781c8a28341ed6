"""Two media engines with WAV files talk over loopback for some seconds."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from telephony.media.devices.file import FileDevice
from telephony.media.engine import MediaEngine, MediaTarget
from telephony.media.wav import read_wav, write_wav
from tests.fakes.audio_measure import align_and_correlate, sinad_windows_db, speech_like, tone
from tests.fakes.rtp_peer import wait_until

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

    assert wanted / elapsed_s == pytest.approx(50, abs=0.5)
    assert [each.packets_lost for each in statistics] == [0, 0]
    heard_tone = read_wav(tmp_path / "operator.wav")[1600:]
    assert np.median(sinad_windows_db(heard_tone, 8000, TONE_HZ)) >= 36
    found = align_and_correlate(speech, read_wav(tmp_path / "caller.wav"))
    assert found.correlation >= 0.999
    assert found.level_db == pytest.approx(0.0, abs=0.1)
    # 60 ms of jitter buffer, and the two clocks may be a frame apart.
    assert 0.02 <= found.delay_s <= 0.08
