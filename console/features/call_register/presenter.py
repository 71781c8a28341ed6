"""Presenter of the call register: query, pages of rows, opening of a record, export (7.3).

GUI thread only. Pages are read on a reader thread; the file is written on the thread that also
writes PDF files. A new query cancels the previous one.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.formats import date_text
from console.core.typed_moment import read_date
from console.core.view_data import LONG_S, Notice
from console.features.call_register import words as register_words
from console.features.call_register.export import export_words, write_calls
from console.features.call_register.rows import CallRow, row_of
from console.shared.messages.classifier import Classifier
from console.shared.session import card_words
from sync.errors import CentreUnread, StoreError
from sync.register.calls.call_search import CallQuery, CallSort
from sync.register.calls.calls import CallRecord, CallResult
from sync.register.numbering import RegistrationNumber, parse
from sync.register.people.operators import Action, Operator, may
from sync.register.people.phones import canonical_phone
from sync.store.local.calls.search_stop import SearchStop

PAGE = 50
TYPING_PAUSE_MS = 350
FEWEST_DIGITS = 5
"""Minimum number of digits of a phone number; shorter numbers, as of a house, are searched
as text.
"""
Choices = tuple[tuple[str, str], ...]
"""Pairs of filter value and display text."""


class CallSource(Protocol):
    """Source of calls, either of this workplace or of all workplaces; called on a reader thread."""

    def find_calls(
        self, query: CallQuery, after: CallRecord | None, most: int, stop: SearchStop
    ) -> tuple[CallRecord, ...]: ...

    def operator_names(self) -> tuple[str, ...]: ...

    def workplace_codes(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class RegisterState:
    """View state of the page; ``first`` and ``last`` are the dates of the period as typed."""

    first: str = ""
    last: str = ""
    search: str = ""
    name: str = ""
    operator: str = ""
    workplace: str = ""
    topic: str = ""
    result: str = ""
    sort: CallSort = CallSort.TIME
    is_descending: bool = True
    operators: Choices = ()
    workplaces: Choices = ()
    topics: Choices = ()
    results: Choices = ()
    rows: tuple[CallRow, ...] = ()
    has_more: bool = False
    is_reading: bool = False
    source: str = ""
    foot: str = ""
    warning: str = ""
    problem: str = ""
    empty: tuple[str, str] = ("", "")
    may_export: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """Page of calls found by a query; ``is_here`` if it was read from the local register."""

    calls: tuple[CallRecord, ...]
    is_here: bool
    took_s: float


class CallRegisterPresenter(QObject):
    """Presenter of the calls that match a query, page by page. GUI thread only."""

    changed = Signal(object)  # RegisterState
    record_opened = Signal(object)  # CallRecord
    told = Signal(object)  # Notice
    listed = Signal(int)  # number of calls shown
    exported = Signal(object, int)  # operator, number of calls

    def __init__(
        self,
        here: CallSource,
        everywhere: Callable[[], CallSource | None],
        classifier: Classifier,
        readers: Executor,
        writers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        area_code: str,
        folder: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        """``everywhere`` returns the central source, or None without the right to list all
        calls.
        """
        super().__init__(parent)
        self._here = here
        self._everywhere = everywhere
        self._classifier = classifier
        self._readers = readers
        self._writers = writers
        self._deliveries = deliveries
        self._operator = operator
        self._zone = zone
        self._area_code = area_code
        self._folder = folder
        self._clock = clock
        self._state = RegisterState()
        self._calls: tuple[CallRecord, ...] = ()
        self._stop = SearchStop()
        self._asked = 0
        self._whose: UUID | None = None
        self._is_exporting = False
        self._export_stop = SearchStop()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.read)

    @property
    def state(self) -> RegisterState:
        return self._state

    def may_see(self) -> bool:
        return may(self._operator().role, Action.SEE_REGISTER)

    # --- opening ---

    def open(self) -> None:
        """Loads the register; filters and sort order are retained until another operator
        signs in.
        """
        if self._whose != self._operator().id:
            self.forget()
            self._whose = self._operator().id
            today = self._clock().astimezone(self._zone).date()
            self._state = replace(
                self._state, first=date_text(today.replace(day=1)), last=date_text(today)
            )
        self._read_choices()
        self.read()

    def close(self) -> None:
        """Cancels queries and export when the console exits."""
        self._end_reading()
        self._export_stop.stop()

    def forget(self) -> None:
        """Clears the page for the next operator."""
        self._end_reading()
        self._calls, self._whose = (), None
        self._put(RegisterState())

    def _read_choices(self) -> None:
        source = self._source()
        is_everywhere = source is not self._here
        topics = tuple((topic.id, topic.title) for topic in self._classifier.topics)
        results = tuple((one.value, card_words.result_name(one)) for one in CallResult)
        self._state = replace(
            self._state,
            topics=(("", register_words.any_topic()), *topics),
            results=(("", register_words.any_result()), *results),
            operators=self._state.operators or (("", register_words.any_operator()),),
            may_export=self.may_see() and may(self._operator().role, Action.EXPORT_REPORTS),
        )
        whose = self._whose

        def read() -> tuple[tuple[str, ...], tuple[str, ...]]:
            return source.operator_names(), source.workplace_codes()

        def show(found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
            if whose != self._whose:
                return
            names, codes = found
            workplaces = tuple((code, register_words.workplace(code)) for code in codes)
            self._put(
                replace(
                    self._state,
                    operators=(
                        ("", register_words.any_operator()),
                        *((name, name) for name in names),
                    ),
                    workplaces=(("", register_words.any_workplace()), *workplaces)
                    if is_everywhere
                    else (),
                )
            )

        self._deliveries.deliver(
            self._readers.submit(read),
            show,
            lambda _error: None,  # the list itself reports a read error
            expected=(StoreError, CentreUnread),
        )

    # --- query ---

    def set_period(self, first: str, last: str) -> None:
        """Sets the period as typed; the list is reloaded after a pause in typing."""
        self._type(replace(self._state, first=first, last=last))

    def set_search(self, text: str) -> None:
        """Sets the search for a registration number, a phone number or text."""
        self._type(replace(self._state, search=text))

    def set_name(self, text: str) -> None:
        """Sets the search by prefixes of surname, first name and patronymic."""
        self._type(replace(self._state, name=text))

    def choose(
        self,
        *,
        operator: str | None = None,
        workplace: str | None = None,
        topic: str | None = None,
        result: str | None = None,
    ) -> None:
        """Sets filters; an empty value removes a filter, None leaves it unchanged."""
        state = self._state
        self._state = replace(
            state,
            operator=state.operator if operator is None else operator,
            workplace=state.workplace if workplace is None else workplace,
            topic=state.topic if topic is None else topic,
            result=state.result if result is None else result,
        )
        self.read()

    def sort_by(self, sort: CallSort) -> None:
        """Sorts by a column; the same column again reverses the order."""
        is_same = sort is self._state.sort
        turned = not self._state.is_descending if is_same else sort is CallSort.TIME
        self._state = replace(self._state, sort=sort, is_descending=turned)
        self.read()

    def sort_by_next(self) -> None:
        """Sorts by the next column; the first follows the last."""
        sorts = list(CallSort)
        self.sort_by(sorts[(sorts.index(self._state.sort) + 1) % len(sorts)])

    def _type(self, state: RegisterState) -> None:
        if state != self._state:
            self._state = state
            self._typing.start()

    def _query(self) -> CallQuery | str:
        """Returns the query from the input fields, or an error text for invalid input."""
        state = self._state
        first, last = read_date(state.first), read_date(state.last)
        if first is None or last is None or first > last:
            return register_words.not_a_period()
        number, phone, words = None, "", ""
        found = parse(state.search)
        digits = sum(letter.isdigit() for letter in state.search)
        is_of_words = any(letter.isalpha() for letter in state.search)
        if isinstance(found, RegistrationNumber):
            number = found
        elif digits >= FEWEST_DIGITS and not is_of_words:
            phone = canonical_phone(state.search, self._area_code) or ""
            if not phone:
                return register_words.not_a_number()
        else:
            words = state.search
        return CallQuery(
            self._midnight(first),
            self._midnight(last + timedelta(days=1)),
            number=number,
            phone=phone,
            name=state.name.strip(),
            words=words,
            operator=state.operator,
            workplace=state.workplace,
            topic=state.topic,
            result=state.result,
            sort=state.sort,
            is_descending=state.is_descending,
        )

    def _midnight(self, day: date) -> datetime:
        local = datetime(day.year, day.month, day.day, tzinfo=self._zone)
        return local.astimezone(UTC)

    # --- reading ---

    def _source(self) -> CallSource:
        return self._everywhere() or self._here

    def _end_reading(self) -> None:
        """Cancels the current query."""
        self._typing.stop()
        self._asked += 1
        self._stop.stop()
        self._stop = SearchStop()

    def read(self) -> None:
        """Loads the first page of the list and cancels the previous query.

        The previous rows are shown until the result arrives.
        """
        self._end_reading()
        if not self.may_see():
            self._calls = ()
            self._put(RegisterState(empty=register_words.not_for_role()))
            return
        query = self._query()
        if isinstance(query, str):
            self._put(replace(self._state, problem=query, is_reading=False))
            return
        self._put(replace(self._state, problem="", is_reading=True))
        self._read(query, None)

    def read_more(self) -> None:
        """Loads the next page."""
        query = self._query()
        if self._state.is_reading or not self._state.has_more or isinstance(query, str):
            return
        self._put(replace(self._state, is_reading=True))
        self._read(query, self._calls[-1])

    def _read(self, query: CallQuery, after: CallRecord | None) -> None:
        asked, stop, here, source = self._asked, self._stop, self._here, self._source()
        if after is not None and self._state.warning:
            source = here  # all pages of a list have the same source
        is_everywhere = source is not here

        def find() -> _Page:
            begun_s = time.monotonic()
            is_here = not is_everywhere
            try:
                found = source.find_calls(query, after, PAGE + 1, stop)
            except CentreUnread:
                if after is not None or stop.is_stopped:
                    raise
                found, is_here = here.find_calls(query, None, PAGE + 1, stop), True
            return _Page(found, is_here, time.monotonic() - begun_s)

        def show(page: _Page) -> None:
            if asked == self._asked:
                self._show(page, after, is_away=is_everywhere and page.is_here)

        def not_read(_error: Exception) -> None:
            if asked == self._asked:
                self._show_unread(after)

        self._deliveries.deliver(
            self._readers.submit(find), show, not_read, expected=(StoreError, CentreUnread)
        )

    def _show(self, page: _Page, after: CallRecord | None, *, is_away: bool) -> None:
        found, has_more = page.calls[:PAGE], len(page.calls) > PAGE
        now = self._clock()
        rows = tuple(row_of(card, self._zone, now) for card in found)
        is_first = after is None
        self._calls = found if is_first else (*self._calls, *found)
        shown = rows if is_first else (*self._state.rows, *rows)
        source = (
            register_words.this_workplace() if page.is_here else register_words.all_workplaces()
        )
        warning = register_words.centre_away() if is_away else ""
        self._put(
            replace(
                self._state,
                rows=shown,
                has_more=has_more,
                is_reading=False,
                source=source,
                warning=warning if is_first else self._state.warning,
                foot=register_words.shown(len(shown), has_more=has_more, took_s=page.took_s),
                empty=("", "") if shown else register_words.nothing_found(),
            )
        )
        if found:
            self.listed.emit(len(found))

    def _show_unread(self, after: CallRecord | None) -> None:
        head, body = register_words.not_read()
        self._put(replace(self._state, is_reading=False))
        if after is None:
            self._calls = ()
            self._put(replace(self._state, rows=(), has_more=False, foot="", empty=(head, body)))
        else:
            self.told.emit(Notice(head, body, LONG_S, problem=True))

    # --- actions ---

    def open_row(self, id: UUID) -> None:
        """Opens the record of this call."""
        card = self._card(id)
        if card is not None:
            self.record_opened.emit(card)

    def phone_of(self, id: UUID) -> str:
        """Returns the phone number of this call; empty without a number."""
        card = self._card(id)
        return card.phone if card is not None and isinstance(card.phone, str) else ""

    def _card(self, id: UUID) -> CallRecord | None:
        return next((card for card in self._calls if card.id == id), None)

    def export(self) -> None:
        """Exports all calls of the query to an Excel file, if the operator has the right."""
        by, query = self._operator(), self._query()
        if self._is_exporting:
            self.told.emit(Notice(core_words.still_being_written()))
            return
        if not self._state.may_export or isinstance(query, str):
            return
        source = self._here if self._state.warning else self._source()
        stop = self._export_stop
        span = f"{query.start.astimezone(self._zone):%Y-%m-%d}"
        last = query.end.astimezone(self._zone) - timedelta(days=1)
        file = self._folder / f"{register_words.file_name()}_{span}_{last:%Y-%m-%d}.xlsx"
        told = export_words(dict(self._state.topics))

        def write() -> int:
            return write_calls(
                lambda after, most: source.find_calls(query, after, most, stop),
                file,
                told,
                self._zone,
            )

        def written(count: int) -> None:
            self._is_exporting = False
            self.exported.emit(by, count)
            head = register_words.written(count, file.name)
            self.told.emit(Notice(head, str(self._folder), LONG_S))

        def not_written(_error: Exception) -> None:
            self._is_exporting = False
            head = register_words.not_written()
            self.told.emit(Notice(head, str(self._folder), LONG_S, problem=True))

        self._is_exporting = True
        self._deliveries.deliver(
            self._writers.submit(write),
            written,
            not_written,
            expected=(OSError, StoreError, CentreUnread),
        )

    def _put(self, state: RegisterState) -> None:
        self._state = state
        self.changed.emit(state)
