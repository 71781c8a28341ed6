"""Which running terms an edit of the calendar moves, for a person to confirm."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from console import words
from console.presenters.calendar_state import MovedState
from console.presenters.entry_state import HistoryRow
from sync.register.handling.answer_terms import AnswerTermRule
from sync.register.handling.clocks import WITH_TERM, MovedTerm, Reckoning, moved_terms
from sync.register.handling.standing import Standing
from sync.register.handling.states import State
from sync.register.messages import MessageRecord


class OpenMessage(Protocol):
    """A message with its row and where it stands."""

    @property
    def record(self) -> MessageRecord: ...

    @property
    def standing(self) -> Standing: ...


class OpenMessages(Protocol):
    """Where the running terms come from; called on a reader thread, raises StoreError."""

    def in_states(self, states: Collection[State]) -> Sequence[OpenMessage]: ...


@dataclass(frozen=True, slots=True)
class MovedTogether:
    """The terms that move, and the rows of their messages."""

    terms: tuple[MovedTerm, ...]
    records: Mapping[UUID, MessageRecord]


def look_what_moves(
    messages: OpenMessages,
    rules: Sequence[AnswerTermRule],
    before: Reckoning,
    after: Reckoning,
    zone: ZoneInfo,
) -> MovedTogether:
    """What moves of all terms that run now; for a reader thread."""
    found = messages.in_states(WITH_TERM)
    terms = moved_terms([one.standing for one in found], rules, before, after, zone)
    return MovedTogether(terms, {one.record.id: one.record for one in found})


def moved_state(looked: MovedTogether, today: date, *, shows_text: bool) -> MovedState:
    """The same in words; a term that runs out by the change itself is told first of all.

    ``shows_text`` is for those who may read the register.
    """
    overdue = sum(_runs_out(term, today) for term in looked.terms)
    lead = words.city.moved_lead(overdue) if looked.terms else words.city.nothing_moves_lead()
    ordered = sorted(looked.terms, key=lambda term: (not _runs_out(term, today), term.after))
    rows = tuple(
        _row(number, term, looked.records[term.message_id], today, shows_text)
        for number, term in enumerate(ordered, start=1)
    )
    return MovedState(words.city.moved_title(len(rows)), lead, rows)


def _runs_out(term: MovedTerm, today: date) -> bool:
    return term.after < today <= term.before


def _row(
    number: int, term: MovedTerm, record: MessageRecord, today: date, shows_text: bool
) -> HistoryRow:
    name = words.city.without_number() if record.number is None else str(record.number)
    about = words.formats.first_line(record.text) if shows_text else ""
    runs_out = _runs_out(term, today)
    return HistoryRow(
        number=number,
        what=f"{name} · {about}" if about else name,
        who=words.city.from_to(term.before, term.after),
        version=words.city.runs_out() if runs_out else words.city.shift(term.before, term.after),
        icon="warning-octagon-fill" if runs_out else "calendar-check",
        role="danger" if runs_out else "text-2",
    )
