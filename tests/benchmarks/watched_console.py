"""Runs the console with an observer in its process that records visible changes.

Run as ``python -m tests.benchmarks.watched_console FILE OPTIONS_OF_THE_CONSOLE``. The file gets one
JSON line for each observation. Times are wall-clock times ("at") and those of CLOCK_MONOTONIC,
which X servers use for keys: a key queued before a busy window is measured from its press. A frame
counts as painted when the window has handled the paint request: earlier changes are then with the
display.
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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from console.features.call_card.card_view import CallCard
from console.shared.session.undo_view import UndoStrip
from console.shell.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
PING_S = 0.005
TOLD_MS = 20.0  # shorter blocks are not recorded
TOLD_LOOK_MS = 5.0  # nor are shorter garbage collections
FRAMES = 14
FEWEST_RUN_MS = 1.0  # least run time of another thread to be recorded with a block
IDLE_MS = 50.0  # after such a wait with little other activity, all threads are recorded
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
    """Lines of a file. Thread-safe.

    Each is written by one system call without a lock: a garbage collection may start within a note
    and is recorded itself, on the same thread.
    """

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, kind: str, **details: object) -> None:
        line = {"kind": kind, "at": datetime.now(UTC).isoformat(), **details}
        os.write(self._file, f"{json.dumps(line, ensure_ascii=False)}\n".encode())


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU time of a thread, and its time in the run queue."""

    ran_ms: float
    queued_ms: float

    def since(self, before: Spent) -> dict[str, float]:
        return {"ran_ms": self.ran_ms - before.ran_ms,
                "queued_ms": self.queued_ms - before.queued_ms}  # fmt: skip


class Spending:
    """Measures the thread that created it."""

    def __init__(self) -> None:
        self._file = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)

    def now(self) -> Spent:
        ran_ns, queued_ns, _turns = os.pread(self._file, 100, 0).split()
        return Spent(int(ran_ns) / 1e6, int(queued_ns) / 1e6)


class KeyTimes(QAbstractNativeEventFilter):
    """Time of the last key press, including shortcuts, which reach no window as keys.

    ``last_spent`` is the GUI thread's use of the CPU at that key.
    """

    def __init__(self, spending: Spending) -> None:
        super().__init__()
        self._spending = spending
        self.last_ms = 0
        self.last_spent = spending.now()

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> bool:
        if kind == b"xcb_generic_event_t":
            event = _XcbKey.from_address(int(message))
            if event.response_type & 0x7F == XCB_KEY_PRESS:
                self.last_ms = event.time
                self.last_spent = self._spending.now()
        return False


class Observer(QObject):
    """Watches the window's keys and frames. GUI thread only.

    The start signal is emitted before the application exists, and is received when its event loop
    runs.
    """

    begun = Signal()

    def __init__(self, notes: Notes, spending: Spending, watch: BlockWatch) -> None:
        super().__init__()
        self._notes = notes
        self._spending = spending
        self._watch = watch
        self._keys = KeyTimes(spending)
        self._window: MainWindow | None = None
        self._card: CallCard | None = None
        self._undo: UndoStrip | None = None
        self._pending: list[tuple[int, Spent]] = []
        self._has_desk = False
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
                self._pending.append((event.timestamp(), self._keys.last_spent))
        return False

    def customEvent(self, event: QEvent) -> None:
        """The paint request was just handled: this event was queued after it, before all others."""
        spent = self._spending.now()
        for pressed_ms, had_spent in self._pending:
            self._notes.note("key", ms=since_ms(pressed_ms), **spent.since(had_spent))
        self._pending.clear()
        if not self._finds_desk():
            return
        if not self._has_desk:
            self._has_desk = True
            self._notes.note("desk")
        assert self._card is not None
        assert self._undo is not None
        known = self._card._head._known
        is_filled = self._card.isVisible() and known.isVisible() and bool(known.text())
        if is_filled and not self._is_filled:
            self._notes.note("filled")
        self._is_filled = is_filled
        saved = self._undo._number.text() if self._undo.isVisible() else ""
        if saved and saved != self._saved:
            since = spent.since(self._keys.last_spent)
            self._notes.note("saved", ms=since_ms(self._keys.last_ms), **since)
        self._saved = saved or self._saved

    def _finds_desk(self) -> bool:
        assert self._window is not None
        if self._card is None:
            self._card = self._window.findChild(CallCard)
            self._undo = self._window.findChild(UndoStrip)
        return self._card is not None and self._undo is not None


class Looks:
    """Long garbage collections, during which no thread runs Python."""

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
    """Measures how long an event was queued for the GUI thread, with the thread's work and waits.

    The stack of a block is its most frequent sample. Its duration is recorded with the thread's CPU
    time and its time in the run queue: in the rest it waited for a lock (including the
    interpreter's) or for I/O. ``others`` shows the cause: the CPU time of each other thread in the
    block, and its sampled calls.
    """

    def __init__(self, notes: Notes, spending: Spending) -> None:
        self._notes = notes
        self._spending = spending
        self._pings = _Pings()
        self._stacks = Stacks()
        self._gui_thread = threading.get_ident()
        self._thread = threading.Thread(target=self._run, name="block-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        while True:
            begun_s, had_spent = time.monotonic(), self._spending.now()
            self._pings.answered.clear()
            self._pings.asked.emit()
            looked: list[bytes] = []
            had_run_ns: dict[int, int] = {}
            while not self._pings.answered.wait(PING_S):
                if time.monotonic() - begun_s > TOLD_MS / 2000:
                    had_run_ns = had_run_ns or _ran_by_thread_ns()
                    looked.append(self._stacks.now())
            took_ms = (self._pings.answered_s - begun_s) * 1000
            if took_ms >= TOLD_MS:
                spent = self._spending.now().since(had_spent)
                found = _found(looked)
                stacks = found.get(self._gui_thread, Counter()).most_common(1)
                waited_ms = took_ms - sum(spent.values())
                self._notes.note(
                    "block",
                    ms=took_ms,
                    **spent,
                    stack=list(stacks[0][0]) if stacks else [],
                    others=_others(had_run_ns, found, waited_ms),
                )
            time.sleep(PING_S)


class Stacks:
    """Samples the stacks of all threads without touching their frames.

    A frame referenced by another thread would keep a painter alive beyond its painting, and Qt then
    aborts; so faulthandler writes the stacks as after a crash.
    """

    def __init__(self) -> None:
        self._file = os.memfd_create("stacks")

    def now(self) -> bytes:
        """Returns the raw output; parsing it here would prolong the block."""
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        faulthandler.dump_traceback(self._file, all_threads=True)
        return os.pread(self._file, os.lseek(self._file, 0, os.SEEK_CUR), 0)


def _found(looked: Sequence[bytes]) -> dict[int, Counter[tuple[str, ...]]]:
    """Returns the sampled calls of each thread with their counts, the innermost call first."""
    found: dict[int, Counter[tuple[str, ...]]] = {}
    for written in looked:
        for block in written.decode().split("\n\n"):
            head, *calls = block.strip().split("\n")
            if (told := _THREAD.match(head)) is not None:
                stack = tuple(map(_call, calls[:FRAMES]))
                found.setdefault(int(told["thread"], 16), Counter())[stack] += 1
    return found


def _call(line: str) -> str:
    found = _CALL.match(line)
    if found is None:
        return line
    return f"{os.path.relpath(found['file'], ROOT)}:{found['line']} {found['name']}"


def _others(
    had_run_ns: Mapping[int, int],
    found: Mapping[int, Counter[tuple[str, ...]]],
    waited_ms: float,
) -> list[dict[str, object]]:
    """Returns the other threads that have run since then, the longest first.

    Threads of non-Python libraries have neither name nor calls. All threads are listed if none ran
    during the wait: one of them waits for I/O and holds the interpreter's lock.
    """
    threads = {one.native_id: one for one in threading.enumerate()}
    others = []
    ran = {
        number: (ran_ns - had_run_ns.get(number, 0)) / 1e6
        for number, ran_ns in (_ran_by_thread_ns().items() if had_run_ns else ())
        if number not in (os.getpid(), threading.get_native_id())
    }
    tells_all = waited_ms - sum(ran.values()) > IDLE_MS
    for number, ran_ms in ran.items():
        thread = threads.get(number)
        if ran_ms < FEWEST_RUN_MS and not (tells_all and thread is not None):
            continue
        stacks = found.get((thread and thread.ident) or 0, Counter[tuple[str, ...]]())
        others.append(
            {"thread": "" if thread is None else thread.name, "ran_ms": ran_ms,
             "at": [" < ".join(stack[:4]) for stack, _times in stacks.most_common(2)]}
        )  # fmt: skip
    return sorted(others, key=lambda other: -float(str(other["ran_ms"])))


def _ran_by_thread_ns() -> dict[int, int]:
    """Returns the CPU time of each thread of this process."""
    ran = {}
    for task in os.listdir("/proc/self/task"):
        try:
            with open(f"/proc/self/task/{task}/schedstat", "rb") as file:
                ran[int(task)] = int(file.read().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
    return ran


class _Pings(QObject):
    """Requested from another thread, answered by the GUI thread when it gets to the event."""

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
    """Returns the milliseconds since a time of the X server's 32-bit clock."""
    now_ms = time.clock_gettime(time.CLOCK_MONOTONIC) * 1000
    return (now_ms - stamp_ms) % X_CLOCK


def main() -> int:
    notes, spending = Notes(Path(sys.argv[1])), Spending()
    observer = Observer(notes, spending, BlockWatch(notes, spending))
    observer.begun.emit()
    return run_console(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
