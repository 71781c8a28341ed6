"""Signal quality of every codec with tones and speech between engines, sixteen calls at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from telephony.media.codecs.registry import codec_named
from telephony.media.devices.buffer import FileDevice
from telephony.media.devices.device import NullDevice
from telephony.media.engine import MediaEngine, MediaTarget
from telephony.media.wav import read_wav, write_wav
from telephony.srtp_keys import SrtpKeys
from tests.fakes.audio_measure import segmental_snr_db, sinad_windows_db, tone
from tests.fakes.rtp_peer import wait_until

SPEECH = Path(__file__).parents[4] / "resources" / "training" / "operator.wav"
TONE_HZ = 1004.0
DURATION_S = 4.0
PAYLOAD_TYPES = {"PCMA": 8, "PCMU": 0, "G722": 9, "opus": 96}
LEVELS_DBFS = (-10, -26, -40)
# SINAD in dB at these levels; the limits of A-law itself are 36.5, 38.2 and 34.2.
TONE_LIMITS_DB = {
    "PCMA": (36.0, 37.0, 33.0),
    "PCMU": (36.0, 36.0, 31.0),
    "G722": (46.0, 44.0, 35.0),
    "opus": (44.0, 43.0, 35.0),
}
# Opus preserves perception and not the waveform: its figure means little.
SPEECH_LIMITS_DB = {"PCMA": 36.0, "PCMU": 36.0, "G722": 36.0, "opus": 8.0}
KEYS = bytes(range(30)), bytes(range(100, 130))


class Hall:
    """One engine that sends in many calls and one that receives, with the sent and received
    audio.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.speaking = MediaEngine(NullDevice(), port_first=46000, port_last=46399)
        self.listening = MediaEngine(NullDevice(), port_first=46400, port_last=46799)
        self.speaking.start()
        self.listening.start()

    def carry(self, calls: dict[str, str]) -> None:
        """Plays ``said-<name>.wav`` into each call's codec until all of it is received."""
        wanted = int(DURATION_S * 50)
        listeners = []
        for number, (name, codec) in enumerate(calls.items()):
            said, heard = self.folder / f"said-{name}.wav", self.folder / f"heard-{name}.wav"
            # Every other call is encrypted: this must not change the audio.
            near, far = (KEYS, KEYS[::-1]) if number % 2 else (None, None)
            speaker = self.speaking.open(name, device=FileDevice(str(said), None))
            listener = self.listening.open(name, device=FileDevice(None, str(heard)))
            for session, other, keys in ((listener, speaker, far), (speaker, listener, near)):
                srtp = None if keys is None else SrtpKeys("AES_CM_128_HMAC_SHA1_80", *keys)
                session.connect(
                    MediaTarget(
                        "127.0.0.1",
                        other.local_port,
                        codec,
                        PAYLOAD_TYPES[codec],
                        srtp=srtp,
                    )
                )
            listeners.append(listener)
        wait_until(
            lambda: min(each.statistics().packets_received for each in listeners) >= wanted, 15.0
        )
        assert {listener.statistics().packets_lost for listener in listeners} == {0}
        assert {listener.statistics().packets_discarded for listener in listeners} == {0}

    def close(self) -> None:
        self.speaking.stop()
        self.listening.stop()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    hall.close()


def test_tones_and_speech_are_heard_as_clean_as_the_codec_allows(hall: Hall) -> None:
    calls: dict[str, str] = {}
    for name in PAYLOAD_TYPES:
        codec = codec_named(name)
        assert codec is not None
        rate_hz = codec.sample_rate_hz
        sounds = {str(level): tone(TONE_HZ, level, DURATION_S, rate_hz) for level in LEVELS_DBFS}
        sounds["speech"] = read_wav(SPEECH, rate_hz)[: round(DURATION_S * rate_hz)]
        for kind, sound in sounds.items():
            calls[f"{name}{kind}"] = name
            write_wav(hall.folder / f"said-{name}{kind}.wav", sound, rate_hz)
    hall.carry(calls)
    hall.close()

    short: list[tuple[str, str, float]] = []
    for name in PAYLOAD_TYPES:
        codec = codec_named(name)
        assert codec is not None
        rate_hz = codec.sample_rate_hz
        for level, limit_db in zip(LEVELS_DBFS, TONE_LIMITS_DB[name], strict=True):
            heard = read_wav(hall.folder / f"heard-{name}{level}.wav", rate_hz)
            windows = sinad_windows_db(heard, rate_hz, TONE_HZ)
            # The first ones contain the silence before the call and an adapting encoder.
            figure = float(np.median(windows[2:]))
            if figure < limit_db:
                short.append((name, str(level), figure))
        said = read_wav(hall.folder / f"said-{name}speech.wav", rate_hz)
        heard = read_wav(hall.folder / f"heard-{name}speech.wav", rate_hz)
        figure = segmental_snr_db(said, heard, rate_hz)
        if figure < SPEECH_LIMITS_DB[name]:
            short.append((name, "speech", figure))
    assert not short
