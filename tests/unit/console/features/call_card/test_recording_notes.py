"""The recording file of each call is noted, even if the console did not receive its start."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.features.call_card.saved_call import RecordingNotes
from console.shared.session.live_calls import LiveCalls
from telephony.events import EndCause, RecordingChanged, RecordingState
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import Call, connected

CALL, ABOUT_IT = Call(), Call("asked@test.invalid", "89005550102")
STARTED = RecordingChanged(CALL.call_id, RANG_AT, RecordingState.STARTED, "/sounds/one.flac")


class Noted:
    """The recorded notes, in order."""

    def __init__(self) -> None:
        self.files: list[tuple[str, str, datetime]] = []

    def note(self, sip_call_id: str, file: str, at: datetime) -> Future[None]:
        self.files.append((sip_call_id, file, at))
        done: Future[None] = Future()
        done.set_result(None)
        return done


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def calls() -> LiveCalls:
    return LiveCalls()


@pytest.fixture
def notes(owner: QObject, noted: Noted, calls: LiveCalls) -> RecordingNotes:
    return RecordingNotes(noted, Deliveries(owner), calls.get, parent=owner)


def test_a_recording_is_noted_as_it_begins(
    notes: RecordingNotes, noted: Noted, calls: LiveCalls
) -> None:
    calls.expect_consultation(ABOUT_IT.call_id, CALL.call_id)
    calls.begin(ABOUT_IT.dialled())
    asked = replace(STARTED, call_id=ABOUT_IT.call_id, path="/sounds/two.flac")
    for event in (STARTED, asked, replace(STARTED, state=RecordingState.STOPPED)):
        notes.receive(event)
    notes.receive(CALL.answered())
    assert noted.files == [
        (CALL.call_id, "one.flac", RANG_AT),
        (CALL.call_id, "two.flac", RANG_AT),
    ]


def test_what_began_while_the_window_was_gone_is_noted_when_it_is_back(
    notes: RecordingNotes, noted: Noted
) -> None:
    talk = CALL.snapshot(answered=True, ended=EndCause.FAR_END)
    asked = ABOUT_IT.snapshot(answered=True, ended=EndCause.NEAR_END)
    again = replace(STARTED, path="/sounds/three.flac")
    notes.receive(
        connected(
            replace(talk, recordings=(STARTED, again)),
            replace(
                asked,
                consultation_of=CALL.call_id,
                recordings=(replace(STARTED, path="/sounds/two.flac"),),
            ),
            Call("none@test.invalid").snapshot(answered=True),
        )
    )
    assert noted.files == [
        (CALL.call_id, "one.flac", RANG_AT),
        (CALL.call_id, "three.flac", RANG_AT),
        (CALL.call_id, "two.flac", RANG_AT),
    ]
