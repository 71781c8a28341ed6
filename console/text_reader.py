"""The one thread of the console that knows Russian: checks of section 6 and personal data."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from typing import TypeVar

from kb.entries import Entry, PersonDetails, UnitDetails
from sync.register.checks.check import Rules, check
from sync.register.checks.finding import Finding, FindingKind
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.known import Known
from sync.rule_commands.check import make_rules

T = TypeVar("T")


class TextReader:
    """Reads texts on a worker of one thread, for everybody in the console.

    Its methods may be called on any thread and return at once. The dictionary takes 0.2 s and
    about 40 MB: it is loaded once, when the first text is to be read. The futures fail with
    DirectoryError or OfficialsUnreadable where the known people cannot be read.
    """

    def __init__(self, worker: Executor, entries: Callable[[], Iterable[Entry]]) -> None:
        """``entries`` gives those of the directory, whose people and contacts are public."""
        self._worker = worker
        self._entries = entries
        # Both are the worker's own.
        self._morphology: Morphology | None = None
        self._rules: Rules | None = None

    def check(self, text: str) -> "Future[tuple[Finding, ...]]":
        """What stands against section 6 in a text, in its order."""
        return self._worker.submit(lambda: check(text, self._opened()))

    def personal_data(self, text: str) -> "Future[tuple[str, ...]]":
        """What personal data stand in a text, in its own words, each once (6.12)."""

        def find() -> tuple[str, ...]:
            found = check(text, self._opened())
            of_people = (each for each in found if each.kind is FindingKind.PERSONAL_DATA)
            return tuple(dict.fromkeys(each.text for each in of_people))

        return self._worker.submit(find)

    def with_dictionary(self, work: Callable[[Morphology], T]) -> "Future[T]":
        """Other work on texts, on the same thread and with its dictionary."""
        return self._worker.submit(lambda: work(self._loaded()))

    def read_directory(self) -> None:
        """The directory has changed: whom it knows is read again before the next text."""
        self._worker.submit(self._forget)

    # --- on the worker ---

    def _forget(self) -> None:
        self._rules = None

    def _opened(self) -> Rules:
        if self._rules is None:
            self._rules = make_rules(known_of(self._entries()), morphology=self._loaded())
        return self._rules

    def _loaded(self) -> Morphology:
        self._morphology = self._morphology or Morphology()
        return self._morphology


def known_of(entries: Iterable[Entry]) -> Known:
    """The people and contacts of the directory, which are no personal data (1.2)."""
    names: list[str] = []
    phones: list[str] = []
    emails: list[str] = []
    for entry in entries:
        if isinstance(entry.details, PersonDetails):
            names.append(entry.title)
        if isinstance(entry.details, PersonDetails | UnitDetails):
            phones.extend(phone.number for phone in entry.details.phones)
            emails.append(entry.details.email)
    return Known(tuple(names), tuple(phones), tuple(emails))
