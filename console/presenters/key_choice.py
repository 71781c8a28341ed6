"""Gives keys other chords: says what stands in the way, puts back, keeps it for the operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console import words
from console.keys.chosen import ChosenKeys, Refused, as_shown
from console.keys.defaults import DEFAULTS, Key
from console.keys.installed import KEYS
from console.presenters.notices import Notice
from console.presenters.own_desk import OwnDeskPresenter


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
            for key, purpose in words.keys.purposes().items()
        ]
        return KeyChoiceState(tuple(lines), self._problem)

    def _more(self, key: Key) -> str:
        return words.global_keys.held_elsewhere() if key in self._held_elsewhere else ""

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
            self.told.emit(Notice(words.keys.all_reset()))

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
    by = "" if refused.by is None else words.keys.purposes()[refused.by].text
    return words.keys.refusal(refused.why, as_shown(chord), by)
