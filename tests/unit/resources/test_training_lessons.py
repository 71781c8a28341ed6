"""The training lessons are complete, about the sample city, and their speech is clean."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from console.features.training.lessons import Lesson, read_lessons
from console.training.pictures import as_telephone, make_speech
from sync.register.calls.by_hand import FORMAL_APPEAL_KEY
from telephony.speech_file import RATE_HZ, SpeechUnreadable, read_speech, write_speech

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
TRAINING = RESOURCES / "training"
LESSONS = read_lessons(TRAINING)
FILES = [line.file for lesson in LESSONS for line in lesson.lines]
FRAME = 160  # 20 ms
LARGEST_BYTES = 3_000_000


def _speech(file: Path) -> np.ndarray[Any, np.dtype[np.float64]]:
    return read_speech(file).astype(np.float64) / 32768


def _keys() -> set[str]:
    """Of every entry of the sample directory; that of a category has its topic before a slash."""
    found = set()
    for file in (RESOURCES / "directory" / "sample").glob("*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            found.add(json.loads(line)["id"])
    return found


def test_twenty_callers_and_more_each_with_a_story_of_his_own() -> None:
    keys = [lesson.key for lesson in LESSONS]
    assert len(keys) == len(set(keys)) >= 20
    assert {
        "typical", "contacts", "service", "wrong-number", "silent", "missed", "abusive", "wire",
        "two-questions", "private-data", "pensioner", "for-mother", "unclear-place", "federal",
        "repeated", "commercial", "personal", "known-message", "foreign", "burst-pipe",
        "formal-appeal",
    } <= set(keys)  # fmt: skip
    assert len({lesson.title for lesson in LESSONS}) == len(LESSONS)
    texts = [line.text for lesson in LESSONS for line in lesson.lines]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: str(lesson.key))
def test_a_lesson_is_complete(lesson: Lesson) -> None:
    assert all(text.strip() for text in (lesson.title, lesson.caller_name, lesson.hint))
    assert re.fullmatch(r"\+790055501\d\d", lesson.caller_number)
    assert all(line.text.strip() for line in lesson.lines)
    assert lesson.expected.results
    if lesson.expected.dealt_with:
        assert lesson.lines == ()
        assert lesson.ring_s is not None
    elif not lesson.lines:
        assert lesson.talk_s is not None


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: str(lesson.key))
def test_what_is_expected_is_in_the_sample_directory(lesson: Lesson) -> None:
    wanted = {key for message in lesson.expected.messages for key in message.categories}
    assert wanted | set(lesson.expected.entries) <= _keys()
    assert all("/" in key for key in wanted)
    assert lesson.expected.script in ("", FORMAL_APPEAL_KEY)
    assert all(key == key.casefold() for group in lesson.expected.content for key in group)


def test_callers_differ_in_number_but_for_one_who_calls_again() -> None:
    first = [lesson.caller_number for lesson in LESSONS if not lesson.after]
    assert len(first) == len(set(first))
    keys = [lesson.key for lesson in LESSONS]
    for lesson in LESSONS:
        if lesson.after:
            assert keys.index(lesson.after) < keys.index(lesson.key)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_speech_is_audible_unclipped_and_starts_at_once(file: Path) -> None:
    speech = _speech(file)
    assert 2.5 <= len(speech) / RATE_HZ <= 13
    whole = len(speech) // FRAME * FRAME
    energy = (speech[:whole].reshape(-1, FRAME) ** 2).mean(axis=1)
    active = energy[energy > energy.max() * 10**-3.5]
    assert len(active) > len(energy) // 2
    assert -22.5 <= 10 * np.log10(active.mean()) <= -18
    assert np.abs(speech).max() < 0.95
    assert int(np.argmax(np.abs(speech) > 0.01)) <= 0.2 * RATE_HZ
    assert np.abs(speech[[0, -1]]).max() < 0.003


def test_voices_differ() -> None:
    voices = {lesson.voice for lesson in LESSONS if lesson.voice is not None}
    assert len({voice.name for voice in voices}) >= 8
    assert len({voice.pitch for voice in voices}) >= 8
    assert len({voice.words_per_minute for voice in voices}) >= 6


def test_every_recording_is_used_and_the_lessons_are_small() -> None:
    recordings = {path.name for path in (*TRAINING.glob("*.wav"), *TRAINING.glob("*.opus"))}
    # The operator's side belongs to no lesson: it is played into the console's microphone.
    assert recordings - {"operator.wav"} == {file.name for file in FILES}
    assert len(FILES) == len(set(FILES))
    assert sum(file.stat().st_size for file in TRAINING.iterdir()) < LARGEST_BYTES


def test_any_sound_becomes_telephone_speech(tmp_path: Path) -> None:
    seconds = np.arange(2 * RATE_HZ) / RATE_HZ
    tone = 0.01 * np.sin(2 * np.pi * 440 * seconds)
    speech = as_telephone(np.concatenate((np.zeros(RATE_HZ), tone, np.zeros(RATE_HZ))))
    assert speech.size / RATE_HZ == pytest.approx(2.2, abs=0.05)
    level = np.sqrt(np.mean((speech[2000:-2000] / 32768) ** 2))
    assert 20 * np.log10(level) == pytest.approx(-20, abs=0.5)

    write_speech(tmp_path / "tone.opus", speech)
    again = read_speech(tmp_path / "tone.opus")
    assert again.size == speech.size
    assert (tmp_path / "tone.opus").stat().st_size < speech.nbytes / 3


def test_a_file_without_telephone_speech_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.opus").write_text("no speech", encoding="utf-8")
    with pytest.raises(SpeechUnreadable, match="unreadable"):
        read_speech(tmp_path / "text.opus")


def test_the_script_makes_the_speech_anew(tmp_path: Path) -> None:
    shutil.copy(TRAINING / "lessons.json", tmp_path / "lessons.json")
    lesson = next(one for one in read_lessons(tmp_path) if one.key == "wire")
    made = list(make_speech([lesson]))

    assert [file.name for file in made] == ["wire-1.opus", "wire-2.opus"]
    for file in made:
        shipped = read_speech(TRAINING / file.name)
        assert read_speech(file).size == pytest.approx(shipped.size, rel=0.1)
