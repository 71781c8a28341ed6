"""What stays here of calls: missed and promised ones, steps of scripts, and their sound."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from sync.store.record_tables import call_record
from sync.store.table_rules import (
    metadata,
    one_of,
)
from sync.store.types import Identity, Moment

# What became of a missed call; without a person where the program itself marked it.
missed_handled = Table(
    "missed_handled",
    metadata,
    Column("call_id", Identity, ForeignKey(call_record.c.id), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by_id", Identity),
    Column("by_name", Text),
    Column("outcome", Text, nullable=False),
    # the record of another workplace that has dealt with it; what is known of that may be gone
    Column("elsewhere_id", Identity),
    Index(None, "elsewhere_id", sqlite_where=text("elsewhere_id IS NOT NULL")),
)

# What the operator did of a script in a call, with the words of each step as they stood then.
script_step = Table(
    "script_step",
    metadata,
    Column("call_id", Identity, ForeignKey(call_record.c.id), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("script", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_id", Identity, nullable=False),
)

# Which file holds the sound of a call, or of a talk about it; without a record of its own.
call_recording = Table(
    "call_recording",
    metadata,
    Column("file", Text, primary_key=True),
    Column("sip_call_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "sip_call_id"),
)

# A call that somebody is promised, here or at another workplace, as it stands after its steps; over
# once it has an outcome. What was promised, and how often it had been tried when it was first told
# to the centre, stay beside it. One whose person was erased has no telephone.
planned_call = Table(
    "planned_call",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("phone", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("for_id", Identity),
    Column("made_at", Moment, nullable=False),
    Column("made_by_name", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("outcome", Text),
    Column("done_at", Moment),
    Column("done_by_id", Identity),
    Column("done_by_name", Text),
    Column("promised_at", Moment),
    Column("tried_before", Integer, nullable=False, server_default=text("0")),
    Column("made_by_id", Identity),
    Column("reminded_at", Moment),
    CheckConstraint(one_of("outcome", "talked", "not_needed"), name="outcome"),
    Index("ix_planned_call_open", "at", sqlite_where=text("outcome IS NULL")),
)
