"""Spell-checking: Hunspell library, rules for words to check, shared morphology, speller and its
presenter.

The presenter answers from a cache on the GUI thread. The speller runs on one worker thread.
"""

import ctypes
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from console.core.deliveries import Deliveries
from console.core.runtime_tuning import not_looking
from console.core.view_data import Notice
from kb.errors import DirectoryError
from sync.register.checks.morphology import Morphology

LOG = logging.getLogger(__name__)

_LIBRARIES = (
    "libhunspell-1.7.so.0",
    "libhunspell-1.7-0.dll",
    "libhunspell-1.7.dll",
    "hunspell.dll",
    "libhunspell-1.7.dylib",
)
_FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell")
_NAME = "ru_RU"
_Texts = ctypes.POINTER(ctypes.c_char_p)


class NoDictionary(Exception):
    """The Hunspell library or the Russian dictionary is not installed."""


class HunspellDictionary:
    """Hunspell dictionary, loaded when the first word is checked. Not thread-safe.

    Loading takes 0.2 s and 17 MB of memory. The library is called without the interpreter lock, so
    other threads can run: a suggestion takes 0.1 to 0.3 s.
    """

    def __init__(self, library: str = "", dictionary: str = "") -> None:
        """``dictionary`` is a ``.dic`` file with its ``.aff`` file in the same folder; both paths
        are optional. Raises NoDictionary.
        """
        self._words = _dictionary_file(dictionary)
        self._library = _load(library)
        self._read: _ReadWords | None = None
        self._is_asked = False

    @property
    def is_read(self) -> bool:
        """Whether the dictionary is loaded."""
        return self._read is not None

    def is_right(self, word: str) -> bool:
        read = self._asked()
        text = read.encoded(word)
        return text is not None and bool(self._library.Hunspell_spell(read.handle, text))

    def suggestions(self, word: str) -> Sequence[str]:
        """Returns suggested corrections, the most likely first."""
        read = self._asked()
        text = read.encoded(word)
        if text is None:
            return ()
        found = _Texts()
        count = self._library.Hunspell_suggest(read.handle, ctypes.byref(found), text)
        words = tuple(
            value.decode(read.encoding)
            for place in range(count)
            if (value := found[place]) is not None
        )
        self._library.Hunspell_free_list(read.handle, ctypes.byref(found), count)
        return words

    def rest(self) -> None:
        """Unloads the dictionary if it was not used since the previous call of ``rest``."""
        if not self._is_asked:
            self.close()
        self._is_asked = False

    def close(self) -> None:
        """Unloads the dictionary; the next query loads it again."""
        if self._read is not None:
            self._library.Hunspell_destroy(self._read.handle)
            self._read = None

    def _asked(self) -> "_ReadWords":
        self._is_asked = True
        if self._read is None:
            handle = ctypes.c_void_p(
                self._library.Hunspell_create(
                    _path(self._words.with_suffix(".aff")), _path(self._words)
                )
            )
            encoding = self._library.Hunspell_get_dic_encoding(handle).decode("ascii")
            self._read = _ReadWords(handle, encoding)
        return self._read


@dataclass(frozen=True, slots=True)
class _ReadWords:
    """Handle of a loaded dictionary with its text encoding."""

    handle: ctypes.c_void_p
    encoding: str

    def encoded(self, word: str) -> bytes | None:
        try:
            return word.encode(self.encoding)
        except UnicodeEncodeError:
            return None


def _dictionary_file(chosen: str) -> Path:
    candidates = (
        [Path(chosen).with_suffix(".dic")]
        if chosen
        else [Path(folder) / f"{_NAME}.dic" for folder in _FOLDERS]
    )
    for words in candidates:
        if words.is_file() and words.with_suffix(".aff").is_file():
            return words
    raise NoDictionary("dictionary")


def _path(file: Path) -> bytes:
    # On Windows Hunspell needs this prefix and UTF-8 for long and non-ASCII paths.
    return f"\\\\?\\{file.resolve()}".encode() if sys.platform == "win32" else str(file).encode()


def _load(chosen: str) -> ctypes.CDLL:
    for name in (chosen,) if chosen else _LIBRARIES:
        try:
            return _declared(ctypes.CDLL(name))
        except OSError:
            continue
    raise NoDictionary("library")


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    handle, text, texts = ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(_Texts)
    library.Hunspell_create.argtypes = (text, text)
    library.Hunspell_create.restype = handle
    library.Hunspell_destroy.argtypes = (handle,)
    library.Hunspell_destroy.restype = None
    library.Hunspell_get_dic_encoding.argtypes = (handle,)
    library.Hunspell_get_dic_encoding.restype = text
    library.Hunspell_spell.argtypes = (handle, text)
    library.Hunspell_suggest.argtypes = (handle, texts, text)
    library.Hunspell_free_list.argtypes = (handle, texts, ctypes.c_int)
    library.Hunspell_free_list.restype = None
    return library


_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*|\S+\.(?:ru|su|com|org|net|рф)\b\S*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.$")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_BESIDE_NUMBER = re.compile(r"[\d_]")
_PLAIN = re.compile(r"[а-яё]{2,}")  # most words; only a full stop after them matters
# Characters allowed between a full stop and the next word.
_OPENING = " \t\u00a0«\"“„'(—–-•*"
_SENTENCE_ENDS = ".!?…:;\n"
_LONGEST_ALL_CAPITALS = 6
_LOOKED_BACK = 24  # characters inspected before a word
_ABBREVIATION_WORDS = (
    "адм авт вкл гг гор гос гр дер доб долл др ед жил зав зам изм им инв кв кг км коп корп "
    "куб лит макс мед мес мин мкр млн млрд моб напр нас обл обр ок орг отв отд офиц пгт пер "
    "пл пом пос пр прим просп проч рег ред респ рис род руб сек след см сокр соц ср стр табл "
    "тел терр тип тыс ул уч хоз цен част чел эл экз эт юр наб ст пн вт чт пт сб вс"
)
_ABBREVIATIONS = frozenset(_ABBREVIATION_WORDS.split())


@dataclass(frozen=True, slots=True)
class TextWord:
    """Word in a text with its character offset."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def words_to_check(text: str) -> Iterator[TextWord]:
    """Yields the words of a paragraph that are to be spell-checked, in order."""
    # Called for each keystroke: testing the whole text once avoids searches for each word.
    may_have_address = "." in text or "@" in text or "://" in text
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if may_have_address else []
    has_number = _BESIDE_NUMBER.search(text) is not None
    for match in _WORD.finditer(text):
        start, end = match.span()
        if addresses and any(first <= start < last for first, last in addresses):
            continue
        if has_number and _hangs_on_number(text, start, end):
            continue
        if _PLAIN.fullmatch(match.group()) and not text.startswith(".", end):
            yield TextWord(start, match.group())
            continue
        for part in _parts(TextWord(start, match.group())):
            if not _is_passed_over(text, part):
                yield part


def _hangs_on_number(text: str, start: int, end: int) -> bool:
    if _BESIDE_NUMBER.match(text[end : end + 1]):
        return True
    before = text[max(0, start - 2) : start].rstrip("-‑")[-1:]
    after = text[end : end + 2].lstrip("-‑")[:1] if text[end : end + 1] in ("-", "‑") else ""
    return bool(_BESIDE_NUMBER.match(before) or _BESIDE_NUMBER.match(after))


def _parts(word: TextWord) -> Iterator[TextWord]:
    """Yields the word itself, or only the Russian parts of a mixed word such as «IT-отдел»."""
    parts = [
        TextWord(word.start + match.start(), match.group())
        for match in re.finditer(r"[^-‑]+", word.text)
    ]
    if any(not _CYRILLIC.search(part.text) for part in parts):
        yield from (part for part in parts if _CYRILLIC.search(part.text))
    else:
        yield word


def _is_passed_over(text: str, word: TextWord) -> bool:
    letters = word.text
    if len(letters) == 1:
        return True
    if _LATIN.search(letters):
        return False  # mixed alphabets look right, but no search finds the word
    if letters.isupper() and len(letters) <= _LONGEST_ALL_CAPITALS:
        return True
    if any(part[1:] != part[1:].lower() for part in re.split("[-‑]", letters)) and (
        not letters.isupper()
    ):
        return True
    if text[word.end : word.end + 1] == "." and letters.lower() in _ABBREVIATIONS:
        return True
    return letters[0].isupper() and not letters.isupper() and not _begins(text, word.start)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins at ``start``, so a capital letter there does not indicate a
    name.
    """
    # A few characters suffice; checking the complete prefix for each word would be quadratic.
    before = text[max(0, start - _LOOKED_BACK) : start].rstrip(_OPENING)
    if not before.endswith("."):
        return not before or before[-1] in _SENTENCE_ENDS
    last = _LAST_WORD.search(before)
    # «ул. Ленина» and «А. Орлова»: a name follows the full stop, not a new sentence.
    return last is None or not (len(last[1]) == 1 or last[1].lower() in _ABBREVIATIONS)


class OneMorphology:
    """Shared ``Morphology``, created when it is first needed. Thread-safe."""

    def __init__(self) -> None:
        self._making = Lock()
        self._telling = Lock()  # never held during creation, because ``when_made`` must not block
        self._made: Morphology | None = None
        self._waiting: list[Callable[[Morphology], object]] = []

    def __call__(self) -> Morphology:
        with self._making:
            if self._made is None:
                with not_looking():
                    # pymorphy does not document thread safety.
                    made = Morphology(one_at_a_time=Lock())
                with self._telling:
                    self._made = made
                    waiting, self._waiting = self._waiting, []
                for use in waiting:
                    use(made)
            return self._made

    def when_made(self, use: Callable[[Morphology], object]) -> None:
        """Calls ``use`` as soon as the morphology exists; does not block and does not create it.

        ``use`` runs on the creating thread, or immediately if the morphology exists, and must not
        call this object.
        """
        with self._telling:
            made = self._made
            if made is None:
                self._waiting.append(use)
        if made is not None:
            use(made)

    def rest(self) -> None:
        """Releases memory of the morphology that is not in use."""
        if self._made is not None:
            self._made.rest()


_MOST_SUGGESTIONS = 7
_HYPHENS = re.compile("[-‑]")
_CITY_WORD = re.compile(r"[^\W\d_]{2,}")


class WordDictionary(Protocol):
    """Interface of the Hunspell dictionary."""

    def is_right(self, word: str) -> bool: ...
    def suggestions(self, word: str) -> Sequence[str]: ...
    def rest(self) -> None: ...
    def close(self) -> None: ...


class Speller:
    """Checks words and suggests corrections. Not thread-safe.

    A word is correct if it is in the added words, the directory titles, pymorphy's dictionary
    (loaded for other features anyway) or Hunspell. Hunspell is queried last, because it is loaded
    only for otherwise unknown words. A hyphenated word is correct if each part is.
    """

    def __init__(
        self,
        dictionary: WordDictionary,
        added_file: Path,
        city_texts: Callable[[], Iterable[str]],
        second: OneMorphology | None = None,
    ) -> None:
        """``second`` is the morphology with pymorphy's dictionary, if it is shared with other
        features.
        """
        self._dictionary = dictionary
        self._added_file = added_file
        self._city_texts = city_texts
        self._added = read_added_words(added_file)
        self._city: frozenset[str] = frozenset()
        self._second = second or OneMorphology()
        self.read_city()

    def read_city(self) -> None:
        """Reloads the words of the directory titles; keeps the previous words if the directory
        cannot be read.
        """
        try:
            self._city = frozenset(
                word.lower() for text in self._city_texts() for word in _CITY_WORD.findall(text)
            )
        except DirectoryError as error:
            LOG.warning("spell-check: cannot read directory titles: %s", type(error).__name__)

    def is_right(self, word: str) -> bool:
        parts = _HYPHENS.split(word)
        return self._knows(word.replace("‑", "-")) or (
            len(parts) > 1 and all(self._knows(part) for part in parts)
        )

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Returns at most seven suggestions, the most likely first."""
        return tuple(self._dictionary.suggestions(word)[:_MOST_SUGGESTIONS])

    def add(self, word: str) -> None:
        """Adds a word to the added words, permanently. Raises OSError."""
        lowered = word.lower()
        if lowered in self._added:
            return
        self._added_file.parent.mkdir(parents=True, exist_ok=True)
        with self._added_file.open("a", encoding="utf-8") as file:
            file.write(lowered + "\n")
        self._added = self._added | {lowered}

    def rest(self) -> None:
        """Releases memory that was not used since the previous call of ``rest``."""
        self._dictionary.rest()
        self._second.rest()

    def close(self) -> None:
        self._dictionary.close()

    def _knows(self, word: str) -> bool:
        lowered = word.lower()
        return (
            lowered in self._added
            or lowered in self._city
            or self._second().has_right_form(lowered)
            or self._dictionary.is_right(word)
        )


def read_added_words(file: Path) -> frozenset[str]:
    """Returns the words of the file, one per line; an empty set without the file."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return frozenset()
    return frozenset(line.strip().lower() for line in text.splitlines() if line.strip())


# Unloading is cheap: Hunspell reloads in 0.2 s, and most misspellings of a text occur close
# together.
REST_EVERY_MS = 120_000


class SpellingStatus(StrEnum):
    """State of the spell-check."""

    OFF = "off"
    LOADING = "loading"
    READY = "ready"
    NO_DICTIONARY = "no_dictionary"


class SpellingPresenter(QObject):
    """Returns cached spelling results immediately and signals new results. GUI thread only.

    Loads nothing before the first word is checked.
    """

    checked = Signal()  # results have changed: query them again
    suggested = Signal()  # suggestions are shown
    told = Signal(object)  # Notice

    def __init__(
        self,
        open_speller: Callable[[], Speller],
        worker: Executor,
        deliveries: Deliveries,
        *,
        enabled: bool,
        parent: QObject | None = None,
        rest_every_ms: int = REST_EVERY_MS,
    ) -> None:
        """``open_speller`` runs on the single-threaded worker and raises NoDictionary."""
        super().__init__(parent)
        self._open_speller = open_speller
        self._worker = worker
        self._deliveries = deliveries
        self._speller: Speller | None = None  # used on the worker only
        self._verdicts: dict[str, bool] = {}
        self._asked: set[str] = set()
        self._waiting: set[str] = set()
        self._sending = QTimer(self)
        self._sending.setSingleShot(True)
        self._sending.setInterval(0)
        self._sending.timeout.connect(self._send)
        self._resting = QTimer(self)
        self._resting.setInterval(rest_every_ms)
        self._resting.timeout.connect(self._rest)
        self.status = SpellingStatus.LOADING if enabled else SpellingStatus.OFF
        self._loading = False

    def is_wrong(self, word: str) -> bool:
        """Whether the word is known to be misspelled.

        An unknown word is checked on the worker thread, and ``checked`` is emitted afterwards.
        """
        verdict = self._verdicts.get(word)
        if verdict is None:
            self._ask(word)
            return False
        return not verdict

    def is_pending(self, word: str) -> bool:
        return word not in self._verdicts and self._can_check()

    def when_checked(self, go_on: Callable[[], None]) -> None:
        """Calls ``go_on`` on the GUI thread when all pending checks are done."""
        self._send()
        self._deliveries.deliver_sure(self._worker.submit(lambda: None), lambda _none: go_on())

    def suggest(self, word: str, show: Callable[[tuple[str, ...]], None]) -> None:
        """Calls ``show`` on the GUI thread with the suggestions."""

        def find() -> tuple[str, ...]:
            return () if self._speller is None else self._speller.suggestions(word)

        def shown(found: tuple[str, ...]) -> None:
            show(found)
            self.suggested.emit()

        self._deliveries.deliver_sure(self._worker.submit(find), shown)

    def add(self, word: str) -> None:
        """Adds the word permanently to the correct words."""

        def write() -> None:
            if self._speller is not None:
                self._speller.add(word)

        self._deliveries.deliver(
            self._worker.submit(write), lambda _none: self._forget(), self._not_added, (OSError,)
        )

    def read_city(self) -> None:
        """Reloads the words of the directory titles after the directory has changed."""

        def read() -> None:
            if self._speller is not None:
                self._speller.read_city()

        if self.status is SpellingStatus.READY:
            self._deliveries.deliver_sure(self._worker.submit(read), lambda _none: self._forget())

    def tell_status(self) -> None:
        """Shows a notice with the reason why no word is underlined."""
        head, body = status(self.status.value)
        self.told.emit(Notice(head, body))

    def close(self) -> None:
        """Finishes pending writes and unloads the dictionary. Thread-safe."""

        def end() -> None:
            if self._speller is not None:
                self._speller.close()
                self._speller = None

        self._worker.submit(end)
        self._worker.shutdown(wait=True)

    # --- internals ---

    def _can_check(self) -> bool:
        return self.status in (SpellingStatus.LOADING, SpellingStatus.READY)

    def _ask(self, word: str) -> None:
        if not self._can_check():
            return
        if not self._loading:
            self._loading = True
            self._deliveries.deliver(
                self._worker.submit(self._load), self._loaded, self._not_loaded, (NoDictionary,)
            )
        if word not in self._asked:
            self._asked.add(word)
            self._waiting.add(word)
            self._sending.start()

    def _load(self) -> None:
        self._speller = self._open_speller()

    def _loaded(self, _none: None) -> None:
        self.status = SpellingStatus.READY
        self._resting.start()

    def _rest(self) -> None:
        def rest() -> None:
            if self._speller is not None:
                self._speller.rest()

        if self._speller is not None:  # the speller is None while the worker is closing
            self._deliveries.deliver_sure(self._worker.submit(rest), lambda _none: None)

    def _not_loaded(self, error: Exception) -> None:
        LOG.info("spell-check: %s not found", error)
        self.status = SpellingStatus.NO_DICTIONARY
        self.checked.emit()

    def _send(self) -> None:
        self._sending.stop()
        if not self._waiting:
            return
        asked, self._waiting = tuple(self._waiting), set()

        def judge() -> dict[str, bool]:
            speller = self._speller
            return {} if speller is None else {word: speller.is_right(word) for word in asked}

        self._deliveries.deliver_sure(self._worker.submit(judge), self._judged)

    def _judged(self, verdicts: dict[str, bool]) -> None:
        self._asked.difference_update(verdicts)
        self._verdicts.update(verdicts)
        self.checked.emit()

    def _forget(self) -> None:
        self._verdicts.clear()
        self._asked.clear()
        self.checked.emit()

    def _not_added(self, error: Exception) -> None:
        LOG.warning("spell-check: cannot save word: %s", type(error).__name__)
        head, body = not_added()
        self.told.emit(Notice(head, body, problem=True))


def status(code: str) -> tuple[str, str]:
    """Returns title and text of the notice that Ctrl+Shift+J shows if no word is misspelled."""
    match code:
        case "off":
            return (
                QCoreApplication.translate("Words", "Spell check is off"),
                QCoreApplication.translate("Words", "The administrator can turn it on."),
            )
        case "no_dictionary":
            return (
                QCoreApplication.translate("Words", "No spelling dictionary"),
                QCoreApplication.translate(
                    "Words", "Texts are saved as usual; the administrator can install hunspell-ru."
                ),
            )
        case _:
            return (QCoreApplication.translate("Words", "No misspelled words in this field"), "")


def not_added() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The word was not added"),
        QCoreApplication.translate("Words", "Could not write to the disk. Try again later."),
    )
