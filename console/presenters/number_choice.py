"""Whom to call: a unit of the directory with its hours, or a number that is typed.

The same choice serves a transfer, a consultation and a call of our own.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.dial_address import DialAddress, read_dial_address
from console.presenters.call_control import CallControl
from console.presenters.call_partners import pair_of
from console.presenters.desk import NO_PURPOSE
from console.presenters.desk_state import CallPurpose, DeskState
from console.presenters.entry_phones import phones_of
from console.presenters.hit_rows import CityDays, HitRow, MetaPart
from console.presenters.live_calls import LineState
from console.presenters.notices import LONG_S, Notice
from console.presenters.unit_order import reachable_first
from kb.entries import Entry, EntryKind, UnitDetails
from kb.errors import DirectoryError
from kb.hours import Opening, OpeningState, opening
from kb.search import SearchResult

SHOWN_UNITS = 9
FOUND_UNITS = 24  # one that is open may stand behind many that are closed
_AWAY = (OpeningState.CLOSED, OpeningState.BREAK)


class NumberUse(StrEnum):
    """What the number is for."""

    TRANSFER = "transfer"
    DIAL = "dial"


class UnitsPort(Protocol):
    """What is needed of the directory; called on a reader thread."""

    def find(self, text: str, limit: int = ..., only: EntryKind | None = ...) -> SearchResult: ...


@dataclass(frozen=True, slots=True)
class CallTarget:
    """A number with the name the directory gives it, and whether anybody is there now.

    ``purpose`` says which of a unit's numbers it is.
    """

    address: DialAddress
    title: str = ""
    purpose: str = ""
    hours: MetaPart | None = None
    warning: str = ""


@dataclass(frozen=True, slots=True)
class NumberChoiceState:
    """All that the panel shows; ``selected`` is -1 where the typed number is meant."""

    use: NumberUse = NumberUse.DIAL
    query: str = ""
    rows: tuple[HitRow, ...] = ()
    selected: int = -1
    target: CallTarget | None = None
    problem: tuple[str, str] = ("", "")
    nothing_found: bool = False


class NumberChoicePresenter(QObject):
    """Finds units as one types, and has the chosen number called; belongs to the GUI thread."""

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
        self._last = ""  # that was called, as one would type it
        self._state = NumberChoiceState()

    @property
    def state(self) -> NumberChoiceState:
        return self._state

    @property
    def is_open(self) -> bool:
        return self._is_open

    # --- opening and leaving ---

    def open(self, use: NumberUse, *, entry: Entry | None = None, text: str = "") -> None:
        """Offer to choose, beginning with an entry of the directory or with a number."""
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
        """Offer a tel: or sip: address that came from outside; what is none is told."""
        address = read_dial_address(text)
        if address is None:
            self.told.emit(Notice(words.numbers.address_unreadable(), problem=True))
        else:
            self.open(use, text=_as_typed(address))

    def ask_for_last(self) -> None:
        """The headset wants to call once more; the page says whether it is the time for that."""
        self.last_asked.emit()

    def offer_last(self) -> None:
        """Offer the number that was called last, over nothing that is typed; Enter calls it."""
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
        """A transfer has no sense any more when its caller is gone or is being handed over."""
        is_transfer = self._state.use is NumberUse.TRANSFER
        if self._is_open and is_transfer and not may_hand_over(desk):
            self.close()

    # --- choosing ---

    def set_query(self, text: str) -> None:
        """A number is taken as it is typed; units are found by their words beside it."""
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
        """Keep what was chosen among the rows before these; Enter must not call another one."""
        places = [
            place
            for place, target in enumerate(self._targets)
            if (target.address, target.title) == (meant.address, meant.title)
        ]
        self.select(places[0] if places else -1)

    def _not_read(self, error: Exception) -> None:
        self._state = replace(self._state, problem=words.directory.not_read(error))
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
        """A row for each of the entry's numbers."""
        hours, warning = self._hours_of(entry, now)
        made = []
        for phone in phones_of(entry):
            address = read_dial_address(phone.number)
            if address is None:
                continue
            address = replace(address, extension=phone.extension or address.extension)
            meta = (MetaPart("phone", words.numbers.address_text(address), "text-2"),)
            row = HitRow(
                key=entry.id,
                digit="",
                title=entry.short_title,
                marks=(),
                kind=entry.kind,
                badge=phone.purpose or words.directory.entry_kind(entry.kind),
                meta=(hours, *meta) if hours is not None else meta,
            )
            target = CallTarget(address, entry.short_title, phone.purpose, hours, warning)
            made.append((row, target))
        return made

    def _hours_of(self, entry: Entry, now: datetime) -> tuple[MetaPart | None, str]:
        """Whether anybody is there, and what is to be said before the transfer where not."""
        found = self._opening_of(entry, now)
        if found is None:
            return None, ""
        word, icon, role = words.directory.opening_text(found, now)
        away = found.state in _AWAY
        return MetaPart(icon, word, role), words.numbers.closed_warning(word) if away else ""

    def _opening_of(self, entry: Entry, now: datetime) -> Opening | None:
        """What the hours of a unit mean now; None of an official."""
        if not isinstance(entry.details, UnitDetails):
            return None
        days = self._days
        return opening(entry.details.hours, now, days.is_working_day, days.is_short_day)

    def move(self, steps: int) -> None:
        """Move among the rows, as the arrow keys do; above the first stands the typed number."""
        least = -1 if read_dial_address(self._state.query) is not None else 0
        if self._targets:
            last = len(self._targets) - 1
            self.select(max(least, min(last, self._state.selected + steps)))

    def select(self, index: int) -> None:
        """Choose a row; -1 is the number as it is typed."""
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
        """Talk to the chosen one: about the caller who is held, or with nobody on the line."""
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
        """Hand the caller over without asking there first."""
        if self._state.use is not NumberUse.TRANSFER:
            self.call()
            return
        target = self._needed_target()
        if target is None:
            return
        if target.address.extension:
            head, body = words.numbers.extension_needs_talk(target.address.extension)
            self.told.emit(Notice(head, body, LONG_S, problem=True))
        elif self._calls.transfer(target.address.number):
            self.close()

    def call_number(self, text: str, title: str = "", purpose: CallPurpose = NO_PURPOSE) -> None:
        """Call a number that is shown somewhere, by one key."""
        address = read_dial_address(text)
        if address is None:
            self.told.emit(Notice(words.numbers.no_number(), problem=True))
        elif self._dial(CallTarget(address, title), purpose):
            self._done(CallTarget(address, title))

    def _dial(self, target: CallTarget, purpose: CallPurpose = NO_PURPOSE) -> bool:
        done = self._calls.dial(target.address.number, target.title, purpose)
        if done:
            self._last = _as_typed(target.address)
        return done

    def _needed_target(self) -> CallTarget | None:
        if self._state.target is None:
            self.told.emit(Notice(words.numbers.choose_number(), problem=True))
        return self._state.target

    def _done(self, target: CallTarget) -> None:
        if target.address.extension:
            note = words.numbers.extension_follows(target.address.extension)
            self.told.emit(Notice(note, seconds=LONG_S))
        self.close()


def _as_typed(address: DialAddress) -> str:
    extension = f";ext={address.extension}" if address.extension else ""
    return address.number + extension


def may_hand_over(desk: DeskState) -> bool:
    """Whether there is a caller who can be transferred, and nobody is asked about him yet."""
    call = desk.call
    talks = desk.line is LineState.TALKING and call is not None and call.is_up
    return talks and call is not None and call.hand_over is None and pair_of(desk) is None
