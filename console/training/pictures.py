"""Pictures of the main states of the window: ``python -m console.training pictures``.

The console runs on a display of its own, on a made-up day of a made-up city, and is worked by
keys; what the pictures show is what an operator sees.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from console.training.sample_day import make_sample_day
from console.training.stage import QUICK_KEY_MS, Stage, StageFailure

STATES = ("idle", "ringing", "talking", "wrap-up", "message", "moderation", "incident")
THEMES = ("light", "dark")
SIZE = "1366x768"
OPERATOR_NAME, LOGIN = "Орлова Наталья Викторовна", "orlova"
PASSWORD = "made-up-day-1"  # noqa: S105  # of a register that lives as long as the pictures
CALLER_LIMIT_S = 20.0
COLOURS = 128  # as many as a window without photos needs


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """Where the pictures go, in which themes and size."""

    out: Path
    themes: tuple[str, ...] = THEMES
    size: str = SIZE


def take_pictures(options: PictureOptions, resources: Path) -> int:
    """Take them all; the exit code is 0 only if every state was reached."""
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
    """Sound from a file and into one; the line is open whenever the pictures are taken."""
    speech = json.dumps(str(resources / "training" / "operator.wav"))
    return (
        f'[audio]\ndriver = "file"\ninput_file = {speech}\n'
        f"output_file = {json.dumps(str(folder / 'headset.wav'))}\n"
        "[desk]\nlock_after_min = 60\n"
        '[line]\nopens = "00:00"\ncloses = "23:59"\ndays = [0, 1, 2, 3, 4, 5, 6]\n'
    )


class _Pictures:
    """The states in the order of an operator's day."""

    def __init__(self, stage: Stage, theme: str) -> None:
        self._stage = stage
        self._theme = theme
        self._address = ""

    def take(self) -> None:
        """Every state, one after the other."""
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
        """A typical call: ringing, talking with what was found, wrap-up."""
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
        """A message from a call, with what section 6 has against it."""
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
        self._save()

    def _review(self) -> None:
        """A message under review, with the check-list of section 6."""
        stage = self._stage
        self._wait_for_free_foot()
        stage.press("F10")
        stage.wait_until_still()
        stage.press("Return")
        stage.wait_for("t_review_checked", CALLER_LIMIT_S)
        self._keep("moderation")

    def _incident(self) -> None:
        """Three callers of one street, one text for all of them, and the next caller."""
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
        """A call is answered, and what is said is written down."""
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
        """The search has looked for words of the same meaning too, in the typing pause."""
        while not self._stage.wait_for("t_search", CALLER_LIMIT_S)["by_meaning"]:
            pass

    def _wait_for_free_foot(self) -> None:
        """What was told has gone, and what could be taken back too."""
        self._stage.wait_until("foot_covered", lambda told: told["strips"] == 0)

    def _keep(self, name: str) -> None:
        self._stage.wait_until_still()
        self._stage.picture(f"{name}-{self._theme}", colours=COLOURS)
