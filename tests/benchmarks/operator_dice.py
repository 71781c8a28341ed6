"""Random actions of an operator in the monkey test."""

from __future__ import annotations

from random import Random
from typing import Any

from console.core.default_keys import DEFAULTS, Key, Scope
from tests.benchmarks.operator_walk import Step
from tests.benchmarks.walked_callers import NUMBERS
from tests.benchmarks.walked_forms import WORD, is_kept

WIDTH_PX, HEIGHT_PX = 1440, 900
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
ALONG_SHARE = 0.5  # share of sequences repeated from the colleague's last one, to collide
ASTRAY_SHARE = 0.08  # share of random actions within a sequence
# Keys of a page, by the widget in the middle column.
SCOPES = {
    "MessageForm": Scope.MESSAGE, "EditorPage": Scope.EDITOR, "FilesPage": Scope.FILES,
    "AnswersPage": Scope.ANSWERS, "LookUpPage": Scope.LOOK_UP, "QueuePage": Scope.QUEUE,
    "ReviewPage": Scope.REVIEW, "ReportPage": Scope.REPORT, "CalendarPage": Scope.CALENDAR,
    "SettingsPage": Scope.SETTINGS, "IncidentsPage": Scope.INCIDENTS,
    "PlannedCallsPage": Scope.PLANNED, "HandoverPage": Scope.HANDOVER,
}  # fmt: skip
# Typical work, which random actions alone would rarely reach: a call, a message, its processing.
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
    (["dial", 1], ["pause", 1.5], ["caller-hang-up", 1], ["pause", 0.8], ["key", "ctrl+m"],
     ["pause", 0.4], ["key", "Home"], ["key", "1"]),
    (["dial", 2], ["pause", 1.5], ["caller-hang-up", 2], ["pause", 0.8]),
    (["key", "ctrl+m"], ["pause", 0.4], ["key", "Home"], ["key", "3"]),
    (["key", "ctrl+m"], ["pause", 0.4], ["key", "End"], ["key", "Return"], ["pause", 1.5],
     ["key", "F8"], ["key", "ctrl+Return"]),
    (["key", "ctrl+shift+i"], ["key", "Return"], ["key", "ctrl+a"], ["type", "Воду дадут утром"],
     ["key", "ctrl+Return"]),
    (["key", "ctrl+shift+i"], ["key", "alt+e"]),
    (["key", "shift+F11"], ["key", "Insert"], ["type", "+79005550163"], ["key", "Tab"],
     ["type", "завтра 9:00"], ["key", "Tab"], ["type", "о воде"], ["key", "ctrl+Return"]),
    (["key", "shift+F11"], ["key", "Home"], ["key", "1"]),
    (["key", "shift+F5"], ["pause", 0.4], ["type", "мусор"], ["pause", 0.4], ["key", "Return"],
     ["pause", 0.3], ["key", "Return"], ["key", "End"], ["type", " днём"], ["key", "ctrl+Return"]),
    (["key", "F10"], ["pause", 0.4], ["key", "End"], ["key", "Return"], ["pause", 0.4],
     ["key", "1"], ["key", "ctrl+Return"]),
)  # fmt: skip
# Forms that are saved during input; a "word" is unique text for the focused field.
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
KILLED_SHARE = 0.2  # share of sequences that reach a form
# The training mode is a separate console, which would take the display's keyboard focus.
LEFT_OUT = {Key.TRAINING}


def chord(key: Key) -> str:
    """Returns the chord in X's notation."""
    *held, last = DEFAULTS[key].chord.split("+")
    named = {"Enter": "Return", "Ins": "Insert", "Space": "space"}.get(last, last)
    return "+".join([*map(str.lower, held), named.lower() if len(named) == 1 else named])


class Dice(Random):
    """Random actions of the operator and the callers; the same seed gives the same sequence."""

    has_centre = False
    colleague: Dice | None = None
    last_way: tuple[Step, ...] = ()
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
            theirs = None if self.colleague is None else self.colleague.last_way
            goes_along = theirs and self.random() < ALONG_SHARE
            self.last_way = self._way = theirs if theirs and goes_along else self.choice(WAYS)
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
        """Returns a unique word."""
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
                button = self.choice((1, 1, 1, 1, 3, 5))  # including the wheel
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
