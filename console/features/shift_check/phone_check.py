"""Presenter of the phone check, and the child process that runs the phone self-test.

GUI thread only. The self-test runs only while no call is active.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from console.core import formats
from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.shared.session import operator_state_words
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import LineState
from console.shared.workplace import phone_words, sound_words, status_words
from console.shared.workplace.devices import SelfTestPort
from console.shared.workplace.status import PhoneHealth, StatusItem, StatusPresenter
from telephony.errors import ProtocolError
from telephony.events import (
    CallRinging,
    CommandRefused,
    PhoneDisconnected,
    PhoneEvent,
    RegistrationChanged,
    RegistrationState,
    SelfCallExpected,
)
from telephony.findings import (
    Check,
    Finding,
    SelfTestOrder,
    Verdict,
    finding_from,
    judge_registration,
    to_line,
)
from telephony.presence import PublicationState
from telephony.settings import PhoneSettings

REGISTRATION_LIMIT_MS = 20_000  # longer than the timeout of a silent registrar


class CheckState(StrEnum):
    """State of a check."""

    WAITING = "waiting"
    RUNNING = "running"
    PASSED = "passed"
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    NOT_POSSIBLE = "not-possible"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Row of a check: its subject, state, result and advice."""

    check: Check
    state: CheckState
    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class PhoneCheckState:
    """View state of the page; ``note`` is the result of the self-test."""

    rows: tuple[CheckRow, ...]
    facts: tuple[tuple[str, StatusItem], ...]
    running: bool = False
    note: str = ""
    registering: bool = False
    can_register: bool = False
    lacks_account: bool = False
    """Whether no phone account is configured, so only direct calls are possible."""


class CheckedPhone(Protocol):
    """Operations of the operator's phone that the check uses."""

    def refresh_registration(self) -> None: ...

    def expect_self_call(self, caller: str) -> None: ...

    def end_self_call(self) -> None: ...


class PhoneCheckPresenter(QObject):
    """Runs the self-test while no call is active, and requests a new registration."""

    changed = Signal(object)  # PhoneCheckState
    begun = Signal()
    over = Signal()  # the test completed

    def __init__(
        self,
        phone: CheckedPhone,
        self_test: SelfTestPort,
        desk: DeskPresenter,
        status: StatusPresenter,
        notify: Callable[[Notice], None],
        milestones: Milestones,
        settings: PhoneSettings,
        *,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._phone = phone
        self._self_test = self_test
        self._desk = desk
        self._status = status
        self._notify = notify
        self._milestones = milestones
        self._settings = settings
        self._zone = zone
        self._clock = clock
        self._findings: dict[Check, Finding] = {}
        self._running: Check | None = None
        self._order: SelfTestOrder | None = None  # waiting until the phone expects the test call
        self._note = ""
        self._asked_by_person = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(REGISTRATION_LIMIT_MS)
        self._limit.timeout.connect(lambda: self._registration_told(None))
        self_test.found.connect(self._found)
        self_test.ended.connect(self._ended)
        status.changed.connect(lambda _state: self._show())

    @property
    def state(self) -> PhoneCheckState:
        return PhoneCheckState(
            rows=tuple(self._row(check) for check in Check),
            facts=self._facts(),
            running=self._running is not None,
            note=self._note,
            registering=self._limit.isActive(),
            can_register=self._health.has_registrar and self._health.process_up,
            lacks_account=self._settings.account is None,
        )

    @property
    def _health(self) -> PhoneHealth:
        return self._status.health

    def finding_of(self, check: Check) -> Finding | None:
        """Returns the result of this check in the latest test; None if the check was not
        reached.
        """
        return self._findings.get(check)

    def use_settings(self, settings: PhoneSettings) -> None:
        """Sets the settings that the phone process uses."""
        self._settings = settings
        self._show()

    # --- self-test ---

    def begin(self) -> None:
        """Starts the test. If a call is active or the phone process is down, only a note is
        shown.
        """
        if self._running is not None:
            return
        if self._desk.state.line in (LineState.RINGING, LineState.DIALLING, LineState.TALKING):
            self._tell(phone_words.call_is_on())
            return
        if not self._health.process_up:
            self._tell(phone_words.phone_is_away())
            return
        self._findings.clear()
        self._running = Check.REGISTRATION
        self._tell("")
        self.begun.emit()
        if self._health.has_registrar:
            self._limit.start()
            self._phone.refresh_registration()
        else:
            self._registration_found(judge_registration(None, registers=False))

    def stop(self) -> None:
        """Stops the test; the results so far remain."""
        self._break_off(phone_words.stopped())

    def receive(self, event: PhoneEvent) -> None:
        """Handles a phone event; called after ``DeskPresenter`` and ``StatusPresenter`` have
        handled it.
        """
        match event:
            case RegistrationChanged(
                state=RegistrationState.REGISTERED | RegistrationState.FAILED
            ) if self._limit.isActive():
                self._registration_told(event)
            case CommandRefused(command="refresh_registration") if self._limit.isActive():
                self._registration_told(None)
            case SelfCallExpected(caller=caller):
                if self._order is not None and self._order.caller == caller:
                    self._start()
            case CommandRefused(command="expect_self_call"):
                self._break_off(phone_words.phone_is_away())
            case CallRinging() if self._running is not None:
                self._break_off(phone_words.call_came())
            case PhoneDisconnected():
                self._limit.stop()
                self._asked_by_person = False
                self._break_off(phone_words.phone_was_lost())
            case _:
                return

    def _break_off(self, note: str) -> None:
        if self._running is None:
            return
        if self._running is Check.REGISTRATION and not self._asked_by_person:
            self._limit.stop()
        self._self_test.stop()
        self._phone.end_self_call()
        self._running = self._order = None
        self._tell(note)

    def _registration_told(self, told: RegistrationChanged | None) -> None:
        """Handles the result of a registration requested by the test or by the operator; None if
        there was no result.
        """
        self._limit.stop()
        finding = judge_registration(told, registers=True)
        if self._asked_by_person:
            self._asked_by_person = False
            self._notify(_outcome(finding))
        if self._running is Check.REGISTRATION:
            self._registration_found(finding)
        else:
            self._show()

    def _registration_found(self, finding: Finding) -> None:
        account, line = self._settings.account, None
        caller = f"self-test-{secrets.token_hex(3)}"
        if finding.verdict is not Verdict.FAILED:
            line = f"sip:self@{self._health.local_address}" if account is None else account.user
            self._phone.expect_self_call(caller)
        self._order = SelfTestOrder(self._settings, caller, line)
        self._found(finding)
        if line is None:
            self._start()

    def _start(self) -> None:
        order, self._order = self._order, None
        if order is not None:
            self._self_test.start(order)

    def _found(self, finding: Finding) -> None:
        self._findings[finding.check] = finding
        self._milestones.note(
            Milestone.PHONE_CHECKED,
            check=finding.check.value,
            verdict=finding.verdict.value,
            code=finding.code,
        )
        if finding.check is Check.MICROPHONE and finding.verdict is Verdict.PASSED:
            self._status.sound_is_proved()
        left = [check for check in Check if check not in self._findings]
        self._running = left[0] if left else finding.check
        self._show()

    def _ended(self, whole: bool) -> None:
        self._phone.end_self_call()
        self._running = None
        verdicts = [finding.verdict for finding in self._findings.values()]
        if not whole or len(verdicts) < len(Check):
            self._tell(phone_words.broke_down())
        else:
            troubles = sum(each in (Verdict.FAILED, Verdict.DOUBTFUL) for each in verdicts)
            at = self._clock().astimezone(self._zone)
            self._tell(phone_words.summary(troubles, at))
            self.over.emit()

    # --- registration ---

    def register_again(self) -> None:
        """Requests a registration of the phone; its result is shown as a notice."""
        if not self._health.has_registrar:
            self._notify(Notice(phone_words.no_registrar(), problem=True))
        elif not self._health.process_up:
            self._notify(Notice(phone_words.phone_is_away(), problem=True))
        elif self._running is None and not self._limit.isActive():
            self._asked_by_person = True
            self._limit.start()
            self._phone.refresh_registration()
            self._show()

    # --- view state ---

    def _row(self, check: Check) -> CheckRow:
        finding = self._findings.get(check)
        if finding is not None:
            text, advice = phone_words.finding(finding)
            return CheckRow(check, _state_of(finding.verdict), text, advice)
        if check is self._running:
            return CheckRow(check, CheckState.RUNNING, phone_words.running(check))
        return CheckRow(check, CheckState.WAITING, phone_words.purpose(check))

    def _facts(self) -> tuple[tuple[str, StatusItem], ...]:
        return (
            (phone_words.fact_registration(), self._registration_fact()),
            (phone_words.fact_last_success(), self._last_success_fact()),
            *self._presence_fact(),
            (phone_words.fact_process(), self._process_fact()),
            (phone_words.fact_sound(), self._sound_fact()),
            *self._services_fact(),
        )

    def _services_fact(self) -> tuple[tuple[str, StatusItem], ...]:
        """Fact on stopped background services; omitted if none has stopped, because the page has
        little space.
        """
        item = self._status.state.services
        return () if item is None else ((status_words.fact_services(), item),)

    def _registration_fact(self) -> StatusItem:
        health, registration = self._health, self._health.registration
        if not health.process_up or registration is None:
            return StatusItem("minus-circle", formats.NO_VALUE, "text-2")
        if not health.has_registrar:
            text = phone_words.direct_calls(health.local_address)
            return StatusItem("minus-circle", text, "text-2")
        since = self._moment(registration.since or registration.at)
        if health.is_registered:
            return StatusItem("check-circle-fill", phone_words.connected_since(since), "ok")
        text = phone_words.not_connected_since(since)
        return StatusItem("warning-octagon-fill", text, "danger")

    def _last_success_fact(self) -> StatusItem:
        registration = self._health.registration
        last = None if registration is None else registration.last_success_at
        if last is None:
            return StatusItem("clock", formats.NO_VALUE, "text-2")
        ago = phone_words.ago((self._clock() - last).total_seconds())
        return StatusItem("clock", f"{self._moment(last)}, {ago}", "text-2")

    def _presence_fact(self) -> tuple[tuple[str, StatusItem], ...]:
        """Fact on the published operator state; omitted if no state is published to the PBX."""
        presence = self._health.presence
        if presence is None or not self._health.process_up:
            return ()
        text = operator_state_words.presence_state(
            presence.state, presence.told, presence.status_code
        )
        match presence.state:
            case PublicationState.TOLD:
                item = StatusItem("check-circle-fill", text, "ok")
            case PublicationState.FAILED | PublicationState.NOT_TAKEN:
                item = StatusItem("warning-fill", text, "warn")
            case PublicationState.WAITING | PublicationState.OFF:
                item = StatusItem("clock", text, "text-2")
            case _:
                assert_never(presence.state)
        return ((phone_words.fact_presence(), item),)

    def _process_fact(self) -> StatusItem:
        health = self._health
        lost = None if health.lost_at is None else self._moment(health.lost_at)
        if not health.process_up:
            text = phone_words.process_starts(lost)
            return StatusItem("warning-octagon-fill", text, "danger")
        text = phone_words.process_works(lost)
        if lost is None:
            return StatusItem("check-circle-fill", text, "ok")
        return StatusItem("warning-fill", text, "warn")

    def _sound_fact(self) -> StatusItem:
        trouble = sound_words.sound_trouble(self._health.sound)
        if trouble is None:
            return StatusItem("check-circle-fill", phone_words.sound_unremarkable(), "ok")
        text, _advice, icon, role = trouble
        return StatusItem(icon, text, role)

    def _moment(self, at: datetime) -> str:
        now = self._clock().astimezone(self._zone)
        return formats.moment(at.astimezone(self._zone), now)

    def _tell(self, note: str) -> None:
        self._note = note
        self._show()

    def _show(self) -> None:
        self.changed.emit(self.state)


def _outcome(finding: Finding) -> Notice:
    text, advice = phone_words.finding(finding)
    return Notice(text, advice, LONG_S, problem=finding.verdict is not Verdict.PASSED)


def _state_of(verdict: Verdict) -> CheckState:
    match verdict:
        case Verdict.PASSED:
            return CheckState.PASSED
        case Verdict.DOUBTFUL:
            return CheckState.DOUBTFUL
        case Verdict.FAILED:
            return CheckState.FAILED
        case Verdict.NOT_TRIED:
            return CheckState.NOT_POSSIBLE
        case _:
            assert_never(verdict)


END_LIMIT_MS = 2000


class SelfTestProcess(QObject):
    """Runs ``python -m telephony self-test`` and emits its findings as they arrive."""

    found = Signal(object)  # Finding
    ended = Signal(bool)  # True if the test completed

    def __init__(self, python: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._python = python
        self._process: QProcess | None = None

    def start(self, order: SelfTestOrder) -> None:
        """Starts the test; the order is sent through a pipe, because it contains the password."""
        self.stop()
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        process.start(str(self._python), ["-m", "telephony", "self-test"])
        process.write(to_line(order).encode())
        process.closeWriteChannel()
        self._process = process

    def stop(self) -> None:
        """Terminates the test; nothing more is emitted."""
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._finished)
        process.errorOccurred.disconnect(self._failed)
        process.finished.connect(process.deleteLater)
        process.terminate()
        # For systems that ignore terminate(), such as Windows.
        QTimer.singleShot(END_LIMIT_MS, process, process.kill)

    def close(self) -> None:
        """Terminates the test and waits for its end, at program exit."""
        process = self._process
        self.stop()
        if process is not None and not process.waitForFinished(END_LIMIT_MS):
            process.kill()
            process.waitForFinished(END_LIMIT_MS)

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                finding = finding_from(line)
            except ProtocolError:
                # Libraries may print other lines.
                continue
            self.found.emit(finding)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        if self._process is not None:
            process, self._process = self._process, None
            process.deleteLater()
            self.ended.emit(code == 0 and status is QProcess.ExitStatus.NormalExit)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process.deleteLater()
            self._process = None
            self.ended.emit(False)
