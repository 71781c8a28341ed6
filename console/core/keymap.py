"""Key map of an operator: changed chords, their validation, keycap texts, Russian layout.

``KEYS`` is the active key map; GUI thread only. ``ChosenKeys`` is immutable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from console.core.default_keys import ANYWHERE, DEFAULTS, FIXED, Key, has_search, meet
from console.core.deliveries import LastingSignal

_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
_F_KEYS = frozenset(f"F{number}" for number in range(1, 13))
_HELD = frozenset({*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "Enter", "Space"})
_SMALL = frozenset({"Ins"})  # allowed without modifiers: no effect in a field
_SIDEWAYS = frozenset({"Alt+Left", "Alt+Right"})  # allowed where the search is not active


class Refusal(StrEnum):
    """Reason why a chord cannot be assigned."""

    TYPES = "types"
    """The chord types a character or moves the text cursor."""
    FIXED = "fixed"
    """The chord has a fixed meaning in every application."""
    DESKTOP = "desktop"
    """The desktop environment intercepts the chord."""
    OTHERS = "others"
    """Other applications use the chord, so it cannot become a global hotkey."""
    TAKEN = "taken"
    """Another key of the same scope has the chord."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Reason why a chord was refused; ``by`` is the key that has the chord if the reason is
    TAKEN.
    """

    why: Refusal
    by: Key | None = None


@dataclass(frozen=True, slots=True)
class ChosenKeys:
    """Chords of one operator; only differences from the defaults are stored."""

    changed: Mapping[Key, str] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: Mapping[str, object]) -> ChosenKeys:
        """Parses stored chords; unknown keys and invalid chords are dropped."""
        known = {
            Key(name): chord
            for name, chord in kept.items()
            if name in set(Key) and isinstance(chord, str)
        }
        chosen = cls({key: chord for key, chord in known.items() if chord != DEFAULTS[key].chord})
        # Two keys may have swapped chords, so all are validated together.
        while wrong := [key for key in chosen.changed if chosen.refused(key, chosen.chord(key))]:
            chosen = chosen.with_chord(wrong[0], DEFAULTS[wrong[0]].chord)
        return chosen

    def chord(self, key: Key) -> str:
        return self.changed.get(key, DEFAULTS[key].chord)

    def refused(self, key: Key, chord: str) -> Refused | None:
        """Returns the reason why this key cannot have this chord; None if it can."""
        if chord in FIXED:
            return Refused(Refusal.FIXED)
        modifiers, last = _parted(chord)
        if not set(modifiers) <= set(_MODIFIERS) or not last or chord != in_latin(chord):
            return Refused(Refusal.TYPES)
        if key in ANYWHERE:
            return self._refused_anywhere(key, modifiers, last)
        if _is_of_desktop(modifiers, last):
            return Refused(Refusal.DESKTOP)
        scopes = DEFAULTS[key].scopes
        is_free = last in _F_KEYS or chord in _SMALL
        is_held = bool({"Ctrl", "Alt"} & set(modifiers)) and last in _HELD
        is_sideways = chord in _SIDEWAYS and not has_search(scopes)
        if not is_free and not is_held and not is_sideways:
            return Refused(Refusal.TYPES)
        return self._taken(key, chord)

    def _refused_anywhere(self, key: Key, modifiers: list[str], last: str) -> Refused | None:
        """Checks the chord of a global hotkey: an F-key with Shift and either Ctrl or Alt, which
        few applications use.
        """
        if set(modifiers) not in ({"Ctrl", "Shift"}, {"Alt", "Shift"}) or last not in _F_KEYS:
            return Refused(Refusal.OTHERS)
        return self._taken(key, "+".join((*modifiers, last)))

    def _taken(self, key: Key, chord: str) -> Refused | None:
        scopes = DEFAULTS[key].scopes
        for other, default in DEFAULTS.items():
            if other is not key and self.chord(other) == chord and meet(scopes, default.scopes):
                return Refused(Refusal.TAKEN, other)
        return None

    def with_chord(self, key: Key, chord: str) -> ChosenKeys:
        """Returns a copy in which the key has this chord; the default chord removes the stored
        difference.
        """
        changed = {one: had for one, had in self.changed.items() if one is not key}
        if chord != DEFAULTS[key].chord:
            changed[key] = chord
        return ChosenKeys(changed)

    def kept(self) -> dict[str, str]:
        """Returns the chords to store, by key name."""
        return {key.value: chord for key, chord in sorted(self.changed.items())}


def _parted(chord: str) -> tuple[list[str], str]:
    """Returns modifiers and last key of a chord; the last key may be the plus sign: «Shift++»."""
    head, plus = (chord[:-1].removesuffix("+"), "+") if chord.endswith("+") else (chord, "")
    held = head.split("+") if head else []
    last = plus or (held.pop() if held else "")
    return held, last


def _is_of_desktop(modifiers: list[str], last: str) -> bool:
    """Whether a desktop environment uses the chord for the Meta key, window menus or virtual
    screens.
    """
    held = set(modifiers)
    if "Meta" in held or {"Ctrl", "Alt"} <= held:
        return True
    return (last in _F_KEYS and bool({"Ctrl", "Alt"} & held)) or (last == "Space" and "Alt" in held)


@cache  # few distinct chords; called whenever a button is painted
def as_shown(chord: str) -> str:
    """Returns the keycap text of the chord: «Alt+←»."""
    modifiers, last = _parted(chord)
    return "+".join((*modifiers, _ARROWS.get(last, last)))


_PLACES = dict(
    zip(
        "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ",
        "QWERTYUIOPASDFGHJKLZXCVBNM",
        strict=True,
    )
)


def in_latin(chord: str) -> str:
    """Returns the chord with the Latin letter of its physical key, sorted modifiers, and «Enter»
    for both Enter keys.
    """
    modifiers, last = _parted(chord)
    shown = sorted(set(modifiers) - {"Num"}, key=_MODIFIERS.index)
    last = {"Return": "Enter"}.get(last, _PLACES.get(last.upper(), last))
    return "+".join((*shown, last))


def in_russian(letter: str) -> str:
    """Returns the Russian letter on the physical key of a Latin letter; empty for other keys."""
    return {latin: russian for russian, latin in _PLACES.items()}.get(letter, "")


class InstalledKeys:
    """Active key map of the signed-in operator. GUI thread only."""

    def __init__(self) -> None:
        self.changed = LastingSignal()
        self._chosen = ChosenKeys()

    @property
    def chosen(self) -> ChosenKeys:
        return self._chosen

    def install(self, chosen: ChosenKeys) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self.changed.emit()


KEYS = InstalledKeys()
_NAMES = {key.value: key for key in Key}


def shown(key: str) -> str:
    """Returns the current keycap text for the name of a mapped key; other names are returned
    unchanged.
    """
    known = _NAMES.get(key)
    return key if known is None else as_shown(KEYS.chosen.chord(known))


def held_with_digits(*keys: str) -> str:
    """Returns the modifiers that all these keys share if each is a digit with modifiers; empty if
    they differ.
    """
    heads = {shown(key).rpartition("+")[0] for key in keys}
    is_alike = len(heads) == 1 and all(shown(key).rpartition("+")[2].isdecimal() for key in keys)
    return heads.pop() if is_alike else ""


def with_keys(text: str, *keys: Key) -> str:
    """Returns the text with the default chords of these keys replaced by the operator's chords."""
    names = {as_shown(DEFAULTS[key].chord): shown(key) for key in keys}
    if all(default == now for default, now in names.items()):
        return text
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    # «F1» must not match inside «F12» or «Shift+F1».
    pattern = rf"(?<![\w+])({'|'.join(longest_first)})(?![\w+])"
    return re.sub(pattern, lambda found: names[found[1]], text)
