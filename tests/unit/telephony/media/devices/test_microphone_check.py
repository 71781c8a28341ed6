"""The verdict on a microphone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from telephony.errors import DeviceError
from telephony.media.devices.microphone_check import (
    MicrophoneVerdict,
    judge_microphone,
    measure_microphone,
)
from telephony.media.samples import Samples, level_dbfs, silence, to_samples
from telephony.media.wav import write_wav
from telephony.settings import AudioSettings
from tests.fakes.audio_measure import speech_like


def at_level(wanted_dbfs: float) -> Samples:
    """Speech that is so loud as a whole, its pauses included."""
    speech = speech_like(3.0).astype(np.float64)
    return to_samples(speech * 10 ** ((wanted_dbfs - level_dbfs(speech)) / 20))


@pytest.mark.parametrize(
    ("wanted_dbfs", "verdict"),
    [
        (-85.0, MicrophoneVerdict.SILENT),
        (-55.0, MicrophoneVerdict.QUIET),
        (-40.0, MicrophoneVerdict.GOOD),
        (-20.0, MicrophoneVerdict.GOOD),
        (+5.0, MicrophoneVerdict.LOUD),
    ],
)
def test_a_level_has_its_verdict(wanted_dbfs: float, verdict: MicrophoneVerdict) -> None:
    assert judge_microphone(at_level(wanted_dbfs)).verdict is verdict


def test_a_microphone_that_is_switched_off_is_silent() -> None:
    found = judge_microphone(silence(8000))
    assert (found.verdict, found.level_dbfs) == (MicrophoneVerdict.SILENT, -100.0)


def test_pauses_between_words_do_not_make_a_voice_quiet() -> None:
    sound = at_level(-20.0)
    sound[: sound.size * 2 // 3] //= 1000
    found = judge_microphone(sound)
    assert found.level_dbfs > -26
    assert found.peak_dbfs == pytest.approx(20 * np.log10(np.abs(sound).max() / 32768), abs=0.01)


def test_the_file_that_stands_for_a_microphone_is_measured(tmp_path: Path) -> None:
    write_wav(tmp_path / "voice.wav", at_level(-20.0))
    settings = AudioSettings(driver="file", input_file=str(tmp_path / "voice.wav"))
    found = measure_microphone(settings, duration_s=0.5)
    assert found.verdict is MicrophoneVerdict.GOOD
    with pytest.raises(DeviceError):
        measure_microphone(AudioSettings(driver="file", input_file=str(tmp_path / "none.wav")))
