"""What is typed into a message's fields while somebody else changes the message: both stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from console import words
from sync.register.handling.contents import Contents

_VALUES = {"place": "place", "date": "event_on", "time": "event_time", "category": "category"}


@dataclass(frozen=True, slots=True)
class Beside:
    """The fields as they are to stand, and those of them in which two people disagree."""

    fields: dict[str, str]
    disputed: frozenset[str]


def fields_of(contents: Contents) -> dict[str, str]:
    """The contents as they stand in "place", "date", "time" and "category"."""
    day, hour = contents.event_on, contents.event_time
    return {
        "place": contents.place,
        "date": "" if day is None else words.formats.date_text(day),
        "time": "" if hour is None else f"{hour:%H:%M}",
        "category": contents.category or "",
    }


def kept_beside(
    fields: Mapping[str, str], typed: Contents, over: Mapping[str, str], now: Contents
) -> Beside:
    """What was typed stays, what was not touched follows the message.

    ``typed`` is what ``fields`` say; ``over`` is what the message said in each when it was typed.
    """
    is_now = fields_of(now)
    kept, disputed = dict(fields), set[str]()
    for name, attribute in _VALUES.items():
        if is_now[name] == over[name]:
            continue
        mine, others = getattr(typed, attribute), getattr(now, attribute)
        if fields[name].strip() == over[name]:
            kept[name] = is_now[name]
        elif mine != others:
            disputed.add(name)
    return Beside(kept, frozenset(disputed))
