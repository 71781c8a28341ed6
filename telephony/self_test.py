"""Self-test of the phone: registration, presence, call with echo, microphone, ringer.

A second phone of the operator's account calls the account's number through the server. The
operator's phone answers automatically and echoes (telephony.calls.self_call); the echo is
compared with the sent audio. Microphone and ringer are tested on the configured devices. The
second phone is a ``telephony.pyvoip.VoIPPhone``. Verdicts are codes; the console translates them.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import assert_never

import numpy as np

from telephony.errors import BindError, DeviceError, SettingsError
from telephony.events import CallEnded, EndCause, PresenceChanged, RegistrationState
from telephony.findings import Check, Finding, Part, SelfTestOrder, Verdict, judge_registration
from telephony.measure import Alignment, align_and_correlate
from telephony.media.devices.choice import build_device
from telephony.media.devices.device import AudioDevice
from telephony.media.devices.microphone_check import (
    MicrophoneLevel,
    MicrophoneVerdict,
    measure_microphone,
)
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, to_samples
from telephony.presence import PublicationState
from telephony.pyvoip import CallState, InvalidStateError, VoIPCall, VoIPPhone
from telephony.settings import AudioSettings, PhoneSettings, RecordingSettings

_ANSWER_LIMIT_S = 10.0
_PRESENCE_LIMIT_S = 10.0
_SETTLED = (RegistrationState.REGISTERED, RegistrationState.FAILED)
_POLL_S = 0.02
_PROBE_S = 2.0
_LISTEN_S = 3.0
_PART_S = 0.1
_RING_S = 1.5
_CLEAR_CORRELATION = 0.95
_SOME_CORRELATION = 0.5
_DELAY_LIMIT_S = 0.4


def run_self_test(
    order: SelfTestOrder, tell: Callable[[Finding], None] = lambda finding: None
) -> tuple[Finding, ...]:
    """Runs all checks except the registration; takes about 10 s. ``tell`` receives each result
    immediately.

    If the order names a part, only that part runs. The calling phone does not register, so the
    server continues to route calls to the operator's own phone. Blocks; call on a worker thread.
    """
    findings: list[Finding] = []

    def found(finding: Finding) -> None:
        findings.append(finding)
        tell(finding)

    if order.part is not Part.WHOLE:
        _try_part(order, found)
        return tuple(findings)
    if order.line is None:
        _skip(found, Check.CALL, Check.ECHO)
    else:
        _try_line(order, order.line, found)
    audio = order.settings.audio
    try:
        found(judge_microphone(measure_microphone(audio, order.speak_s)))
        found(_try_ringer(build_device(audio)))
    except DeviceError:
        found(Finding(Check.MICROPHONE, Verdict.FAILED, "no_sound_system"))
        _skip(found, Check.RINGER)
    return tuple(findings)


def _try_part(order: SelfTestOrder, found: Callable[[Finding], None]) -> None:
    """Runs one check for a user who selects an account or device."""
    audio = order.settings.audio
    try:
        match order.part:
            case Part.WHOLE:
                raise ValueError(order.part)
            case Part.REGISTRATION:
                found(try_registration(order.settings))
            case Part.MICROPHONE:
                level = measure_microphone(
                    audio, order.speak_s, lambda dbfs: found(_listening(dbfs))
                )
                found(judge_microphone(level))
            case Part.EARPIECE:
                found(_try_ringer(build_device(replace(audio, ring_device=audio.output_device))))
            case Part.RINGER:
                found(_try_ringer(build_device(audio)))
            case _:
                assert_never(order.part)
    except DeviceError:
        is_heard = order.part is Part.MICROPHONE
        check = Check.MICROPHONE if is_heard else Check.RINGER
        found(Finding(check, Verdict.FAILED, "no_sound_system"))


def _listening(level_dbfs: float) -> Finding:
    return Finding(Check.MICROPHONE, Verdict.NOT_TRIED, "listening", level_dbfs)


def try_registration(settings: PhoneSettings) -> Finding:
    """Tests whether the registrar accepts this account; blocks for at most 40 s.

    With a presence in the settings, also tests whether the PBX supports it.

    A phone on a separate port registers for a moment and unregisters. It rejects calls, so the
    operator's own phone, if any, continues to ring. If the registrar allows only one phone per
    account, the operator's phone must register again afterwards.
    """

    def failed(code: str) -> Finding:
        return Finding(Check.REGISTRATION, Verdict.FAILED, code)

    try:
        phone = VoIPPhone.from_settings(
            replace(
                settings,
                listen_port=0,
                audio=AudioSettings(),
                recording=RecordingSettings(),
                do_not_disturb=True,
            )
        )
        phone.start()
    except BindError:
        return failed("port_taken")
    except SettingsError as error:
        return failed(error.field)
    try:
        told = phone.sip.command(lambda engine: engine.registration)
        settled = told if told.state in _SETTLED else None
        found = judge_registration(settled, registers=settings.account is not None)
        if settings.presence is None or found.verdict is not Verdict.PASSED:
            return found
        return judge_publication(_wait_for_publication(phone))
    finally:
        phone.stop()


def _wait_for_publication(phone: VoIPPhone) -> PresenceChanged:
    """Waits for the PBX's response to the presence; returns the last state on timeout."""
    until_s = time.monotonic() + _PRESENCE_LIMIT_S
    while True:
        told = phone.sip.command(lambda engine: engine.publication)
        is_open = told.state in (PublicationState.OFF, PublicationState.WAITING)
        if not is_open or time.monotonic() > until_s:
            return told
        time.sleep(_POLL_S)


def judge_publication(told: PresenceChanged) -> Finding:
    """Evaluates the presence publication of a registered account."""

    def found(verdict: Verdict, code: str) -> Finding:
        return Finding(Check.REGISTRATION, verdict, code, told.status_code)

    match told.state:
        case PublicationState.TOLD:
            return found(Verdict.PASSED, "presence_told")
        case PublicationState.NOT_TAKEN:
            return found(Verdict.DOUBTFUL, "presence_not_taken")
        case PublicationState.OFF | PublicationState.WAITING | PublicationState.FAILED:
            return found(Verdict.DOUBTFUL, "presence_failed")
        case _:
            assert_never(told.state)


def _try_line(order: SelfTestOrder, line: str, found: Callable[[Finding], None]) -> None:
    """Tests call and echo; skips checks that depend on a failed one."""
    phone = VoIPPhone.from_settings(_calling(order))
    try:
        phone.start()
    except BindError:
        found(Finding(Check.CALL, Verdict.FAILED, "port_taken"))
        _skip(found, Check.ECHO)
        return
    try:
        call = phone.call(line)
        answered = _wait_for_answer(call)
        found(judge_call(None) if answered else judge_call(_end_of(call)))
        if not answered:
            _skip(found, Check.ECHO)
            return
        found(judge_echo(_hear_echo(call)))
        with contextlib.suppress(InvalidStateError):
            call.hangup()
    finally:
        phone.stop()


def _calling(order: SelfTestOrder) -> PhoneSettings:
    """Returns settings for the same line on a separate port, without registration, devices or
    recording.
    """
    settings = order.settings
    account = settings.account
    if account is not None:
        account = replace(account, register=False, display_name=order.caller)
    return replace(
        settings,
        account=account,
        local_user=order.caller,
        listen_port=0,
        presence=None,
        audio=AudioSettings(),
        recording=RecordingSettings(),
    )


def _skip(found: Callable[[Finding], None], *checks: Check) -> None:
    for check in checks:
        found(Finding(check, Verdict.NOT_TRIED, "depends"))


def _wait_for_answer(call: VoIPCall) -> bool:
    until_s = time.monotonic() + _ANSWER_LIMIT_S
    while call.state == CallState.DIALING and time.monotonic() < until_s:
        time.sleep(_POLL_S)
    if call.state == CallState.DIALING:
        call.hangup()
    return bool(call.state == CallState.ANSWERED)


def _end_of(call: VoIPCall) -> CallEnded:
    """Returns the end of the call; a call cancelled by this side was not answered in time."""
    return call.end or CallEnded(call.call_id, datetime.now(UTC), EndCause.NOT_ANSWERED)


def judge_call(end: CallEnded | None) -> Finding:
    """Evaluates the call to the phone's own number; ``end`` is None if it was answered."""
    if end is None:
        return Finding(Check.CALL, Verdict.PASSED, "answered")
    match end.status_code:
        case None | 408 | 480:
            code = "no_answer"
        case 404 | 604:
            code = "not_found"
        case 486 | 600:
            code = "busy"
        case _:
            code = "refused"
    return Finding(Check.CALL, Verdict.FAILED, code, end.status_code)


def _hear_echo(call: VoIPCall) -> Alignment:
    probe = probe_signal()
    call.write_audio(probe.astype("<i2").tobytes())
    heard = call.read_audio(round(_LISTEN_S * TELEPHONE_RATE_HZ))
    return compare_echo(probe, np.frombuffer(heard, dtype="<i2").astype(np.int16))


def compare_echo(probe: Samples, heard: Samples) -> Alignment:
    """Aligns the parts of the probe separately, and returns the part with the median correlation.

    The two jitter buffers may change the delay between parts, which is inaudible.
    """
    size = round(_PART_S * TELEPHONE_RATE_HZ)
    parts = []
    for start in range(0, probe.size - size + 1, size):
        found = align_and_correlate(probe[start : start + size], heard)
        parts.append(replace(found, delay_s=found.delay_s - start / TELEPHONE_RATE_HZ))
    return sorted(parts, key=lambda part: part.correlation)[len(parts) // 2]


def probe_signal() -> Samples:
    """Generates a sweep over the telephone band, 2 s at -12 dBFS; all parts are distinguishable."""
    time_s = np.arange(round(_PROBE_S * TELEPHONE_RATE_HZ)) / TELEPHONE_RATE_HZ
    low_hz, high_hz = 300.0, 3300.0
    phase = 2 * np.pi * (low_hz * time_s + (high_hz - low_hz) / (2 * _PROBE_S) * time_s**2)
    return to_samples(32767 * 10 ** (-12 / 20) * np.sin(phase))


def judge_echo(echo: Alignment) -> Finding:
    """Evaluates the quality and delay of the echo."""
    delay_ms = 1000 * echo.delay_s
    if echo.correlation < _SOME_CORRELATION:
        return Finding(Check.ECHO, Verdict.FAILED, "silent")
    if echo.correlation < _CLEAR_CORRELATION:
        return Finding(Check.ECHO, Verdict.DOUBTFUL, "distorted", delay_ms)
    if echo.delay_s > _DELAY_LIMIT_S:
        return Finding(Check.ECHO, Verdict.DOUBTFUL, "delayed", delay_ms)
    return Finding(Check.ECHO, Verdict.PASSED, "clear", delay_ms)


def judge_microphone(level: MicrophoneLevel) -> Finding:
    """Evaluates whether speech was received at telephone level."""

    def found(verdict: Verdict, code: str) -> Finding:
        return Finding(Check.MICROPHONE, verdict, code, level.level_dbfs)

    match level.verdict:
        case MicrophoneVerdict.MISSING:
            return Finding(Check.MICROPHONE, Verdict.FAILED, "missing")
        case MicrophoneVerdict.SILENT:
            return found(Verdict.FAILED, "silent")
        case MicrophoneVerdict.QUIET:
            return found(Verdict.DOUBTFUL, "quiet")
        case MicrophoneVerdict.LOUD:
            return found(Verdict.DOUBTFUL, "loud")
        case MicrophoneVerdict.GOOD if level.is_fallback:
            return found(Verdict.DOUBTFUL, "fallback")
        case MicrophoneVerdict.GOOD:
            return found(Verdict.PASSED, "heard")
        case _:
            assert_never(level.verdict)


def _try_ringer(device: AudioDevice) -> Finding:
    """Rings for a moment; passes if the stream keeps running."""
    device.play_ring(True)
    try:
        time.sleep(_RING_S)
        status = device.status()
    finally:
        device.play_ring(False)
    if not status.ringer_works:
        return Finding(Check.RINGER, Verdict.FAILED, "missing")
    if status.is_fallback:
        return Finding(Check.RINGER, Verdict.DOUBTFUL, "fallback")
    return Finding(Check.RINGER, Verdict.PASSED, "played")
