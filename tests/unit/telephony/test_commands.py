"""Every console command calls the phone method of the same name, with all its arguments."""

from __future__ import annotations

import inspect
from dataclasses import fields
from typing import Any, cast, get_args

import pytest

from telephony.commands import (
    CallCommand,
    Consult,
    Dial,
    PhoneCommand,
    Record,
    RecordingAction,
    SetConference,
    command_name,
    refused,
)
from telephony.link.phone_commands import carry_out
from telephony.phone import Phone
from telephony.presence import Activity, Presence
from telephony.settings import ClosedLine

VALUES: dict[str, object] = {
    "call_id": "a",
    "call_ids": ("a", "b"),
    "consultation_id": "c",
    "number": "112",
    "digits": "1#",
    "status_code": 603,
    "action": RecordingAction.PAUSE,
    "muted": True,
    "wanted": True,
    "caller": "self-test",
    "presence": Presence(False, (Activity.AWAY,)),
    "closed": ClosedLine(redirect_to="112"),
}


class NotingPhone:
    """Records calls without executing them, by the signature of the real method."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, object]]] = []

    def __getattr__(self, name: str) -> Any:
        signature = inspect.signature(getattr(Phone, name))

        def note(*arguments: object) -> None:
            bound = signature.bind(self, *arguments).arguments
            self.told.append((name, {key: bound[key] for key in bound if key != "self"}))

        return note


@pytest.mark.parametrize("kind", get_args(PhoneCommand), ids=lambda kind: str(kind.__name__))
def test_a_command_reaches_its_method(kind: type[PhoneCommand]) -> None:
    said = {field.name: VALUES[field.name] for field in fields(kind)}
    command = cast(PhoneCommand, cast(Any, kind)(**said))
    phone = NotingPhone()
    carry_out(cast(Phone, phone), command)
    assert phone.told == [(command_name(command), said)]


def test_a_refused_command_names_the_call_it_was_for() -> None:
    assert refused(Dial("a", "112"), "not_connected").call_id == "a"
    assert refused(Consult("a", "112", "c"), "not_connected").call_id == "a"
    assert refused(Record("a", RecordingAction.STOP), "not_connected").command == "record"
    assert refused(SetConference(("a", "b")), "not_connected").call_id is None
    assert set(get_args(CallCommand)) < set(get_args(PhoneCommand))
