"""Order, checks and results of the phone's self-test, and their JSON lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telephony.errors import ProtocolError
from telephony.events import RegistrationChanged, RegistrationState
from telephony.json_form import JsonFormError, from_json, to_json
from telephony.settings import PhoneSettings


class Check(StrEnum):
    """Checks of the self-test, in this order."""

    REGISTRATION = "registration"
    CALL = "call"
    ECHO = "echo"
    MICROPHONE = "microphone"
    RINGER = "ringer"


class Verdict(StrEnum):
    """Result of a check."""

    PASSED = "passed"
    DOUBTFUL = "doubtful"
    """The tested function works, but callers or the operator would notice a defect."""
    FAILED = "failed"
    NOT_TRIED = "not_tried"
    """Not run: an earlier check failed, or the settings do not require the check."""


class Part(StrEnum):
    """Scope of the self-test."""

    WHOLE = "whole"
    """All checks except the registration; the operator's own phone reports its registration
    itself.
    """
    REGISTRATION = "registration"
    """Registration only: registers the account of the settings for a moment, then unregisters."""
    MICROPHONE = "microphone"
    EARPIECE = "earpiece"
    """Ring tone in the headset only; reported as a ringer result."""
    RINGER = "ringer"


@dataclass(frozen=True, slots=True)
class Finding:
    """Result of one check.

    ``code`` is the reason: "registered", "no_account", "refused", "no_answer", a fault of
    RegistrationChanged; "presence_told", "presence_not_taken", "presence_failed" if the settings
    have a presence; "port_taken", "answered", "not_found", "busy"; "clear", "silent", "distorted",
    "delayed"; "heard", "quiet", "loud", "missing", "fallback", "no_sound_system"; "played",
    "depends"; "listening" while only the microphone is tested. ``value`` is the SIP status of a
    refusal, the delay of an echo in ms, or a level in dBFS.
    """

    check: Check
    verdict: Verdict
    code: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class SelfTestOrder:
    """Parameters of the self-test.

    ``line`` is the number or SIP URI of the operator's phone, which expects the call of ``caller``
    (ExpectSelfCall); None skips the call. The operator must speak into the microphone for
    ``speak_s``.
    """

    settings: PhoneSettings
    caller: str
    line: str | None
    speak_s: float = 3.0
    part: Part = Part.WHOLE


def judge_registration(registration: RegistrationChanged | None, *, registers: bool) -> Finding:
    """Evaluates the result of a REGISTER; None means that there was no response."""

    def failed(code: str, value: float | None = None) -> Finding:
        return Finding(Check.REGISTRATION, Verdict.FAILED, code, value)

    if not registers:
        return Finding(Check.REGISTRATION, Verdict.NOT_TRIED, "no_account")
    if registration is None:
        return failed("no_answer")
    if registration.state is RegistrationState.REGISTERED:
        return Finding(Check.REGISTRATION, Verdict.PASSED, "registered")
    if registration.status_code is None:
        return failed(registration.fault or "no_answer")
    return failed("refused", registration.status_code)


def to_line(value: Finding | SelfTestOrder) -> str:
    """Serializes the value as one line of JSON; an order contains the password: use it for a pipe
    only.
    """
    return json.dumps(to_json(value)) + "\n"


def finding_from(line: str | bytes) -> Finding:
    """Parses a result line. Raises ProtocolError."""
    finding: Finding = _read(Finding, line)
    return finding


def order_from(line: str | bytes) -> SelfTestOrder:
    """Parses an order line. Raises ProtocolError."""
    order: SelfTestOrder = _read(SelfTestOrder, line)
    return order


def _read(kind: Any, line: str | bytes) -> Any:
    try:
        return from_json(kind, json.loads(line))
    except (ValueError, RecursionError) as error:
        raise ProtocolError("json") from error
    except JsonFormError as error:
        raise ProtocolError(error.path) from error
