"""The console itself with an observer in its process, which tells what a person would have seen.

Run as ``python -m tests.benchmarks.watched_console FILE OPTIONS_OF_THE_CONSOLE``. One JSON line in
the file for each thing that was seen; times are the wall's ("at") and those of CLOCK_MONOTONIC, by
which X servers stamp keys, so that a key that lay waiting before a busy window is counted from its
press. A frame is painted when the window has handled the request to paint it: what was changed
before is then with the display.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import json
import os
import re
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from console.__main__ import main as run_console
from console.views.call_card import CallCard
from console.views.components.undo_strip import UndoStrip
from console.views.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
PING_S = 0.005
TOLD_MS = 20.0  # a shorter block is not worth a line
TOLD_LOOK_MS = 5.0  # nor is a shorter look for cycles
FRAMES = 14
FEWEST_RUN_MS = 1.0  # what a thread has to run beside a block to be told of
XCB_KEY_PRESS = 2
X_CLOCK = 2**32
_CALL = re.compile(r'\s*File "(?P<file>.*)", line (?P<line>\d+) in (?P<name>.*)')
_THREAD = re.compile(r"(?:Current thread|Thread) (?P<thread>0x[0-9a-f]+) ")
_FRAMED = QEvent.Type(QEvent.registerEventType())


class _XcbKey(ctypes.Structure):
    """The beginning of xcb_key_press_event_t."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("detail", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("time", ctypes.c_uint32),
    )


class Notes:
    """Lines of a file, from any thread."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("a", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()

    def note(self, kind: str, **details: object) -> None:
        line = {"kind": kind, "at": datetime.now(UTC).isoformat(), **details}
        with self._lock:
            self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")


class KeyTimes(QAbstractNativeEventFilter):
    """When the last key was pressed, shortcuts too, which no window is told of as keys.

    ``last_spent_s`` is what the GUI thread had used of a processor when it came to that key.
    """

    def __init__(self) -> None:
        super().__init__()
        self.last_ms = 0
        self.last_spent_s = 0.0

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> bool:
        if kind == b"xcb_generic_event_t":
            event = _XcbKey.from_address(int(message))
            if event.response_type & 0x7F == XCB_KEY_PRESS:
                self.last_ms = event.time
                self.last_spent_s = time.thread_time()
        return False


class Observer(QObject):
    """Watches the window's keys and frames; belongs to the GUI thread.

    ``begun`` is emitted before there is an application, and arrives when its loop runs.
    """

    begun = Signal()

    def __init__(self, notes: Notes, watch: BlockWatch) -> None:
        super().__init__()
        self._notes = notes
        self._watch = watch
        self._keys = KeyTimes()
        self._window: MainWindow | None = None
        self._card: CallCard | None = None
        self._undo: UndoStrip | None = None
        self._pending: list[tuple[int, float]] = []
        self._is_filled = False
        self._saved = ""
        self.begun.connect(self._begin, Qt.ConnectionType.QueuedConnection)

    def _begin(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.installNativeEventFilter(self._keys)
        self._window = next(
            each for each in application.topLevelWidgets() if isinstance(each, MainWindow)
        )
        self._window.installEventFilter(self)
        handle = self._window.windowHandle()
        assert handle is not None
        handle.installEventFilter(self)
        gc.callbacks.append(Looks(self._notes))
        self._watch.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() is QEvent.Type.UpdateRequest:
                QCoreApplication.postEvent(
                    self, QEvent(_FRAMED), Qt.EventPriority.HighEventPriority.value
                )
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            )
            if plain and event.text().isprintable() and event.text():
                self._pending.append((event.timestamp(), self._keys.last_spent_s))
        return False

    def customEvent(self, event: QEvent) -> None:
        """The request to paint was handled just now: this was put behind it, before all others."""
        spent_s = time.thread_time()
        for pressed_ms, had_spent_s in self._pending:
            self._notes.note("key", ms=since_ms(pressed_ms), ran_ms=(spent_s - had_spent_s) * 1000)
        self._pending.clear()
        if not self._finds_desk():
            return
        assert self._card is not None
        assert self._undo is not None
        known = self._card._known
        is_filled = self._card.isVisible() and known.isVisible() and bool(known.text())
        if is_filled and not self._is_filled:
            self._notes.note("filled")
        self._is_filled = is_filled
        saved = self._undo._number.text() if self._undo.isVisible() else ""
        if saved and saved != self._saved:
            ran_ms = (spent_s - self._keys.last_spent_s) * 1000
            self._notes.note("saved", ms=since_ms(self._keys.last_ms), ran_ms=ran_ms)
        self._saved = saved or self._saved

    def _finds_desk(self) -> bool:
        assert self._window is not None
        if self._card is None:
            self._card = self._window.findChild(CallCard)
            self._undo = self._window.findChild(UndoStrip)
        return self._card is not None and self._undo is not None


class Looks:
    """Long looks for cycles, during which no thread runs any Python."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._begun_s = 0.0

    def __call__(self, phase: Literal["start", "stop"], told: dict[str, int]) -> None:
        if phase == "start":
            self._begun_s = time.monotonic()
        elif (took_ms := (time.monotonic() - self._begun_s) * 1000) >= TOLD_LOOK_MS:
            thread = threading.current_thread().name
            self._notes.note("look", ms=took_ms, generation=told["generation"], thread=thread)


class BlockWatch:
    """How long the GUI thread left an event lying, what it did and what it waited for.

    A block's stack is the one that it was found at most often. Beside its length stand the time
    that the thread had a processor and the time that it stood in the queue for one: the rest it
    waited for a lock, Python's own among them, or for a disk. Whom it waited for is seen by
    ``others``: how long each other thread of the process had a processor meanwhile, and the call
    that it was found at.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._pings = _Pings()
        self._stacks = Stacks(threading.get_ident())
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._thread = threading.Thread(target=self._run, name="block-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        while True:
            begun_s, (ran_ns, queued_ns) = time.monotonic(), self._spent_ns()
            self._pings.answered.clear()
            self._pings.asked.emit()
            found: Counter[tuple[str, ...]] = Counter()
            others = _Others()
            while not self._pings.answered.wait(PING_S):
                if time.monotonic() - begun_s > TOLD_MS / 2000:
                    found[self._stacks.now()] += 1
                    others.look(self._stacks)
            took_ms = (self._pings.answered_s - begun_s) * 1000
            if took_ms >= TOLD_MS:
                now_ran_ns, now_queued_ns = self._spent_ns()
                stacks = found.most_common(1)
                self._notes.note(
                    "block",
                    ms=took_ms,
                    ran_ms=(now_ran_ns - ran_ns) / 1e6,
                    queued_ms=(now_queued_ns - queued_ns) / 1e6,
                    stack=list(stacks[0][0]) if stacks else [],
                    others=others.told(),
                )
            time.sleep(PING_S)

    def _spent_ns(self) -> tuple[int, int]:
        ran, queued, _turns = self._schedule.read_text(encoding="ascii").split()
        return int(ran), int(queued)


class Stacks:
    """What each thread does at a moment, told without touching a frame of it.

    A frame held by another thread keeps what is painted with alive beyond its painting, and Qt
    ends the program then; so the interpreter writes the stacks down as it does after a crash.
    """

    def __init__(self, gui_thread: int) -> None:
        self._gui = gui_thread
        self._file = os.memfd_create("stacks")
        self.of_all: dict[int, tuple[str, ...]] = {}

    def now(self) -> tuple[str, ...]:
        """The innermost calls of the GUI thread, the last one first; ``of_all`` has all."""
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        faulthandler.dump_traceback(self._file, all_threads=True)
        told = os.pread(self._file, os.lseek(self._file, 0, os.SEEK_CUR), 0).decode()
        self.of_all = {}
        for block in told.split("\n\n"):
            head, *calls = block.strip().split("\n")
            if (found := _THREAD.match(head)) is not None:
                self.of_all[int(found["thread"], 16)] = tuple(map(_call, calls[:FRAMES]))
        return self.of_all.get(self._gui, ())


def _call(line: str) -> str:
    found = _CALL.match(line)
    if found is None:
        return line
    return f"{os.path.relpath(found['file'], ROOT)}:{found['line']} {found['name']}"


class _Others:
    """The threads beside the GUI thread during one block, from when it is a long one."""

    def __init__(self) -> None:
        self._ran_ns: dict[int, int] = {}
        self._found: dict[int, Counter[str]] = {}

    def look(self, stacks: Stacks) -> None:
        """Note where each thread is now, at the first time also what it has run so far."""
        self._ran_ns = self._ran_ns or _ran_by_thread_ns()
        for thread in threading.enumerate():
            stack = stacks.of_all.get(thread.ident or 0)
            if stack and thread.native_id is not None:
                self._found.setdefault(thread.native_id, Counter())[" < ".join(stack[:4])] += 1

    def told(self) -> list[dict[str, object]]:
        """Who ran at all, the longest first; threads of no Python have no name."""
        if not self._ran_ns:
            return []
        now_ns = _ran_by_thread_ns()
        names = {one.native_id: one.name for one in threading.enumerate()}
        ran = [
            (number, (ran_ns - self._ran_ns.get(number, 0)) / 1e6)
            for number, ran_ns in now_ns.items()
            if number not in (os.getpid(), threading.get_native_id())
        ]
        return [
            {"thread": names.get(number, ""), "ran_ms": ran_ms,
             "at": [call for call, _ in self._found.get(number, Counter()).most_common(2)]}
            for number, ran_ms in sorted(ran, key=lambda each: -each[1])
            if ran_ms >= FEWEST_RUN_MS
        ]  # fmt: skip


def _ran_by_thread_ns() -> dict[int, int]:
    """How long each thread of this process has had a processor."""
    ran = {}
    for task in Path("/proc/self/task").iterdir():
        try:
            told = (task / "schedstat").read_text(encoding="ascii")
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        ran[int(task.name)] = int(told.split()[0])
    return ran


class _Pings(QObject):
    """Asked from another thread, answered by the GUI thread when it comes to it."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.answered_s = 0.0
        self.asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def _answer(self) -> None:
        self.answered_s = time.monotonic()
        self.answered.set()


def since_ms(stamp_ms: int) -> float:
    """Since a moment of the X server's clock, whose 32 bits go round."""
    now_ms = time.clock_gettime(time.CLOCK_MONOTONIC) * 1000
    return (now_ms - stamp_ms) % X_CLOCK


def main() -> int:
    notes = Notes(Path(sys.argv[1]))
    observer = Observer(notes, BlockWatch(notes))
    observer.begun.emit()
    return run_console(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
