"""Locks on phone numbers, so two operators do not call the same number back at once.

The first operator gets the lock from the central database. If the database is unreachable or
slow, the console dials without a lock. GUI thread only.
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


ANSWER_MS = 1200  # who waits longer thinks that the key did nothing
CONFIRM_WITHIN_S = 15.0
"""How long a press counts as the second one after it was told who calls."""
DIAL_S = 10.0
"""How soon the call that was asked for must have begun."""
RELEASE_S = 3.0
"""The saved record reaches the others first, and takes the missed call from their lists."""
RENEW_S, WRITING_RENEW_S = 20.0, 60.0
WRITTEN_WITHIN = timedelta(hours=12)
"""A draft that is left for longer is no work of this shift: its caller is open to all again."""
MISSED_WITHIN = timedelta(days=90)
"""What is older the centre takes for no missed call either."""
LOOK_AGAIN_S = 5.0
"""A call that rang at several workplaces is missed at the others a moment after it is taken."""
LOOKS = 2
_TICK_MS = 1000


class ClaimsPort(Protocol):
    """The centre; both wait for the network and raise CentreUnwritten."""

    def claim(self, claim: CallClaim, *, is_forced: bool = ...) -> Claimed: ...

    def end(self, id: UUID) -> None: ...


class MissedPort(Protocol):
    """The register, as far as calls of others have come; waits for the disk, raises StoreError."""

    def first_missed(self, phones: Collection[str], since: datetime) -> Mapping[str, datetime]: ...


class BoardPort(Protocol):
    """What the other workplaces hold, as far as it has come."""

    def holders(self) -> dict[str, ClaimHolder]: ...

    def next_end_s(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class TeamOfCentre:
    """Where claims are made, where those of others stand, and whether the centre answers now."""

    claims: ClaimsPort
    board: BoardPort
    missed: MissedPort
    worker: Executor
    is_reachable: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What we have to do with a telephone; ``by`` is whoever sits here, or whose draft it is."""

    stage: ClaimStage
    by_id: UUID
    by_name: str
    talked_at: datetime | None = None


@dataclass(slots=True)
class _Held:
    """A claim of ours, or one of a talk that the centre may keep."""

    claim: CallClaim
    needed_s: float
    sent_s: float
    is_kept: bool = False
    is_under_way: bool = False
    looks: int = 0
    is_of_missed: bool = False
    """The centre has not kept it yet, and is about to hear of the missed call: asked on and on."""


@dataclass(frozen=True, slots=True)
class _Warned:
    """Of which telephone, and for which call, it was told last that a colleague has it."""

    phone: str
    came_at: datetime | None
    at_s: float


@dataclass(slots=True)
class _Asked:
    phone: str
    dial: Callable[[], object]
    is_over: bool = False

    def go(self) -> None:
        """Dial, once."""
        if not self.is_over:
            self.is_over = True
            self.dial()


class CallClaimsPresenter(QObject):
    """Belongs to the GUI thread; without a centre (no ``team``) every call goes out at once."""

    changed = Signal()  # who has which telephone
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
        self._wanted: dict[str, _Wanted] = {}  # our telephones
        self._held: dict[str, _Held] = {}
        self._asked: _Asked | None = None
        self._warned = _Warned("", None, 0.0)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self.settle)
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.timeout.connect(self.look_at_board)

    # --- of others ---

    def holders(self) -> Holders:
        """Who of other workplaces calls which telephone now, or talks there."""
        return tuple(self._holders.items())

    def look_at_board(self) -> None:
        """The feed has brought news, or a claim has ended by itself."""
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
        """A telephone of ours that somebody else has taken is asked for anew once it is free."""
        for phone, held in self._held.items():
            if phone in holders:
                held.is_kept = False
            elif phone in self._holders:
                held.looks = 0

    def look_for_missed(self) -> None:
        """Calls have come: one that was missed long before may tell of whom we talk with.

        Its workplace, or this one, was without the centre when both were asked for.
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
            lambda _error: None,  # the foot of the window tells of the store
            expected=(StoreError,),
        )

    # --- calling ---

    def call(
        self, number: str, dial: Callable[[], object], came_at: datetime | None = None
    ) -> None:
        """Dial, unless somebody of the team is calling there: then say who, and wait for a press.

        The second press dials all the same. ``came_at`` is when the call came that is returned, or
        was promised: where it is later than a talk that is being written down, nobody has it.
        """
        phone = canonical_phone(number, self._area_code)
        team = self._team
        if team is None or phone is None or not team.is_reachable():
            dial()
            return
        if self._asked is not None and self._asked.phone == phone and not self._asked.is_over:
            return  # the key was pressed twice
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
                # what is not dialled by then is given back
                needed_s = self._now_s() + DIAL_S - RELEASE_S
                self._hold(claim, needed_s)
            if said.holder is not None and not asked.is_over:
                asked.is_over = True
                self._tell_held(asked.phone, claim.missed_at, said.holder)
            asked.go()

        def unknown(_error: Exception) -> None:
            """The foot of the window tells that the centre is away."""
            asked.go()

        future = team.worker.submit(team.claims.claim, claim, is_forced=is_forced)
        self._deliveries.deliver(future, answered, unknown, expected=(CentreUnwritten,))

    def _hold(self, claim: CallClaim, needed_s: float) -> None:
        """Keep what the centre has given, in place of what the same claim was before."""
        held = self._held.get(claim.phone)
        if held is None or held.claim.id != claim.id:
            held = self._held[claim.phone] = _Held(claim, needed_s, self._now_s())
        # a renewal that is under way, of what it was before, is followed by this one then
        held.claim, held.needed_s, held.sent_s, held.is_kept = claim, needed_s, self._now_s(), True
        self._ticks.start()

    def _tell_held(self, phone: str, came_at: datetime | None, holder: ClaimHolder) -> None:
        self._warned = _Warned(phone, came_at, self._now_s())
        head, body = call_words.held(holder)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    # --- what goes on here ---

    def follow(self, desk: DeskState) -> None:
        """Hold the telephones that are called or spoken with, until the record is saved."""
        self._desk = desk
        self._want_anew()

    def follow_drafts(self, drafts: Iterable[CallRecord]) -> None:
        """Hold those of talks whose records were put aside, until they are saved or dropped."""
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
        """Telephones of live calls; of two of one telephone the talk counts."""
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
        """Telephones of talks whose records are drafts, in front or put aside.

        Of two talks with one telephone the last counts: it is of all that was missed before.
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
        """Make, renew and end claims as their time comes."""
        if self._team is None:
            return
        now_s = self._now_s()
        self._wanted = self._wanted_now()  # a draft grows old by itself
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
                # of a talk that is of no interest to the others its record is of none either
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
                self._end(held)  # it was over before the centre knew of it
            elif held.claim != sent:
                self._send(held)  # he has answered meanwhile

        def unknown(_error: Exception) -> None:
            held.is_under_way = False

        future = team.worker.submit(team.claims.claim, sent)
        self._deliveries.deliver(future, answered, unknown, expected=(CentreUnwritten,))

    def _end(self, held: _Held) -> None:
        team = self._team
        if team is None or not held.is_kept or held.is_under_way:
            return  # one that is under way is ended when it is known
        held.is_kept = False
        self._deliveries.deliver(
            team.worker.submit(team.claims.end, held.claim.id),
            lambda _none: None,
            lambda _error: None,  # it ends by itself soon
            expected=(CentreUnwritten,),
        )


def _of(claim: CallClaim, wanted: _Wanted) -> CallClaim:
    """The same claim, come so far and of this person."""
    return replace(
        claim,
        stage=wanted.stage,
        by_id=wanted.by_id,
        by_name=wanted.by_name,
        talked_at=wanted.talked_at,
    )
