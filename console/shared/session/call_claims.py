"""Locks on phone numbers that prevent two operators from calling the same number back.

The first operator gets the lock from the central database. If the database is unreachable or slow,
the console dials without a lock. GUI thread only.
"""

from __future__ import annotations

import time as time_module
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.shared.session import call_words
from console.shared.session.call_control import DOUBLE_PRESS_S
from console.shared.session.live_calls import DeskState
from sync.errors import CentreUnwritten, StoreError
from sync.register.calls.calls import CallRecord, CallState
from sync.register.calls.missed import CallClaim, Claimed, ClaimHolder, ClaimStage
from sync.register.people.operators import Operator
from sync.register.people.phones import canonical_phone

Holders = tuple[tuple[str, ClaimHolder], ...]


ANSWER_MS = 1200  # after a longer delay operators assume that the key press was lost
CONFIRM_WITHIN_S = 15.0
"""Time after the warning in which another press of the key dials nevertheless."""
DIAL_S = 10.0
"""Time limit for the requested call to start."""
RELEASE_S = 3.0
"""Delay before a lock is released. The saved record is replicated first and removes the missed call
from the lists of the other workplaces.
"""
RENEW_S, WRITING_RENEW_S = 20.0, 60.0
WRITTEN_WITHIN = timedelta(hours=12)
"""Drafts older than this hold no lock, because they do not belong to this shift."""
MISSED_WITHIN = timedelta(days=90)
"""The central database ignores older missed calls as well."""
LOOK_AGAIN_S = 5.0
"""A call that rang at several workplaces appears as missed at the others shortly after it was
answered.
"""
LOOKS = 2
_TICK_MS = 1000


class ClaimsPort(Protocol):
    """Locks in the central database. Both methods block on the network and raise
    `CentreUnwritten`.
    """

    def claim(self, claim: CallClaim, *, is_forced: bool = ...) -> Claimed: ...

    def end(self, id: UUID) -> None: ...


class MissedPort(Protocol):
    """Replicated call register. Blocks on file I/O and raises `StoreError`."""

    def first_missed(self, phones: Collection[str], since: datetime) -> Mapping[str, datetime]: ...


class BoardPort(Protocol):
    """Replicated locks of the other workplaces."""

    def holders(self) -> dict[str, ClaimHolder]: ...

    def next_end_s(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class TeamOfCentre:
    """Access to the locks, plus a check whether the central database is reachable."""

    claims: ClaimsPort
    board: BoardPort
    missed: MissedPort
    worker: Executor
    is_reachable: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Lock that this workplace needs; `by_id` is the signed-in operator or the owner of the
    draft.
    """

    stage: ClaimStage
    by_id: UUID
    by_name: str
    talked_at: datetime | None = None


@dataclass(slots=True)
class _Held:
    """Lock of this workplace, or a conversation for which a lock may be requested."""

    claim: CallClaim
    needed_s: float
    sent_s: float
    is_kept: bool = False
    is_under_way: bool = False
    looks: int = 0
    is_of_missed: bool = False
    """The central database has refused the lock but will soon receive the missed call, so the
    request is repeated without limit.
    """


@dataclass(frozen=True, slots=True)
class _Warned:
    """Last warning that a colleague holds a number."""

    phone: str
    came_at: datetime | None
    at_s: float


@dataclass(slots=True)
class _Asked:
    phone: str
    dial: Callable[[], object]
    is_over: bool = False

    def go(self) -> None:
        """Dials; further calls have no effect."""
        if not self.is_over:
            self.is_over = True
            self.dial()


class CallClaimsPresenter(QObject):
    """Acquires, renews and releases locks on phone numbers. GUI thread only.

    Without a central database (`team` is None) every call is dialled immediately.
    """

    changed = Signal()  # the locks of other workplaces
    told = Signal(object)  # Notice

    def __init__(
        self,
        team: TeamOfCentre | None,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        new_id: Callable[[], UUID],
        area_code: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic_s: Callable[[], float] = time_module.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._team = team
        self._deliveries = deliveries
        self._operator = operator
        self._new_id = new_id
        self._area_code = area_code
        self._clock = clock
        self._now_s = monotonic_s
        self._holders: dict[str, ClaimHolder] = {}
        self._desk = DeskState()
        self._drafts: tuple[CallRecord, ...] = ()
        self._wanted: dict[str, _Wanted] = {}  # by phone number
        self._held: dict[str, _Held] = {}
        self._asked: _Asked | None = None
        self._warned = _Warned("", None, 0.0)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self.settle)
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.timeout.connect(self.look_at_board)

    # --- locks of other workplaces ---

    def holders(self) -> Holders:
        """Returns the phone numbers locked by other workplaces with the owners of the locks."""
        return tuple(self._holders.items())

    def look_at_board(self) -> None:
        """Reads the locks of other workplaces again, after replication or when a lock has
        expired.
        """
        if self._team is None:
            return
        holders = self._team.board.holders()
        end_s = self._team.board.next_end_s()
        if end_s is not None:
            self._ends.start(int(end_s * 1000) + 1)
        if holders != self._holders:
            self._see_taken(holders)
            self._holders = holders
            self.changed.emit()

    def _see_taken(self, holders: Mapping[str, ClaimHolder]) -> None:
        """Requests an own lock again when another workplace has taken it over and released it."""
        for phone, held in self._held.items():
            if phone in holders:
                held.is_kept = False
            elif phone in self._holders:
                held.looks = 0

    def look_for_missed(self) -> None:
        """Checks new calls for missed calls of the numbers in use that have no lock yet.

        A missed call can arrive late if its workplace or this one had no connection to the central
        database.
        """
        team = self._team
        unkept = {phone: held for phone, held in self._held.items() if not held.is_kept}
        if team is None or not unkept:
            return

        def found(missed: Mapping[str, datetime]) -> None:
            for phone, held in unkept.items():
                talked_at, at = held.claim.talked_at, missed.get(phone)
                held.is_of_missed = at is not None and (talked_at is None or at <= talked_at)
            self.settle()

        since = self._clock() - MISSED_WITHIN
        self._deliveries.deliver(
            team.worker.submit(team.missed.first_missed, tuple(unkept), since),
            found,
            lambda _error: None,  # the status bar reports a failing database
            expected=(StoreError,),
        )

    # --- calling ---

    def call(
        self, number: str, dial: Callable[[], object], came_at: datetime | None = None
    ) -> None:
        """Dials `number` unless another operator has locked it; then warns and waits for a second
        press.

        A second press dials nevertheless. `came_at` is the time of the missed or scheduled call
        that is returned. If it is later than the conversation a colleague is recording, the lock
        does not block the call.
        """
        phone = canonical_phone(number, self._area_code)
        team = self._team
        if team is None or phone is None or not team.is_reachable():
            dial()
            return
        if self._asked is not None and self._asked.phone == phone and not self._asked.is_over:
            return  # repeated key press
        known = self._held.get(phone)
        calling = self._by_who_sits_here(ClaimStage.CALLING)
        mine = _of(known.claim, calling) if known is not None else self._claim(phone, calling)
        mine = replace(mine, missed_at=came_at)
        is_warned = (self._warned.phone, self._warned.came_at) == (phone, came_at)
        since_s = self._now_s() - self._warned.at_s
        if is_warned and since_s < DOUBLE_PRESS_S:
            return
        if is_warned and since_s <= CONFIRM_WITHIN_S:
            self._warned = _Warned("", None, 0.0)
            self._ask(team, _Asked(phone, dial, is_over=True), mine, is_forced=True)
            dial()
        elif (holder := self._holders.get(phone)) is not None and holder.has(came_at):
            self._tell_held(phone, came_at, holder)
        else:
            asked = self._asked = _Asked(phone, dial)
            QTimer.singleShot(ANSWER_MS, self, asked.go)
            self._ask(team, asked, mine)

    def _by_who_sits_here(self, stage: ClaimStage) -> _Wanted:
        by = self._operator()
        return _Wanted(stage, by.id, by.name)

    def _claim(self, phone: str, wanted: _Wanted) -> CallClaim:
        return _of(CallClaim(self._new_id(), phone, wanted.by_id, wanted.by_name), wanted)

    def _ask(
        self, team: TeamOfCentre, asked: _Asked, claim: CallClaim, *, is_forced: bool = False
    ) -> None:

        def answered(said: Claimed) -> None:
            if said.is_kept:
                # a lock without a call expires at this time
                needed_s = self._now_s() + DIAL_S - RELEASE_S
                self._hold(claim, needed_s)
            if said.holder is not None and not asked.is_over:
                asked.is_over = True
                self._tell_held(asked.phone, claim.missed_at, said.holder)
            asked.go()

        def unknown(_error: Exception) -> None:
            """Dials without a lock; the status bar reports the missing connection."""
            asked.go()

        future = team.worker.submit(team.claims.claim, claim, is_forced=is_forced)
        self._deliveries.deliver(future, answered, unknown, expected=(CentreUnwritten,))

    def _hold(self, claim: CallClaim, needed_s: float) -> None:
        """Stores a granted lock, replacing an earlier version of the same lock."""
        held = self._held.get(claim.phone)
        if held is None or held.claim.id != claim.id:
            held = self._held[claim.phone] = _Held(claim, needed_s, self._now_s())
        # a renewal of the earlier version may still be running; this version is sent after it
        held.claim, held.needed_s, held.sent_s, held.is_kept = claim, needed_s, self._now_s(), True
        self._ticks.start()

    def _tell_held(self, phone: str, came_at: datetime | None, holder: ClaimHolder) -> None:
        self._warned = _Warned(phone, came_at, self._now_s())
        head, body = call_words.held(holder)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    # --- locks of this workplace ---

    def follow(self, desk: DeskState) -> None:
        """Locks the numbers of the current calls until their records are saved."""
        self._desk = desk
        self._want_anew()

    def follow_drafts(self, drafts: Iterable[CallRecord]) -> None:
        """Locks the numbers of suspended drafts until these are saved or dropped."""
        self._drafts = tuple(drafts)
        self._want_anew()

    def _want_anew(self) -> None:
        if self._team is None:
            return
        if self._wanted_now() != self._wanted:
            self.settle()

    def _wanted_now(self) -> dict[str, _Wanted]:
        return {**self._written(), **self._spoken_with()}

    def _spoken_with(self) -> dict[str, _Wanted]:
        """Returns the numbers of the current calls; a conversation precedes another call of the
        same number.
        """
        desk = self._desk
        live = [one for one in (desk.call, *desk.waiting, *desk.others) if one is not None]
        wanted: dict[str, _Wanted] = {}
        for one in sorted(live, key=lambda one: one.answered_at is not None):
            phone = canonical_phone(one.number, self._area_code)
            is_ours = one.ended_at is None and one.consultation_of is None
            if phone is not None and is_ours and (one.is_dialled or one.answered_at is not None):
                is_talk = one.answered_at is not None
                stage = ClaimStage.TALKING if is_talk else ClaimStage.CALLING
                wanted[phone] = self._by_who_sits_here(stage)
        return wanted

    def _written(self) -> dict[str, _Wanted]:
        """Returns the numbers of conversations whose records are drafts, active or suspended.

        Of several conversations with one number the last counts, because it follows all missed
        calls.
        """
        cards = self._drafts if self._desk.card is None else (*self._drafts, self._desk.card)
        since = self._clock() - WRITTEN_WITHIN
        talks = [
            (card.answered_at, card)
            for card in cards
            if card.state is CallState.DRAFT and card.answered_at is not None
        ]
        wanted: dict[str, _Wanted] = {}
        for answered_at, card in sorted(talks, key=lambda talk: talk[0]):
            phone = canonical_phone(card.caller_number_raw, self._area_code)
            if phone is not None and answered_at > since:
                by = card.operator_id, card.operator_name
                wanted[phone] = _Wanted(ClaimStage.WRITING, *by, answered_at)
        return wanted

    def settle(self) -> None:
        """Acquires, renews and releases locks that are due."""
        if self._team is None:
            return
        now_s = self._now_s()
        self._wanted = self._wanted_now()  # a draft can exceed its age limit
        for phone, wanted in self._wanted.items():
            held = self._held.get(phone)
            if held is None and wanted.stage is not ClaimStage.CALLING:
                claim = self._claim(phone, wanted)
                held = self._held[phone] = _Held(claim, now_s, now_s - LOOK_AGAIN_S)
            if held is None:
                continue
            is_called = held.claim.stage is ClaimStage.CALLING and held.needed_s > now_s
            held.needed_s = max(held.needed_s, now_s)
            follows = wanted.stage is not ClaimStage.WRITING or not is_called
            claim = _of(held.claim, wanted)
            if follows and claim != held.claim:
                held.claim = claim
                # if the conversation got no lock, its record needs none
                if held.is_kept or wanted.stage is not ClaimStage.WRITING:
                    self._send(held)
            elif self._is_due(held, now_s):
                self._send(held)
        for phone, held in tuple(self._held.items()):
            if phone not in self._wanted and now_s - held.needed_s > RELEASE_S:
                del self._held[phone]
                self._end(held)
        if self._held:
            self._ticks.start()
        else:
            self._ticks.stop()

    def _is_due(self, held: _Held, now_s: float) -> bool:
        if held.is_kept:
            is_written = held.claim.stage is ClaimStage.WRITING
            return now_s - held.sent_s >= (WRITING_RENEW_S if is_written else RENEW_S)
        if held.is_of_missed:
            return now_s - held.sent_s >= RENEW_S
        return held.looks < LOOKS and now_s - held.sent_s >= LOOK_AGAIN_S

    def _send(self, held: _Held) -> None:
        team = self._team
        if team is None or held.is_under_way or not team.is_reachable():
            return
        held.is_under_way, held.sent_s = True, self._now_s()
        held.looks += 1
        sent = held.claim

        def answered(said: Claimed) -> None:
            held.is_under_way, held.is_kept = False, said.is_kept
            if self._held.get(sent.phone) is not held:
                self._end(held)  # the call ended before the lock was granted
            elif held.claim != sent:
                self._send(held)  # the call was answered in the meantime

        def unknown(_error: Exception) -> None:
            held.is_under_way = False

        future = team.worker.submit(team.claims.claim, sent)
        self._deliveries.deliver(future, answered, unknown, expected=(CentreUnwritten,))

    def _end(self, held: _Held) -> None:
        team = self._team
        if team is None or not held.is_kept or held.is_under_way:
            return  # released as soon as the pending request has completed
        held.is_kept = False
        self._deliveries.deliver(
            team.worker.submit(team.claims.end, held.claim.id),
            lambda _none: None,
            lambda _error: None,  # the lock expires soon
            expected=(CentreUnwritten,),
        )


def _of(claim: CallClaim, wanted: _Wanted) -> CallClaim:
    return replace(
        claim,
        stage=wanted.stage,
        by_id=wanted.by_id,
        by_name=wanted.by_name,
        talked_at=wanted.talked_at,
    )
