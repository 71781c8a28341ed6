"""Maps each console command to the phone method that executes it."""

from __future__ import annotations

from typing import assert_never

from telephony.commands import (
    Answer,
    Back,
    Complete,
    Consult,
    Dial,
    EndSelfCall,
    ExpectSelfCall,
    Forget,
    HangUp,
    Hold,
    PhoneCommand,
    Record,
    Redirect,
    RefreshRegistration,
    Reject,
    Resume,
    SendDigits,
    SetClosedLine,
    SetConference,
    SetDoNotDisturb,
    SetMuted,
    SetPresence,
    Transfer,
)
from telephony.phone import Phone

_BasicCommand = Answer | Reject | HangUp | Dial | SetMuted | Forget
_StateCommand = (
    SetDoNotDisturb
    | SetClosedLine
    | SetPresence
    | RefreshRegistration
    | ExpectSelfCall
    | EndSelfCall
)
_DialogCommand = (
    Hold
    | Resume
    | Transfer
    | Consult
    | Complete
    | Back
    | SendDigits
    | Redirect
    | Record
    | SetConference
)


def carry_out(phone: Phone, command: PhoneCommand) -> None:
    """Executes the command on the phone."""
    if isinstance(command, _BasicCommand):
        _carry_out_basic(phone, command)
    elif isinstance(command, _StateCommand):
        _carry_out_for_all(phone, command)
    else:
        _carry_out_in_dialog(phone, command)


def _carry_out_basic(phone: Phone, command: _BasicCommand) -> None:
    match command:
        case Answer(call_id):
            phone.answer(call_id)
        case Reject(call_id, status_code):
            phone.reject(call_id, status_code)
        case HangUp(call_id):
            phone.hang_up(call_id)
        case Dial(call_id, number):
            phone.call(number, call_id)
        case SetMuted(call_id, muted):
            phone.set_muted(call_id, muted)
        case Forget(call_id):
            phone.forget(call_id)
        case _:
            assert_never(command)


def _carry_out_for_all(phone: Phone, command: _StateCommand) -> None:
    match command:
        case SetDoNotDisturb(wanted):
            phone.set_do_not_disturb(wanted)
        case SetClosedLine(closed):
            phone.set_closed_line(closed)
        case SetPresence(presence):
            phone.set_presence(presence)
        case RefreshRegistration():
            phone.refresh_registration()
        case ExpectSelfCall(caller):
            phone.expect_self_call(caller)
        case EndSelfCall():
            phone.end_self_call()
        case _:
            assert_never(command)


def _carry_out_in_dialog(phone: Phone, command: _DialogCommand) -> None:
    match command:
        case Hold(call_id):
            phone.hold(call_id)
        case Resume(call_id):
            phone.resume(call_id)
        case Consult(call_id, number, consultation_id):
            phone.consult(call_id, number, consultation_id)
        case Transfer(call_id, number):
            phone.transfer(call_id, number)
        case Complete(call_id):
            phone.complete(call_id)
        case Record(call_id, action):
            phone.record(call_id, action)
        case SetConference(call_ids):
            phone.set_conference(call_ids)
        case Back(call_id):
            phone.back(call_id)
        case SendDigits(call_id, digits):
            phone.send_digits(call_id, digits)
        case Redirect(call_id, number):
            phone.redirect(call_id, number)
        case _:
            assert_never(command)
