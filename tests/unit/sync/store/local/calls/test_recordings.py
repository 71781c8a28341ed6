"""Recording files of a call, reported once or twice, for the call and its additional questions."""

from __future__ import annotations

from datetime import timedelta

from sync.store.local.calls.recordings import CallRecordings, recordings_of
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, new_call


def test_a_call_knows_its_files_and_so_does_each_question_of_it(store: RegisterStore) -> None:
    recordings = CallRecordings(store)
    call = store.open_card(new_call(1), OPERATOR).result()
    other = store.open_card(new_call(2), OPERATOR).result()
    question = store.open_further(call, OPERATOR).result()
    later = RANG_AT + timedelta(seconds=30)
    recordings.note(call.sip_call_id, "b.flac", later).result()
    recordings.note(call.sip_call_id, "c.flac", RANG_AT).result()
    recordings.note(call.sip_call_id, "c.flac", later).result()

    assert recordings_of(store, call) == ("c.flac", "b.flac")
    assert recordings_of(store, question) == ("c.flac", "b.flac")
    assert recordings_of(store, other) == ()
