"""Screenshots of the main states with a sample working day, and speech files of the scenarios.

The speech is synthesised with espeak-ng and filtered to sound like a telephone.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from uuid_utils.compat import uuid7

from console.features.training.lessons import Lesson, SpokenLine, Voice
from console.training.stage import QUICK_KEY_MS, Stage, StageFailure
from sync.register import messages
from sync.register.calls import by_hand, calls
from sync.register.calls.calls import CallRecord, CallResult, NewCall, UsedEntry
from sync.register.handling.events import person
from sync.register.messages import Publicity
from sync.register.people.name_reading import split_name
from sync.register.people.operators import Operator, Role
from sync.register.people.values import Absence
from sync.store.local.keys import open_key
from sync.store.local.register import RegisterStore
from telephony.speech_file import RATE_HZ, write_speech

CITY = ZoneInfo("Europe/Moscow")
WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class SampleCall:
    """Sample call: minutes before now, caller, content and disposition."""

    minutes_ago: int
    number: str
    name: str
    content: str
    result: CallResult
    entry: UsedEntry | None = None


def _question(key: str, title: str) -> UsedEntry:
    return UsedEntry(key, "question", title)


DAY = (
    SampleCall(196, "+79005550129", "Ильина Софья Петровна", "До скольких открыта питьевая галерея",
               CallResult.ANSWERED,
               _question("q-pump-room-hours", "В какие часы работает питьевая галерея")),
    SampleCall(173, "+79005550130", "Громов Пётр Ильич", "Забыл сумку в автобусе",
               CallResult.CONTACTS,
               UsedEntry("bus-company", "unit", "МУП «Белоключевский автобус»")),
    SampleCall(151, "+79005550131", "Родионова Анна Павловна", "Нет холодной воды на Горной, 12",
               CallResult.ANSWERED, _question("q-no-cold-water", "Нет холодной воды, когда дадут")),
    SampleCall(128, "+79005550132", "", "", CallResult.SILENT),
    SampleCall(104, "+79005550133", "Карпов Лев Андреевич", "Телефон и часы работы МФЦ",
               CallResult.CONTACTS, UsedEntry("mfc", "unit", "МФЦ «Мои документы»")),
    SampleCall(83, "+79005550134", "Мирная Ольга Ильинична", "Когда включат отопление",
               CallResult.ANSWERED,
               _question("q-heating-start", "Когда включат отопление осенью")),
    SampleCall(47, "+79005550135", "", "", CallResult.NOT_ANSWERED),
    SampleCall(31, "+79005550136", "Степанов Игорь Львович", "Как оформить субсидию",
               CallResult.ANSWERED,
               _question("q-subsidy-eligible", "Положена ли мне субсидия на оплату ЖКУ")),
)  # fmt: skip
LAMP = "Третий вечер не горит фонарь у подъезда, дети идут из школы в темноте."
BINS = (
    "Контейнеры переполнены с понедельника, мусор лежит вокруг. Управляющая компания обещала"
    " вывезти. Звоните мне по телефону +7 900 555-01-38, квартира 14."
)


def make_sample_day(
    register_file: Path, *, name: str, login: str, password: str, now: datetime
) -> None:
    """Writes an operator with a sample day into a new register, before the console opens it."""
    at = now
    store = RegisterStore.open(
        register_file, open_key(register_file), home_area_code="87999", clock=lambda: at
    )
    try:
        operator = store.create_first_operator(
            name=name, login=login, password=password, role=Role.SUPERVISOR
        ).result(WAIT_S)
        for sample in DAY:
            at = now - timedelta(minutes=sample.minutes_ago)
            _make_call(store, sample, at, operator)
        at = now - timedelta(minutes=16)
        _hand_in(store, BINS, "waste/removal", "ул. Садовая, д. 7", at, operator)
        at = now - timedelta(minutes=9)
        _hand_in(store, LAMP, "power/street-light", "ул. Родниковая, д. 14", at, operator)
    finally:
        store.close_store()


def _make_call(store: RegisterStore, sample: SampleCall, at: datetime, operator: Operator) -> None:
    card = store.open_card(
        NewCall(
            sip_call_id=f"day-{sample.minutes_ago}@sample",
            direction="incoming",
            arrived_at=at,
            caller_number=sample.number,
            caller_name="",
            dialled_line="100",
            out_of_hours=False,
        ),
        operator,
    ).result(WAIT_S)
    if sample.result is CallResult.NOT_ANSWERED:
        store.close(calls.missed(card, at + timedelta(seconds=24), "caller_gave_up")).result(WAIT_S)
        return
    card = calls.answered(card, at + timedelta(seconds=4))
    if sample.entry is not None:
        card = by_hand.accept_entry(card, sample.entry, "")
    card = calls.edit(
        card,
        content=sample.content,
        result=sample.result,
        name=split_name(sample.name) if sample.name else Absence.NOT_GIVEN,
        email=Absence.NOT_GIVEN,
    )
    card = calls.ended(card, at + timedelta(seconds=96), "far_end")
    closed = calls.close(card, at + timedelta(seconds=103), operator)
    if isinstance(closed, CallRecord):
        store.close(closed).result(WAIT_S)


def _hand_in(
    store: RegisterStore, text: str, category: str, place: str, at: datetime, operator: Operator
) -> None:
    """Adds a message under review that was submitted without a call."""
    draft = messages.edit(
        messages.message_without_call(uuid7(), at, operator),
        text=text,
        topic=category.partition("/")[0],
        category=category,
        event_on=at.astimezone(CITY).date() - timedelta(days=1),
        event_time=time(18, 30),
        place=place,
        publicity=Publicity.PUBLIC,
        name=split_name("Ветрова Мария Олеговна"),
        phone="+79005550137",
        email="vetrova@primer.example",
    )
    store.hand_in(draft, person(operator)).result(WAIT_S)


STATES = ("idle", "ringing", "talking", "wrap-up", "message", "moderation", "incident")
THEMES = ("light", "dark")
SIZE = "1366x768"
OPERATOR_NAME, LOGIN = "Орлова Наталья Викторовна", "orlova"
PASSWORD = "made-up-day-1"  # noqa: S105  # of a register that lives as long as the pictures
CALLER_LIMIT_S = 20.0
COLOURS = 128  # sufficient for a window without photos


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """Output folder, themes and size of the screenshots."""

    out: Path
    themes: tuple[str, ...] = THEMES
    size: str = SIZE


def take_pictures(options: PictureOptions, resources: Path) -> int:
    """Takes all screenshots; returns exit code 0 only if every state was reached."""
    options.out.mkdir(parents=True, exist_ok=True)
    for theme in options.themes:
        folder = Path(tempfile.mkdtemp(prefix="edinyi-nomer-pictures-"))
        settings = _settings(folder, resources)
        stage = Stage(
            folder, options.out, theme, options.size, None, resources, settings, key_ms=QUICK_KEY_MS
        )
        try:
            make_sample_day(
                stage.register_file,
                name=OPERATOR_NAME,
                login=LOGIN,
                password=PASSWORD,
                now=datetime.now(UTC),
            )
            stage.open()
            _Pictures(stage, theme).take()
            stage.refuse_bugs()
        except StageFailure as failure:
            sys.stderr.write(f"{theme}: {failure}\n")
            stage.picture(f"failure-{theme}")
            return 1
        finally:
            stage.close()
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _settings(folder: Path, resources: Path) -> str:
    """Settings with audio from and to files, and business hours that are always open."""
    speech = json.dumps(str(resources / "training" / "operator.wav"))
    return (
        f'[audio]\ndriver = "file"\ninput_file = {speech}\n'
        f"output_file = {json.dumps(str(folder / 'headset.wav'))}\n"
        "[desk]\nlock_after_min = 60\n"
        '[line]\nopens = "00:00"\ncloses = "23:59"\ndays = [0, 1, 2, 3, 4, 5, 6]\n'
    )


class _Pictures:
    def __init__(self, stage: Stage, theme: str) -> None:
        self._stage = stage
        self._theme = theme
        self._address = ""

    def take(self) -> None:
        """Takes the screenshots of all states."""
        states: tuple[Callable[[], None], ...] = (
            self._idle,
            self._call,
            self._message,
            self._review,
            self._incident,
        )
        self._sign_in()
        for state in states:
            state()

    def _sign_in(self) -> None:
        stage = self._stage
        stage.wait_for("started")
        for text, key in ((LOGIN, "Tab"), (PASSWORD, "Return")):
            stage.type(text)
            stage.press(key)
        self._address = str(stage.wait_for("phone_connected")["address"])

    def _idle(self) -> None:
        self._stage.wait_for("shift_checked", CALLER_LIMIT_S)
        self._wait_for_free_foot()
        self._keep("idle")

    def _call(self) -> None:
        """Typical call: ringing, conversation with search results, wrap-up."""
        stage = self._stage
        self._ring("typical")
        self._keep("ringing")
        stage.press("F2")
        stage.wait_for("t_answer", CALLER_LIMIT_S)
        stage.type("Баки полные, когда вывезут мусор?")
        self._wait_for_hits()
        self._keep("talking")
        stage.press("alt+1")
        stage.wait_for("t_hit_accepted", CALLER_LIMIT_S)
        stage.press("F8")
        stage.wait_for("t_hangup", CALLER_LIMIT_S)
        self._keep("wrap-up")
        self._save()

    def _message(self) -> None:
        """Message from a call with violations of section 6."""
        stage = self._stage
        self._ring("message")
        stage.press("F2")
        stage.wait_for("t_answer", CALLER_LIMIT_S)
        stage.type(
            "Не горит фонарь у подъезда, вечером темно. Звонить старшей по дому"
            " +7 900 555-01-37. Ещё не вывозят мусор третий день."
        )
        stage.press("ctrl+3")
        stage.wait_for("t_message_checked", CALLER_LIMIT_S)
        stage.type("ул. Родниковая, д. 14")
        stage.press("Tab")
        stage.type("вчера 18:30")
        stage.press("Tab", times=2)
        stage.type("фонар")
        stage.press("Return")
        stage.wait_for("t_message_checked", CALLER_LIMIT_S)
        self._keep("message")
        stage.press("Escape")
        stage.press("F8")
        stage.wait_for("t_hangup", CALLER_LIMIT_S)
        stage.press("ctrl+1")
        stage.press("ctrl+Return")  # opens the unfinished message
        stage.wait_until_still()
        stage.press("Escape")
        self._save()

    def _review(self) -> None:
        """Message under review with the check-list of section 6."""
        stage = self._stage
        self._wait_for_free_foot()
        stage.press("F10")
        stage.wait_until_still()
        stage.press("Return")
        stage.wait_for("t_review_checked", CALLER_LIMIT_S)
        self._keep("moderation")

    def _incident(self) -> None:
        """Three callers from one street, the official text, and the next caller."""
        stage = self._stage
        stage.press("Escape")
        for house, lesson in enumerate(("contacts", "urgent", "hot-water"), 3):
            self._take_up(lesson, f"Заречная, {house}. ")
            stage.press("F5")
            stage.type("нет холодной воды")
            self._wait_for_hits()
            stage.press("Return")
            stage.wait_for("t_hit_accepted", CALLER_LIMIT_S)
            stage.press("ctrl+1")
            stage.press("F8")
            stage.wait_for("t_hangup", CALLER_LIMIT_S)
            self._save()
        while not stage.wait_for("t_incidents_read", CALLER_LIMIT_S)["offers"]:
            pass
        stage.press("ctrl+shift+i")
        stage.press("ctrl+a")
        stage.type("На Заречной прорвало водовод, бригада работает. Воду дадут к 22 часам.")
        stage.press("ctrl+Return")
        while not stage.wait_for("t_incidents_read", CALLER_LIMIT_S)["declared"]:
            pass
        stage.press("Escape")
        self._wait_for_free_foot()
        self._take_up("burst-pipe", "на Заречной прорвало трубу")
        self._wait_for_hits()
        self._keep("incident")

    def _take_up(self, lesson: str, words: str) -> None:
        self._ring(lesson)
        self._stage.press("F2")
        self._stage.wait_for("t_answer", CALLER_LIMIT_S)
        self._stage.type(words)

    def _ring(self, lesson: str) -> None:
        self._stage.ring(lesson, self._address)
        self._stage.wait_for("t_offer", CALLER_LIMIT_S)

    def _save(self) -> None:
        self._stage.press("ctrl+Return")
        self._stage.wait_for("t_saved", CALLER_LIMIT_S)
        self._stage.wait_until("foot_covered", lambda told: told["strips"] > 0)

    def _wait_for_hits(self) -> None:
        """Waits for the semantic search in the typing pause."""
        while not self._stage.wait_for("t_search", CALLER_LIMIT_S)["by_meaning"]:
            pass

    def _wait_for_free_foot(self) -> None:
        """Waits until notices and the undo bar have disappeared."""
        self._stage.wait_until("foot_covered", lambda told: told["strips"] == 0)

    def _keep(self, name: str) -> None:
        self._stage.wait_until_still()
        self._stage.picture(f"{name}-{self._theme}", colours=COLOURS)


Signal = npt.NDArray[np.float64]

LOWEST_HZ, HIGHEST_HZ = 200.0, 3400.0
LEVEL_DBFS = -20.0
LIMIT = 10 ** (-1.5 / 20)
FRAME_S = 0.02
ACTIVE_DB = 35.0  # below the loudest frame, counts as silence
FADE_IN_S, FADE_OUT_S = 0.02, 0.06
BEFORE_S, AFTER_S = 0.05, 0.15


def make_speech(lessons: Iterable[Lesson]) -> Iterator[Path]:
    """Writes the speech file of each line in scenarios with a voice, and yields its path."""
    for lesson in lessons:
        for line in lesson.lines:
            if lesson.voice is not None:
                write_speech(line.file, as_telephone(_spoken(line, lesson.voice)))
                yield line.file


def _spoken(line: SpokenLine, voice: Voice) -> Signal:
    """Returns the line spoken by espeak-ng, 8 kHz samples in the range -1 to 1."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "line.wav"
        subprocess.run(
            ["espeak-ng", "-v", voice.name, "-p", str(voice.pitch),
             "-s", str(voice.words_per_minute), "-w", str(file), line.spoken or line.text],
            check=True,
        )  # fmt: skip
        with wave.open(str(file), "rb") as sound:
            rate_hz = sound.getframerate()
            samples = np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")
    return _on_the_line(samples.astype(np.float64) / 32768, rate_hz)


def _on_the_line(signal: Signal, rate_hz: int) -> Signal:
    """Returns the signal resampled to 8 kHz and limited to the telephone band."""
    spectrum = np.fft.rfft(signal)
    hertz = np.fft.rfftfreq(signal.size, 1 / rate_hz)
    spectrum[(hertz < LOWEST_HZ) | (hertz > HIGHEST_HZ)] = 0
    size = round(signal.size * RATE_HZ / rate_hz)
    return np.fft.irfft(spectrum[: size // 2 + 1], size) * (size / signal.size)


def as_telephone(signal: Signal) -> npt.NDArray[np.int16]:
    """Returns the signal trimmed, levelled, soft-clipped and faded, as 16 bit samples."""
    frame = round(FRAME_S * RATE_HZ)
    whole = signal.size // frame * frame
    energy = (signal[:whole].reshape(-1, frame) ** 2).mean(axis=1)
    active = energy > energy.max() * 10 ** (-ACTIVE_DB / 10)
    first, last = np.flatnonzero(active)[[0, -1]]
    spoken = signal[first * frame : (last + 1) * frame]
    spoken = spoken * (10 ** (LEVEL_DBFS / 20) / np.sqrt(energy[active].mean()))
    spoken = LIMIT * np.tanh(spoken / LIMIT)
    fade_in, fade_out = round(FADE_IN_S * RATE_HZ), round(FADE_OUT_S * RATE_HZ)
    spoken[:fade_in] *= np.linspace(0, 1, fade_in)
    spoken[-fade_out:] *= np.linspace(1, 0, fade_out)
    before, after = np.zeros(round(BEFORE_S * RATE_HZ)), np.zeros(round(AFTER_S * RATE_HZ))
    return np.round(np.concatenate((before, spoken, after)) * 32767).astype(np.int16)
