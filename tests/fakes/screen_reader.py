"""A screen reader on its own bus: the accessible tree of a program, and its announcements.

Orca reads through ``at-spi2-core``. The bindings belong to the system's Python, so
``screen_reader_child.py`` does the reading.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHILD = Path(__file__).with_name("screen_reader_child.py")
SYSTEM_PYTHON = "/usr/bin/python3"
LIMIT_S = 20.0
POLL_S = 0.1
END_LIMIT_S = 5.0


class ReaderFailure(AssertionError):
    """An expected result did not reach the screen reader."""


@dataclass(frozen=True, slots=True)
class Node:
    """One widget, or one part of it, in the accessible tree."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    actions: tuple[str, ...]
    path: tuple[str, ...]

    @property
    def takes_keyboard(self) -> bool:
        return "focusable" in self.states

    @property
    def acts(self) -> bool:
        """Whether it can be pressed, selected or typed into."""
        return bool({"press", "toggle", "showmenu"} & {each.lower() for each in self.actions})

    def __str__(self) -> str:
        return f"{self.role!r} {self.name!r} in {' > '.join(self.path[-4:])}"


@dataclass(frozen=True, slots=True)
class Heard:
    """An announcement of the program."""

    kind: str
    text: str
    role: str
    name: str
    detail: int


class ScreenReader:
    """``with ScreenReader() as reader``: programs started with ``reader.environment`` are read."""

    def __init__(self) -> None:
        # Folder of the accessibility bus. In the user's folder, the reader of another test in
        # parallel would replace it.
        self._folder = tempfile.TemporaryDirectory(prefix="reader-")
        self._bus: subprocess.Popen[str] | None = None
        self._child: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None
        self._trees: queue.Queue[list[dict[str, Any]] | None] = queue.Queue()
        self._heard: list[Heard] = []
        self._changed = threading.Condition()
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "XDG_RUNTIME_DIR": self._folder.name},
            text=True,
            start_new_session=True,  # its child processes end with it
        )
        try:
            assert self._bus.stdout is not None
            self.environment = {
                "DBUS_SESSION_BUS_ADDRESS": self._bus.stdout.readline().strip(),
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            }
            self._child = subprocess.Popen(
                [SYSTEM_PYTHON, "-W", "ignore::DeprecationWarning", str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, **self.environment},
                text=True,
                encoding="utf-8",
            )
            ready = threading.Event()
            self._listener = threading.Thread(target=self._listen, args=(ready,), daemon=True)
            self._listener.start()
            if not ready.wait(LIMIT_S):
                raise ReaderFailure("the screen reader did not start")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            if self._listener is not None:
                self._listener.join(END_LIMIT_S)
            self._close(self._child)
        if self._bus is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._bus.pid, signal.SIGKILL)
            self._close(self._bus)
        self._folder.cleanup()

    def _close(self, process: subprocess.Popen[str]) -> None:
        process.wait(END_LIMIT_S)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _listen(self, ready: threading.Event) -> None:
        assert self._child is not None
        assert self._child.stdout is not None
        for line in self._child.stdout:
            told = json.loads(line)
            if "event" in told:
                with self._changed:
                    self._heard.append(
                        Heard(told["event"], told["text"], told["role"], told["name"],
                              told["detail"])
                    )  # fmt: skip
                    self._changed.notify_all()
            elif "tree" in told:
                self._trees.put(told["tree"])
            else:
                ready.set()
        self._trees.put(None)  # it has ended and sends no more replies

    # --- accessible tree ---

    def nodes(self, pid: int) -> list[Node]:
        """Returns all shown nodes of the program; empty while it is changing or not started."""
        assert self._child is not None
        assert self._child.stdin is not None
        self._child.stdin.write(f"{pid}\n")
        self._child.stdin.flush()
        tree = self._trees.get(timeout=LIMIT_S)
        if tree is None and self._child.poll() is not None:
            raise ReaderFailure("the screen reader ended")
        return [
            Node(
                one["role"],
                one["name"] or "",
                one["description"] or "",
                frozenset(one["states"]),
                tuple(one["actions"]),
                tuple(one["path"]),
            )
            for one in tree or ()
        ]

    def wait_for(self, pid: int, wanted: Callable[[list[Node]], bool], what: str) -> list[Node]:
        """Returns the shown nodes as soon as they match; the failure names ``what``."""
        until_s = time.monotonic() + LIMIT_S
        while True:
            nodes = self.nodes(pid)
            if nodes and wanted(nodes):
                return nodes
            if time.monotonic() > until_s:
                shown = sorted({node.name for node in nodes if node.name})
                raise ReaderFailure(f"{what!r} is not shown; there is {shown}")
            time.sleep(POLL_S)

    # --- announcements ---

    def wait_to_hear(self, wanted: Callable[[Heard], bool], limit_s: float = LIMIT_S) -> Heard:
        """Returns the next matching announcement; earlier ones are consumed."""
        until_s = time.monotonic() + limit_s
        with self._changed:
            while True:
                for place, each in enumerate(self._heard):
                    if wanted(each):
                        del self._heard[: place + 1]
                        return each
                left_s = until_s - time.monotonic()
                if left_s <= 0 or not self._changed.wait(left_s):
                    said = [(each.kind, each.text or each.name) for each in self._heard]
                    raise ReaderFailure(f"was not said; heard {said}")

    def wait_until_written(self, text: str) -> None:
        """Returns when one field contains this text.

        A program that is read gets each key through the reader's bus, but its shortcuts directly: a
        chord right after letters may arrive before them.
        """
        until_s = time.monotonic() + LIMIT_S
        with self._changed:
            while not any(text in written for written in self._written().values()):
                left_s = until_s - time.monotonic()
                if left_s <= 0 or not self._changed.wait(left_s):
                    raise ReaderFailure(f"{text!r} was not written; there is {self._written()}")

    def _written(self) -> dict[str, str]:
        """Returns the text entered into each field, by its name."""
        fields: dict[str, str] = {}
        for each in self._heard:
            if each.kind.startswith("object:text-changed:insert"):
                fields[each.name] = fields.get(each.name, "") + each.text
        return fields


def shows(words: str) -> Callable[[list[Node]], bool]:
    """Returns a condition: these words are a heading, a label or the focused element."""
    return lambda nodes: any(
        words in node.name and (node.role == "label" or "focused" in node.states) for node in nodes
    )


def announces(words: str) -> Callable[[Heard], bool]:
    """Returns a condition: an announcement contains these words, ignoring case."""
    wanted = words.lower()
    return lambda heard: (
        heard.kind.startswith("object:announcement") and wanted in heard.text.lower()
    )
