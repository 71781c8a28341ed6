"""Text checks on one worker thread, and lookup of street names in the city's list.

``TextReader`` is thread-safe and returns futures. Rules and dictionary are loaded on first use.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from console.core.runtime_tuning import not_looking
from console.core.spelling import OneMorphology
from kb.entries.entries import Entry, PersonDetails, UnitDetails
from sync.errors import PlacesUnreadable
from sync.register.checks.check import Rules, check, check_message
from sync.register.checks.finding import Finding, FindingKind
from sync.register.checks.morphology import Morphology
from sync.register.checks.obscene import WordLists
from sync.register.checks.personal.known import Known
from sync.register.checks.personal.piece import DataType
from sync.store.local.sidecar_files import read_places

LOG = logging.getLogger(__name__)
_WORD = re.compile(r"[^\W\d_]+")


class StreetNames:
    """Street names of the city's list, reloaded when its file changes. One thread only."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._changed_ns = 0
        self._words: frozenset[str] = frozenset()

    def has(self, word: str) -> bool:
        """Whether a street or landmark has this name; the word must be in lower case.

        If the list becomes unreadable, the previous one remains in use.
        """
        self._look()
        return _folded(word) in self._words

    def _look(self) -> None:
        try:
            changed_ns = self._file.stat().st_mtime_ns
        except OSError:
            return  # no list was imported
        if changed_ns == self._changed_ns:
            return
        self._changed_ns = changed_ns
        try:
            places = read_places(self._file)
        except PlacesUnreadable as error:
            LOG.warning("places: cannot read names: %s", error)
            return
        names = [street.name for street in places.streets]
        names += [landmark.name for landmark in places.landmarks]
        self._words = frozenset(
            found.group() for name in names for found in _WORD.finditer(_folded(name))
        )


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


if TYPE_CHECKING:
    from sync.register.checks.personal.name_context import LoneSurnames
    from sync.register.checks.phrase_files import PhraseFile

T = TypeVar("T")


class TextReader:
    """Checks texts on a single-threaded worker. Thread-safe; no method blocks except `close`.

    The dictionary takes 0.2 s and 6 MB, the rules another 0.5 s; both are loaded once, on first
    use. Rules are rebuilt only if the known persons of the directory or the city's word lists have
    changed. Futures of checks fail with `DirectoryError` or `OfficialsUnreadable` if the known
    persons cannot be read.
    """

    def __init__(
        self,
        worker: Executor,
        entries: Callable[[], Iterable[Entry]],
        city_words: Callable[[], WordLists] = WordLists,
        is_known: Callable[[str], bool] = lambda _word: False,
        between: Callable[[], object] = lambda: None,
    ) -> None:
        """All callables run on the worker.

        `entries` returns at least the directory entries that contain names; persons and contacts in
        them are public. `city_words` returns the words that the city allows or treats as obscene in
        addition to the built-in ones (clause 6.3). `is_known` returns whether the directory or the
        places contain a word. `between` is called every few milliseconds while rules are built in
        advance.
        """
        self._worker = worker
        self._entries = entries
        self._city_words = city_words
        self._is_known = is_known
        self._between = between
        self.morphology = OneMorphology()  # shared with other threads
        self._changes = 1  # version of directory and city words
        # Used on the worker only.
        self._phrases: Mapping[str, PhraseFile] = {}
        self._rules: Rules | None = None
        self._surnames: LoneSurnames | None = None
        self._made_of: tuple[Known, WordLists] | None = None
        self._read_changes = 0
        self._is_prepared = False
        self._is_closing = False

    def close(self) -> None:
        """Rejects further texts and waits for the worker. Thread-safe."""
        self._is_closing = True
        self._worker.shutdown(wait=True, cancel_futures=True)

    def prepare(self) -> None:
        """Loads the rules in advance, before the first text of a call needs them.

        An error is reported by the first check.
        """
        if not self._is_prepared:
            self._is_prepared = True
            self._worker.submit(self._opened)

    def check(self, text: str) -> Future[tuple[Finding, ...]]:
        """Returns the violations of section 6 in a text, in order of position."""
        return self._worker.submit(lambda: check(text, self._opened()))

    def check_message(self, text: str, place: str) -> Future[tuple[Finding, ...]]:
        """Returns the violations of section 6 in a message; offsets of the place follow the
        text.
        """
        return self._worker.submit(lambda: check_message(text, place, self._opened()))

    def personal_data(self, text: str) -> Future[tuple[str, ...]]:
        """Returns the distinct personal data found in a text, verbatim (clause 6.12)."""

        def find() -> tuple[str, ...]:
            found = check(text, self._opened())
            of_people = (each for each in found if each.kind is FindingKind.PERSONAL_DATA)
            return tuple(dict.fromkeys(each.text for each in of_people))

        return self._worker.submit(find)

    def of_nobody(self, texts: Sequence[str]) -> Future[frozenset[str]]:
        """Returns the texts that mention no person; the future is cancelled at shutdown.

        An illness without a name identifies no person, but a surname alone does.
        """

        def find(_dictionary: Morphology) -> frozenset[str]:
            rules = self._opened()
            return frozenset(
                text
                for text in texts
                if not (_tells_of_somebody(text, rules) or self._has_surname(text))
            )

        return self.with_dictionary(find)

    def with_dictionary(self, work: Callable[[Morphology], T]) -> Future[T]:
        """Runs work on the worker with the dictionary; the future is cancelled at shutdown."""
        if self._is_closing:
            refused: Future[T] = Future()
            refused.cancel()
            return refused
        return self._worker.submit(lambda: work(self.morphology()))

    def read_again(self) -> None:
        """Makes the next check reload directory and city words.

        Creates no work on the worker, because the shared directory changes all day.
        """
        self._is_prepared = False
        self._changes += 1

    # --- worker thread ---

    def _has_surname(self, text: str) -> bool:
        surnames = self._surnames
        return surnames is not None and surnames.is_in(text, self._is_known)

    def _opened(self) -> Rules:
        if self._rules is None:
            self._between()
        # Imported here, because loading the many rule modules must not delay the window.
        from sync.commands.rules import make_lone_surnames, make_rules, read_all_phrases

        changes = self._changes  # read first, so later changes cause a reload
        if self._rules is None or changes != self._read_changes:
            made_of = known_of(self._entries()), self._city_words()
            # Edits of the directory rarely change the known persons.
            if self._rules is None or made_of != self._made_of:
                self._phrases = self._phrases or read_all_phrases(self._between)
                with not_looking():  # some 30,000 objects
                    self._rules = make_rules(*made_of, self.morphology(), self._phrases)
                    self._surnames = make_lone_surnames(made_of[0], self.morphology())
                self._made_of = made_of
                self.morphology.rest()
            self._read_changes = changes
        return self._rules


def _tells_of_somebody(text: str, rules: Rules) -> bool:
    return any(
        each.kind is FindingKind.PERSONAL_DATA and each.type != DataType.HEALTH
        for each in check(text, rules)
    )


def known_of(entries: Iterable[Entry]) -> Known:
    """Returns persons and contacts of the directory, which are not personal data (clause 1.2)."""
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
