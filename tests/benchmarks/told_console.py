"""Runs the console and reports its view state twenty times a second.

Run as ``python -m tests.benchmarks.told_console FILE OPTIONS_OF_THE_CONSOLE``. The file is replaced
each time. If the window hangs, the file is no longer updated, and the stacks are written next to
it, after a delay and again on SIGUSR1.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from console.__main__ import main as run_console
from console.core.drafts import KeptForms
from console.features.sign_in.page import SignInPage
from console.shell.main_page import DeskPage
from console.shell.main_window import MainWindow
from tests.benchmarks.walked_lists import of_incidents

BEAT_MS = 50
LONG_S = 3.0


class Teller(QObject):
    """Writes the view state to a file. GUI thread only."""

    begun = Signal()

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._stacks = file.with_suffix(".stacks").open("a")
        faulthandler.register(signal.SIGUSR1, self._stacks, all_threads=True)
        self._timer = QTimer(self)
        self._beat = 0
        self._longest_ms = 0.0
        self._most_ran_ms = 0.0
        self._last_s = self._ran_s = 0.0
        self.begun.connect(self._begin, Qt.ConnectionType.QueuedConnection)

    def _begin(self) -> None:
        self._timer.timeout.connect(self._tell)
        self._timer.start(BEAT_MS)

    def _tell(self) -> None:
        faulthandler.dump_traceback_later(LONG_S, file=self._stacks)
        now_s = time.monotonic()
        if self._last_s:
            self._longest_ms = max(self._longest_ms, (now_s - self._last_s) * 1000 - BEAT_MS)
            self._most_ran_ms = max(self._most_ran_ms, (time.thread_time() - self._ran_s) * 1000)
        self._last_s, self._ran_s = now_s, time.thread_time()
        self._beat += 1
        told = {
            "beat": self._beat,
            "longest_ms": self._longest_ms,
            "most_ran_ms": self._most_ran_ms,
            **_shown(),
        }
        fresh = self._file.with_suffix(".fresh")
        fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        os.replace(fresh, self._file)


def _shown() -> dict[str, object]:
    """Returns the page, the focus, the overlay, and the workspace's calls."""
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    if not windows:
        return {"page": ""}
    window = windows[0]
    page, focus = window.shown_page(), QApplication.focusWidget()
    over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    told: dict[str, object] = {
        "page": type(page).__name__,
        "focus": _place(focus),
        "is_seen": focus is not None and focus.isVisible() and focus.isEnabled(),
        "over": type(over).__name__ if over is not None else "",
        "is_active": QApplication.activeWindow() is not None,
        "asks_login": isinstance(page, SignInPage) and page._login.isVisible(),
        "takes_text": isinstance(focus, (QLineEdit, QTextEdit)) and not focus.isReadOnly(),
    }
    desks = window.findChildren(DeskPage)
    if desks:
        desk = desks[-1]
        state = desk._presenters.desk.state
        calls = [one for one in (state.call, *state.waiting, *state.others) if one is not None]
        told |= {
            "line": state.line.value,
            "doing": desk._presenters.operator_state.status.doing.value,
            "up": [one.call_id for one in calls if one.is_up],
            "offered": [one.call_id for one in calls if one.is_offered],
            "card": "" if state.card is None else str(state.card.id),
            "store_failed": state.store_failed,
            "middle": type(desk._columns.current.made).__name__,
            "lists": _lists(desk),
            **_forms(desk),
        }
    return told


def _lists(desk: DeskPage) -> dict[str, object]:
    """Returns the content of the lists with counters in the left column."""
    of = desk._presenters
    answers, queue = of.answers.answers._messages.values(), of.reviews.queue._messages
    promised = of.planned._read
    return {
        "missed": {str(one.id): True for one in of.journal._day.missed},
        "drafts": {str(one.id): True for one in of.journal.drafts},
        "promised": {str(one.id): [one.at.isoformat(), one.tries] for one in promised},
        "incidents": of_incidents(of.incidents.incidents),
        "answers": {str(one.id): one.standing.state.value for one in answers},
        "queue": {str(one.id): one.standing.state.value for one in queue},
    }


def _forms(desk: DeskPage) -> dict[str, object]:
    """Returns the unsent input of the signed-in operator, and the field contents of the
    open page.
    """
    presenters = desk._presenters
    operator, middle = presenters.desk.operator.id, desk._columns.current.made
    owner = presenters.planned.parent()
    kept = None if owner is None else owner.findChild(KeptForms)
    if kept is None:
        return {}
    typed = [
        (place.form.value, place.subject, place.part, dict(words.words))
        for page in kept._pages.values()
        for place, words in page.typed_by(operator).items()
    ]
    lines = [] if middle is None else middle.findChildren(QLineEdit)
    texts = [] if middle is None else middle.findChildren(QTextEdit)
    return {
        "is_read": operator in kept._written,
        "typed": sorted(typed, key=lambda one: one[:3]),
        "fields": [
            *(line.text() for line in lines if line.isVisible()),
            *(text.toPlainText() for text in texts if text.isVisible()),
        ],
    }


def _place(widget: QWidget | None) -> str:
    """Returns the widget and its ancestors, the innermost first."""
    names: list[str] = []
    while widget is not None and not isinstance(widget, (DeskPage, MainWindow)):
        names.append(
            f"{type(widget).__name__}({widget.accessibleName()})"
            if not names
            else type(widget).__name__
        )
        widget = widget.parentWidget()
    return " < ".join(names)


def main() -> int:
    teller = Teller(Path(sys.argv[1]))
    teller.begun.emit()
    return run_console(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
