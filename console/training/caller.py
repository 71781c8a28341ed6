"""Training caller: a phone that calls a console, plays a scenario and listens to the operator.

It uses the pyVoIP interface of the product's telephony, without Qt. Runs in a separate process.
"""

import json
import time
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.features.training.lessons import Lesson
from telephony.pyvoip import CallState, VoIPCall, VoIPPhone
from telephony.speech_file import RATE_HZ, read_speech

FRAME_SAMPLES = 160
FRAME_S = 0.02
DIALLED_LINE = "100"
RING_LIMIT_S = 60.0
GREETING_S = 3.0  # the operator speaks first
PAUSE_S = 1.2  # silence after which the caller speaks
TURN_LIMIT_S = 8.0
FAREWELL_S = 15.0
SPEECH_LEVEL = 200  # of 32767, about -44 dBFS; below is silence on a phone line

Tell = Callable[[str, dict[str, object]], None]


@dataclass(frozen=True, slots=True)
class LessonOutcome:
    """Result of a training call: whether it was answered, and the duration of the operator's
    speech.
    """

    answered: bool
    lines_spoken: int
    operator_spoke_s: float


class TrainingCaller:
    """Plays one scenario to a console. Blocks until the call ends.

    `turn_limit_s` limits the operator's turn between two lines.
    """

    def __init__(
        self,
        lesson: Lesson,
        host: str,
        port: int,
        record: Path | None,
        tell: Tell,
        *,
        turn_limit_s: float = TURN_LIMIT_S,
    ) -> None:
        self._lesson = lesson
        self._tell = tell
        self._record = record
        self._turn_limit_s = turn_limit_s
        self._heard = bytearray()
        self._phone = VoIPPhone(
            host,
            port,
            lesson.caller_number,
            "",
            myIP=host if host.startswith("127.") else "0.0.0.0",  # noqa: S104  # towards a console on another machine
            sipPort=0,
            sample_width=2,
            register=False,
            display_name=lesson.caller_name,
        )

    def play(self) -> LessonOutcome:
        """Calls, plays the lines and hangs up; returns the outcome even without an answer."""
        self._phone.start()
        try:
            call = self._phone.call(DIALLED_LINE)
            self._tell("ringing", {})
            if not self._wait_for_answer(call):
                return LessonOutcome(False, 0, 0.0)
            self._tell("answered", {})
            outcome = self._talk(call)
            if call.state == CallState.ANSWERED:
                call.hangup()
            self._tell("ended", {"operator_spoke_s": round(outcome.operator_spoke_s, 1)})
            return outcome
        finally:
            self._phone.stop()
            self._keep_record()

    def _wait_for_answer(self, call: VoIPCall) -> bool:
        limit_s = self._lesson.ring_s or RING_LIMIT_S
        until_s = time.monotonic() + limit_s
        while call.state == CallState.DIALING and time.monotonic() < until_s:
            time.sleep(0.02)
        if call.state == CallState.ANSWERED:
            return True
        if call.state == CallState.DIALING:
            call.hangup()
            self._tell("gave_up", {"after_s": limit_s})
        else:
            self._tell("refused", {})
        return False

    def _talk(self, call: VoIPCall) -> LessonOutcome:
        spoke_s = 0.0
        spoken = 0
        if not self._lesson.lines:
            spoke_s += self._listen(call, self._lesson.talk_s or FAREWELL_S, pause_s=None)
            return LessonOutcome(True, 0, spoke_s)
        spoke_s += self._listen(call, GREETING_S, pause_s=None)
        for number, line in enumerate(self._lesson.lines, start=1):
            if call.state != CallState.ANSWERED:
                break
            audio, duration_s = _read(line.file)
            self._tell("speaking", {"line": number, "file": line.file.name})
            call.write_audio(audio)
            self._listen(call, duration_s, pause_s=None)
            if call.state != CallState.ANSWERED:
                break
            spoken = number
            self._tell("spoke", {"line": number, "file": line.file.name})
            last = number == len(self._lesson.lines)
            limit_s = FAREWELL_S if last else self._turn_limit_s
            spoke_s += self._listen(call, limit_s, pause_s=None if last else PAUSE_S)
        return LessonOutcome(True, spoken, spoke_s)

    def _listen(self, call: VoIPCall, limit_s: float, *, pause_s: float | None) -> float:
        """Listens until the limit or until a pause after speech; returns seconds of speech."""
        until_s = time.monotonic() + limit_s
        speech_s = silence_s = 0.0
        while time.monotonic() < until_s and call.state == CallState.ANSWERED:
            frame = call.read_audio(FRAME_SAMPLES, blocking=True)
            self._heard += frame
            if _peak(frame) >= SPEECH_LEVEL:
                speech_s += FRAME_S
                silence_s = 0.0
            else:
                silence_s += FRAME_S
            if pause_s is not None and speech_s > 0 and silence_s >= pause_s:
                break
        return speech_s

    def _keep_record(self) -> None:
        """Saves the received audio as a WAV file for review by the trainee."""
        if self._record is None or not self._heard:
            return
        self._record.mkdir(parents=True, exist_ok=True)
        with wave.open(str(self._record / "heard.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(bytes(self._heard))


def _read(file: Path) -> tuple[bytes, float]:
    """Returns the samples of a line, 16 bit little-endian, and its duration in seconds."""
    speech = read_speech(file)
    return speech.astype("<i2").tobytes(), speech.size / RATE_HZ


def _peak(frame: bytes) -> int:
    samples = array("h", frame)
    return max((abs(sample) for sample in samples), default=0)


def tell_as_json(write: Callable[[str], object]) -> Tell:
    """Returns a callback that writes each step as a JSON line with the seconds since the start."""
    began_s = time.monotonic()

    def tell(step: str, details: dict[str, object]) -> None:
        at_s = round(time.monotonic() - began_s, 2)
        write(json.dumps({"step": step, "at_s": at_s, **details}, ensure_ascii=False) + "\n")

    return tell
