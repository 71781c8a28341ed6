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
    """Reads the list again where its file is another one than before; for one thread."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._changed_ns = 0
        self._words: frozenset[str] = frozenset()

    def has(self, word: str) -> bool:
        """Whether a street or a landmark is called so; the word is in small letters.

        A list that cannot be read stays the one of before.
        """
        self._look()
        return _folded(word) in self._words

    def _look(self) -> None:
        try:
            changed_ns = self._file.stat().st_mtime_ns
        except OSError:
            return  # nothing was imported
        if changed_ns == self._changed_ns:
            return
        self._changed_ns = changed_ns
        try:
            places = read_places(self._file)
        except PlacesUnreadable as error:
            LOG.warning("names of places: %s", error)
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
    """Reads texts on a worker of one thread, for everybody in the console.

    Its methods may be called on any thread and return at once. The dictionary takes 0.2 s and
    6 MB, the rules another half second: they are loaded once, when first wanted. What they have of
    people and of the city is made anew only where whom the directory knows or the city's words have
    changed. The futures of checks fail with DirectoryError or OfficialsUnreadable where the known
    people cannot be read.
    """

    def __init__(
        self,
        worker: Executor,
        entries: Callable[[], Iterable[Entry]],
        city_words: Callable[[], WordLists] = WordLists,
        is_known: Callable[[str], bool] = lambda _word: False,
        between: Callable[[], object] = lambda: None,
    ) -> None:
        """All are called on the worker.

        ``entries`` gives at least those of the directory that name somebody, whose people and
        contacts are public; ``city_words`` what the city allows and holds obscene beside the
        program (6.3). ``is_known`` tells of a word whether directory or places have it. ``between``
        is called each few milliseconds where rules are made that nobody waits for yet.
        """
        self._worker = worker
        self._entries = entries
        self._city_words = city_words
        self._is_known = is_known
        self._between = between
        self.morphology = OneMorphology()  # others may ask it on threads of their own
        self._changes = 1  # of directory and city; counted on one thread, looked at on the worker
        # These are the worker's own.
        self._phrases: Mapping[str, PhraseFile] = {}
        self._rules: Rules | None = None
        self._surnames: LoneSurnames | None = None
        self._made_of: tuple[Known, WordLists] | None = None
        self._read_changes = 0
        self._is_prepared = False
        self._is_closing = False

    def close(self) -> None:
        """Take in no more; any thread."""
        self._is_closing = True
        self._worker.shutdown(wait=True, cancel_futures=True)

    def prepare(self) -> None:
        """Load the rules now, so that the first text of a call does not wait for them.

        Where they cannot be loaded, the text that wants them tells it.
        """
        if not self._is_prepared:
            self._is_prepared = True
            self._worker.submit(self._opened)

    def check(self, text: str) -> Future[tuple[Finding, ...]]:
        """What stands against section 6 in a text, in its order."""
        return self._worker.submit(lambda: check(text, self._opened()))

    def check_message(self, text: str, place: str) -> Future[tuple[Finding, ...]]:
        """What stands against section 6 in a message, its place behind its text."""
        return self._worker.submit(lambda: check_message(text, place, self._opened()))

    def personal_data(self, text: str) -> Future[tuple[str, ...]]:
        """What personal data stand in a text, in its own words, each once (6.12)."""

        def find() -> tuple[str, ...]:
            found = check(text, self._opened())
            of_people = (each for each in found if each.kind is FindingKind.PERSONAL_DATA)
            return tuple(dict.fromkeys(each.text for each in of_people))

        return self._worker.submit(find)

    def of_nobody(self, texts: Sequence[str]) -> Future[frozenset[str]]:
        """Those of the texts that tell of no person; cancelled at the end.

        An illness without a name beside it is anybody's, and a surname alone is somebody's.
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
        """Other work on texts, on the same thread and with its dictionary; cancelled at the end."""
        if self._is_closing:
            refused: Future[T] = Future()
            refused.cancel()
            return refused
        return self._worker.submit(lambda: work(self.morphology()))

    def read_again(self) -> None:
        """The directory or the city's words have changed: read again before the next text.

        It gives the worker nothing to do: a centre's editors change the directory all day.
        """
        self._is_prepared = False
        self._changes += 1

    # --- on the worker ---

    def _has_surname(self, text: str) -> bool:
        surnames = self._surnames
        return surnames is not None and surnames.is_in(text, self._is_known)

    def _opened(self) -> Rules:
        if self._rules is None:
            self._between()
        # Here, and not above: the rules are many modules, and the window must not wait for them.
        from sync.commands.rules import make_lone_surnames, make_rules, read_all_phrases

        changes = self._changes  # noted first: what changes meanwhile is read again
        if self._rules is None or changes != self._read_changes:
            made_of = known_of(self._entries()), self._city_words()
            # What editors change is hardly ever whom the directory knows.
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
