"""An operator who presses anything at any time, to find what no planned test looks for.

    python -m tests.benchmarks.random_operator [--minutes 10] [--seed 1] [--centre] [--replay FILE]

A real console on a display of its own with real keys, its line at a real proxy, three foreign
phones that call, hold and hang up; with a centre a PostgreSQL that stops and comes again. The walk
goes by dice over the whole map of keys, typed text, clicks, calls, the sign-in and killed consoles
and phone processes, at a desk that is set up by dice too. After each step the window has to answer;
what is typed into cards and forms has to be on the disk a second later, and in its form again after
a kill; at each rest Esc has to lead back to the work, and store, forms and phone have to agree with
each other and with what the callers saw. The first thing that is wrong ends the walk, with exit
status 1: the folder stays, with a picture, the logs and the steps, which ``--replay`` takes once
more with the same seed; shorten the file by hand.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from console.keys.defaults import DEFAULTS, Key, Scope
from console.training.stage import StageFailure
from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.events import Step as Of
from sync.register.handling.facts import AnswerGiven, Routed
from tests.benchmarks.operator_walk import (
    SHOWN,
    TELEPHONE_PASSWORD,
    Caller,
    Step,
    Walk,
    WalkFailure,
)
from tests.benchmarks.walked_forms import WORD, is_kept
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.led_messages import ORGAN, bring_message, stopped_store
from tests.fakes.postgres import PostgresServer
from tests.fakes.registered_line import LINE, line_settings
from tests.fakes.registered_line import PASSWORD as LINE_PASSWORD

NUMBERS = ("+79005550161", "+79005550162", "+79005550163")
WIDTH_PX, HEIGHT_PX = 1440, 900
STEPS_TO_REST = 40
SHOWN_LINES = 10
TEXTS = (
    "не горит фонарь на Садовой", "ул. Родниковая, д. 14", "Полозова Светлана Игоревна",
    "+79005550163", "когда вывозят мусор", "vjhjp", "12.11.2026", "вчера 18:30", "x@example.org",
    "а", "7", "спс", "ничего", "Single number", "26-0001-000001",
)  # fmt: skip
PLAIN = (
    "Tab", "Tab", "Tab", "shift+Tab", "Return", "Return", "Escape", "Escape", "Up", "Down", "Down",
    "Left", "Right", "Home", "End", "Prior", "Next", "space", "BackSpace", "Delete", "Menu",
    "ctrl+z", "ctrl+a", "ctrl+c", "ctrl+v", "ctrl+Left", "1", "2", "3", "0",
    "alt+1", "alt+2", "alt+3", "alt+9", "shift+Return", "alt+Left",
)  # fmt: skip
OFTEN = (Key.ANSWER, Key.HANG_UP, Key.SAVE, Key.SAVE_AND_READY, Key.HOLD, Key.RESULT_ANSWERED,
         Key.MAKE_MESSAGE, Key.PUT_ASIDE, Key.DRAFTS, Key.RESULT_TECHNICAL, Key.SWITCH,
         Key.SEARCH, Key.FURTHER_QUESTION, Key.NEW_RECORD)  # fmt: skip
KINDS = {
    "key": 34, "often": 22, "plain": 30, "type": 12, "burst": 6, "twice": 2, "pause": 6,
    "of-page": 20, "way": 5, "form": 4,
    "dial": 5, "caller-hang-up": 3, "caller-hold": 1, "caller-resume": 1, "kill": 0.4,
    "click": 8, "kill-phone": 0.2,
}  # fmt: skip
CENTRE_SHARE = 0.02
ASTRAY_SHARE = 0.08  # of a way, for each step of it
# Which keys a page has of its own, by what stands in the middle.
SCOPES = {
    "MessageForm": Scope.MESSAGE, "EditorPage": Scope.EDITOR, "FilesPage": Scope.FILES,
    "AnswersPage": Scope.ANSWERS, "LookUpPage": Scope.LOOK_UP, "QueuePage": Scope.QUEUE,
    "ReviewPage": Scope.REVIEW, "ReportPage": Scope.REPORT, "CalendarPage": Scope.CALENDAR,
    "SettingsPage": Scope.SETTINGS, "IncidentsPage": Scope.INCIDENTS,
    "PlannedCallsPage": Scope.PLANNED, "HandoverPage": Scope.HANDOVER,
}  # fmt: skip
# Work as it is done, which dice alone would come to seldom: a call, a message, its way on.
WAYS: tuple[tuple[Step, ...], ...] = (
    (["dial", 0], ["pause", 0.8], ["key", "F2"], ["type", "когда вывозят мусор"], ["pause", 0.6],
     ["key", "alt+1"], ["key", "F8"], ["key", "ctrl+Return"]),
    (["dial", 1], ["pause", 0.8], ["key", "F2"], ["type", "не горит фонарь"], ["key", "ctrl+3"],
     ["type", "ул. Родниковая, д. 14"], ["key", "Tab"], ["type", "вчера 18:30"], ["key", "Tab"],
     ["key", "Tab"], ["type", "фонар"], ["key", "Tab"], ["key", "Left"], ["key", "ctrl+Return"],
     ["pause", 0.5], ["key", "F8"], ["key", "ctrl+Return"]),
    (["key", "F10"], ["key", "Return"], ["pause", 0.4], ["key", "1"], ["key", "ctrl+Return"]),
    (["key", "ctrl+o"], ["key", "Down"], ["key", "Return"], ["pause", 0.4], ["key", "Return"],
     ["type", "Фонарь починят до пятницы."], ["key", "ctrl+Return"]),
    (["key", "shift+F5"], ["key", "Insert"], ["key", "Return"], ["type", "Когда откроют каток"],
     ["key", "Tab"], ["type", "В субботу."], ["key", "ctrl+Return"]),
    (["key", "ctrl+shift+z"],),
    (["dial", 0], ["pause", 0.6], ["key", "F2"], ["dial", 1], ["pause", 0.6], ["key", "shift+F9"],
     ["key", "ctrl+j"], ["pause", 0.5], ["key", "F8"]),
    (["dial", 0], ["pause", 0.6], ["key", "F2"], ["key", "F7"], ["type", "+79005550163"],
     ["key", "Return"], ["pause", 0.8], ["key", "F7"]),
    (["key", "ctrl+shift+i"], ["key", "Insert"], ["type", "Нет воды"], ["key", "ctrl+Return"]),
    (["key", "shift+F4"], ["type", "+79005550163"], ["key", "Return"], ["pause", 1.0]),
)  # fmt: skip
# Forms that are kept while they are typed; a "word" is one where the caret stands in a field.
FORM_WAYS: tuple[tuple[Step, ...], ...] = (
    (["key", "shift+F11"], ["pause", 0.4], ["word"], ["key", "Tab"], ["word"], ["key", "Tab"],
     ["word"]),
    (["key", "ctrl+shift+i"], ["key", "Insert"], ["word"], ["key", "Tab"], ["type", "нет"],
     ["key", "Return"], ["key", "Tab"], ["word"]),
    (["key", "alt+k"], ["key", "Return"], ["pause", 0.4], ["key", "Tab"], ["word"]),
    (["key", "alt+k"], ["key", "alt+o"], ["pause", 0.4], ["word"]),
    (["key", "ctrl+h"], ["pause", 0.8], ["word"]),
    (["key", "ctrl+o"], ["pause", 0.5], ["key", "Insert"], ["pause", 0.4], ["word"]),
    (["key", "ctrl+o"], ["pause", 0.5], ["key", "alt+r"], ["pause", 0.4], ["word"]),
    (["key", "ctrl+o"], ["pause", 0.5], ["key", "alt+u"], ["pause", 0.4], ["word"]),
    (["key", "ctrl+o"], ["pause", 0.5], ["key", "Down"], ["key", "alt+m"], ["key", "Right"],
     ["key", "Right"], ["key", "space"], ["key", "Tab"], ["word"]),
    (["key", "F10"], ["pause", 0.4], ["key", "Return"], ["pause", 0.6], ["key", "2"],
     ["key", "Return"], ["pause", 0.3], ["word"]),
    (["key", "F10"], ["pause", 0.4], ["key", "Return"], ["pause", 0.6], ["key", "4"],
     ["pause", 0.3], ["word"]),
)  # fmt: skip
KILLED_SHARE = 0.2  # of the ways to a form
# The training mode is a console of its own, which would take the keyboard of the display.
LEFT_OUT = {Key.TRAINING}


def chord(key: Key) -> str:
    """As X names it."""
    *held, last = DEFAULTS[key].chord.split("+")
    named = {"Enter": "Return", "Ins": "Insert", "Space": "space"}.get(last, last)
    return "+".join([*map(str.lower, held), named.lower() if len(named) == 1 else named])


class Dice(Random):
    """What the operator and the callers do next; the same seed throws the same again."""

    has_centre = False
    _way: tuple[Step, ...] = ()
    _keys = tuple(key for key in Key if key not in LEFT_OUT)

    def step(self, shown: dict[str, Any]) -> Step:
        if shown.get("asks_login") or shown.get("page") == "SignInPage":
            return ["sign-in"]
        if is_kept(shown) and self.random() < 0.25:
            return self._word()
        if self.has_centre and self.random() < CENTRE_SHARE:
            return ["centre-turns"]
        if self._way and self.random() > ASTRAY_SHARE:
            step, *rest = self._way
            self._way = tuple(rest)
            if step == ["word"]:
                return self._word() if is_kept(shown) else ["pause", 0.1]
            return step
        kind = self.choices(list(KINDS), list(KINDS.values()))[0]
        if kind == "way":
            self._way = self.choice(WAYS)
        if kind == "form":
            killed: tuple[Step, ...] = (["kill"],) if self.random() < KILLED_SHARE else ()
            self._way = (*self.choice(FORM_WAYS), *killed)
        if kind == "of-page":
            scope = SCOPES.get(shown.get("middle", ""))
            keys = [key for key in self._keys if scope in DEFAULTS[key].scopes]
            return ["key", chord(self.choice(keys or OFTEN))]
        if kind in ("dial", "caller-hang-up", "caller-hold", "caller-resume"):
            return [kind, self.randrange(len(NUMBERS))]
        return self._of_desk(kind)

    def _word(self) -> Step:
        """One that no other is equal to."""
        return ["note", WORD + "".join(self.choices("абвгдежзик", k=8)) + " "]

    def _of_desk(self, kind: str) -> Step:
        match kind:
            case "key":
                return [kind, chord(self.choice(self._keys))]
            case "often":
                return ["key", chord(self.choice(OFTEN))]
            case "plain":
                return ["key", self.choice(PLAIN)]
            case "twice":
                return [kind, chord(self.choice(OFTEN))]
            case "burst":
                return [kind, [self._any_key() for _ in range(self.randrange(2, 6))]]
            case "type":
                return [kind, self.choice(TEXTS)]
            case "click":
                button = self.choice((1, 1, 1, 1, 3, 5))  # the wheel is one
                return [kind, button, self.randrange(WIDTH_PX), self.randrange(HEIGHT_PX)]
            case "pause":
                return [kind, round(self.uniform(0.2, 2.5), 1)]
            case "way" | "form":
                return ["pause", 0.1]
            case _:
                return [kind]

    def _any_key(self) -> str:
        return self.choice(
            (self.choice(PLAIN), chord(self.choice(self._keys)), chord(self.choice(OFTEN)))
        )


class WalkedStage(ConsoleStage):
    """The console tells what it shows; how the desk is set up is thrown too."""

    def __init__(self, folder: Path, proxy: KamailioProxy, dsn: str | None, seed: int) -> None:
        dice = Dice(seed)
        desk: dict[str, str | int] = {
            "card_at": dice.choice(("ring", "answer")),
            "text_scale": dice.choice((1, 1, 2)),
            "language": dice.choice(("ru", "ru", "en")),
        }
        states: dict[str, str | int] = {"wrap_up_s": dice.choice((0, 3, 45))}
        settings = {**line_settings(proxy), "desk": desk, "states": states}
        super().__init__(folder, settings=settings, dsn=dsn)
        self.program = ("-m", "tests.benchmarks.told_console", str(folder / "told.json"))

    def refuse_bugs(self) -> None:
        """The walk has looked itself."""


def bring_messages(desk: ConsoleStage) -> None:
    """Some that wait for an answer and some whose answer is there; the walk makes others."""
    answer = AnswerGiven(Answer(AnswerKind.SOLVED, "Яма заделана.", ORGAN))
    to_organ = ((Of.SEND_TO_ORGAN, Routed(ORGAN, ORGAN)),)
    with stopped_store(desk) as store:
        for index in range(1, 7):
            steps = (*to_organ, (Of.RECEIVE_ANSWER, answer)) if index % 2 else to_organ
            bring_message(store, index, f"Яма на дороге у дома {index}", steps=steps)


def steps_of(dice: Dice, walk: Walk, until_s: float) -> Iterator[Step]:
    """As the dice fall, until the time is over."""
    while time.monotonic() < until_s:
        is_tired = walk.steps % STEPS_TO_REST == STEPS_TO_REST - 1
        yield ["rest"] if is_tired else dice.step(walk.shown())
    yield ["rest"]


def replayed(file: Path) -> Iterator[Step]:
    """As they were written down."""
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def end_training(folder: Path) -> None:
    """A click may have started the training mode, which goes on by itself."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # it has just ended
        if str(folder) in words and "told.json" not in words:
            os.kill(int(process.name), signal.SIGTERM)


def main() -> int:
    """1 where the walk has found something wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--centre", action="store_true", help="with a PostgreSQL that stops")
    parser.add_argument("--replay", type=Path, help="steps.jsonl of an earlier walk")
    parsed = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="walk-"))
    users = {LINE: LINE_PASSWORD, **dict.fromkeys(NUMBERS, TELEPHONE_PASSWORD)}
    fault = ""
    begun_s = time.monotonic()
    with ExitStack() as stack:
        proxy = stack.enter_context(KamailioProxy(users))
        callers = [stack.enter_context(Caller(number, proxy)) for number in NUMBERS]
        server = stack.enter_context(PostgresServer()) if parsed.centre else None
        dsn = None if server is None else stack.enter_context(server.database())
        stage = WalkedStage(folder, proxy, dsn, parsed.seed)
        bring_messages(stage)
        desk = stack.enter_context(stage)
        proxy.wait_until_registered(LINE)
        walk = Walk(desk, callers, folder, server)
        dice = Dice(parsed.seed)
        dice.has_centre = parsed.centre
        until_s = begun_s + parsed.minutes * 60
        steps = steps_of(dice, walk, until_s) if parsed.replay is None else replayed(parsed.replay)
        try:
            for step in steps:
                walk.take(step)
            walk.arrive()
        except (WalkFailure, StageFailure) as failure:
            fault = f"{failure}\nshown: {walk.shown()}"
            desk.picture("failure")
    end_training(folder)
    minutes = (time.monotonic() - begun_s) / 60
    rung = sum(len(caller.rung) for caller in callers)
    print(
        f"seed {parsed.seed}: {walk.steps} steps, {minutes:.1f} minutes, {rung} calls that rang,"
        f" {len(walk.records())} records, {walk.forms.found} forms found again,"
        f" longest wait {walk.longest_ms:.0f} ms,"
        f" of its own {walk.most_ran_ms:.0f}"
    )
    said = (folder / "console.err").read_text(encoding="utf-8", errors="replace").splitlines()
    for line in sorted(set(said))[:SHOWN_LINES]:
        print(f"stderr: {line}")
    stacks = (folder / "told.stacks").read_text(encoding="utf-8")
    if stacks:
        print(f"where the window stood for long:\n{stacks[-SHOWN:]}")
    if not fault:
        shutil.rmtree(folder)
        return 0
    print(f"{fault}\nlast steps: {walk.last}\nall steps: {folder / 'steps.jsonl'}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
