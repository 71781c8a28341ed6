"""A text analyser with results set by a test, immediate or released by the test."""

from __future__ import annotations

import re
from concurrent.futures import Future

from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.handling.handled import HandledMessage
from sync.register.likeness.search import OpenMessage
from sync.register.messages import OPEN, State, with_place
from tests.fakes.handling import FakeHandling

PHONE = re.compile(r"\+7 900 555-01-\d\d")


class FakeReader:
    """Finds telephone numbers, and the result in ``finds`` for a word of the text.

    While ``held`` each result waits for ``release``; ``fails`` is raised instead of a result.
    """

    def __init__(self) -> None:
        self.finds: dict[str, tuple[FindingKind, Level, str]] = {}
        self.held = False
        self.fails: Exception | None = None
        self.is_prepared = False
        self._waiting: list[tuple[Future[tuple[Finding, ...]], str]] = []

    @property
    def waiting(self) -> list[str]:
        """Texts with pending results."""
        return [text for _future, text in self._waiting]

    def prepare(self) -> None:
        self.is_prepared = True

    def check(self, text: str) -> Future[tuple[Finding, ...]]:
        future: Future[tuple[Finding, ...]] = Future()
        self._waiting.append((future, text))
        if not self.held:
            self.release()
        return future

    def check_message(self, text: str, place: str) -> Future[tuple[Finding, ...]]:
        return self.check(with_place(text, place))

    def release(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future, text in waiting:
            if self.fails is not None:
                future.set_exception(self.fails)
            else:
                future.set_result(self._found(text))

    def _found(self, text: str) -> tuple[Finding, ...]:
        personal = (FindingKind.PERSONAL_DATA, Level.BLOCK, "phone")
        found = [_finding(*personal, match, "6.12") for match in PHONE.finditer(text)]
        for word, what in self.finds.items():
            found += [_finding(*what, match, "6.3") for match in re.finditer(word, text)]
        return tuple(sorted(found, key=lambda each: each.start))


class FakeNear:
    """Returns all open messages in ``messages`` with the location of the query.

    While ``held`` the results wait for ``release``.
    """

    def __init__(self, messages: FakeHandling) -> None:
        self._messages = messages
        self.held = False
        self.asked: list[str] = []
        self._waiting: list[tuple[Future[tuple[HandledMessage, ...]], str]] = []

    def near(self, asked: OpenMessage) -> Future[tuple[HandledMessage, ...]]:
        future: Future[tuple[HandledMessage, ...]] = Future()
        self.asked.append(asked.place)
        self._waiting.append((future, asked.place))
        if not self.held:
            self.release()
        return future

    def release(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future, place in waiting:
            opened = self._messages.in_states(OPEN - {State.DRAFT})
            future.set_result(tuple(one for one in opened if one.record.place == place))


def _finding(
    kind: FindingKind, level: Level, type_: str, match: re.Match[str], paragraph: str
) -> Finding:
    return Finding(kind, level, type_, match.start(), match.end(), match[0], paragraph)
