"""Every stored field about a person has a label in the copy given to that person."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import Table

from sync.commands.person_documents import TEMPLATES, RowWords
from sync.records import central_append_only_tables, central_tables
from sync.records.replicated_tables import call_record, message, message_event
from sync.records.table_rules import Moment
from sync.records.workplace_message_tables import notice, notice_call
from sync.records.workplace_tables import (
    call_recording,
    handover_sheet,
    kept_words,
    missed_handled,
    planned_call,
    script_step,
)
from sync.register.calls.calls import CallResult, CallState, RequestWay
from sync.register.calls.missed import MissedOutcome
from sync.register.calls.planned import PlannedOutcome
from sync.register.calls.scripts import Way
from sync.register.handling.events import Source, Step
from sync.register.handling.notices import Notice, Reminder
from sync.register.messages import Publicity, State
from sync.register.people.operators import Role
from sync.register.people.persons import DataCategory, Left, RecordKind, SoundFate
from sync.register.people.values import Absence
from sync.store.local.messages.notices import CallOutcome, Channel, NoticeState
from telephony.events import EndCause

WORDS: dict[str, Any] = json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8"))
TABLES: dict[str, tuple[Table, ...]] = {
    "call": (call_record, central_tables.call_record),
    "message": (message, central_tables.message),
    "promised": (planned_call, central_append_only_tables.planned_call),
    "event": (message_event, central_tables.message_event),
    "notices": (notice,),
    "notice_calls": (notice_call,),
    "script_steps": (script_step,),
    "recordings": (call_recording,),
    "handled": (missed_handled,),
    "sheet": (handover_sheet,),
    "typed": (kept_words,),
}
OF_CENTRE = {"counter", "received_at"}
"""Fields that are neither columns of the record nor part of a copy."""
CODES: dict[tuple[str, str], tuple[type[StrEnum], ...]] = {
    ("call", "state"): (CallState,),
    ("call", "result"): (CallResult,),
    ("call", "way"): (RequestWay,),
    ("call", "end_cause"): (EndCause,),
    ("call", "operator_role"): (Role,),
    ("call", "phone_absence"): (Absence,),
    ("call", "email_absence"): (Absence,),
    ("call", "name_absence"): (Absence,),
    ("message", "state"): (State,),
    ("message", "publicity"): (Publicity,),
    ("message", "operator_role"): (Role,),
    ("message", "phone_absence"): (Absence,),
    ("message", "email_absence"): (Absence,),
    ("message", "name_absence"): (Absence,),
    ("event", "step"): (Step,),
    ("event", "source"): (Source,),
    ("event", "by_role"): (Role,),
    ("notices", "kind"): (Notice, Reminder),
    ("notices", "state"): (NoticeState,),
    ("notices", "channel"): (Channel,),
    ("notice_calls", "outcome"): (CallOutcome,),
    ("script_steps", "way"): (Way,),
    ("handled", "outcome"): (MissedOutcome,),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_a_word_or_is_known_to_need_none(name: str) -> None:
    told = WORDS["tables"][name]
    columns = {column.name for table in TABLES[name] for column in table.c} - OF_CENTRE
    assert columns - set(told["fields"]) - set(told["unsaid"]) == set()
    assert set(told["fields"]) | set(told["unsaid"]) <= columns, "a column that is not there"
    assert not set(told["fields"]) & set(told["unsaid"])


def test_no_table_is_without_a_test() -> None:
    assert set(WORDS["tables"]) == set(TABLES)


@pytest.mark.parametrize(("name", "column"), CODES)
def test_every_code_has_a_word(name: str, column: str) -> None:
    codes = {code.value for kind in CODES[name, column] for code in kind}
    assert codes <= set(WORDS["tables"][name]["values"][column])


def test_outcomes_kinds_and_reasons_have_words() -> None:
    over = {one.value for one in PlannedOutcome} - {PlannedOutcome.NOT_REACHED.value}
    assert set(WORDS["tables"]["promised"]["values"]["outcome"]) == over
    assert set(WORDS["kinds"]) == set(RecordKind)
    assert set(WORDS["categories"]) == set(DataCategory)
    assert set(WORDS["left"]) == set(Left)
    assert set(WORDS["fates"]) == set(SoundFate)


def test_moments_are_told_by_the_name_of_their_column() -> None:
    named = {
        column.name
        for tables in TABLES.values()
        for column in tables[0].c
        if isinstance(column.type, Moment)
    }
    assert {name for name in named if name != "at" and not name.endswith("_at")} == set()


def test_a_column_that_has_no_word_yet_is_told_under_its_own_name() -> None:
    told = RowWords({"fields": {"at": "когда"}, "unsaid": ["id"], "values": {}})
    row = {"id": "1", "at": "2026-11-25T09:00:00+00:00", "later": "слово", "none": None}
    assert told.lines(row) == [
        {"name": "когда", "text": "25.11.2026 12:00"},
        {"name": "later", "text": "слово"},
    ]
