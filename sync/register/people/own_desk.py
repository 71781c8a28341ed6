"""Interface preferences of an operator: validation, merge, and choice of the newer copy.

A preference that was not set takes the workplace's value. Unknown fields of a newer version are
preserved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

THEMES = ("system", "light", "dark", "contrast")
LANGUAGES = ("ru", "en")
CARD_AT = ("ring", "answer")
LEAST_TEXT_PERCENT, MOST_TEXT_PERCENT = 100, 200
LEAST_RIGHT_PX, MOST_RIGHT_PX = 300, 1200
LEAST_COLUMN_PX, MOST_COLUMN_PX = 40, 1600
_NEXT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """Preferences of an operator, None if not set; widths are for text of 100 percent.

    ``right_px`` is the width of the side panel. ``widths`` are widths of table columns in px, by
    codes of table and column. ``keys`` are key combinations by name. ``further`` are fields unknown
    to this version.
    """

    theme: str | None = None
    text_percent: int | None = None
    language: str | None = None
    card_at: str | None = None
    left_folded: bool | None = None
    right_px: int | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    further: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: object) -> OwnDesk:
        """Parses stored preferences; invalid values are ignored."""
        if not isinstance(kept, Mapping):
            return cls()
        keys, widths = kept.get("keys"), kept.get("widths")
        return cls(
            theme=_one_of(kept.get("theme"), THEMES),
            text_percent=_within(kept.get("text_percent"), LEAST_TEXT_PERCENT, MOST_TEXT_PERCENT),
            language=_one_of(kept.get("language"), LANGUAGES),
            card_at=_one_of(kept.get("card_at"), CARD_AT),
            left_folded=_truth(kept.get("left_folded")),
            right_px=_within(kept.get("right_px"), LEAST_RIGHT_PX, MOST_RIGHT_PX),
            keys=_texts(keys) if isinstance(keys, Mapping) else {},
            widths=_tables(widths) if isinstance(widths, Mapping) else {},
            further={name: value for name, value in kept.items() if name not in _NAMES},
        )

    def kept(self) -> dict[str, Any]:
        """Returns the fields to store: only those that are set."""
        chosen = {name: getattr(self, name) for name in _ONE_EACH}
        chosen = {name: value for name, value in chosen.items() if value is not None}
        if self.keys:
            chosen["keys"] = dict(self.keys)
        if self.widths:
            chosen["widths"] = {table: dict(columns) for table, columns in self.widths.items()}
        return {**self.further, **chosen}


@dataclass(frozen=True, slots=True)
class KeptDesk:
    """Preferences with the time of their last change, which decides between two copies.

    ``chosen_at`` is the local time of a choice made here. It is None for preferences received from
    the central database or already converted to its clock.
    """

    desk: OwnDesk
    changed_at: datetime
    chosen_at: datetime | None = None


def chosen(desk: OwnDesk, at: datetime, before: KeptDesk | None) -> KeptDesk:
    """Stamps new preferences with the local time, but later than the stored change.

    Otherwise, with a slow clock, older preferences of another workplace would replace them.
    """
    return _behind(KeptDesk(desk, at, at), before)


def taken(came: KeptDesk, settled: KeptDesk | None, ours: KeptDesk | None) -> KeptDesk:
    """Returns the preferences to use after a reply of the central database to ``settled``.

    Preferences changed here since then are newer than the reply.
    """
    return came if ours is None or ours == settled else _behind(ours, came)


def in_time_of_centre(kept: KeptDesk, own_now: datetime, centre_now: datetime) -> KeptDesk:
    """Converts the time of the change to the server's clock, at most the server's current time.

    Assumes that the clock error was the same at the time of the choice. ``own_now`` is read before
    ``centre_now``; otherwise a choice could become older than the one before it.
    """
    at = kept.changed_at
    if kept.chosen_at is not None:
        follows = kept.changed_at > kept.chosen_at  # a change in the server's time
        counted = kept.chosen_at + (centre_now - own_now)
        at = max(counted, kept.changed_at) if follows else counted
    return KeptDesk(kept.desk, min(at, centre_now))


def _behind(kept: KeptDesk, before: KeptDesk | None) -> KeptDesk:
    if before is None or kept.changed_at > before.changed_at:
        return kept
    return replace(kept, changed_at=before.changed_at + _NEXT)


def newer(one: KeptDesk | None, other: KeptDesk | None) -> KeptDesk | None:
    """Returns the copy that was changed last; the first one if the times are equal."""
    if one is None or other is None:
        return one or other
    return other if other.changed_at > one.changed_at else one


def merged(base: OwnDesk, ours: OwnDesk, theirs: OwnDesk) -> OwnDesk:
    """Three-way merge: returns ``theirs`` with the changes from ``base`` to ``ours``."""
    before, now, elsewhere = base.kept(), ours.kept(), theirs.kept()
    keys = _laid_over(base.keys, ours.keys, theirs.keys)
    widths = {
        table: _laid_over(
            base.widths.get(table, {}), ours.widths.get(table, {}), theirs.widths.get(table, {})
        )
        for table in {*ours.widths, *theirs.widths}
    }
    return OwnDesk.read({**_laid_over(before, now, elsewhere), "keys": keys, "widths": widths})


def _laid_over(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    result = dict(theirs)
    for name in {*base, *ours}:
        if name not in ours:
            result.pop(name, None)
        elif name not in base or ours[name] != base[name]:
            result[name] = ours[name]
    return result


_ONE_EACH = ("theme", "text_percent", "language", "card_at", "left_folded", "right_px")
_NAMES = (*_ONE_EACH, "keys", "widths")


def _one_of(value: object, known: tuple[str, ...]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _within(value: object, least: int, most: int) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if isinstance(value, int) and is_number and least <= value <= most else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(values: Mapping[Any, Any]) -> dict[str, str]:
    return {
        name: value
        for name, value in values.items()
        if isinstance(name, str) and isinstance(value, str)
    }


def _tables(values: Mapping[Any, Any]) -> dict[str, dict[str, int]]:
    """Returns the column widths of all tables, including those of newer versions."""
    tables = {
        table: _columns(columns)
        for table, columns in values.items()
        if isinstance(table, str) and isinstance(columns, Mapping)
    }
    return {table: columns for table, columns in tables.items() if columns}


def _columns(values: Mapping[Any, Any]) -> dict[str, int]:
    widths = {
        column: _within(width, LEAST_COLUMN_PX, MOST_COLUMN_PX)
        for column, width in values.items()
        if isinstance(column, str)
    }
    return {column: width for column, width in widths.items() if width is not None}
