"""Rows of the lists of the day, formatted when the view requests them.

A day has hundreds of records and the view shows a few; formatting all of them costs a frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import overload
from uuid import UUID
from zoneinfo import ZoneInfo

from console.core import formats
from console.features.journal import words as journal_words
from console.shared.messages import step_words
from console.shared.session import call_words, card_words
from console.shared.session.call_claims import Holders
from sync.register.calls.missed import Missed, MissedElsewhere
from sync.register.messages import MessageRecord
from sync.register.people.values import Absence

MOST_KEPT = 100  # formatted rows; a page of a large display shows about forty


@dataclass(frozen=True, slots=True)
class JournalRow:
    """Formatted row of a list; ``key`` identifies its record, ``note`` is shown next to the
    time.
    """

    key: UUID
    time: str
    number: str
    phone: str
    about: str
    result: str
    icon: str
    role: str
    has_answer: bool = False
    note: str = ""

    def cells(self) -> tuple[str, str, str, str, str]:
        return (self.time, self.number, self.phone, self.about, self.result)


@dataclass(frozen=True, slots=True)
class RowWords:
    """Formats rows for a day in the city's time zone; phone numbers only for permitted roles.

    With ``notes_hours``, a call outside office hours is marked next to its time, which is visible
    at every window width, and not in the subject of the call.
    """

    today: date
    zone: ZoneInfo
    shows_phones: bool
    holders: Holders = ()
    notes_hours: bool = False

    def of(self, record: Missed | MessageRecord) -> JournalRow:
        """Formats the row of a record."""
        if isinstance(record, MessageRecord):
            return self._of_message(record)
        return self._of_call(record)

    def _of_call(self, card: Missed) -> JournalRow:
        """Formats the row of a call. The time includes the date for calls of another day, and for
        requests recorded later than they arrived.
        """
        local = card.arrived_at.astimezone(self.zone)
        if isinstance(card, MissedElsewhere):
            phone = formats.phone_text(card.phone)
            about = card.about
            mark = journal_words.missed_elsewhere(card.workplace)
        else:
            phone = card_words.card_phone(card)
            first_line = formats.first_line(card.content)
            about = card_words.about(card, first_line, tells_hours=not self.notes_hours)
            mark = card_words.result_mark(card)
        holder = dict(self.holders).get(str(card.phone))
        if holder is not None and holder.has(card.arrived_at):
            mark = call_words.in_list(holder)
        text, icon, role = mark
        return JournalRow(
            key=card.id,
            time=formats.moment(local, datetime.combine(self.today, time(), self.zone)),
            number=str(card.number),
            phone=phone,
            about=about,
            result=text,
            icon=icon,
            role=role,
            note=card_words.after_hours(is_so=self.notes_hours and card.out_of_hours),
        )

    def _of_message(self, message: MessageRecord) -> JournalRow:
        text, icon, role = step_words.message_mark(message)
        if message.number is None:
            text = formats.short_name(message.operator_name)  # author of the draft
        local = (message.registered_at or message.created_at).astimezone(self.zone)
        day = local.date()
        is_today = day == self.today
        known = self.shows_phones and not isinstance(message.phone, Absence)
        return JournalRow(
            key=message.id,
            time=formats.time_text(local) if is_today else formats.date_text(day),
            number=_number_of(message),
            phone=formats.phone_text(message.phone) if known else "",
            about=formats.first_line(message.text),
            result=text,
            icon=icon,
            role=role,
            has_answer=bool(message.answer_text),
        )


def _number_of(message: MessageRecord) -> str:
    """Returns the registration number of a message, or a label if the message has not been
    submitted.
    """
    if message.number is not None:
        return str(message.number)
    return journal_words.without_call() if message.call_id is None else journal_words.unfinished()


class JournalRows(Sequence[JournalRow]):
    """Rows of these records, formatted on access; up to ``MOST_KEPT`` formatted rows are cached.

    A day has hundreds of calls and a page shows a few. The texts of all would need more memory than
    their records, and formatting them would block the window for a frame.
    """

    def __init__(
        self,
        records: Sequence[Missed | MessageRecord],
        row_words: RowWords,
        made: Mapping[int, JournalRow] = MappingProxyType({}),
    ) -> None:
        """``records`` are in the order of the rows; ``made`` contains formatted rows by index."""
        self._records = tuple(records)
        self._words = row_words
        self._made = dict(made)

    def followed_by(
        self, records: Sequence[Missed | MessageRecord], row_words: RowWords
    ) -> JournalRows:
        """Returns the rows of other records; formatted rows are reused for record objects that both
        contain.
        """
        if row_words != self._words:
            return JournalRows(records, row_words)
        had = {id(self._records[place]): row for place, row in self._made.items()}
        kept = {at: had[id(record)] for at, record in enumerate(records) if id(record) in had}
        return JournalRows(records, row_words, kept)

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> JournalRow: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[JournalRow]: ...

    def __getitem__(self, place: int | slice) -> JournalRow | Sequence[JournalRow]:
        if isinstance(place, slice):
            return JournalRows(self._records[place], self._words)
        made = self._made.get(place)
        if made is None:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            made = self._made[place] = self._words.of(self._records[place])
        return made

    def __eq__(self, other: object) -> bool:
        """Whether both have equal records and formatting; formats no row."""
        if not isinstance(other, JournalRows):
            return NotImplemented
        return (self._words, self._records) == (other._words, other._records)

    def __hash__(self) -> int:
        return hash((self._words, len(self._records)))

    @property
    def keys(self) -> Sequence[UUID]:
        """Record id of each row."""
        return [record.id for record in self._records]


NO_ROWS = JournalRows((), RowWords(date.min, ZoneInfo("UTC"), shows_phones=False))
