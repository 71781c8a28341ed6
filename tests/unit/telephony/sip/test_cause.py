"""Cause of a call's end, from a Reason or a final response."""

from __future__ import annotations

import pytest

from telephony.events import EndCause
from telephony.sip.call_facts import (
    Reason,
    cause_of_bye,
    cause_of_cancel,
    cause_of_refusal,
    read_reasons,
    reason_header,
)
from telephony.sip.syntax.message import Message, Response, parse_message
from tests.fakes.sip_messages import in_dialog, sip


def bye(*reasons: str) -> Message:
    return parse_message(in_dialog("BYE", "near", *(f"Reason: {each}" for each in reasons)))


def refusal(status_code: int, *reasons: str) -> Response:
    message = parse_message(
        sip(
            f"SIP/2.0 {status_code} x",
            "Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK1",
            "From: <sip:301@192.0.2.1>;tag=near",
            "To: <sip:112@192.0.2.1>;tag=far",
            "Call-ID: call",
            "CSeq: 1 INVITE",
            *(f"Reason: {each}" for each in reasons),
        )
    )
    assert isinstance(message, Response)
    return message


def test_reasons_are_read_tolerantly() -> None:
    message = bye(
        'sip ; cause=200 ;text="Call completed, elsewhere"', "Q.850;cause=16, X;cause=a", '"broken'
    )
    assert read_reasons(message) == (
        Reason("SIP", 200, "Call completed, elsewhere"),
        Reason("Q.850", 16),
        Reason("X", None),
    )


@pytest.mark.parametrize(
    ("reasons", "cause"),
    [
        ((), EndCause.CALLER_GAVE_UP),
        (("SIP;cause=200",), EndCause.ANSWERED_ELSEWHERE),
        (('SIP;text="Call Completed Elsewhere"',), EndCause.ANSWERED_ELSEWHERE),
        (("Q.850;cause=26",), EndCause.ANSWERED_ELSEWHERE),
        (('Q.850;cause=502;text="LOSE_RACE"',), EndCause.ANSWERED_ELSEWHERE),
        (("Q.850;cause=16", "SIP;cause=200"), EndCause.ANSWERED_ELSEWHERE),
        (("SIP;cause=408",), EndCause.NOT_ANSWERED),
        (("SIP;cause=480",), EndCause.NOT_ANSWERED),
        (("Q.850;cause=19",), EndCause.NOT_ANSWERED),
        (("Q.850;cause=18",), EndCause.NOT_ANSWERED),
        (("SIP;cause=487",), EndCause.CALLER_GAVE_UP),
        (("Q.850;cause=16",), EndCause.CALLER_GAVE_UP),
        (("SIP;cause=600",), EndCause.CALLER_GAVE_UP),
        (("PREEMPTION;cause=200",), EndCause.CALLER_GAVE_UP),
        (('SIP;cause="200',), EndCause.CALLER_GAVE_UP),
    ],
)
def test_a_call_taken_back_while_it_rang(reasons: tuple[str, ...], cause: EndCause) -> None:
    assert cause_of_cancel(bye(*reasons)) is cause


@pytest.mark.parametrize(
    ("reasons", "cause", "status_code"),
    [
        ((), EndCause.FAR_END, None),
        (("Q.850;cause=16",), EndCause.FAR_END, None),
        (("Q.850;cause=31",), EndCause.FAR_END, None),
        (("SIP;cause=200",), EndCause.ANSWERED_ELSEWHERE, None),
        (("SIP;cause=487",), EndCause.FAR_END, None),
        (("SIP;cause=603",), EndCause.FAR_END, None),
        (("SIP;cause=408",), EndCause.FAILED, 408),
        (("SIP;cause=503",), EndCause.FAILED, 503),
        (("SIP;cause=302",), EndCause.FAR_END, None),
        (("SIP;cause=1000",), EndCause.FAR_END, None),
        (("Q.850;cause=38",), EndCause.FAILED, 503),
        (("Q.850;cause=102",), EndCause.FAILED, 504),
        (("Q.850;cause=127",), EndCause.FAILED, 500),
        (("Q.850;cause=16", "SIP;cause=500"), EndCause.FAILED, 500),
    ],
)
def test_a_call_ended_by_the_far_side(
    reasons: tuple[str, ...], cause: EndCause, status_code: int | None
) -> None:
    assert cause_of_bye(bye(*reasons)) == (cause, status_code)


@pytest.mark.parametrize(
    ("status_code", "reasons", "cause", "told"),
    [
        (486, (), EndCause.BUSY, 486),
        (600, (), EndCause.BUSY, 600),
        (603, (), EndCause.REJECTED, 603),
        (607, (), EndCause.REJECTED, 607),
        (408, (), EndCause.NOT_ANSWERED, 408),
        (480, (), EndCause.NOT_ANSWERED, 480),
        (404, (), EndCause.FAILED, 404),
        (488, (), EndCause.FAILED, 488),
        (503, (), EndCause.FAILED, 503),
        (503, ("Q.850;cause=17",), EndCause.BUSY, 486),
        (480, ("Q.850;cause=17",), EndCause.BUSY, 486),
        (480, ("Q.850;cause=21",), EndCause.REJECTED, 603),
        (500, ("Q.850;cause=1",), EndCause.FAILED, 404),
        (503, ("Q.850;cause=19",), EndCause.NOT_ANSWERED, 480),
        (503, ("Q.850;cause=16",), EndCause.FAILED, 503),
        (503, ("SIP;cause=486",), EndCause.FAILED, 503),
        # A definite response has priority.
        (603, ("Q.850;cause=34",), EndCause.REJECTED, 603),
        (404, ("Q.850;cause=17",), EndCause.FAILED, 404),
    ],
)
def test_an_outgoing_call_that_came_to_nothing(
    status_code: int, reasons: tuple[str, ...], cause: EndCause, told: int
) -> None:
    assert cause_of_refusal(refusal(status_code, *reasons)) == (cause, told)


def test_our_own_reason_can_be_read_again() -> None:
    _, value = reason_header(408, "No ACK")
    assert read_reasons(bye(value)) == (Reason("SIP", 408, "No ACK"),)
