"""The keys in force, as the words in force: installed for the whole program, asked everywhere.

Painted keycaps, shortcuts and sentences take them from here, and follow when they change.
"""

import re

from console.keys.chosen import ChosenKeys, as_shown
from console.keys.defaults import DEFAULTS, Key
from console.lasting import LastingSignal


class InstalledKeys:
    """What the operator who sits here has chosen; belongs to the GUI thread."""

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
    """What stands on the keycap of a key of the map; other keys are shown as they are named."""
    known = _NAMES.get(key)
    return key if known is None else as_shown(KEYS.chosen.chord(known))


def held_with_digits(*keys: str) -> str:
    """What is held while a digit is pressed, the same for all of these keys; else nothing."""
    heads = {shown(key).rpartition("+")[0] for key in keys}
    is_alike = len(heads) == 1 and all(shown(key).rpartition("+")[2].isdecimal() for key in keys)
    return heads.pop() if is_alike else ""


def with_keys(text: str, *keys: Key) -> str:
    """A sentence that names the default keys, with those that the operator has in their place."""
    names = {as_shown(DEFAULTS[key].chord): shown(key) for key in keys}
    if all(default == now for default, now in names.items()):
        return text
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    # «F1» stands neither in «F12» nor in «Shift+F1»
    pattern = rf"(?<![\w+])({'|'.join(longest_first)})(?![\w+])"
    return re.sub(pattern, lambda found: names[found[1]], text)
