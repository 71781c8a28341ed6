"""Phone: registration, calls and audio, commands in, events out; program exit on SIGTERM.

All methods of ``Phone`` run on one asyncio loop.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, assert_never

from telephony.calls.closed_line import ClosedLineCalls
from telephony.calls.control import CallDesk
from telephony.calls.media import CallMedia
from telephony.calls.self_call import SelfCall
from telephony.errors import BindError, DeviceError, SettingsError, TelephonyError
from telephony.events import (
    AudioDeviceChanged,
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    CallSnapshot,
    CommandRefused,
    ConferenceChanged,
    DigitReceived,
    Direction,
    DoNotDisturbChanged,
    PhoneEvent,
    PresenceChanged,
    RegistrationChanged,
    RegistrationState,
    SelfCallExpected,
    TransferProgressed,
    TransferState,
)
from telephony.media.devices.device import AudioDevice, DeviceStatus
from telephony.media.engine import MediaEngine
from telephony.presence import PublicationState
from telephony.settings import ClosedLine, PhoneSettings, check_settings
from telephony.signalling import Signalling, Trace
from telephony.sip.effects import (
    AccountEffect,
    AnswerWanted,
    CallEffect,
    CallEstablished,
    CallOffered,
    CallProgressing,
    CallReferred,
    CallTerminated,
    CommandFailed,
    DigitArrived,
    HoldChanged,
    MediaAgreed,
    PresenceUpdated,
    RegistrationUpdated,
    TransferUpdated,
)
from telephony.sip.network.transport import TlsContexts
from telephony.sip.offer_answer import AgreedMedia
from telephony.sip.primitives import Identifiers, RandomIdentifiers
from telephony.sip.syntax.address import Address
from telephony.sip.transactions import TimerValues

_REPORT_INTERVAL_S = 1.0
_COMMANDS = {"transfer_attended": "complete"}
"""Commands whose name in the user agent differs."""
_TRANSFERS = ("transfer", "transfer_attended")
_Progress = CallOffered | CallProgressing | MediaAgreed | CallEstablished | CallTerminated
_News = HoldChanged | DigitArrived | CommandFailed | AnswerWanted | TransferUpdated | CallReferred


def utc_now() -> datetime:
    """Returns the current time in UTC."""
    return datetime.now(UTC)


def refusal_code(error: TelephonyError) -> str:
    """Returns the CommandRefused code for settings that could not be applied."""
    match error:
        case BindError():
            return "bind_failed"
        case DeviceError():
            return "no_media"
        case _:
            return "bad_settings"


class Phone(CallDesk):
    """Phone with its registration and calls.

    All methods must be called on the running loop; ``on_event`` is called on it. The phone starts
    and stops ``media``. ``call_device`` can return a dedicated audio device for a call; None means
    the shared device. Unless ``side_by_side``, the operator talks to one party at a time:
    answering, dialling or resuming a call puts the others on hold; the members of a conference
    count as one. ``trace`` receives every SIP message.
    """

    def __init__(
        self,
        settings: PhoneSettings,
        on_event: Callable[[PhoneEvent], None],
        media: MediaEngine,
        *,
        now: Callable[[], datetime] = utc_now,
        identifiers: Identifiers | None = None,
        timer_values: TimerValues | None = None,
        call_device: Callable[[str], AudioDevice | None] | None = None,
        side_by_side: bool = False,
        trace: Trace | None = None,
    ) -> None:
        check_settings(settings)
        identifiers = identifiers or RandomIdentifiers()
        signalling = Signalling(
            settings,
            self._on_effect,
            now=now,
            identifiers=identifiers,
            timer_values=timer_values or TimerValues(),
            trace=trace,
        )
        call_media = CallMedia(media, call_device)
        super().__init__(
            settings,
            on_event,
            signalling,
            call_media,
            now=now,
            identifiers=identifiers,
            side_by_side=side_by_side,
        )
        self._self_call = SelfCall(signalling, call_media)
        self._closed_line = ClosedLineCalls(signalling, call_media, self._seen_to, now)
        self._report_timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._wanted: PhoneSettings | None = None
        self._device: AudioDeviceChanged | None = None
        self._attended = True
        self._requested: list[str] = []  # call IDs to answer when a console responds
        self._registration = RegistrationChanged(RegistrationState.OFF, now(), since=now())
        self._publication = PresenceChanged(now(), PublicationState.OFF)

    # State.

    @property
    def settings(self) -> PhoneSettings:
        """Settings in use."""
        return self._settings

    @property
    def registration(self) -> RegistrationChanged:
        """Latest state of the registration."""
        return self._registration

    @property
    def publication(self) -> PresenceChanged:
        """Latest state of the published presence."""
        return self._publication

    @property
    def local_address(self) -> Address:
        """Reachable address of the SIP socket; ("", 0) before the start."""
        return self._signalling.local_address

    def calls(self) -> tuple[CallSnapshot, ...]:
        """Returns the live calls and the unacknowledged ended calls, oldest first."""
        return self._book.snapshots()

    def standing(self) -> tuple[PhoneEvent, ...]:
        """Returns the current state outside of calls: do not disturb, presence, conference, audio
        devices.
        """
        at = self._now()
        disturbed = DoNotDisturbChanged(at, self._settings.do_not_disturb)
        conference = ConferenceChanged(at, self._conference) if self._conference else None
        is_told_of = self._publication.state is not PublicationState.OFF
        publication = self._publication if is_told_of else None
        standing = (disturbed, publication, conference, self._device)
        return tuple(event for event in standing if event is not None)

    @property
    def has_live_calls(self) -> bool:
        return self._book.has_live or self._closed_line.has_calls

    # Lifecycle.

    async def start(self) -> None:
        """Binds the socket, registers, accepts calls. Raises BindError if the address is in use."""
        await self._signalling.open()
        self._media.start(self._on_digit, self._on_device)
        self._begin_signalling()

    async def stop(self) -> None:
        """Hangs up, unregisters and closes everything; takes slightly over a second at most."""
        self._self_call.end()
        await self._signalling.leave()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._report_timer is not None:
            self._report_timer.cancel()
            self._report_timer = None
        self._media.stop()
        await self._signalling.close()

    async def configure(self, settings: PhoneSettings) -> None:
        """Applies other settings. Audio devices, do not disturb, closed-hotline treatment and
        presence change immediately, the other settings when no call is live.

        Raises SettingsError, BindError or DeviceError if they could not be applied.
        """
        check_settings(settings)
        # Checked before working settings are given up.
        TlsContexts(settings.tls)
        if settings.audio != self._settings.audio:
            self._media.use_devices(settings)
            self._settings = replace(self._settings, audio=settings.audio)
            self._update_ring()
        if settings.do_not_disturb != self._settings.do_not_disturb:
            self.set_do_not_disturb(settings.do_not_disturb)
        if settings.closed_line != self._settings.closed_line:
            self.set_closed_line(settings.closed_line)
        if settings.presence != self._settings.presence:
            self.set_presence(settings.presence)
        if settings == self._settings:
            self._wanted = None
        elif self.has_live_calls:
            self._wanted = settings
        else:
            await self._apply(settings)

    def refresh_registration(self) -> None:
        """Registers again immediately, also after a rejected password; RegistrationChanged reports
        the result.
        """
        if self._agent is not None:
            self._signalling.run(self._agent.renew_registration(self._signalling.time_s()))

    def set_closed_line(self, closed: ClosedLine | None) -> None:
        """Starts or stops handling all new calls automatically; ringing calls are not affected.
        Errors are reported as CommandRefused, and calls then ring.
        """
        self._settings = replace(self._settings, closed_line=closed)
        code = self._closed_line.use(closed, self._settings.account)
        if code is not None:
            self._on_event(CommandRefused(None, "set_closed_line", code))

    def _begin_signalling(self) -> None:
        """Reapplies the closed-hotline treatment, because another account may use another PBX for
        redirection.
        """
        self._signalling.begin(self._settings)
        if self._settings.closed_line is not None:
            self.set_closed_line(self._settings.closed_line)

    def _seen_to(self, ringing: CallRinging, ended: CallEnded) -> None:
        """Reports a call of the closed hotline after its end."""
        self._begin(ringing)
        self._book.ended(ended)
        self._on_event(ended)
        if self._wanted is not None and not self.has_live_calls:
            self._spawn(self._apply_wanted())

    def expect_self_call(self, caller: str) -> None:
        """Answers the self-test's call with the caller name ``caller``, without reporting it.

        SelfCallExpected confirms that the call can be made.
        """
        self._self_call.expect(caller, self._settings.account)
        self._on_event(SelfCallExpected(self._now(), caller))

    def end_self_call(self) -> None:
        """Hangs up the self-test's call and stops expecting one."""
        self._self_call.end()

    def set_attended(self, attended: bool) -> None:
        """Enables or disables automatic answers; they are disabled while no console responds.

        When a console responds again, the call that has rung longest is answered, like a new call.
        """
        if attended is self._attended:
            return
        self._attended, agent = attended, self._agent
        if attended and agent is not None:
            ringing = [call.call_id for call in self.calls() if agent.is_ringing(call.call_id)]
            if ringing:
                self._arm_auto_answer(ringing[0])
            for call_id in self._requested:
                asyncio.get_running_loop().call_soon(self._answer_by_itself, call_id)
            self._requested.clear()

    async def _apply_wanted(self) -> None:
        if self._wanted is None or self.has_live_calls:
            return
        try:
            await self._apply(self._wanted)
        except (BindError, DeviceError, SettingsError) as error:
            self._on_event(CommandRefused(None, "configure", refusal_code(error)))

    async def _apply(self, settings: PhoneSettings) -> None:
        self._wanted = None
        former = self._settings
        await self._signalling.leave()
        # settings changed by commands since then take precedence
        self._settings = replace(
            settings,
            do_not_disturb=self._settings.do_not_disturb,
            closed_line=self._settings.closed_line,
            presence=self._settings.presence,
        )
        self._recordings.use(settings.recording)
        self._media.adapt(former, settings)
        await self._signalling.use(settings)
        self._begin_signalling()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Effects of the user agent.

    def _on_effect(self, effect: CallEffect | AccountEffect) -> None:
        if self._self_call.takes(effect) or self._closed_line.takes(effect):
            return
        match effect:
            case RegistrationUpdated():
                self._on_registration(effect)
            case PresenceUpdated(state, told, status_code):
                self._publication = PresenceChanged(self._now(), state, told, status_code)
                self._on_event(self._publication)
            case (
                CallOffered()
                | CallProgressing()
                | MediaAgreed()
                | CallEstablished()
                | CallTerminated()
            ):
                self._on_progress(effect)
                self._update_ring()
            case (
                HoldChanged()
                | DigitArrived()
                | CommandFailed()
                | AnswerWanted()
                | TransferUpdated()
                | CallReferred()
            ):
                self._on_news(effect)
            case _:
                assert_never(effect)

    def _on_registration(self, effect: RegistrationUpdated) -> None:
        at, state, former = self._now(), effect.state, self._registration
        success = state is RegistrationState.REGISTERED
        self._registration = RegistrationChanged(
            state,
            at,
            at if success else former.last_success_at,
            effect.status_code,
            effect.server,
            effect.fault or "",
            former.since if state is former.state else at,
        )
        self._on_event(self._registration)

    def _on_progress(self, effect: _Progress) -> None:
        """Handles the progress of a call, from ringing to its end."""
        at, call_id = self._now(), effect.call_id
        match effect:
            case CallOffered(_, number, name, line, facts):
                direction = Direction.INCOMING
                self._begin(CallRinging(call_id, direction, number, name, line, at, facts))
                if self._book.talking():
                    # a rejected call ends in the same loop iteration and must not sound
                    asyncio.get_running_loop().call_soon(self._tell_of_another, call_id)
                self._arm_auto_answer(call_id)
            case CallProgressing(_, status_code):
                self._on_event(CallProgressed(call_id, at, status_code))
            case MediaAgreed(_, media):
                self._connect_media(call_id, media)
            case CallEstablished(_, codec, encrypted):
                self._book.answered(call_id, at)
                self._on_event(CallAnswered(call_id, at, codec, encrypted))
                self._recordings.established(call_id, self._book.replaced_by(call_id))
                self._arm_reports()
            case CallTerminated(_, cause, status_code):
                self._finish(CallEnded(call_id, at, cause, status_code))
            case _:
                assert_never(effect)

    def _on_news(self, effect: _News) -> None:
        """Handles events within a call."""
        at, call_id = self._now(), effect.call_id
        match effect:
            case HoldChanged(_, side, held):
                self._book.held(call_id, side, held)
                self._on_event((CallHeld if held else CallResumed)(call_id, at, side))
                self._holds.changed(call_id, side, held)
            case DigitArrived(_, digit):
                self._on_digit(call_id, digit)
            case CommandFailed(_, command, code):
                if command in _TRANSFERS and not self._holds.wants(call_id):
                    self._media.set_held(call_id, self._book.is_held(call_id))
                if not self._holds.failed(call_id, command, code):
                    command = _COMMANDS.get(command, command)
                    self._on_event(CommandRefused(call_id, command, code))
            case TransferUpdated(_, state, target, status_code):
                if state is TransferState.FAILED:
                    self._media.set_held(call_id, self._book.is_held(call_id))
                self._on_event(TransferProgressed(call_id, at, state, target, status_code))
            case CallReferred(_, new_call_id, target, referred_by):
                loop = asyncio.get_running_loop()
                loop.call_soon(self.call_referred, new_call_id, target, referred_by)
            case AnswerWanted():
                asyncio.get_running_loop().call_soon(self._answer_on_request, call_id)
            case _:
                assert_never(effect)

    def _arm_auto_answer(self, call_id: str) -> None:
        if self._settings.auto_answer_ms is not None:
            delay_s = self._settings.auto_answer_ms / 1000
            asyncio.get_running_loop().call_later(delay_s, self._answer_by_itself, call_id)

    def _answer_by_itself(self, call_id: str) -> None:
        # An automatic answer must not hold the active call.
        if self._side_by_side or not self._book.talking():
            self._answer_when_asked(call_id)

    def _answer_on_request(self, call_id: str) -> None:
        """The PBX requests this only once, and a console may respond later."""
        if not self._attended:
            self._requested.append(call_id)
        self._answer_when_asked(call_id)

    def _answer_when_asked(self, call_id: str) -> None:
        # a replacement call continues an existing conversation
        is_wanted = self._attended or self._book.replaced_by(call_id) is not None
        if is_wanted and self._agent is not None and self._agent.is_ringing(call_id):
            self.answer(call_id)

    def _on_digit(self, call_id: str, digit: str) -> None:
        # Digits also count before the answer: from a voice menu, or from INFO in an early dialog.
        if self._book.is_live(call_id):
            self._on_event(DigitReceived(call_id, self._now(), digit))

    def _on_device(self, status: DeviceStatus) -> None:
        self._device = AudioDeviceChanged(
            self._now(),
            status.input_works,
            status.output_works,
            status.is_fallback,
            status.echo_cancellation_works,
        )
        self._on_event(self._device)

    def _finish(self, ended: CallEnded) -> None:
        self._media.close(ended.call_id)
        self._recordings.ended(ended.call_id)
        self._book.ended(ended)
        if ended.call_id in self._requested:
            self._requested.remove(ended.call_id)
        self._on_event(ended)
        self._holds.ended(ended.call_id)
        self._leave_conference(ended.call_id)
        for ringing in self._book.ringing():
            self._arm_auto_answer(ringing)
        if self._wanted is not None and not self.has_live_calls:
            self._spawn(self._apply_wanted())

    def _connect_media(self, call_id: str, media: AgreedMedia) -> None:
        if not self._media.connect(call_id, media):
            self._on_event(CommandRefused(call_id, "connect", "no_media"))
            asyncio.get_running_loop().call_soon(self._hang_up_deaf, call_id)

    def _hang_up_deaf(self, call_id: str) -> None:
        """Ends a call without an audio device, because neither side would hear the other."""
        if self._agent is not None and self._agent.is_live(call_id):
            self.hang_up(call_id)

    def _tell_of_another(self, call_id: str) -> None:
        if call_id in self._book.ringing() and self._book.established():
            self._media.tell_of_another()

    def _update_ring(self) -> None:
        self._media.play_ring(self._book.rings_alone)

    def _arm_reports(self) -> None:
        if self._report_timer is None:
            loop = asyncio.get_running_loop()
            self._report_timer = loop.call_later(_REPORT_INTERVAL_S, self._report)

    def _report(self) -> None:
        self._report_timer = None
        for report in self._media.reports(self._book.established(), self._now()):
            self._on_event(report)
            self._arm_reports()


if TYPE_CHECKING:
    from types import FrameType

_AGAIN_S = 0.01


def exit_on_termination(code: int) -> None:
    """Installs a SIGTERM handler that raises SystemExit with the code. Main thread only."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        sys.exit(code)

    signal.signal(signal.SIGTERM, leave)
    sys.unraisablehook = _ask_again


def _ask_again(unraisable: sys.UnraisableHookArgs) -> None:
    """Repeats the signal after SystemExit was swallowed by a finalizer."""
    if not isinstance(unraisable.exc_value, SystemExit):
        sys.__unraisablehook__(unraisable)
        return
    asking = threading.Timer(_AGAIN_S, os.kill, (os.getpid(), signal.SIGTERM))
    asking.daemon = True
    asking.start()
