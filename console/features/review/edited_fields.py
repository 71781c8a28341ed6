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
    """The row of the form in which the field stands."""
    return "when" if field in ("date", "time") else field


def in_row(disputed: Collection[str], row: str) -> frozenset[str]:
    """The disputed fields of the row; where it has none, all of them."""
    return frozenset(name for name in disputed if row_of(name) == row) or frozenset(disputed)


def told_elsewhere(
    message: HandledMessage, disputed: Collection[str], categories: Mapping[str, str]
) -> dict[str, str]:
    """By row, what the message says in disputed fields and who has written it last.

    ``categories`` are their titles by their keys.
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
"""Fields that are written when they are left; the category is at once."""


class ReviewFields:
    """What is typed stays, what was not touched follows the message, and both are told apart.

    A field is disputed where the message was changed by somebody else since it was typed over, also
    before an earlier start was over. What is disputed is not written before that is settled.
    """

    def __init__(self, category_of: Callable[[str], tuple[str, str | None] | None]) -> None:
        """``category_of`` gives a category's key and its topic's by the key; None for none."""
        self._category_of = category_of
        self._typed: dict[str, str] = {}
        self._over: dict[str, str] = {}

    @property
    def texts(self) -> Mapping[str, str]:
        """What stands in each field."""
        return self._typed

    def show(self, contents: Contents) -> None:
        """Begin with what the message says."""
        self._typed, self._over = fields_of(contents), fields_of(contents)

    def set(self, name: str, text: str) -> None:
        """Take what stands in a field now."""
        self._typed[name] = text

    def again(self, typed: Mapping[str, str], over: Mapping[str, str]) -> None:
        """Have in the fields what was typed before, over what the message said then."""
        self._typed |= typed
        self._over |= over

    def follow(self, now: Contents) -> None:
        """Take over what others have made of the message, where nothing was typed."""
        beside = kept_beside(self._typed, self.typed_in(now), self._over, now)
        self._typed = beside.fields
        self._over |= {
            name: text for name, text in fields_of(now).items() if name not in beside.disputed
        }

    def disputed(self, now: Contents) -> frozenset[str]:
        """The fields in which the message says by now another thing than was typed over."""
        return kept_beside(self._typed, self.typed_in(now), self._over, now).disputed

    def take_theirs(self, now: Contents, names: frozenset[str]) -> None:
        """Leave what was typed into these disputed fields for what the message says."""
        texts = fields_of(now)
        theirs = {name: texts[name] for name in names & self.disputed(now)}
        self._typed |= theirs
        self._over |= theirs

    def keep_mine(self, now: Contents) -> None:
        """What was typed into disputed fields is to be written over what the message says."""
        texts = fields_of(now)
        self._over |= {name: texts[name] for name in self.disputed(now)}

    def written(self, before: Contents, sent: Contents) -> None:
        """What was sent stands in the message by now; what is typed since is typed over that."""
        was = fields_of(before)
        self._over |= {name: text for name, text in fields_of(sent).items() if was[name] != text}

    # --- what it comes to ---

    def typed_in(self, contents: Contents) -> Contents:
        """The contents as the fields have them; what cannot be read as a day or hour is none."""
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
        """The contents with what was typed and nobody disputes."""
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
        """What of the fields is typed and not written yet; the category never waits."""
        typed, fields = self.typed_in(now), self._typed
        # What cannot be read as a day or an hour stands in the field alone.
        day, hour = typed.event_on, typed.event_time
        waits = {
            "place": typed.place != now.place,
            "date": day != now.event_on or (day is None and bool(fields["date"].strip())),
            "time": hour != now.event_time or (hour is None and bool(fields["time"].strip())),
        }
        return {name: fields[name] for name in WAITING if waits[name]}

    def over(self, now: Contents) -> dict[str, str]:
        """What the message said where something is typed and not written yet."""
        return {name: self._over[name] for name in self.unwritten(now)}
