"""Presenters for dialling: digits during a call, and number search that prefers open units.

GUI thread only; the directory is searched on a reader thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.features.dialing import words as dialing_words
from console.shared.directory import words as directory_words
from console.shared.directory.hits import CityDays, HitRow, MetaPart, phones_of
from console.shared.session.call_control import (
    CallControl,
    DialAddress,
    pair_of,
    read_dial_address,
)
from console.shared.session.desk import NO_PURPOSE
from console.shared.session.live_calls import CallPurpose, DeskState, LineState
from kb.entries.entries import Entry, EntryKind, UnitDetails
from kb.entries.hours import Opening, OpeningState, opening
from kb.errors import DirectoryError
from kb.search.search import Hit, SearchResult
from kb.text import STOP_WORDS, folded_words

KEYS = "123456789*0#"
_READ = {**{key: key for key in KEYS}, "№": "#"}
"""Keypad characters by typed character; in the Russian layout Shift+3 produces «№» instead of #."""


class KeypadPresenter(QObject):
    """Sends DTMF digits to the active call and shows the sent digits."""

    changed = Signal(str)  # digits sent so far

    def __init__(self, calls: CallControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._call_id = ""
        self._sent = ""

    @property
    def state(self) -> str:
        return self._sent

    def press(self, text: str) -> None:
        """Sends the characters of the text that a keypad has, and drops the others."""
        keys = "".join(_READ.get(sign, "") for sign in text)
        if keys and self._calls.send_digits(keys):
            self._sent += keys
            self.changed.emit(self._sent)

    def follow(self, desk: DeskState) -> None:
        """Clears the shown digits when another call becomes active."""
        call_id = desk.call.call_id if desk.call is not None else ""
        if call_id != self._call_id:
            self._call_id = call_id
            if self._sent:
                self._sent = ""
                self.changed.emit(self._sent)


# Minimum share of the best score for a similarly good match. Units found by their titles reach it;
# a unit with the word only in its text has a quarter of the best score or less.
AS_WELL = 0.6


def reachable_first(found: SearchResult, is_away: Callable[[Entry], bool]) -> tuple[Entry, ...]:
    """Returns the units found; among similarly good matches the closed units are last.

    ``is_away`` returns whether a unit is closed. A unit named exactly by the query keeps its rank
    even if closed, because the operator must see that it is closed.
    """
    named = [hit for hit in found.hits if _is_named(hit.entry, found)]

    def stands_back(hit: Hit) -> bool:
        # A title shared by several units identifies none of them.
        return is_away(hit.entry) and [hit] != named

    return tuple(
        hit.entry for group in _as_good(found.hits) for hit in sorted(group, key=stands_back)
    )


def _as_good(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    """Groups results with similar scores.

    A score too far below the first of its group starts a new group.
    """
    start = 0
    for place, hit in enumerate(hits):
        if hit.score < AS_WELL * hits[start].score:
            yield hits[start:place]
            start = place
    yield hits[start:]


def _is_named(entry: Entry, found: SearchResult) -> bool:
    """Whether the query is the complete title of the unit, in any grammatical form."""

    def stems(words: Sequence[str]) -> Sequence[str]:
        return [found.marker.stem(word) for word in words if word not in STOP_WORDS]

    asked = stems(found.reading.words)
    short = entry.details.short_title if isinstance(entry.details, UnitDetails) else ""
    return any(asked == stems(folded_words(title)) for title in (entry.title, short) if title)


SHOWN_UNITS = 9
FOUND_UNITS = 24  # closed units may rank before an open one
_AWAY = (OpeningState.CLOSED, OpeningState.BREAK)


class NumberUse(StrEnum):
    """Purpose of the number: transfer of the active call, or a new call."""

    TRANSFER = "transfer"
    DIAL = "dial"


class UnitsPort(Protocol):
    """Directory search for units; called on a reader thread."""

    def find(self, text: str, limit: int = ..., only: EntryKind | None = ...) -> SearchResult: ...


@dataclass(frozen=True, slots=True)
class CallTarget:
    """Phone number with its directory title and opening state.

    ``purpose`` distinguishes the numbers of one unit.
    """

    address: DialAddress
    title: str = ""
    purpose: str = ""
    hours: MetaPart | None = None
    warning: str = ""


@dataclass(frozen=True, slots=True)
class NumberChoiceState:
    """View state of the number panel; ``selected`` is -1 if the typed number is the target."""

    use: NumberUse = NumberUse.DIAL
    query: str = ""
    rows: tuple[HitRow, ...] = ()
    selected: int = -1
    target: CallTarget | None = None
    problem: tuple[str, str] = ("", "")
    nothing_found: bool = False


class NumberChoicePresenter(QObject):
    """Searches units during typing, and calls or transfers to the selected number. GUI
    thread only.
    """

    changed = Signal(object)  # NumberChoiceState
    opened = Signal()
    closed = Signal()
    told = Signal(object)  # Notice
    last_asked = Signal()

    def __init__(
        self,
        calls: CallControl,
        directory: UnitsPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        zone: ZoneInfo,
        days: CityDays,
        now: Callable[[], datetime] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._days = days
        self._now = now or (lambda: datetime.now(zone))
        self._asked = 0
        self._targets: tuple[CallTarget, ...] = ()
        self._is_open = False
        self._last = ""  # last number called, as an operator would type it
        self._state = NumberChoiceState()

    @property
    def state(self) -> NumberChoiceState:
        return self._state

    @property
    def is_open(self) -> bool:
        return self._is_open

    # --- opening and closing ---

    def open(self, use: NumberUse, *, entry: Entry | None = None, text: str = "") -> None:
        """Opens the number panel, optionally with the numbers of a directory entry, or with a
        query.
        """
        self._is_open = True
        self._asked += 1
        self._targets = ()
        self._state = NumberChoiceState(use=use, query=text)
        if entry is not None and phones_of(entry):
            self._show_entries((entry,), self._now(), choose_first=True)
        elif text:
            self.set_query(text)
        else:
            self.changed.emit(self._state)
        self.opened.emit()

    def offer(self, text: str, use: NumberUse) -> None:
        """Opens the panel with a tel: or sip: address from another program; reports an invalid
        address.
        """
        address = read_dial_address(text)
        if address is None:
            self.told.emit(Notice(dialing_words.address_unreadable(), problem=True))
        else:
            self.open(use, text=_as_typed(address))

    def ask_for_last(self) -> None:
        """Requests redial from the headset; the page decides whether redial is possible at
        present.
        """
        self.last_asked.emit()

    def offer_last(self) -> None:
        """Opens the panel with the last number called, which Enter then calls.

        If the panel is open and has a query, nothing happens.
        """
        if not (self._is_open and self._state.query):
            self.open(NumberUse.DIAL, text=self._last)

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._asked += 1
            self._targets = ()
            self._state = NumberChoiceState()
            self.closed.emit()
            self.changed.emit(self._state)

    def follow(self, desk: DeskState) -> None:
        """Closes the panel if it is for a transfer and no caller can be transferred any longer."""
        is_transfer = self._state.use is NumberUse.TRANSFER
        if self._is_open and is_transfer and not may_hand_over(desk):
            self.close()

    # --- selection ---

    def set_query(self, text: str) -> None:
        """Sets the query and searches units; a query that is a phone number also becomes the
        target.
        """
        self._asked += 1
        asked = self._asked
        address = read_dial_address(text)
        self._state = replace(
            self._state,
            query=text,
            selected=-1,
            target=None if address is None else CallTarget(address),
            nothing_found=False,
        )
        if not text.strip():
            self._targets = ()
            self._state = replace(self._state, rows=())
            self.changed.emit(self._state)
            return
        self.changed.emit(self._state)
        future = self._readers.submit(
            self._directory.find, text.strip(), FOUND_UNITS, EntryKind.UNIT
        )
        self._deliveries.deliver(
            future,
            lambda found: self._found(asked, found),
            self._not_read,
            expected=(DirectoryError,),
        )

    def _found(self, asked: int, found: SearchResult) -> None:
        if asked != self._asked:
            return
        now = self._now()
        meant = self._state.target if self._state.selected >= 0 else None

        def is_away(entry: Entry) -> bool:
            hours = self._opening_of(entry, now)
            return hours is not None and hours.state in _AWAY

        units = reachable_first(found, is_away)[:SHOWN_UNITS]
        self._show_entries(units, now, choose_first=False)
        if meant is not None:
            self._hold(meant)

    def _hold(self, meant: CallTarget) -> None:
        """Selects the previous target again in the new rows, because Enter must not call another
        number.
        """
        places = [
            place
            for place, target in enumerate(self._targets)
            if (target.address, target.title) == (meant.address, meant.title)
        ]
        self.select(places[0] if places else -1)

    def _not_read(self, error: Exception) -> None:
        self._state = replace(self._state, problem=directory_words.not_read(error))
        self.changed.emit(self._state)

    def _show_entries(
        self, entries: tuple[Entry, ...], now: datetime, *, choose_first: bool
    ) -> None:
        found = [self._numbers_of(entry, now) for entry in entries]
        rows = [row for some in found for row, _target in some]
        self._targets = tuple(target for some in found for _row, target in some)
        typed = read_dial_address(self._state.query)
        self._state = replace(
            self._state,
            rows=tuple(replace(row, key=f"{row.key}/{n}") for n, row in enumerate(rows)),
            problem=("", ""),
            nothing_found=not rows and typed is None,
        )
        if rows and (choose_first or typed is None):
            self.select(0)
        else:
            self.changed.emit(self._state)

    def _numbers_of(self, entry: Entry, now: datetime) -> list[tuple[HitRow, CallTarget]]:
        """Returns row and target for each number of the entry."""
        hours, warning = self._hours_of(entry, now)
        made = []
        for phone in phones_of(entry):
            address = read_dial_address(phone.number)
            if address is None:
                continue
            address = replace(address, extension=phone.extension or address.extension)
            meta = (MetaPart("phone", dialing_words.address_text(address), "text-2"),)
            row = HitRow(
                key=entry.id,
                digit="",
                title=entry.short_title,
                marks=(),
                kind=entry.kind,
                badge=phone.purpose or directory_words.entry_kind(entry.kind),
                meta=(hours, *meta) if hours is not None else meta,
            )
            target = CallTarget(address, entry.short_title, phone.purpose, hours, warning)
            made.append((row, target))
        return made

    def _hours_of(self, entry: Entry, now: datetime) -> tuple[MetaPart | None, str]:
        """Returns the opening state of the entry, and the warning before a transfer if it is
        closed.
        """
        found = self._opening_of(entry, now)
        if found is None:
            return None, ""
        word, icon, role = directory_words.opening_text(found, now)
        away = found.state in _AWAY
        return MetaPart(icon, word, role), dialing_words.closed_warning(word) if away else ""

    def _opening_of(self, entry: Entry, now: datetime) -> Opening | None:
        """Returns the current opening state of a unit; None for other entries."""
        if not isinstance(entry.details, UnitDetails):
            return None
        days = self._days
        return opening(entry.details.hours, now, days.is_working_day, days.is_short_day)

    def move(self, steps: int) -> None:
        """Moves the selection by this number of rows; the typed number is above the first row."""
        least = -1 if read_dial_address(self._state.query) is not None else 0
        if self._targets:
            last = len(self._targets) - 1
            self.select(max(least, min(last, self._state.selected + steps)))

    def select(self, index: int) -> None:
        """Selects the row with this index; -1 selects the typed number."""
        if index >= len(self._targets):
            return
        typed = read_dial_address(self._state.query)
        target = self._targets[index] if index >= 0 else None
        if target is None and typed is not None:
            target = CallTarget(typed)
        self._state = replace(self._state, selected=index, target=target)
        self.changed.emit(self._state)

    # --- calling ---

    def call(self) -> None:
        """Calls the selected number; if a caller is to be transferred, starts a consultation with
        it.
        """
        target = self._needed_target()
        if target is None:
            return
        if self._state.use is NumberUse.DIAL:
            done = self._dial(target)
        else:
            done = self._calls.consult(target.address.number, target.title)
        if done:
            self._done(target)

    def transfer_at_once(self) -> None:
        """Transfers the caller to the selected number without a consultation.

        A number with an extension needs a consultation, so a notice is shown instead.
        """
        if self._state.use is not NumberUse.TRANSFER:
            self.call()
            return
        target = self._needed_target()
        if target is None:
            return
        if target.address.extension:
            head, body = dialing_words.extension_needs_talk(target.address.extension)
            self.told.emit(Notice(head, body, LONG_S, problem=True))
        elif self._calls.transfer(target.address.number):
            self.close()

    def call_number(self, text: str, title: str = "", purpose: CallPurpose = NO_PURPOSE) -> None:
        """Calls a number that is shown on another page; reports an invalid number."""
        address = read_dial_address(text)
        if address is None:
            self.told.emit(Notice(dialing_words.no_number(), problem=True))
        elif self._dial(CallTarget(address, title), purpose):
            self._done(CallTarget(address, title))

    def _dial(self, target: CallTarget, purpose: CallPurpose = NO_PURPOSE) -> bool:
        done = self._calls.dial(target.address.number, target.title, purpose)
        if done:
            self._last = _as_typed(target.address)
        return done

    def _needed_target(self) -> CallTarget | None:
        if self._state.target is None:
            self.told.emit(Notice(dialing_words.choose_number(), problem=True))
        return self._state.target

    def _done(self, target: CallTarget) -> None:
        if target.address.extension:
            note = dialing_words.extension_follows(target.address.extension)
            self.told.emit(Notice(note, seconds=LONG_S))
        self.close()


def _as_typed(address: DialAddress) -> str:
    extension = f";ext={address.extension}" if address.extension else ""
    return address.number + extension


def may_hand_over(desk: DeskState) -> bool:
    """Whether the active call can be transferred: it is connected and no consultation is in
    progress.
    """
    call = desk.call
    talks = desk.line is LineState.TALKING and call is not None and call.is_up
    return talks and call is not None and call.hand_over is None and pair_of(desk) is None
