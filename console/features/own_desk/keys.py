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
    """One key of the map: what it is for, what it is now, and what it was at first."""

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
    """All that the page shows; ``problem`` says why the last chord was not taken."""

    lines: tuple[KeyLine, ...] = ()
    problem: str = ""


class KeyChoicePresenter(QObject):
    """Belongs to the GUI thread."""

    changed = Signal(object)  # KeyChoiceState
    told = Signal(object)  # Notice

    def __init__(self, own_desk: OwnDeskPresenter, parent: QObject | None = None) -> None:
        """``own_desk`` keeps the keys with all else that is the operator's own."""
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
        """Another program has the chords of these keys, so they work in this window alone."""
        self._held_elsewhere = keys
        self.changed.emit(self.state)

    def use_kept(self) -> None:
        """The keys of the one who sits here now are in force."""
        self._problem = ""
        KEYS.install(ChosenKeys.read(self._own_desk.keys))
        self.changed.emit(self.state)

    def give(self, key: Key, chord: str) -> bool:
        """Whether the key has this chord now; else the state says why not."""
        refused = KEYS.chosen.refused(key, chord)
        if refused is not None:
            self._problem = _why(chord, refused)
            self.changed.emit(self.state)
            return False
        self._take(KEYS.chosen.with_chord(key, chord), self._of_newer())
        return True

    def reset(self, key: Key) -> None:
        """Give the key back what it had at first, where no other key has taken that meanwhile."""
        default = DEFAULTS[key].chord
        if KEYS.chosen.chord(key) != default:
            self.give(key, default)

    def reset_all(self) -> None:
        if KEYS.chosen.changed:
            self._take(ChosenKeys(), {})
            self.told.emit(Notice(keys_words.all_reset()))

    def _of_newer(self) -> dict[str, str]:
        """Keys of a newer program at another workplace, unknown here: hers are kept on."""
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


_SHORTEST_STEM = 4  # letters; any three begin too much


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """The rows of each group that are left, by their places; and how the text was read."""

    places: tuple[tuple[int, ...], ...]
    reading: Reading

    @property
    def count(self) -> int:
        return sum(map(len, self.places))


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row is found by; its key is asked for anew, since that may be changed."""

    key: str
    words: tuple[str, ...]
    stems: frozenset[str]


class KeyFilter:
    """Finds rows of one sheet of keys; each typed word has to stand for something of the row."""

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
        """The rows for the text as it was typed, else for the same keys in the other layout."""
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
        # a letter means its key and no longer name that begins so
        return word in parts or (len(word) > 1 and any(part.startswith(word) for part in parts))


def _as_meant(typed: str) -> Iterator[str]:
    yield typed
    for other in (to_cyrillic(typed), to_latin(typed)):
        # what is a mark in the other layout was meant as the letter that it is
        if all(each.isalnum() or each in " +" for each in other):
            yield other
