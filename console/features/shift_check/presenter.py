"""Presenter of the check before a shift, and the thread that monitors the sound devices.

The check runs at the first sign-in of a day and with each phone check. The thread polls the devices
every 5 s.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.features.shift_check.phone_check import PhoneCheckPresenter
from console.shared.workplace import sound_words
from console.shared.workplace.devices import HeadsetState
from console.shared.workplace.status import StatusPresenter
from sync.errors import StoreError, StoreUnavailable, StoreUnreadable
from sync.register.people.operators import Action, Operator, may
from sync.register.people.shift import (
    KeptCheck,
    Place,
    PlaceFinding,
    PlaceVerdict,
    judge_backup,
    judge_buttons,
    judge_centre,
    judge_clock,
    judge_disk,
    judge_store,
    overall,
)
from telephony.findings import Check, Finding, Verdict
from telephony.phone_devices import DevicePresence, Presence

LOOK_S = 5.0


class DeviceWatch:
    """Polls the sound devices on a dedicated thread, because a sound server may hang.

    ``tell`` is called on that thread, with the first result and with each changed one.
    """

    def __init__(
        self,
        look: Callable[[], DevicePresence],
        tell: Callable[[DevicePresence], None],
        look_s: float = LOOK_S,
    ) -> None:
        self._look = look
        self._tell = tell
        self._look_s = look_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="device-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, deadline_s: float) -> bool:
        """Stops the thread; returns whether it ended before the deadline."""
        self._stopping.set()
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        known: DevicePresence | None = None
        while not self._stopping.is_set():
            found = self._look()
            if found != known:
                known = found
                self._tell(found)
            self._stopping.wait(self._look_s)


PHONE_LIMIT_MS = 8000
"""Time limit for the phone to start at the first sign-in of the day."""

_VERDICTS = {
    Verdict.PASSED: PlaceVerdict.PASSED,
    Verdict.DOUBTFUL: PlaceVerdict.DOUBTFUL,
    Verdict.FAILED: PlaceVerdict.FAILED,
    Verdict.NOT_TRIED: PlaceVerdict.NOT_TRIED,
}


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Facts read on a reader thread: free disk space, latest record, latest backup if backups are
    configured.

    ``last_check`` is the latest check of the operator.
    """

    free_bytes: int | None
    newest_record_at: datetime | None
    copies_are_set: bool
    newest_copy_at: datetime | None
    last_check: KeptCheck | None


UNREAD = PlaceFacts(None, None, False, None, None)


class PlacePort(Protocol):
    """Access to disk and register of the workplace for the check."""

    def look(self, operator_id: UUID) -> PlaceFacts:
        """Reads the facts; called on a reader thread, raises StoreError or OSError."""

    def try_disk(self) -> "Future[None]":
        """Tests whether the register accepts records; fails with StoreUnavailable or
        StoreUnreadable.
        """

    def note_check(
        self, by: Operator, findings: tuple[PlaceFinding, ...]
    ) -> "Future[KeptCheck]": ...


class HeadsetPort(Protocol):
    """State of the headsets with buttons. GUI thread only."""

    @property
    def state(self) -> HeadsetState: ...

    @property
    def changed(self) -> SignalInstance: ...


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Finding on a part of the workplace, as display text."""

    place: Place
    verdict: PlaceVerdict
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class ShiftCheckState:
    """Overall result with its reasons; ``verdict`` is None before the first check."""

    verdict: PlaceVerdict | None = None
    head: str = ""
    body: str = ""
    rows: tuple[PlaceRow, ...] = ()


class ShiftCheckPresenter(QObject):
    """Runs the check automatically at the first sign-in of a day, and with each phone check."""

    changed = Signal(object)  # ShiftCheckState
    told = Signal(object)  # Notice
    kept = Signal(object)  # KeptCheck that was saved

    def __init__(
        self,
        place: PlacePort,
        phone_check: PhoneCheckPresenter,
        status: StatusPresenter,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        refuses_calls: bool,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._phone_check = phone_check
        self._status = status
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._refuses_calls = refuses_calls
        self._zone = zone
        self._clock = clock
        self._findings: tuple[PlaceFinding, ...] = ()
        self._state = ShiftCheckState()
        self._buttons: HeadsetPort | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PHONE_LIMIT_MS)
        self._wait.timeout.connect(self.time_passed)
        phone_check.begun.connect(lambda: self.look(keeps=False))
        phone_check.over.connect(lambda: self.look(keeps=True))
        status.changed.connect(lambda _state: self._phone_told())

    @property
    def state(self) -> ShiftCheckState:
        return self._state

    @property
    def findings(self) -> tuple[PlaceFinding, ...]:
        """Findings of the last check; empty before the first."""
        return self._findings

    def watch_buttons(self, headset: HeadsetPort) -> None:
        """Includes the headset buttons in the check, and repeats the check when the headset state
        changes.
        """
        self._buttons = headset
        headset.changed.connect(lambda _state: self.look(keeps=False) if self._findings else None)

    def signed_in(self) -> None:
        """Runs the check once the phone is ready. The result is saved and shown as a notice if the
        operator has no check of today.
        """
        if may(self._operator().role, Action.TAKE_CALLS):
            self._wait.start()
            self._phone_told()

    def _phone_told(self) -> None:
        told = self._status.facts
        is_known = not told.has_central or told.central_reached is not None
        if self._wait.isActive() and is_known and self._status.state.phone_ready:
            self.time_passed()

    def time_passed(self) -> None:
        """Runs the check once the phone is ready or its time limit has expired."""
        self._wait.stop()
        self.look(keeps=True, is_first=True)

    def look(
        self,
        *,
        keeps: bool,
        is_first: bool = False,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Checks the workplace; takes some tenths of a second.

        ``keeps`` saves the result. With ``is_first`` it is saved only if this operator has no check
        of today, and is then also shown as a notice. ``then`` is called once the result is
        available.
        """
        trying, by = self._place.try_disk(), self._operator()

        def tried(facts: PlaceFacts, refusal: str | None) -> None:
            self._show(facts, refusal)
            is_known = is_first and self._is_of_today(facts.last_check)
            if keeps and not is_known:
                self._keep(by)
            if is_first and not is_known:
                self._announce()
            then()

        def looked(facts: PlaceFacts) -> None:
            self._deliveries.deliver(
                trying,
                lambda _none: tried(facts, None),
                lambda error: tried(facts, _code(error)),
                expected=(StoreError,),
            )

        self._deliveries.deliver(
            self._readers.submit(self._place.look, by.id),
            looked,
            lambda _error: looked(UNREAD),  # the test write reports the reason
            expected=(StoreError, OSError),
        )

    def _is_of_today(self, kept: KeptCheck | None) -> bool:
        if kept is None:
            return False
        today = self._clock().astimezone(self._zone).date()
        return kept.at.astimezone(self._zone).date() == today

    def _keep(self, by: Operator) -> None:
        self._deliveries.deliver(
            self._place.note_check(by, self._findings),
            self.kept.emit,
            lambda _error: self.told.emit(Notice(sound_words.not_kept(), problem=True)),
            expected=(StoreError,),
        )

    def _announce(self) -> None:
        state = self._state
        is_well = state.verdict in (PlaceVerdict.PASSED, PlaceVerdict.NOT_TRIED)
        self.told.emit(Notice(f"{state.head}.", state.body, LONG_S, problem=not is_well))

    def _show(self, facts: PlaceFacts, refusal: str | None) -> None:
        now, told = self._clock(), self._status.facts
        self._findings = (
            self._phone(),
            self._headset(),
            self._ringer(),
            self._of_buttons(),
            judge_store(refusal, is_damaged=told.is_damaged),
            judge_centre(
                is_set=told.has_central, is_reached=told.central_reached, waiting=told.waiting
            ),
            judge_disk(facts.free_bytes),
            judge_clock(
                now,
                facts.newest_record_at,
                told.clock_ahead_s,
                is_compared=told.central_reached is True,
            ),
            judge_backup(
                is_set=facts.copies_are_set,
                missed=told.backup_missed,
                newest=facts.newest_copy_at,
                now=now,
            ),
        )
        worst = overall(self._findings)
        head, body = sound_words.verdict(self._findings, worst)
        self._state = ShiftCheckState(
            worst,
            head,
            body,
            tuple(self._row(each) for each in self._findings),
        )
        self.changed.emit(self._state)

    # --- phone and sound ---

    def _phone(self) -> PlaceFinding:
        health = self._status.health
        if not health.process_up:
            return PlaceFinding(Place.PHONE, PlaceVerdict.FAILED, "phone_away")
        if self._refuses_calls:
            return PlaceFinding(Place.PHONE, PlaceVerdict.FAILED, "refuses_all")
        if not health.has_registrar:
            return PlaceFinding(Place.PHONE, PlaceVerdict.PASSED, "direct")
        if health.is_registered:
            return PlaceFinding(Place.PHONE, PlaceVerdict.PASSED, "registered")
        return PlaceFinding(Place.PHONE, PlaceVerdict.FAILED, "not_registered")

    def _headset(self) -> PlaceFinding:
        devices = self._status.health.devices or DevicePresence()
        missing = {
            (True, True): "missing",
            (True, False): "no_microphone",
            (False, True): "no_earpiece",
        }.get((devices.microphone is Presence.MISSING, devices.earpiece is Presence.MISSING), "")
        if missing:
            return PlaceFinding(Place.HEADSET, PlaceVerdict.FAILED, missing)
        if Presence.STAND_IN in (devices.microphone, devices.earpiece):
            return PlaceFinding(Place.HEADSET, PlaceVerdict.DOUBTFUL, "stand_in")
        return self._heard(Place.HEADSET, Check.MICROPHONE)

    def _ringer(self) -> PlaceFinding:
        devices = self._status.health.devices or DevicePresence()
        if devices.ringer is Presence.MISSING:
            return PlaceFinding(Place.RINGER, PlaceVerdict.FAILED, "missing")
        if devices.ringer is Presence.STAND_IN:
            return PlaceFinding(Place.RINGER, PlaceVerdict.DOUBTFUL, "stand_in")
        return self._heard(Place.RINGER, Check.RINGER)

    def _of_buttons(self) -> PlaceFinding:
        if self._buttons is None:
            return judge_buttons(is_set=False, is_there=False, trouble="", pressed="")
        told = self._buttons.state
        return judge_buttons(
            is_set=True,
            is_there=bool(told.models),
            trouble="" if told.unusable is None else told.unusable[1].value,
            pressed="" if told.last is None else told.last.value,
        )

    def _row(self, found: PlaceFinding) -> PlaceRow:
        text, advice = sound_words.finding(found)
        if found.place is Place.BUTTONS and self._buttons is not None:
            told = self._buttons.state
            models = told.models or ((told.unusable[0],) if told.unusable else ())
            if models and models[0]:
                text = f"{', '.join(models)}: {text[:1].lower()}{text[1:]}"
        return PlaceRow(found.place, found.verdict, text, advice)

    def _heard(self, place: Place, check: Check) -> PlaceFinding:
        """Returns the result of the phone self-test for a device; NOT_TRIED if the device was not
        tested.
        """
        found = self._phone_check.finding_of(check)
        if found is None or found.verdict is Verdict.NOT_TRIED:
            return PlaceFinding(place, PlaceVerdict.NOT_TRIED, "there")
        return PlaceFinding(place, _VERDICTS[found.verdict], _heard_code(found), found.value)


def _heard_code(found: Finding) -> str:
    return {"fallback": "stand_in", "no_sound_system": "missing"}.get(found.code, found.code)


def _code(error: Exception) -> str:
    return error.code if isinstance(error, StoreUnavailable | StoreUnreadable) else "other"
