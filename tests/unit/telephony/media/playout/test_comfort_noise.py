"""Comfort noise (RFC 3389): payloads, level and colour, and its place in the stream."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.media.codecs.codec import PCMA
from telephony.media.packets.rtp import RtpPacket
from telephony.media.playout.comfort_noise import (
    Background,
    NoiseGenerator,
    QuietestFrame,
    predict,
)
from telephony.media.playout.continuous_audio import JitterBuffer
from telephony.media.samples import Samples
from tests.fakes.audio_measure import align_and_correlate, speech_like

FRAME = 160


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


@pytest.mark.parametrize("level", [30, 50, 70])
def test_noise_has_the_level_of_the_packet(level: int) -> None:
    """0 dBov is the overload level of the 16-bit range (RFC 3389, section 3.1)."""
    background = Background.from_payload(bytes((level,)))
    assert background is not None
    generator = NoiseGenerator()
    generator.use(background)
    heard = np.concatenate([generator.next(FRAME) for _ in range(100)])
    assert 20 * np.log10(rms(heard) / 32768) == pytest.approx(-level, abs=0.7)


def test_noise_has_the_colour_of_the_background() -> None:
    chance = np.random.default_rng(2)
    low = predict(chance.normal(0, 1, 3), np.array([0.9]), 1)
    rumble = np.zeros(8000)
    for place, drive in enumerate(chance.normal(0, 50, 8000)):
        low = 0.9 * low + drive
        rumble[place] = low[0]
    background = Background.from_samples(rumble.astype(np.int16))
    again = Background.from_payload(background.to_payload())
    assert again is not None
    generator = NoiseGenerator()
    generator.use(again)
    heard = np.concatenate([generator.next(FRAME) for _ in range(50)])
    assert rms(heard) == pytest.approx(rms(rumble.astype(np.int16)), rel=0.15)
    neighbours = float(np.corrcoef(heard[1:], heard[:-1])[0, 1])
    assert neighbours == pytest.approx(0.9, abs=0.05)


@given(st.binary(max_size=80))
def test_any_payload_is_noise_within_the_range_or_nothing(payload: bytes) -> None:
    background = Background.from_payload(payload)
    if background is None:
        assert not payload
        return
    generator = NoiseGenerator()
    generator.use(background)
    heard = generator.next(FRAME)
    assert heard.shape == (FRAME,)
    assert all(abs(each) < 1.001 for each in background.reflections)


def test_the_quietest_frame_is_the_background_and_gives_way_to_a_louder_one() -> None:
    chance = np.random.default_rng(4)
    quietest = QuietestFrame()
    for level in [1000] * 50 + [30] * 50 + [1000] * 50:
        quietest.take(chance.normal(0, level, FRAME).astype(np.int16))
    assert 20 < rms(quietest.samples) < 40
    for _ in range(4000):
        quietest.take(chance.normal(0, 200, FRAME).astype(np.int16))
    assert rms(quietest.samples) > 100


def test_a_pause_is_filled_with_noise_until_speech_resumes() -> None:
    speech = speech_like(3.0, seed=3)
    buffer = JitterBuffer(PCMA.decoder())
    heard = []
    for tick in range(98):
        now_s = tick * 0.02
        if tick < 40 or tick >= 60:
            payload = PCMA.encode(speech[tick * FRAME : (tick + 1) * FRAME])
            buffer.put(RtpPacket(8, tick, tick * FRAME, 1, payload, tick == 60), now_s)
        elif tick == 40:
            buffer.put_comfort_noise(RtpPacket(13, 40, 40 * FRAME, 1, bytes((50,))), now_s)
        heard.append(buffer.get(now_s))
    pause = np.concatenate(heard[44:61])
    assert 20 * np.log10(rms(pause) / 32768) == pytest.approx(-50, abs=1.5)
    counts = buffer.counts
    assert (counts.concealed, counts.late, counts.restarts) == (0, 0, 0)
    found = align_and_correlate(speech[60 * FRAME : 96 * FRAME], np.concatenate(heard[58:]))
    assert found.correlation > 0.999
    assert 0.05 <= found.delay_s <= 0.08
