"""Presenter of the key map editor, and the text filter of the key lists.

The filter also finds text that was entered in the other keyboard layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console.core import words as core_words
from console.core.default_keys import DEFAULTS, Key
from console.core.keymap import KEYS, ChosenKeys, Refused, as_shown, shown
from console.core.own_desk import OwnDeskPresenter
from console.core.view_data import Notice
from console.features.own_desk import keys_words
from console.features.own_desk.keys_words import KeyGroup
from kb.search.query import Reading
from kb.text import Stemmer, fold, folded_words, to_cyrillic, to_latin


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Key of the map with its purpose, current shortcut and default shortcut."""

    key: Key
    text: str
    group: str
    chord: str
    default: str

    @property
    def is_changed(self) -> bool:
        return self.chord != self.default


@dataclass(frozen=True, slots=True)
class KeyChoiceState:
    """View state of the page; ``problem`` is the reason why the last shortcut was refused."""

    lines: tuple[KeyLine, ...] = ()
    problem: str = ""


class KeyChoicePresenter(QObject):
    """Presenter of the key map editor. GUI thread only."""

    changed = Signal(object)  # KeyChoiceState
    told = Signal(object)  # Notice

    def __init__(self, own_desk: OwnDeskPresenter, parent: QObject | None = None) -> None:
        """``own_desk`` stores the key map together with the other preferences."""
        super().__init__(parent)
        self._own_desk = own_desk
        self._problem = ""
        own_desk.keys_came.connect(self.use_kept)
        self._held_elsewhere: frozenset[Key] = frozenset()

    @property
    def state(self) -> KeyChoiceState:
        chosen = KEYS.chosen
        lines = [
            KeyLine(
                key,
                purpose.text + self._more(key),
                purpose.group,
                as_shown(chosen.chord(key)),
                as_shown(DEFAULTS[key].chord),
            )
            for key, purpose in keys_words.purposes().items()
        ]
        return KeyChoiceState(tuple(lines), self._problem)

    def _more(self, key: Key) -> str:
        return core_words.held_elsewhere() if key in self._held_elsewhere else ""

    def hold_elsewhere(self, keys: frozenset[Key]) -> None:
        """Sets the keys whose shortcuts another application owns; they work only in this window."""
        self._held_elsewhere = keys
        self.changed.emit(self.state)

    def use_kept(self) -> None:
        """Installs the key map of the signed-in operator."""
        self._problem = ""
        KEYS.install(ChosenKeys.read(self._own_desk.keys))
        self.changed.emit(self.state)

    def give(self, key: Key, chord: str) -> bool:
        """Assigns a shortcut to the key. Returns False if it is refused; the state contains the
        reason.
        """
        refused = KEYS.chosen.refused(key, chord)
        if refused is not None:
            self._problem = _why(chord, refused)
            self.changed.emit(self.state)
            return False
        self._take(KEYS.chosen.with_chord(key, chord), self._of_newer())
        return True

    def reset(self, key: Key) -> None:
        """Restores the default shortcut of the key, unless another key uses it."""
        default = DEFAULTS[key].chord
        if KEYS.chosen.chord(key) != default:
            self.give(key, default)

    def reset_all(self) -> None:
        if KEYS.chosen.changed:
            self._take(ChosenKeys(), {})
            self.told.emit(Notice(keys_words.all_reset()))

    def _of_newer(self) -> dict[str, str]:
        """Returns the shortcuts of keys that only a newer version at another workplace knows; they
        are preserved.
        """
        known = set(Key)
        return {name: chord for name, chord in self._own_desk.keys.items() if name not in known}

    def _take(self, chosen: ChosenKeys, others: Mapping[str, str]) -> None:
        self._problem = ""
        KEYS.install(chosen)
        self._own_desk.choose_keys({**others, **chosen.kept()})
        self.changed.emit(self.state)


def _why(chord: str, refused: Refused) -> str:
    by = "" if refused.by is None else keys_words.purposes()[refused.by].text
    return keys_words.refusal(refused.why, as_shown(chord), by)


_SHORTEST_STEM = 4  # letters; shorter stems match too much


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """Indices of the matching rows in each group, and the interpretation of the query."""

    places: tuple[tuple[int, ...], ...]
    reading: Reading

    @property
    def count(self) -> int:
        return sum(map(len, self.places))


@dataclass(frozen=True, slots=True)
class _Row:
    """Searchable texts of a row; its shortcut is read on each search, because it may change."""

    key: str
    words: tuple[str, ...]
    stems: frozenset[str]


class KeyFilter:
    """Finds rows of a key list; every word of the query must match the row."""

    def __init__(self, sheet: Sequence[KeyGroup]) -> None:
        self._stem = Stemmer()
        self._groups = [
            [self._row(row.key, f"{row.text} {group.title}") for row in group.rows]
            for group in sheet
        ]
        self.total = sum(map(len, self._groups))

    def _row(self, key: str, text: str) -> _Row:
        words = tuple(folded_words(text))
        return _Row(key, words, frozenset(map(self._stem, words)))

    def find(self, typed: str) -> FoundKeys:
        """Finds rows for the text as typed; if there are none, for the same keystrokes in the other
        keyboard layout.
        """
        for text in _as_meant(typed):
            reading = Reading((text,), layout_corrected=text != typed, typos_corrected=False)
            found = FoundKeys(self._places(text), reading)
            if found.count:
                return found
        nothing = tuple(() for _group in self._groups)
        return FoundKeys(nothing, Reading((typed,), layout_corrected=False, typos_corrected=False))

    def _places(self, text: str) -> tuple[tuple[int, ...], ...]:
        asked = folded_words(text) or fold(text).split()
        return tuple(
            tuple(
                place
                for place, row in enumerate(group)
                if all(self._answers(row, word) for word in asked)
            )
            for group in self._groups
        )

    def _answers(self, row: _Row, word: str) -> bool:
        if any(each.startswith(word) for each in row.words):
            return True
        if len(word) >= _SHORTEST_STEM and self._stem(word) in row.stems:
            return True
        parts = fold(shown(row.key)).replace("+", " ").split()
        # a single letter matches its key, not key names that start with it
        return word in parts or (len(word) > 1 and any(part.startswith(word) for part in parts))


def _as_meant(typed: str) -> Iterator[str]:
    yield typed
    for other in (to_cyrillic(typed), to_latin(typed)):
        # punctuation in the other layout means that the letter itself was intended
        if all(each.isalnum() or each in " +" for each in other):
            yield other
