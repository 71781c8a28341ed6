"""Scripted demo: key presses work the console on a virtual display and every step is verified.

Stdout receives one JSON line per step, stderr the progress. A step is ``ok`` only by evidence from
outside the window: the store read by a new process, the row in PostgreSQL, or the recorded audio
compared with the sent audio. Each step saves a picture.
"""

import json
import shutil
import sys
import tempfile
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from console.features.training.lessons import Lesson, read_lessons
from console.training.stage import KEY_DELAY_MS, QUICK_KEY_MS, Stage, StageFailure
from telephony.measure import align_and_correlate, piece_correlations
from telephony.speech_file import RATE_HZ

OPERATOR_NAME = "Орлова Наталья Викторовна"
OPERATOR_LOGIN = "orlova"
OPERATOR_PASSWORD = "training-call-1"  # noqa: S105  # of a store that lives as long as the tour
Samples = npt.NDArray[np.int16]

GOOD_CORRELATION = 0.9
ANSWER_LIMIT_S = 20.0
CHECKS = 5
OPERATOR_WINDOW_S = 3
QUICK_TURN_S = 0.5  # the operator never pauses, so every turn would last up to its limit


@dataclass(frozen=True, slots=True)
class TourOptions:
    """Output folder, central database, theme, and size of the display.

    `is_quick` skips the delays of a human operator for typing and turns.
    """

    out: Path
    dsn: str | None
    theme: str
    size: str
    is_quick: bool = False


def play_tour(options: TourOptions, resources: Path) -> int:
    """Runs all steps; returns exit code 0 only if every step succeeded."""
    options.out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="edinyi-nomer-tour-"))
    stage = Stage(
        folder,
        options.out,
        options.theme,
        options.size,
        options.dsn,
        resources,
        key_ms=QUICK_KEY_MS if options.is_quick else KEY_DELAY_MS,
        turn_limit_s=QUICK_TURN_S if options.is_quick else None,
    )
    holds = False
    try:
        stage.open()
        played = _play(stage, resources)
        stage.refuse_bugs()
        holds = played
    except StageFailure as failure:
        _line({"step": failure.step, "ok": False, "why": failure.why})
        stage.picture("failure")
    finally:
        stage.close()
        if holds:
            shutil.rmtree(folder)
        else:
            _say(f"Files of the failed tour: {folder}")
    _line({"step": "tour", "ok": holds, "pictures": str(options.out)})
    return 0 if holds else 1


def _play(stage: Stage, resources: Path) -> bool:
    lessons = {lesson.key: lesson for lesson in read_lessons(resources / "training")}
    tour = _Tour(stage, lessons, resources)
    steps: tuple[Callable[[], dict[str, object]], ...] = (
        tour.first_start,
        tour.phone_check,
        tour.typical_call,
        tour.message_call,
        tour.missed_call,
        tour.word_form,
        tour.report,
    )
    holds = True
    for step in steps:
        _say(f"{step.__name__.replace('_', ' ')} …")
        told = step()
        _line(told)
        holds = holds and told["ok"] is True
    return holds


def _line(content: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class _Tour:
    """Steps of the demo; each method returns its output line."""

    def __init__(self, stage: Stage, lessons: dict[str, Lesson], resources: Path) -> None:
        self._stage = stage
        self._lessons = lessons
        self._resources = resources
        self._calls = 0
        self._address = ""

    def first_start(self) -> dict[str, object]:
        """Signs in the first operator; the phone starts."""
        stage = self._stage
        stage.wait_for("started")
        stage.pause(0.8)
        stage.picture("00-first-start")
        for text, key in (
            (OPERATOR_NAME, "Tab"),
            (OPERATOR_LOGIN, "Tab"),
            (OPERATOR_PASSWORD, "Tab"),
            (OPERATOR_PASSWORD, "Return"),
        ):
            stage.type(text)
            stage.press(key)
        told = stage.wait_for("phone_connected")
        self._address = str(told["address"])
        stage.pause(1.0)
        stage.picture("01-idle")
        # A new process opens the encrypted store, which must still be empty.
        ok = stage.calls_today() == [] and stage.phone_listens(str(told["address"]))
        return {"step": "first start", "ok": ok, "phone": told["address"]}

    def phone_check(self) -> dict[str, object]:
        """Runs the phone's loopback test, which creates no card."""
        stage = self._stage
        stage.press("F12")
        stage.press("Return")
        found = [stage.wait_for("phone_checked") for _ in range(CHECKS)]
        stage.pause(0.6)
        stage.picture("01-phone-check")
        stage.press("Escape")
        verdicts = {str(each["check"]): str(each["verdict"]) for each in found}
        # Without a PBX there is no registration.
        ok = (
            verdicts.pop("registration") == "not_tried"
            and len(verdicts) == CHECKS - 1
            and set(verdicts.values()) == {"passed"}
            and stage.calls_today() == []
        )
        return {"step": "phone check", "ok": ok, **verdicts}

    def typical_call(self) -> dict[str, object]:
        """Typical call: directory search during the conversation, answer, save."""
        stage = self._stage
        self._ring("typical")
        stage.pause(0.6)
        stage.picture("02-ringing")
        stage.press("F2")
        stage.wait_for("t_answer", ANSWER_LIMIT_S)
        stage.wait_for_training("spoke", line=1)
        stage.press("F5")
        stage.type("когда вывозят мусор")
        found = stage.wait_for("t_search")
        stage.pause(0.5)
        stage.press("Return")
        while (later := stage.look_for("t_search")) is not None:
            found = later
        stage.wait_for("t_hit_accepted")
        stage.pause(0.5)
        stage.picture("03-answered-from-directory")
        stage.wait_for_training("spoke", line=len(self._lessons["typical"].lines))
        stage.press("F8")
        stage.wait_for("t_hangup")
        stage.pause(0.5)
        stage.picture("04-wrap-up")
        stage.press("ctrl+Return")
        stage.wait_for("t_saved")
        stage.pause(0.5)
        stage.picture("05-saved")
        record = stage.newest_record()
        audio = self._audio("typical")
        ok = (
            record["result"] == "answered"
            and bool(record["used_entries"])
            and bool(record["content"])
            and record["state"] == "closed"
            and self._is_good(audio)
        )
        return self._told("typical call", ok, record, audio, hits=str(found["hits"]).split())

    def message_call(self) -> dict[str, object]:
        """Creates a message from a call without repeated input."""
        stage = self._stage
        self._ring("message")
        stage.press("F2")
        stage.wait_for("t_answer", ANSWER_LIMIT_S)
        stage.wait_for_training("spoke", line=1)
        stage.type("Не горит уличный фонарь, третий день, вечером совсем темно.")
        stage.press("shift+Tab", times=3)
        stage.type("Ковалёва Ирина Сергеевна")
        stage.press("Tab", times=3)
        stage.press("ctrl+e")
        stage.pause(0.3)
        stage.press("ctrl+3")
        stage.pause(0.5)
        stage.type("ул. Родниковая, д. 14")
        stage.press("Tab")
        stage.press("Tab")
        stage.type("19:30")
        stage.press("Tab")
        stage.type("фонар")
        stage.pause(0.4)
        stage.picture("06-category")
        stage.press("Return")
        stage.pause(0.3)
        stage.picture("06-message")
        stage.press("ctrl+Return")
        stage.wait_for("t_message_registered")
        stage.pause(0.6)
        stage.picture("07-message-registered")
        stage.wait_for_training("spoke", line=len(self._lessons["message"].lines))
        stage.press("F8")
        stage.wait_for("t_hangup")
        stage.press("ctrl+Return")
        stage.wait_for("t_saved")
        stage.pause(0.4)
        record = stage.newest_record()
        message = stage.message_of(record)
        audio = self._audio("message")
        ok = (
            record["result"] == "message"
            and record["message_id"] == message["id"]
            and message["call_id"] == record["id"]
            and message["text"] == record["content"]
            and message["state"] == "at_organ"
            and message["publicity"] == "not_stated"
            and self._is_good(audio)
        )
        return self._told("message call", ok, record, audio, message=message["number"])

    def missed_call(self) -> dict[str, object]:
        """Missed call, registered automatically."""
        stage = self._stage
        self._ring("missed")
        stage.pause(0.5)
        stage.picture("08-ringing-missed")
        stage.wait_for("t_hangup", ANSWER_LIMIT_S)
        stage.pause(1.0)
        stage.picture("09-missed")
        record = stage.newest_record()
        ok = (
            record["result"] == "not_answered"
            and record["end_cause"] == "caller_gave_up"
            and record["answered_at"] is None
            and record["state"] == "closed"
        )
        return self._told("missed call", ok, record, None)

    def word_form(self) -> dict[str, object]:
        """Finds an entry by an incomplete, different word form; a new process returns the same
        results.
        """
        stage = self._stage
        text = "отключениями горячей вод"
        stage.press("F5")
        stage.type(text)
        stage.pause(0.8)
        told = stage.wait_for("t_search")
        while (later := stage.look_for("t_search")) is not None:
            # The semantic search may reorder the results in the typing pause.
            told = told if later["by_meaning"] else later
        stage.picture("10-word-form")
        in_window = str(told["hits"]).split()
        outside = stage.search(text)
        titles = " ".join(str(hit["title"]).casefold() for hit in outside[:3])
        ok = (
            bool(in_window)
            and in_window == [hit["id"] for hit in outside[: len(in_window)]]
            and "горяч" in titles
        )
        stage.press("ctrl+a")
        stage.press("BackSpace")
        stage.press("Escape")
        return {
            "step": "word form",
            "ok": ok,
            "query": text,
            "hits": [hit["title"] for hit in outside[:3]],
        }

    def report(self) -> dict[str, object]:
        """Daily report on the screen and as PDF, compared with the store."""
        stage = self._stage
        stage.press("ctrl+r")
        stage.pause(1.0)
        stage.picture("11-report")
        stage.press("ctrl+p")
        written = stage.wait_for("t_report_written")
        file = stage.reports_folder / str(written["file"])
        text = stage.pdf_text(file)
        stage.pdf_picture(file, "12-report-pdf")
        records = stage.calls_today()
        numbers = " ".join(text.split())
        # Calls outside business hours have separate columns.
        in_hours = [record for record in records if not record["out_of_hours"]]
        answered = sum(1 for record in in_hours if record["answered_at"] is not None)
        missed = sum(1 for record in in_hours if record["result"] == "not_answered")
        ok = (
            len(records) == self._calls
            and f"Итого {answered + missed} {answered} {missed}" in numbers
            and OPERATOR_NAME.split()[0] in numbers
        )
        return {"step": "report", "ok": ok, "file": file.name, "calls": len(records)}

    # --- shared steps ---

    def _ring(self, lesson: str) -> None:
        stage = self._stage
        stage.ring(lesson, self._address)
        stage.wait_for("t_offer", ANSWER_LIMIT_S)
        self._calls += 1

    def _audio(self, lesson: str) -> dict[str, float]:
        """Compares sent and received audio of both sides by correlation and level."""
        at_desk = _samples(self._stage.desk_heard())
        lines = [_samples(line.file) for line in self._lessons[lesson].lines]
        worst = min(lines, key=lambda line: _likeness(line, at_desk))
        at_caller = _samples(self._stage.caller_heard(lesson))
        operator = _samples(self._resources / "training" / "operator.wav")
        looped = np.concatenate((operator, operator, operator))
        said = _loudest(at_caller)
        return {
            "caller_heard_at_desk_correlation": round(_likeness(worst, at_desk), 3),
            "caller_heard_at_desk_level_db": round(align_and_correlate(worst, at_desk).level_db, 1),
            "operator_heard_by_caller_correlation": round(_likeness(said, looped), 3),
            "operator_heard_by_caller_level_db": round(
                -align_and_correlate(said, looped).level_db, 1
            ),
        }

    @staticmethod
    def _is_good(audio: dict[str, float]) -> bool:
        return all(
            value >= GOOD_CORRELATION for name, value in audio.items() if "correlation" in name
        )

    def _told(
        self,
        step: str,
        ok: bool,
        record: dict[str, object],
        audio: dict[str, float] | None,
        **more: object,
    ) -> dict[str, object]:
        told: dict[str, object] = {
            "step": step,
            "ok": ok,
            "number": record["number"],
            "result": record["result"],
            **more,
        }
        if audio is not None:
            told["audio"] = audio
        if self._stage.has_central:
            difference = self._stage.central_difference(record)
            told["in_postgresql"] = difference is None
            if difference is not None:
                told["ok"], told["why"] = False, difference
        return told


def _samples(file: Path) -> Samples:
    with wave.open(str(file), "rb") as sound:
        if sound.getframerate() != RATE_HZ:
            raise StageFailure("audio", f"{file.name}: the sampling rate is not {RATE_HZ} Hz")
        return np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2").astype(np.int16)


def _likeness(sent: Samples, heard: Samples) -> float:
    """Median correlation of the audio's pieces, 1.0 for identical audio."""
    return float(np.median(piece_correlations(sent, heard)))


def _loudest(samples: Samples) -> Samples:
    """Returns the loudest few seconds, which can be located in the whole speech."""
    size = OPERATOR_WINDOW_S * RATE_HZ
    if samples.size <= size:
        return samples
    so_far = np.concatenate(([0.0], np.cumsum(samples.astype(np.float64) ** 2)))
    start = int(np.argmax(so_far[size:] - so_far[:-size]))
    return samples[start : start + size]
