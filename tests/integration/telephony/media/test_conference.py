"""A conference of three of the product's phones: the audible parties, identified by pitch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from telephony.media.devices.buffer import FileDevice
from telephony.media.engine import MediaEngine, MediaTarget
from telephony.media.samples import Samples
from telephony.media.wav import read_wav, write_wav
from tests.fakes.audio_measure import tone
from tests.fakes.rtp_peer import wait_until

HOST_HZ, GUEST_HZ, THIRD_HZ = 500.0, 1100.0, 1700.0
LEVEL_DBFS = -12.0


def level_at_dbfs(sound: Samples, tone_hz: float) -> float:
    """Returns the level of one pitch; a full-scale sine is 0."""
    window = np.hanning(sound.size)
    turn = np.exp(-2j * np.pi * tone_hz * np.arange(sound.size) / 8000) * window
    amplitude = 2 * abs(np.dot(sound.astype(np.float64), turn)) / window.sum()
    return float(20 * np.log10(max(amplitude, 1e-3) / 32768))


class Phone:
    """One engine that sends one pitch."""

    def __init__(self, folder: Path, name: str, tone_hz: float, port: int) -> None:
        self.heard = folder / f"{name}-heard.wav"
        write_wav(folder / f"{name}.wav", tone(tone_hz, LEVEL_DBFS, 1.0))
        device = FileDevice(str(folder / f"{name}.wav"), str(self.heard))
        self.engine = MediaEngine(device, port_first=port, port_last=port + 19)
        self.engine.start()

    def levels(self) -> list[float]:
        """Returns the level of each pitch in the last 0.3 s."""
        size = read_wav(self.heard).size + 4000
        wait_until(lambda: read_wav(self.heard).size >= size)
        sound = read_wav(self.heard)[-2400:]
        return [level_at_dbfs(sound, each) for each in (HOST_HZ, GUEST_HZ, THIRD_HZ)]

    def hears(self, *expected: bool) -> None:
        """AssertionError unless exactly these pitches are heard at their sent level.

        A change may fall into the measured interval: one repetition is allowed.
        """
        levels = self.levels()
        if not _fit(levels, expected):
            levels = self.levels()
        assert _fit(levels, expected), levels


def _fit(levels: list[float], expected: tuple[bool, ...]) -> bool:
    return all(
        abs(level - LEVEL_DBFS) < 1.5 if wanted else level < -45
        for level, wanted in zip(levels, expected, strict=True)
    )


@pytest.mark.parametrize("codecs", [("PCMA", "PCMU"), ("G722", "PCMA")], ids="-".join)
def test_everybody_hears_the_others_and_not_himself(
    tmp_path: Path, codecs: tuple[str, str]
) -> None:
    phones = [
        Phone(tmp_path, name, tone_hz, 46700 + 20 * number)
        for number, (name, tone_hz) in enumerate(
            (("host", HOST_HZ), ("guest", GUEST_HZ), ("third", THIRD_HZ))
        )
    ]
    host, guest, third = phones
    ours, theirs = [], []
    for phone, codec in zip((guest, third), codecs, strict=True):
        payload_type = {"PCMU": 0, "PCMA": 8, "G722": 9}[codec]
        ours.append(host.engine.open(codec))
        theirs.append(phone.engine.open(codec))
        for session, other in ((ours[-1], theirs[-1]), (theirs[-1], ours[-1])):
            session.connect(MediaTarget("127.0.0.1", other.local_port, codec, payload_type))
    try:
        host.hears(False, True, True)
        guest.hears(True, False, False)
        third.hears(True, False, False)
        host.engine.set_conference(tuple(ours))
        guest.hears(True, False, True)
        third.hears(True, True, False)
        host.hears(False, True, True)
        for session in ours:
            session.set_muted(True)
        guest.hears(False, False, True)
        third.hears(False, True, False)
        for session in ours:
            session.set_muted(False)
        ours[1].close()
        guest.hears(True, False, False)
        assert host.engine.conference == ()
        assert ours[0].statistics().packets_lost == 0
    finally:
        for phone in phones:
            phone.engine.stop()
