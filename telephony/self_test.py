"""The phone's self-test: does it register, does it reach itself, is what it says heard?

Written as any program for pyVoIP would be, on the product's own pyVoIP face: a phone of the
operator's account calls its own number through the server, echoes what it hears and compares the
echo with what was said. Microphone and ringer are tried on the devices of the settings. Verdicts
are codes; the console puts them into words.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import assert_never

import numpy as np

from telephony.errors import BindError, DeviceError
from telephony.events import CallEnded, EndCause
from telephony.measure import Alignment, align_and_correlate
from telephony.media.devices.choice import AudioDevice, build_device
from telephony.media.devices.microphone_check import (
    MicrophoneLevel,
    MicrophoneVerdict,
    measure_microphone,
)
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, to_samples
from telephony.pyvoip import CallState, InvalidStateError, PhoneStatus, VoIPCall, VoIPPhone
from telephony.settings import AudioSettings, PhoneSettings, RecordingSettings

_ANSWER_LIMIT_S = 10.0
_POLL_S = 0.02
_PROBE_S = 2.0
_LISTEN_S = 3.0
_PART_S = 0.1
_RING_S = 1.5
_FRAME_SAMPLES = 160
_CLEAR_CORRELATION = 0.95
_SOME_CORRELATION = 0.5
_DELAY_LIMIT_S = 0.4


class Check(StrEnum):
    """What is tried, in this order."""

    REGISTRATION = "registration"
    CALL = "call"
    ECHO = "echo"
    MICROPHONE = "microphone"
    RINGER = "ringer"


class Verdict(StrEnum):
    """What came of it."""

    PASSED = "passed"
    DOUBTFUL = "doubtful"
    """It works, but a caller or the operator would complain."""
    FAILED = "failed"
    NOT_TRIED = "not_tried"
    """Something before it failed, or the settings do not ask for it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check.

    ``code`` says why: "registered", "no_account", "refused", "no_answer", "port_taken";
    "answered", "not_found", "busy"; "clear", "silent", "distorted", "delayed"; "heard", "quiet",
    "loud", "missing", "fallback", "no_sound_system"; "played", "depends". ``value`` goes with it:
    the SIP status of a refusal, milliseconds of an echo's delay, dBFS of a level.
    """

    check: Check
    verdict: Verdict
    code: str
    value: float | None = None


def run_self_test(
    settings: PhoneSettings,
    tell: Callable[[Finding], None] = lambda finding: None,
    *,
    speak_s: float = 3.0,
) -> tuple[Finding, ...]:
    """All findings, in order, each told as soon as it is there; takes about 10 s and blocks.

    Somebody has to speak into the microphone for ``speak_s`` after the echo's finding.

    The account is used as it is: where the server keeps one contact an account, the operator's
    own phone has to register anew afterwards.
    """
    findings: list[Finding] = []

    def found(finding: Finding) -> None:
        findings.append(finding)
        tell(finding)

    _try_line(settings, found)
    try:
        found(judge_microphone(measure_microphone(settings.audio, speak_s)))
        found(_try_ringer(build_device(settings.audio)))
    except DeviceError:
        found(Finding(Check.MICROPHONE, Verdict.FAILED, "no_sound_system"))
        _skip(found, Check.RINGER)
    return tuple(findings)


def _try_line(settings: PhoneSettings, found: Callable[[Finding], None]) -> None:
    """Registration, call and echo; what depends on a failure before it is not tried."""
    account = settings.account
    phone = VoIPPhone.from_settings(_quiet(settings), _echo)
    try:
        phone.start()
    except BindError:
        found(Finding(Check.REGISTRATION, Verdict.FAILED, "port_taken"))
        _skip(found, Check.CALL, Check.ECHO)
        return
    try:
        registration = _judge_registration(phone, registers=account is not None)
        found(registration)
        if registration.verdict is Verdict.FAILED:
            _skip(found, Check.CALL, Check.ECHO)
            return
        host, port = phone.local_address[:2]
        call = phone.call(f"sip:self@{host}:{port}" if account is None else account.user)
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


def _quiet(settings: PhoneSettings) -> PhoneSettings:
    """The same line on a port of its own, without devices, recording or refusals."""
    return replace(
        settings,
        listen_port=0,
        audio=AudioSettings(),
        recording=RecordingSettings(),
        do_not_disturb=False,
        auto_answer_ms=None,
        accept_from=(*settings.accept_from, settings.listen_host),
    )


def _skip(found: Callable[[Finding], None], *checks: Check) -> None:
    for check in checks:
        found(Finding(check, Verdict.NOT_TRIED, "depends"))


def _judge_registration(phone: VoIPPhone, *, registers: bool) -> Finding:
    if not registers:
        return Finding(Check.REGISTRATION, Verdict.NOT_TRIED, "no_account")
    if phone.get_status() == PhoneStatus.REGISTERED:
        return Finding(Check.REGISTRATION, Verdict.PASSED, "registered")
    status_code = phone.sip.engine.registration.status_code
    code = "no_answer" if status_code is None else "refused"
    return Finding(Check.REGISTRATION, Verdict.FAILED, code, status_code)


def _wait_for_answer(call: VoIPCall) -> bool:
    until_s = time.monotonic() + _ANSWER_LIMIT_S
    while call.state == CallState.DIALING and time.monotonic() < until_s:
        time.sleep(_POLL_S)
    if call.state == CallState.DIALING:
        call.hangup()
    return bool(call.state == CallState.ANSWERED)


def _end_of(call: VoIPCall) -> CallEnded:
    """Why the call is over; one that this side gave up has not been answered in time."""
    return call.end or CallEnded(call.call_id, datetime.now(UTC), EndCause.NOT_ANSWERED)


def judge_call(end: CallEnded | None) -> Finding:
    """What became of the call to the phone's own number; ``end`` is None once it was answered."""
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


def _echo(call: VoIPCall) -> None:
    """Say what is heard, until the far side hangs up."""
    with contextlib.suppress(InvalidStateError):
        call.answer()
        while call.state == CallState.ANSWERED:
            call.write_audio(call.read_audio(_FRAME_SAMPLES))


def _hear_echo(call: VoIPCall) -> Alignment:
    probe = probe_signal()
    call.write_audio(probe.astype("<i2").tobytes())
    heard = call.read_audio(round(_LISTEN_S * TELEPHONE_RATE_HZ))
    return compare_echo(probe, np.frombuffer(heard, dtype="<i2").astype(np.int16))


def compare_echo(probe: Samples, heard: Samples) -> Alignment:
    """The middle one of the probe's parts by likeness, each with a delay of its own.

    Between them the two jitter buffers may lengthen or shorten the delay, which nobody hears.
    """
    size = round(_PART_S * TELEPHONE_RATE_HZ)
    parts = []
    for start in range(0, probe.size - size + 1, size):
        found = align_and_correlate(probe[start : start + size], heard)
        parts.append(replace(found, delay_s=found.delay_s - start / TELEPHONE_RATE_HZ))
    return sorted(parts, key=lambda part: part.correlation)[len(parts) // 2]


def probe_signal() -> Samples:
    """A sweep over the telephone band, 2 s at -12 dBFS: no part of it is like another."""
    time_s = np.arange(round(_PROBE_S * TELEPHONE_RATE_HZ)) / TELEPHONE_RATE_HZ
    low_hz, high_hz = 300.0, 3300.0
    phase = 2 * np.pi * (low_hz * time_s + (high_hz - low_hz) / (2 * _PROBE_S) * time_s**2)
    return to_samples(32767 * 10 ** (-12 / 20) * np.sin(phase))


def judge_echo(echo: Alignment) -> Finding:
    """Whether the echo is what was said, and soon enough."""
    delay_ms = 1000 * echo.delay_s
    if echo.correlation < _SOME_CORRELATION:
        return Finding(Check.ECHO, Verdict.FAILED, "silent")
    if echo.correlation < _CLEAR_CORRELATION:
        return Finding(Check.ECHO, Verdict.DOUBTFUL, "distorted", delay_ms)
    if echo.delay_s > _DELAY_LIMIT_S:
        return Finding(Check.ECHO, Verdict.DOUBTFUL, "delayed", delay_ms)
    return Finding(Check.ECHO, Verdict.PASSED, "clear", delay_ms)


def judge_microphone(level: MicrophoneLevel) -> Finding:
    """Whether somebody who spoke was heard at a telephone's level."""

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
    """Ring for a moment: it works when its stream moves all the while."""
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
