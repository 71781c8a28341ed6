"""Replacement audio is close to the lost audio, has no steps, and ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.media.playout.concealment import Concealer
from telephony.media.samples import Samples, silence, to_samples
from tests.fakes.audio_measure import speech_like

RATE_HZ = 8000
FRAME = 160


def voice(pitch_hz: float, count: int, rate_hz: int = RATE_HZ) -> Samples:
    """A steady vowel: harmonics of the pitch."""
    phase = 2 * np.pi * pitch_hz * np.arange(count) / rate_hz
    wave = sum(np.sin(number * phase) / number for number in range(1, 8))
    return to_samples(5000 * np.asarray(wave))


def error_db(sent: Samples, heard: Samples) -> float:
    """Level of the difference below the sent audio, in dB."""
    difference = sent.astype(np.float64) - heard
    return float(10 * np.log10((sent.astype(np.float64) ** 2).sum() / (difference**2).sum()))


@pytest.mark.parametrize("pitch_hz", [90.0, 140.0, 205.0, 310.0])
@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_a_gap_in_a_vowel_is_bridged_as_if_nothing_were_missing(
    pitch_hz: float, rate_hz: int
) -> None:
    frame = rate_hz // 50
    whole = voice(pitch_hz, 8 * frame, rate_hz)
    made = Concealer(rate_hz).bridge(whole[: 4 * frame], frame, whole[5 * frame : 6 * frame])
    assert error_db(whole[4 * frame : 5 * frame], made) > 12


@pytest.mark.parametrize("glide", [-0.06, 0.06])
def test_the_two_sides_meet_in_phase_when_the_pitch_moves(glide: float) -> None:
    time_s = np.arange(8 * FRAME) / RATE_HZ
    phase = 2 * np.pi * 130 * (time_s + glide / (2 * 0.16) * time_s**2)
    wave = sum(np.sin(number * phase) / number for number in range(1, 8))
    whole = np.rint(5000 * np.asarray(wave)).astype(np.int16)
    made = Concealer().bridge(whole[: 4 * FRAME], FRAME, whole[5 * FRAME : 6 * FRAME])
    assert error_db(whole[4 * FRAME : 5 * FRAME], made) > 6


def test_a_bridge_is_nearer_than_what_is_made_from_one_side() -> None:
    speech = speech_like(20.0, seed=8)
    concealer = Concealer()
    gains = []
    for start in range(800, speech.size - 800, 1200):
        before, lost = speech[start - 640 : start], speech[start : start + FRAME]
        if np.abs(lost).max() < 500:
            continue
        concealer.reset()
        concealer.begin(before, silence(FRAME))
        one_sided = concealer.extend(FRAME)
        bridged = concealer.bridge(before, FRAME, speech[start + FRAME : start + 2 * FRAME])
        gains.append(error_db(lost, bridged) - error_db(lost, one_sided))
    assert len(gains) > 50
    assert np.mean(gains) > 3


def test_a_gap_without_an_end_becomes_the_background() -> None:
    background = np.random.default_rng(1).normal(0, 60, 1600).astype(np.int16)
    concealer = Concealer()
    concealer.begin(voice(140.0, 640), background[:FRAME])
    levels = [
        float(np.sqrt(np.mean(concealer.extend(FRAME).astype(np.float64) ** 2))) for _ in range(20)
    ]
    assert levels[0] > 2000
    assert levels[0] > levels[2] > levels[3] > levels[5]
    assert 30 < np.mean(levels[5:]) < 120


def test_audio_without_a_pause_is_no_background() -> None:
    music = voice(140.0, 4 * FRAME)
    concealer = Concealer()
    concealer.begin(music, music[-FRAME:])
    concealer.extend(5 * FRAME)
    rest = concealer.extend(50 * FRAME).astype(np.float64)
    level_db = 20 * np.log10(np.sqrt(np.mean(rest**2)) / 32768)
    assert level_db < -37


def test_audio_that_comes_late_begins_in_phase() -> None:
    whole = voice(140.0, 12 * FRAME)
    concealer = Concealer()
    concealer.begin(whole[: 4 * FRAME], silence(FRAME))
    made = concealer.extend(FRAME)
    joined = concealer.join(whole[4 * FRAME : 6 * FRAME], may_shift=True)
    heard = np.concatenate((whole[: 4 * FRAME], made, joined)).astype(np.float64)
    assert 0 <= joined.size - 2 * FRAME <= 121
    assert not concealer.is_active
    # A sustained vowel resembles itself one period before, joints included.
    period = RATE_HZ / 140.0
    places = np.arange(3 * FRAME, heard.size - 1)
    before = np.interp(places - period, np.arange(heard.size), heard)
    likeness = np.corrcoef(heard[places], before)[0, 1]
    assert likeness > 0.9


@given(
    history=st.integers(0, 700),
    count=st.integers(1, 480),
    following=st.integers(1, 700),
    level=st.sampled_from([0, 1, 300, 32767]),
)
@settings(deadline=None, max_examples=60)
def test_any_lengths_and_levels_give_what_was_asked_for(
    history: int, count: int, following: int, level: int
) -> None:
    chance = np.random.default_rng(history + count)
    noise = chance.integers(-level, level + 1, 700).astype(np.int16)
    concealer = Concealer()
    assert concealer.bridge(noise[:history], count, noise[:following]).size == count
    concealer.begin(noise[:history], noise[:following])
    assert concealer.extend(count).size == count
    assert concealer.join(noise[:following]).size == following
    assert concealer.join(noise[:following]).dtype == np.int16
