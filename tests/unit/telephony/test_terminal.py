"""The names of the phone's events on the command line."""

from __future__ import annotations

from typing import get_args

from telephony.events import CallRinging, PhoneEvent, RegistrationChanged
from telephony.terminal import _NAMES


def test_every_event_has_a_name() -> None:
    assert set(get_args(PhoneEvent)) == set(_NAMES) | {CallRinging, RegistrationChanged}
