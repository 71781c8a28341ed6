"""Doubling and halving of the rate: clean, with a known delay, and the same in any cutting."""

from __future__ import annotations

import numpy as np
import pytest

from telephony.media.samples import Doubler, Halver, RateAdapter, Samples, level_dbfs, resample
from tests.fakes.audio_measure import sinad_db, speech_like, tone


def in_frames(process: Doubler | Halver, samples: Samples, size: int) -> Samples:
    return np.concatenate(
        [process.process(samples[at : at + size]) for at in range(0, samples.size, size)]
    )


@pytest.mark.parametrize("tone_hz", [300.0, 1004.0, 2500.0, 3400.0])
def test_a_tone_is_itself_at_the_other_rate_after_the_delay(tone_hz: float) -> None:
    narrow, wide = (tone(tone_hz, -6, 1.0, rate_hz) for rate_hz in (8000, 16000))
    doubled = in_frames(Doubler(), narrow, 160)
    halved = in_frames(Halver(), wide, 320)
    for made, delay, right in ((doubled, Doubler.DELAY, wide), (halved, Halver.DELAY, narrow)):
        rest = made[delay:][1000:].astype(float) - right[: made.size - delay][1000:]
        assert level_dbfs(rest) - level_dbfs(right) < -70


def test_images_of_a_doubled_tone_are_gone() -> None:
    wide = in_frames(Doubler(), tone(3000.0, -3, 1.0), 160)
    assert sinad_db(wide[800:], 16000, 3000.0) >= 60


@pytest.mark.parametrize("tone_hz", [4600.0, 5500.0, 7000.0])
def test_what_the_lower_rate_cannot_hold_is_gone(tone_hz: float) -> None:
    heard = in_frames(Halver(), tone(tone_hz, -3, 1.0, 16000), 320)
    assert level_dbfs(heard[400:]) < -63


@pytest.mark.parametrize("size", [2, 80, 160, 3200])
def test_the_size_of_the_frames_is_not_heard(size: int) -> None:
    speech = speech_like(0.4)
    assert np.array_equal(in_frames(Doubler(), speech, size), Doubler().process(speech))
    wide = Doubler().process(speech)
    assert np.array_equal(in_frames(Halver(), wide, size), Halver().process(wide))


def test_a_whole_sound_keeps_its_length_and_its_place() -> None:
    speech = resample(speech_like(1.0, rate_hz=16000), 16000, 8000)
    assert speech.size == 8000
    there_and_back = resample(resample(speech, 8000, 16000), 16000, 8000)
    assert there_and_back.size == 8000
    rest = there_and_back.astype(float) - speech
    assert level_dbfs(rest[200:-200]) - level_dbfs(speech) < -30
    assert resample(speech, 8000, 8000) is speech
    assert resample(speech[:7], 16000, 8000).size == 4
    with pytest.raises(ValueError, match="44100"):
        resample(speech, 44100, 8000)


def test_a_frame_is_fitted_to_the_size_wanted() -> None:
    adapter = RateAdapter()
    frame = tone(1004.0, -10, 0.02)
    assert adapter.fit(frame, 160) is frame
    assert adapter.fit(frame, 320).size == 320
    assert adapter.fit(adapter.fit(frame, 320), 160).size == 160
