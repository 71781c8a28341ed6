"""Order, checks and findings of the phone's self-test, and their JSON lines."""

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


class Part(StrEnum):
    """How much of the self-test is wanted."""

    WHOLE = "whole"
    """All that follows the registration, which the operator's own phone is asked for."""
    REGISTRATION = "registration"
    """Whether the account of the settings is let in: registered for a moment, then taken back."""
    MICROPHONE = "microphone"
    EARPIECE = "earpiece"
    """The ring in the headset: a finding of the ringer."""
    RINGER = "ringer"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check.

    ``code`` says why: "registered", "no_account", "refused", "no_answer", a fault of
    RegistrationChanged; "presence_told", "presence_not_taken", "presence_failed" where the settings
    have one; "port_taken", "answered", "not_found", "busy"; "clear", "silent",
    "distorted", "delayed"; "heard", "quiet", "loud", "missing", "fallback", "no_sound_system";
    "played", "depends"; "listening" while the microphone alone is tried. ``value`` goes with it:
    the SIP status of a refusal, milliseconds of an echo's delay, dBFS of a level.
    """

    check: Check
    verdict: Verdict
    code: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class SelfTestOrder:
    """What the self-test is to try.

    ``line`` is the number or SIP URI that reaches the operator's phone, which expects the call of
    ``caller`` (ExpectSelfCall); None tries no call. Somebody has to speak into the microphone for
    ``speak_s``.
    """

    settings: PhoneSettings
    caller: str
    line: str | None
    speak_s: float = 3.0
    part: Part = Part.WHOLE


def judge_registration(registration: RegistrationChanged | None, *, registers: bool) -> Finding:
    """What the registrar said when it was asked just now; None when nothing came of that."""

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
    """The value as one line of JSON; an order holds the password: for a pipe only."""
    return json.dumps(to_json(value)) + "\n"


def finding_from(line: str | bytes) -> Finding:
    """The finding of a line; ProtocolError for anything else."""
    finding: Finding = _read(Finding, line)
    return finding


def order_from(line: str | bytes) -> SelfTestOrder:
    """The order of a line; ProtocolError for anything else."""
    order: SelfTestOrder = _read(SelfTestOrder, line)
    return order


def _read(kind: Any, line: str | bytes) -> Any:
    try:
        return from_json(kind, json.loads(line))
    except (ValueError, RecursionError) as error:
        raise ProtocolError("json") from error
    except JsonFormError as error:
        raise ProtocolError(error.path) from error
