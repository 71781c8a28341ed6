"""Presenter of the message lookup: search, the text to read out, and the link to the call.

GUI thread only. A caller hears details of a non-public message only after the operator has
confirmed that the caller is its author (Regulation 6.11 and 9.11).
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.features.lookup import words as lookup_words
from console.shared.messages import step_words
from console.shared.messages import words as messages_words
from console.shared.messages.message_detail import Mark, Naming, kind_lines
from console.shared.messages.terms import Terms
from console.shared.session import card_words
from sync.errors import StoreError
from sync.exchange.record_search import FoundRecords, RecordQuery
from sync.register.calls import calls
from sync.register.calls.call_search import words_of
from sync.register.calls.calls import CallRecord, CallResult, CallState
from sync.register.handling.events import Doer, Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.history import StepRefused, in_force
from sync.register.handling.offered import offered
from sync.register.handling.step_facts import CallLinked, Facts, RefusedOn
from sync.register.numbering import NumberProblem, RegistrationNumber, parse
from sync.register.people.operators import Action, Operator, may
from sync.register.people.phones import canonical_phone

_SENDS = (Step.SEND_ANSWER, Step.SEND_PLAN)
PHONE_DIGITS = (10, 11)
"""Numbers of digits at which input is searched as a phone number during typing; shorter input needs
Enter.
"""


class LookUpPort(Protocol):
    """Executes message steps; used to link a call to a message."""

    def take(
        self, message_id: UUID, step: Step, by: Doer, facts: Facts = ...
    ) -> "Future[StepDone | StepRefused]": ...


class RecordSearchPort(Protocol):
    """Searches the records of all workplaces, or only of this one if that fails; called on a reader
    thread.
    """

    def find(self, query: RecordQuery) -> FoundRecords: ...


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Message or call found, as a row of the results."""

    id: UUID
    number: str
    about: str
    state: Mark


@dataclass(frozen=True, slots=True)
class ReadOut:
    """Text to be read out for a message; ``caller`` and all marks are for the operator only.

    If ``protected``, ``sentences`` contains only text that any caller may receive.
    """

    number: str
    title: str
    state: Mark
    publicity: Mark
    protected: bool
    caller: tuple[Mark, ...]
    sentences: tuple[str, ...]
    answer_head: str = ""
    answer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookUpState:
    """View state of the page; ``hint`` is advice, a summary of the results, or an input error.

    ``can_open``: a call is selected, and Enter opens its record.
    """

    query: str = ""
    hint: str = ""
    is_wrong: bool = False
    found: tuple[FoundRow, ...] = ()
    chosen: UUID | None = None
    reading: ReadOut | None = None
    can_link: bool = False
    can_open: bool = False


class LookUpPresenter(QObject):
    """Presenter of the message lookup. Numbers are searched during typing, names and words on
    Enter. GUI thread only.
    """

    changed = Signal(object)  # LookUpState
    told = Signal(object)  # Notice
    read_out = Signal(object)  # ReadOut that is now visible
    looked = Signal(str, int)  # kind of query, number of records found
    call_shown = Signal(object)  # CallRecord that is now visible
    record_opened = Signal(object)  # CallRecord, read-only
    draft_opened = Signal(object)  # draft CallRecord of the signed-in operator

    def __init__(
        self,
        handling: LookUpPort,
        search: RecordSearchPort,
        terms: Terms,
        naming: Naming,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        card: Callable[[], CallRecord | None],
        change_card: Callable[[CallRecord], None],
        area_code: str,
        parent: QObject | None = None,
    ) -> None:
        """``card`` returns the card of the active call, during which the message is looked up."""
        super().__init__(parent)
        self._handling = handling
        self._search = search
        self._terms = terms
        self._naming = naming
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._card = card
        self._change_card = change_card
        self._area_code = area_code
        self._asked = 0
        self._messages: dict[UUID, HandledMessage] = {}
        self._calls: dict[UUID, CallRecord] = {}
        self._elsewhere: frozenset[UUID] = frozenset()
        self._found_hint = ""
        self._confirmed: set[UUID] = set()
        self._state = LookUpState(hint=lookup_words.hint())

    @property
    def state(self) -> LookUpState:
        return self._state

    @property
    def chosen(self) -> HandledMessage | None:
        """The selected message; None if a call or nothing is selected."""
        chosen = self._state.chosen
        return None if chosen is None else self._messages.get(chosen)

    def may_see(self) -> bool:
        return may(self._operator().role, Action.REGISTER_MESSAGES)

    def open(self) -> None:
        """Clears the page and all author confirmations, because each caller must be identified
        again.
        """
        self._asked += 1
        self._confirmed.clear()
        self._messages.clear()
        self._calls.clear()
        self._put(LookUpState(hint=lookup_words.hint()))

    # --- query ---

    def set_query(self, text: str) -> None:
        """Searches as soon as the text may be a registration number or a phone number."""
        self._query(text, is_whole=False)

    def submit(self) -> None:
        """Searches for the complete input, even if it is a short city number."""
        self._query(self._state.query, is_whole=True)

    def enter(self) -> None:
        """Opens the selected call; if no call is selected, searches for the input."""
        if self._state.can_open:
            self.open_call()
        else:
            self.submit()

    def open_call(self) -> None:
        """Opens the record of the selected call.

        The operator's own draft is opened for completion, as it is from the lists of the day.
        Records of other workplaces or operators are read-only.
        """
        card = self._calls.get(self._state.chosen) if self._state.chosen is not None else None
        if card is None:
            return
        is_own = card.id not in self._elsewhere and card.operator_id == self._operator().id
        is_draft = is_own and card.state is CallState.DRAFT
        (self.draft_opened if is_draft else self.record_opened).emit(card)

    def _query(self, text: str, *, is_whole: bool) -> None:
        self._asked += 1
        digits = sum(letter.isdigit() for letter in text)
        if not text.strip():
            self._put(LookUpState(query=text, hint=lookup_words.hint()))
            return
        number = parse(text)
        if isinstance(number, RegistrationNumber):
            self._put(LookUpState(query=text, hint=""))
            self._find(RecordQuery(number=number), "number")
            return
        phone = canonical_phone(text, self._area_code)
        if phone is not None and (is_whole or digits in PHONE_DIGITS):
            self._put(LookUpState(query=text, hint=""))
            self._find(RecordQuery(phone=phone), "phone")
            return
        if words_of(text) and any(letter.isalpha() for letter in text):
            hint = "" if is_whole else lookup_words.enter_finds_words()
            self._put(LookUpState(query=text, hint=hint))
            if is_whole:
                self._find(RecordQuery(text=text), "words")
            return
        is_typing = number is NumberProblem.WRONG_LENGTH and not is_whole
        hint = lookup_words.number_problem(number, digits)
        self._put(LookUpState(query=text, hint=hint, is_wrong=not is_typing))

    def _find(self, query: RecordQuery, by: str) -> None:
        """Runs the search; ``by`` is the kind of query for the audit log."""
        asked = self._asked

        def found(records: FoundRecords) -> None:
            self.looked.emit(by, len(records.messages) + len(records.calls))
            if asked == self._asked:
                self._show_records(query, records)

        self._deliveries.deliver(
            self._readers.submit(self._search.find, query),
            found,
            self._not_read,
            expected=(StoreError,),
        )

    def _show_records(self, query: RecordQuery, records: FoundRecords) -> None:
        where = lookup_words.only_here() if records.is_here else ""
        messages, calls = records.messages, records.calls
        if query.number is not None and messages:
            calls = ()  # the message replaces the call of the same number
        self._elsewhere = records.elsewhere
        if messages or (calls and query.number is None):
            hint = ""
            if query.phone and messages:
                hint = lookup_words.found_by_phone(len(messages))
            elif query.text:
                hint = lookup_words.found_by_words(len(messages) + len(calls))
            self._show(messages, calls, " ".join(part for part in (hint, where) if part))
            return
        if query.number is not None and calls:
            self._show_call(calls[0], where)
            return
        if query.number is not None:
            problem = lookup_words.not_found() if records.is_here else lookup_words.not_anywhere()
        elif query.phone:
            problem = lookup_words.nothing_by_phone(query.phone)
        else:
            problem = lookup_words.nothing_by_words()
        self._say(f"{problem}. {where}" if where else problem)

    def _show_call(self, card: CallRecord, where: str) -> None:
        """Shows a call that was found by its number and has no message to read out."""
        at = card.arrived_at.astimezone(self._naming.zone)
        hint = ". ".join(part for part in (lookup_words.number_of_call(at), where) if part)
        self._calls = {card.id: card}
        self._put(replace(self._state, hint=hint, chosen=card.id, can_open=True))
        self.call_shown.emit(card)

    def _say(self, problem: str) -> None:
        self._put(replace(self._state, hint=problem, is_wrong=True))

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, StoreError):
            head, body = core_words.store_problem(error)
            self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _show(
        self, messages: tuple[HandledMessage, ...], calls: tuple[CallRecord, ...], hint: str
    ) -> None:
        self._messages = {one.id: one for one in messages}
        self._calls = {one.id: one for one in calls}
        found = (*map(self._row, messages), *map(self._call_row, calls))
        self._found_hint = hint
        rows = found if len(found) > 1 or not messages else ()
        self._put(replace(self._state, hint=hint, is_wrong=False, found=rows))
        self.choose(found[0].id)

    def _call_row(self, card: CallRecord) -> FoundRow:
        text, icon, role = card_words.result_mark(card)
        at = card.arrived_at.astimezone(self._naming.zone)
        about = card_words.about(card, formats.first_line(card.content))
        parts = (formats.date_text(at.date()), lookup_words.of_call(), about)
        said = " · ".join(part for part in parts if part)
        return FoundRow(card.id, str(card.number), said, Mark(text, icon, role))

    def _row(self, handled: HandledMessage) -> FoundRow:
        standing = handled.standing
        submitted_on = self._day(handled)
        day = "" if submitted_on is None else formats.date_text(submitted_on)
        category = self._naming.category(standing.contents.category)
        about = category or formats.first_line(standing.contents.text)
        return FoundRow(
            handled.id,
            str(handled.record.number),
            " · ".join(part for part in (day, about) if part),
            Mark(*step_words.standing_mark(standing)),
        )

    def choose(self, key: UUID) -> None:
        """Selects one of the records found."""
        if key in self._messages:
            self._state = replace(self._state, chosen=key, hint=self._found_hint, can_open=False)
            self._read_out()
        elif key in self._calls:
            card = self._calls[key]
            line = lookup_words.call_line(card, self._naming.zone)
            hint = " ".join(part for part in (self._found_hint, line) if part)
            shown = replace(self._state, chosen=key, reading=None, can_link=False, hint=hint)
            self._put(replace(shown, can_open=True))
            self.call_shown.emit(card)

    # --- caller ---

    def confirm_author(self) -> None:
        """Records that the operator has verified the caller as the author (6.11)."""
        chosen = self.chosen
        if chosen is not None:
            self._confirmed.add(chosen.id)
            self._read_out()

    def link_call(self) -> None:
        """Links the active call to the selected message and fills in the empty fields of
        its card.
        """
        chosen, card = self.chosen, self._card()
        if chosen is None or card is None or not self._state.can_link:
            return
        self._deliveries.deliver(
            self._handling.take(
                chosen.id, Step.LINK_CALL, person(self._operator()), CallLinked(card.id)
            ),
            lambda outcome: self._linked(card.id, outcome),
            self._not_read,
            expected=(StoreError,),
        )

    def _linked(self, call_id: UUID, outcome: StepDone | StepRefused) -> None:
        if isinstance(outcome, StepRefused):
            self.told.emit(Notice(*step_words.refused(outcome), LONG_S, problem=True))
            return
        handled = outcome.handled
        number = str(handled.record.number)
        card = self._card()
        if card is not None and card.id == call_id:  # otherwise another call is active
            self._change_card(_about(card, number))
        self.told.emit(Notice(lookup_words.call_linked(number)))
        self._messages[handled.id] = handled
        self._read_out()

    # --- text to read out ---

    def _read_out(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        card = self._card()
        steps = offered(chosen.standing, self._operator().role)
        can_link = (
            card is not None
            and Step.LINK_CALL in steps
            and card.id not in chosen.standing.call_ids
            and chosen.id not in self._elsewhere
        )
        reading = self._reading(chosen, card)
        self._put(replace(self._state, reading=reading, can_link=can_link))
        self.read_out.emit(reading)

    def _reading(self, handled: HandledMessage, card: CallRecord | None) -> ReadOut:
        standing, record = handled.standing, handled.record
        protected = not standing.is_published and handled.id not in self._confirmed
        number = str(record.number)
        begin = lookup_words.exists(number, self._day(handled))
        if protected:
            sentences: tuple[str, ...] = (begin, lookup_words.only_to_author())
        else:
            sentences = (begin, *self._sentences(handled))
        head, answer = ("", ()) if protected else self._answer(handled)
        return ReadOut(
            number=number,
            title="" if protected else self._naming.category(standing.contents.category),
            state=Mark(*step_words.standing_mark(standing)),
            publicity=Mark(
                *messages_words.publicity_mark(
                    standing.publicity, is_published=standing.is_published
                )
            ),
            protected=protected,
            caller=(
                Mark(*lookup_words.phone_match(None if card is None else card.phone, record.phone)),
                Mark(*lookup_words.name_match(None if card is None else card.name, record.name)),
            ),
            sentences=sentences,
            answer_head=head,
            answer=answer,
        )

    def _answer(self, handled: HandledMessage) -> tuple[str, tuple[str, ...]]:
        """Returns heading and lines of the latest answer that was sent; unsent answers are not
        disclosed to the caller.
        """
        sent = [given.answer for given in handled.standing.answers if given.is_sent]
        sendings = [event for event in in_force(handled.history.events) if event.step in _SENDS]
        if not sent or not sendings:
            return lookup_words.no_answer_yet(), ()
        day = sendings[-1].at.astimezone(self._naming.zone).date()
        head = lookup_words.answer_head(formats.date_text(day))
        return head, (sent[-1].text, *kind_lines(sent[-1]))

    def _day(self, handled: HandledMessage) -> date | None:
        at = handled.standing.submitted_at
        return None if at is None else at.astimezone(self._naming.zone).date()

    def _sentences(self, handled: HandledMessage) -> list[str]:
        standing = handled.standing
        organ = self._naming.organ(standing.organ) if standing.organ else ""
        said = []
        category = self._naming.category(standing.contents.category)
        if category:
            said.append(lookup_words.about(category))
        said.append(lookup_words.stands(standing.state, organ))
        term = self._terms.of(standing)
        if term is not None and term.due is not None:
            # A promised day is late once it has passed, without an urgency level.
            late = term.due < self._terms.today
            said.append(
                (lookup_words.term_over if late else lookup_words.term)(standing.state, term.due)
            )
        refusal = next(
            (
                event.facts
                for event in reversed(handled.history.events)
                if isinstance(event.facts, RefusedOn)
            ),
            None,
        )
        if refusal is not None and standing.refused_on:
            grounds = ", ".join(sorted(ground.value for ground in refusal.grounds))
            said.append(lookup_words.refused(grounds, refusal.explanation))
        return said

    def _put(self, state: LookUpState) -> None:
        self._state = state
        self.changed.emit(state)


def _about(card: CallRecord, number: str) -> CallRecord:
    """Fills in content and result of the card of a call about this message, if they are missing
    (7.4, first).
    """
    content = card.content if card.content.strip() else lookup_words.asked_about(number)
    return calls.edit(card, content=content, result=card.result or CallResult.ANSWERED)
