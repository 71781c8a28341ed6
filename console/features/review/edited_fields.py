"""Field input of a review, merged with changes by another operator in the same fields.

A conflicting field is not written until the reviewer settles the conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from console.core.typed_moment import fields_of, kept_beside, read_date, read_time
from console.features.review import words as review_words
from console.shared.messages import step_words
from sync.register.handling.contents import Contents
from sync.register.handling.events import Step
from sync.register.handling.handled import HandledMessage


def row_of(field: str) -> str:
    """Returns the form row of the field: "date" and "time" share the row "when"."""
    return "when" if field in ("date", "time") else field


def in_row(disputed: Collection[str], row: str) -> frozenset[str]:
    """Returns the conflicting fields of the form row, or all conflicting fields if the row has
    none.
    """
    return frozenset(name for name in disputed if row_of(name) == row) or frozenset(disputed)


def told_elsewhere(
    message: HandledMessage, disputed: Collection[str], categories: Mapping[str, str]
) -> dict[str, str]:
    """Returns, by form row, the saved values of the conflicting fields and the author of the last
    change.

    `categories` maps category keys to titles.
    """
    fields = fields_of(message.standing.contents)
    values = {
        "place": fields["place"],
        "when": f"{fields['date']} {fields['time']}".strip(),
        "category": categories.get(fields["category"], fields["category"]),
    }
    corrections = [one for one in message.history.events if one.step is Step.CORRECT]
    who = step_words.doer(corrections[-1].by) if corrections else ""
    return {row: review_words.elsewhere(values[row], who) for row in set(map(row_of, disputed))}


WAITING = ("place", "date", "time")
"""Fields that are saved when they lose the focus; the category is saved immediately."""


class ReviewFields:
    """Review input in the fields, merged with the saved message.

    A field without input shows the saved value. A field conflicts if another operator changed it
    after the input started, even in a previous session. Conflicting fields are not saved until the
    conflict is resolved.
    """

    def __init__(self, category_of: Callable[[str], tuple[str, str | None] | None]) -> None:
        """`category_of` returns the keys of a category and its parent topic, or None for an unknown
        key.
        """
        self._category_of = category_of
        self._typed: dict[str, str] = {}
        self._over: dict[str, str] = {}

    @property
    def texts(self) -> Mapping[str, str]:
        """Text of each field."""
        return self._typed

    def show(self, contents: Contents) -> None:
        """Sets all fields to the values of the message and discards input."""
        self._typed, self._over = fields_of(contents), fields_of(contents)

    def set(self, name: str, text: str) -> None:
        """Sets the input of a field."""
        self._typed[name] = text

    def again(self, typed: Mapping[str, str], over: Mapping[str, str]) -> None:
        """Restores the input `typed`; `over` contains the saved values when that input was made."""
        self._typed |= typed
        self._over |= over

    def follow(self, now: Contents) -> None:
        """Adopts changes of other operators in fields without input."""
        beside = kept_beside(self._typed, self.typed_in(now), self._over, now)
        self._typed = beside.fields
        self._over |= {
            name: text for name, text in fields_of(now).items() if name not in beside.disputed
        }

    def disputed(self, now: Contents) -> frozenset[str]:
        """Returns the fields with input whose saved value another operator has changed since the
        input started.
        """
        return kept_beside(self._typed, self.typed_in(now), self._over, now).disputed

    def take_theirs(self, now: Contents, names: frozenset[str]) -> None:
        """Replaces the input of conflicting fields with the saved values."""
        texts = fields_of(now)
        theirs = {name: texts[name] for name in names & self.disputed(now)}
        self._typed |= theirs
        self._over |= theirs

    def keep_mine(self, now: Contents) -> None:
        """Resolves all conflicts in favour of the input, which will overwrite the saved values."""
        texts = fields_of(now)
        self._over |= {name: texts[name] for name in self.disputed(now)}

    def written(self, before: Contents, sent: Contents) -> None:
        """Records that the `sent` values are saved; later changes are compared with them."""
        was = fields_of(before)
        self._over |= {name: text for name, text in fields_of(sent).items() if was[name] != text}

    # --- results ---

    def typed_in(self, contents: Contents) -> Contents:
        """Returns the message content with the input applied; an invalid date or time
        becomes None.
        """
        fields = self._typed
        same = fields["category"] == (contents.category or "")
        chosen = None if same else self._category_of(fields["category"])
        category, topic = (None, None) if chosen is None else chosen
        return replace(
            contents,
            place=fields["place"].strip(),
            event_on=read_date(fields["date"]),
            event_time=read_time(fields["time"]),
            category=contents.category if same else category,
            topic=contents.topic if same else topic,
        )

    def to_write(self, now: Contents) -> Contents:
        """Returns the message content with the input of all fields that do not conflict."""
        typed, disputed = self.typed_in(now), self.disputed(now)
        return replace(
            typed,
            place=now.place if "place" in disputed else typed.place,
            event_on=now.event_on if "date" in disputed else typed.event_on,
            event_time=now.event_time if "time" in disputed else typed.event_time,
            category=now.category if "category" in disputed else typed.category,
            topic=now.topic if "category" in disputed else typed.topic,
        )

    def unwritten(self, now: Contents) -> dict[str, str]:
        """Returns unsaved input by field, without the category, which is saved immediately."""
        typed, fields = self.typed_in(now), self._typed
        # An invalid date or time exists only in the field.
        day, hour = typed.event_on, typed.event_time
        waits = {
            "place": typed.place != now.place,
            "date": day != now.event_on or (day is None and bool(fields["date"].strip())),
            "time": hour != now.event_time or (hour is None and bool(fields["time"].strip())),
        }
        return {name: fields[name] for name in WAITING if waits[name]}

    def over(self, now: Contents) -> dict[str, str]:
        """Returns, for each field with unsaved input, the saved value when the input started."""
        return {name: self._over[name] for name in self.unwritten(now)}
