"""The audio measures distinguish good audio from bad, which makes their use in tests valid."""

from __future__ import annotations

import numpy as np
import pytest

from telephony.measure import log_spectral_distance_db, segment_snrs_db
from telephony.media.codecs.codec import PCMA
from telephony.media.devices.buffer import ring_cycle
from telephony.media.samples import LevelMeter, level_dbfs
from tests.fakes.audio_measure import (
    align_and_correlate,
    segmental_snr_db,
    sinad_db,
    sinad_windows_db,
    speech_like,
    tone,
)


@pytest.mark.parametrize("noise_db", [10.0, 20.0, 40.0])
def test_sinad_is_the_distance_of_the_noise(noise_db: float) -> None:
    clean = tone(1004, -10, 2.0).astype(np.float64)
    noise = np.random.default_rng(1).standard_normal(clean.size)
    noise *= np.sqrt(np.mean(clean**2)) * 10 ** (-noise_db / 20)
    assert sinad_db(clean + noise, 8000, 1004) == pytest.approx(noise_db, abs=0.3)


def test_sinad_allows_for_two_sound_clocks() -> None:
    assert sinad_db(tone(1004 * 1.0005, -10, 2.0), 8000, 1004) > 60


def test_sinad_counts_an_offset_and_another_tone_as_distortion() -> None:
    clean = tone(1004, -10, 1.0).astype(np.float64)
    assert sinad_db(clean + 1000, 8000, 1004) == pytest.approx(17.3, abs=0.5)
    assert sinad_db(tone(440, -10, 1.0), 8000, 1004) < 0


def test_a_hole_is_seen_in_its_window_only() -> None:
    heard = tone(1004, -10, 3.0).copy()
    heard[9000:9160] = 0
    windows = sinad_windows_db(heard, 8000, 1004)
    assert (windows < 35).tolist() == [False, False, True, False, False, False]


def test_alignment_finds_delay_level_and_likeness() -> None:
    sent = speech_like(3.0, seed=5)
    heard = np.concatenate((np.zeros(1234), sent * 0.5, np.zeros(99)))
    found = align_and_correlate(sent, heard)
    assert found.delay_s == 1234 / 8000
    assert found.correlation == pytest.approx(1.0, abs=1e-9)
    assert found.level_db == pytest.approx(-6.02, abs=0.01)


def test_alignment_finds_audio_that_began_before_the_recording() -> None:
    sent = speech_like(3.0, seed=5)
    found = align_and_correlate(sent, sent[800:])
    assert found.delay_s == -0.1
    assert found.correlation == pytest.approx(1.0, abs=1e-9)


def test_other_speech_and_silence_do_not_correlate() -> None:
    sent = speech_like(3.0, seed=5)
    assert align_and_correlate(sent, speech_like(3.0, seed=6)).correlation < 0.5
    assert align_and_correlate(sent, np.zeros(24000)).correlation == 0.0


def test_levels_are_dbfs_by_aes17() -> None:
    assert level_dbfs(tone(1000, 0, 1.0)) == pytest.approx(0.0, abs=0.01)
    assert level_dbfs(tone(1000, -26, 1.0)) == pytest.approx(-26.0, abs=0.01)
    assert level_dbfs(np.zeros(10)) == -100.0


def test_the_meter_shows_the_last_whole_second() -> None:
    meter = LevelMeter()
    loud = tone(1000, -10, 0.02)
    for _ in range(49):
        meter.add(loud)
    assert meter.level_dbfs == -100.0
    meter.add(loud)
    assert meter.level_dbfs == pytest.approx(-10.0, abs=0.05)


def test_the_ring_tone_rings_and_pauses_without_clicks() -> None:
    cycle = ring_cycle()
    assert cycle.size == 4 * 8000
    assert level_dbfs(cycle[: int(1.2 * 8000)]) > -20
    assert not cycle[int(1.25 * 8000) :].any()
    assert np.abs(np.diff(cycle.astype(np.int64))).max() < 8000


def test_segmental_snr_tells_the_difference_and_not_the_delay() -> None:
    speech = speech_like(3.0, seed=9)
    coded = PCMA.decode(PCMA.encode(speech))
    later = np.concatenate((np.zeros(700, dtype=np.int16), coded[:8000], coded[8050:]))
    assert segmental_snr_db(speech, later) == pytest.approx(segmental_snr_db(speech, coded), abs=1)
    louder = (speech * 1.1).astype(np.int16)
    assert segmental_snr_db(speech, louder) == pytest.approx(20, abs=0.5)


def test_segmental_snr_is_that_of_the_added_noise_where_there_is_speech() -> None:
    speech = speech_like(4.0, seed=6).astype(np.float64)
    noise = np.random.default_rng(1).normal(0, 1, speech.size)
    frames = speech.reshape(-1, 160)
    scale = np.repeat(np.sqrt(np.mean(frames**2, axis=1)) / 10, 160)
    ratios_db = segment_snrs_db(speech, speech + noise * scale)
    spoken = ratios_db[~np.isnan(ratios_db)]
    assert 0.5 * ratios_db.size < spoken.size < ratios_db.size
    assert np.mean(spoken) == pytest.approx(20, abs=0.5)
    assert np.nanmin(segment_snrs_db(speech, speech)) == 35
    assert np.nanmax(segment_snrs_db(speech, np.zeros(speech.size))) == 0


def test_spectral_distance_is_the_difference_of_levels_and_grows_with_colour() -> None:
    speech = np.random.default_rng(3).normal(0, 1000, 16000)
    assert np.nanmax(log_spectral_distance_db(speech, speech)) == 0
    halved = log_spectral_distance_db(speech, speech / 2)
    assert np.nanmedian(halved) == pytest.approx(6.02, abs=0.7)
    duller = np.convolve(speech, np.ones(4) / 4)[: speech.size]
    assert np.nanmedian(log_spectral_distance_db(speech, duller)) > np.nanmedian(halved)
