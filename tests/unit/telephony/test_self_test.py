"""The self-test's verdicts, each code from the facts that mean it."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from telephony.errors import ProtocolError
from telephony.events import CallEnded, EndCause, RegistrationChanged, RegistrationState
from telephony.findings import (
    Check,
    Finding,
    SelfTestOrder,
    Verdict,
    finding_from,
    judge_registration,
    order_from,
    to_line,
)
from telephony.measure import Alignment
from telephony.media.devices.microphone_check import MicrophoneLevel, MicrophoneVerdict
from telephony.self_test import (
    compare_echo,
    judge_call,
    judge_echo,
    judge_microphone,
    probe_signal,
)
from telephony.settings import AudioSettings, PhoneSettings, SipAccount

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


REFUSED = RegistrationChanged(RegistrationState.FAILED, AT, status_code=403)
SILENT = RegistrationChanged(RegistrationState.FAILED, AT)
UNTRUSTED = RegistrationChanged(RegistrationState.FAILED, AT, fault="tls_certificate")
GOOD = RegistrationChanged(RegistrationState.REGISTERED, AT, AT)


@pytest.mark.parametrize(
    ("told", "registers", "verdict", "code", "value"),
    [
        (GOOD, True, Verdict.PASSED, "registered", None),
        (REFUSED, True, Verdict.FAILED, "refused", 403),
        (SILENT, True, Verdict.FAILED, "no_answer", None),
        (UNTRUSTED, True, Verdict.FAILED, "tls_certificate", None),
        (None, True, Verdict.FAILED, "no_answer", None),
        (GOOD, False, Verdict.NOT_TRIED, "no_account", None),
    ],
)
def test_a_registration(
    told: RegistrationChanged | None,
    registers: bool,
    verdict: Verdict,
    code: str,
    value: float | None,
) -> None:
    expected = Finding(Check.REGISTRATION, verdict, code, value)
    assert judge_registration(told, registers=registers) == expected


def test_findings_and_orders_cross_the_pipe_whole() -> None:
    finding = Finding(Check.ECHO, Verdict.DOUBTFUL, "delayed", 512.5)
    assert finding_from(to_line(finding)) == finding
    settings = PhoneSettings(
        SipAccount("192.0.2.5", "301", "secret"), audio=AudioSettings("pulse", "headset")
    )
    order = SelfTestOrder(settings, "self-test", "301")
    assert order_from(to_line(order)) == order


@pytest.mark.parametrize("line", ["", "{}", "[1]", '{"check": "echo"', '{"check": "nose"}'])
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(ProtocolError):
        finding_from(line)


@pytest.mark.parametrize(
    ("echo", "verdict", "code"),
    [
        (Alignment(0.12, 0.99, 0.0), Verdict.PASSED, "clear"),
        (Alignment(0.12, 0.8, 0.0), Verdict.DOUBTFUL, "distorted"),
        (Alignment(0.6, 0.99, 0.0), Verdict.DOUBTFUL, "delayed"),
        (Alignment(0.0, 0.0, -float("inf")), Verdict.FAILED, "silent"),
    ],
)
def test_an_echo(echo: Alignment, verdict: Verdict, code: str) -> None:
    finding = judge_echo(echo)
    assert (finding.verdict, finding.code) == (verdict, code)
    assert finding.value is None or finding.value == pytest.approx(1000 * echo.delay_s)


@pytest.mark.parametrize(
    ("status_code", "code"),
    [(None, "no_answer"), (408, "no_answer"), (404, "not_found"), (486, "busy"), (403, "refused")],
)
def test_a_call_that_was_not_answered(status_code: int | None, code: str) -> None:
    finding = judge_call(CallEnded("call", AT, EndCause.FAILED, status_code))
    assert (finding.verdict, finding.code, finding.value) == (Verdict.FAILED, code, status_code)


def test_a_call_that_was_answered() -> None:
    assert judge_call(None).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("heard", "is_fallback", "verdict", "code"),
    [
        (MicrophoneVerdict.GOOD, False, Verdict.PASSED, "heard"),
        (MicrophoneVerdict.GOOD, True, Verdict.DOUBTFUL, "fallback"),
        (MicrophoneVerdict.QUIET, False, Verdict.DOUBTFUL, "quiet"),
        (MicrophoneVerdict.LOUD, False, Verdict.DOUBTFUL, "loud"),
        (MicrophoneVerdict.SILENT, False, Verdict.FAILED, "silent"),
        (MicrophoneVerdict.MISSING, False, Verdict.FAILED, "missing"),
    ],
)
def test_a_microphone(
    heard: MicrophoneVerdict, is_fallback: bool, verdict: Verdict, code: str
) -> None:
    finding = judge_microphone(MicrophoneLevel(-25.0, -12.0, heard, is_fallback))
    assert (finding.verdict, finding.code) == (verdict, code)


def test_no_two_moments_of_the_probe_are_alike() -> None:
    probe = probe_signal().astype(float)
    spectrum = np.fft.rfft(probe, 2 * probe.size)
    likeness = np.fft.irfft(np.abs(spectrum) ** 2)[: probe.size]
    assert np.abs(likeness[80:]).max() < 0.2 * likeness[0]


def test_an_echo_whose_delay_changes_on_its_way_is_clear() -> None:
    probe = probe_signal()
    later = np.concatenate((np.zeros(800), probe[:7000], probe[6900:], np.zeros(800)))
    echo = compare_echo(probe, later.astype(np.int16))
    assert echo.correlation > 0.98
    assert echo.delay_s == pytest.approx(0.1, abs=0.02)


def test_noise_is_no_echo() -> None:
    noise = np.random.default_rng(1).normal(0, 3000, 24000).astype(np.int16)
    assert judge_echo(compare_echo(probe_signal(), noise)).code == "silent"
