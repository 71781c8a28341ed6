"""Mixed voices: an exact sum within full scale, and no clipping above it."""

from __future__ import annotations

import numpy as np
import pytest

from telephony.media.samples import Mixer, Samples, level_dbfs
from telephony.media.session import Conference
from tests.fakes.audio_measure import sinad_db, speech_like, tone


def mixed(*sounds: Samples) -> Samples:
    mixer = Mixer()
    parts = [
        mixer.mix([sound[place : place + 160] for sound in sounds], 160)
        for place in range(0, sounds[0].size - 159, 160)
    ]
    return np.concatenate(parts)


def level_at_db(sound: Samples, tone_hz: float) -> float:
    time_s = np.arange(sound.size) / 8000
    turn = np.exp(-2j * np.pi * tone_hz * time_s) * np.hanning(sound.size) * 2
    amplitude = 2 * abs(np.dot(sound.astype(np.float64), turn)) / sound.size
    return float(20 * np.log10(amplitude / 32768))


def test_one_voice_passes_as_it_is() -> None:
    loud = tone(700.0, 0, 1.0)
    assert np.array_equal(mixed(loud), loud)


def test_a_sum_with_room_is_exact() -> None:
    first, second = speech_like(2.0, seed=1) // 2, speech_like(2.0, seed=2) // 2
    assert np.array_equal(mixed(first, second), first + second)


def test_without_voices_there_is_silence() -> None:
    assert not Mixer().mix([], 160).any()


def test_a_sum_too_loud_is_turned_down_and_keeps_its_waveform() -> None:
    # Twice the same tone at -3 dBFS is +3 dBFS. Clipped at full scale it would have 16 dB.
    found = mixed(tone(700.0, -3, 2.0), tone(700.0, -3, 2.0))[1600:]
    assert sinad_db(found, 8000, 700.0) > 45
    assert -2.0 < level_dbfs(found) < 0


def test_three_loud_voices_stay_apart() -> None:
    tones_hz = (500.0, 1100.0, 1700.0)
    found = mixed(*(tone(hz, -3, 2.0) for hz in tones_hz))[1600:]
    levels = [level_at_db(found, hz) for hz in tones_hz]
    assert max(levels) - min(levels) < 0.2
    # Distortion that mixing has added between the tones.
    assert all(level_at_db(found, hz) < levels[0] - 40 for hz in (600.0, 800.0, 2300.0, 2900.0))


def test_the_gain_comes_back_slowly_and_whole() -> None:
    loud, quiet = tone(700.0, -3, 1.0), tone(700.0, -20, 2.0)
    found = mixed(np.concatenate((loud, quiet)), np.concatenate((loud, np.zeros_like(quiet))))
    assert level_dbfs(found[8000:8160]) == pytest.approx(-20 - 3.5, abs=1.0)
    assert level_dbfs(found[-8000:]) == pytest.approx(-20, abs=0.05)
    assert (
        np.abs(np.diff(found[8000:].astype(int))).max()
        <= np.abs(np.diff(quiet.astype(int))).max() + 20
    )


def test_a_sudden_sum_never_wraps_around() -> None:
    quiet, loud = np.zeros(800, dtype=np.int16), tone(700.0, 0, 0.2)
    sound = np.concatenate((quiet, loud))
    found = mixed(sound, sound, sound).astype(int)
    expected = 3 * sound.astype(int)
    assert (np.sign(found) * np.sign(expected) >= 0).all()


def test_everybody_hears_the_others_and_not_himself() -> None:
    conference = Conference(("a", "b", "c"))
    heard = {
        name: np.full(160, value, dtype=np.int16)
        for name, value in zip("abc", (1, 2, 4), strict=True)
    }
    sums = {
        name: sum(int(part[80]) for part in conference.others(name, heard, 160)) for name in "abc"
    }
    assert sums == {"a": 6, "b": 5, "c": 3}
    del heard["b"]
    assert [int(part[80]) for part in conference.others("a", heard, 160)] == [4]


def test_members_of_other_rates_are_brought_to_the_listeners() -> None:
    conference = Conference(("narrow", "wide"))
    narrow, wide = tone(700.0, -10, 1.0), tone(700.0, -10, 1.0, rate_hz=16000)
    at_wide, at_narrow = [], []
    for frame in range(50):
        heard = {"narrow": narrow[frame * 160 :][:160], "wide": wide[frame * 320 :][:320]}
        at_wide += conference.others("wide", heard, 320)
        at_narrow += conference.others("narrow", heard, 160)
    assert sinad_db(np.concatenate(at_wide)[800:], 16000, 700.0) > 50
    assert sinad_db(np.concatenate(at_narrow)[400:], 8000, 700.0) > 50
