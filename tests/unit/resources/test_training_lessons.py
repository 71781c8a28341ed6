"""The training lessons are complete and their speech is clean telephone audio."""

import json
import re
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

TRAINING = Path(__file__).resolve().parents[3] / "resources" / "training"
LESSONS: list[dict[str, Any]] = json.loads((TRAINING / "lessons.json").read_text(encoding="utf-8"))
FILES = [line["file"] for lesson in LESSONS for line in lesson["lines"]]

SAMPLE_RATE_HZ = 8000
FRAME = 160  # 20 ms


def _speech(name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    with wave.open(str(TRAINING / name), "rb") as recording:
        assert recording.getframerate() == SAMPLE_RATE_HZ
        assert recording.getnchannels() == 1
        assert recording.getsampwidth() == 2
        frames = recording.readframes(recording.getnframes())
    return np.frombuffer(frames, dtype="<i2").astype(np.float64) / 32768


def test_the_five_kinds_of_call_are_taught() -> None:
    keys = [lesson["key"] for lesson in LESSONS]
    assert len(keys) == len(set(keys))
    assert {"typical", "message", "contacts", "missed", "silent"} <= set(keys)
    expectations = {lesson["expectation"] for lesson in LESSONS}
    assert expectations == {"answered", "contacts", "message", "missed"}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: str(lesson["key"]))
def test_a_lesson_is_complete(lesson: dict[str, Any]) -> None:
    for field in ("key", "title", "caller_name", "hint"):
        assert lesson[field].strip()
    assert re.fullmatch(r"\+7900555010\d", lesson["caller_number"])
    assert all(line["text"].strip() for line in lesson["lines"])
    if lesson["expectation"] == "missed":
        assert lesson["lines"] == []
        assert lesson["ring_s"] > 0
    elif not lesson["lines"]:
        assert lesson["talk_s"] > 0


def test_callers_differ_in_number() -> None:
    numbers = [lesson["caller_number"] for lesson in LESSONS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("name", FILES)
def test_speech_is_audible_unclipped_and_starts_at_once(name: str) -> None:
    speech = _speech(name)
    assert 4 <= len(speech) / SAMPLE_RATE_HZ <= 12
    whole = len(speech) // FRAME * FRAME
    energy = (speech[:whole].reshape(-1, FRAME) ** 2).mean(axis=1)
    active = energy[energy > energy.max() * 10**-3.5]
    assert len(active) > len(energy) // 2
    assert -22 <= 10 * np.log10(active.mean()) <= -18
    assert np.abs(speech).max() < 0.9
    assert int(np.argmax(np.abs(speech) > 0.01)) <= 0.2 * SAMPLE_RATE_HZ
    assert np.abs(speech[[0, -1]]).max() < 0.001


def test_every_recording_is_used_and_the_lessons_are_small() -> None:
    recordings = {path.name for path in TRAINING.glob("*.wav")}
    # The operator's side belongs to no lesson: it is played into the console's microphone.
    assert recordings - {"operator.wav"} == set(FILES)
    assert len(FILES) == len(set(FILES))
    assert sum((TRAINING / name).stat().st_size for name in FILES) < 1_500_000
