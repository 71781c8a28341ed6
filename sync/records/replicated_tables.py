"""Local tables with rows that are sent to the central database; migrations create them.

The central tables have the same columns, one for one (``central_tables``).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from sync.records.table_rules import Identity, Moment, metadata, one_of, only_added, stated
from sync.records.word_index import index_words

INCIDENT_BY = "act IN ('proposed', 'call_linked') OR by_role = 'supervisor'"
PLANNED_MOMENT = "(act IN ('not_reached', 'reminded')) = (moment IS NOT NULL)"
INCIDENT_CALL = "(act = 'call_linked') = (call_id IS NOT NULL)"

call_record = Table(
    "call_record",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("number", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("sip_call_id", Text, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("ended_at", Moment),
    Column("first_key_at", Moment),
    Column("hit_accepted_at", Moment),
    Column("end_cause", Text),
    Column("end_status", Integer),
    Column("dialled_line", Text, nullable=False),
    Column("caller_number_raw", Text, nullable=False),
    Column("caller_name", Text, nullable=False),
    Column("phone", Text),
    Column("phone_absence", Text),
    Column("email", Text),
    Column("email_absence", Text),
    Column("surname", Text),
    Column("given_name", Text),
    Column("patronymic", Text),
    Column("name_absence", Text),
    Column("concerned", Text),
    Column("content", Text, nullable=False),
    Column("result", Text),
    Column("used_entries", JSON, nullable=False),
    Column("topic", Text),
    Column("category", Text),
    Column("message_id", Identity),
    Column("out_of_hours", Boolean, nullable=False),
    Column("operator_id", Identity, nullable=False),
    Column("operator_name", Text, nullable=False),
    Column("operator_role", Text, nullable=False),
    Column("closed_by_id", Identity),
    Column("closed_by_name", Text),
    Column("workplace", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("saved_at", Moment),
    # Intake channel of a record without a call.
    Column("way", Text),
    # Additional question of a call: the number of the call's first record.
    Column("part_of", Text),
    # Missed call: time at which it was resolved.
    Column("handled_at", Moment),
    # Route of the call, if the network reported it.
    Column("queue", Text),
    Column("transferred_by", Text),
    Column("diverted_from", Text),
    Column("schema_version", Integer, nullable=False),
    UniqueConstraint("number"),
    UniqueConstraint("sip_call_id"),
    CheckConstraint(one_of("state", "draft", "closed"), name="state"),
    CheckConstraint(one_of("direction", "incoming", "outgoing"), name="direction"),
    CheckConstraint(stated("phone", "phone_absence"), name="phone"),
    CheckConstraint(stated("email", "email_absence"), name="email"),
    CheckConstraint(stated("surname", "name_absence"), name="name"),
    Index(None, "arrived_at"),
    Index(None, "phone", "arrived_at"),
    Index(None, "surname"),
    Index(None, "given_name"),
    # The call register is sorted and filtered by these columns (7.3), for any period.
    Index("ix_call_record_number", text("coalesce(number, '')"), "arrived_at"),
    Index("ix_call_record_operator_name", "operator_name", "arrived_at"),
    Index("ix_call_record_topic", "topic", "arrived_at"),
    Index("ix_call_record_result", text("coalesce(result, '')"), "arrived_at"),
    Index("ix_call_record_draft", "arrived_at", sqlite_where=text("state = 'draft'")),
    Index("ix_call_record_missed", "arrived_at", sqlite_where=text("result = 'not_answered'")),
    Index("ix_call_record_by_hand", "created_at", sqlite_where=text("way IS NOT NULL")),
    Index("ix_call_record_part_of", "part_of", sqlite_where=text("part_of IS NOT NULL")),
)

# The call register supports full-text search (7.3).
index_words(call_record, "content", "call_words")

message = Table(
    "message",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("number", Text),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("call_id", Identity, ForeignKey("call_record.id")),
    Column("text", Text, nullable=False),
    Column("topic", Text),
    Column("category", Text),
    Column("unit", Text),
    Column("event_on", Date),
    Column("event_time", Time),
    Column("place", Text, nullable=False),
    Column("publicity", Text, nullable=False),
    Column("phone", Text),
    Column("phone_absence", Text),
    Column("email", Text),
    Column("email_absence", Text),
    Column("surname", Text),
    Column("given_name", Text),
    Column("patronymic", Text),
    Column("name_absence", Text),
    Column("operator_id", Identity, nullable=False),
    Column("operator_name", Text, nullable=False),
    Column("operator_role", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("submitted_at", Moment),
    Column("registered_at", Moment),
    Column("platform_id", Text),
    Column("platform_status", Text),
    Column("answer_text", Text),
    Column("schema_version", Integer, nullable=False),
    UniqueConstraint("number"),
    CheckConstraint(stated("phone", "phone_absence"), name="phone"),
    CheckConstraint(stated("email", "email_absence"), name="email"),
    CheckConstraint(stated("surname", "name_absence"), name="name"),
    Index(None, "call_id"),
    Index(None, "created_at"),
    Index(None, "registered_at"),
    Index(None, "phone"),
    Index(None, "surname"),
    Index(None, "given_name"),
    Index(None, "state", "submitted_at"),
    Index(None, "platform_id"),
)

message_event = Table(
    "message_event",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("message_id", Identity, ForeignKey("message.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("source", Text),
    Column("by_id", Identity),
    Column("by_name", Text),
    Column("by_role", Text),
    Column("facts", JSON, nullable=False),
    Column("schema_version", Integer, nullable=False),
    UniqueConstraint("message_id", "seq"),
    CheckConstraint("(source IS NULL) = (by_id IS NOT NULL)", name="doer"),
)

# An event may change its position and time, and nothing else, after its displacement was recorded.
_DISPLACED_ONLY = """NOT (
    EXISTS (SELECT 1 FROM event_displaced WHERE id = OLD.id)
    AND (OLD.id, OLD.message_id, OLD.step, OLD.facts, OLD.schema_version)
        = (NEW.id, NEW.message_id, NEW.step, NEW.facts, NEW.schema_version)
    AND OLD.source IS NEW.source AND OLD.by_id IS NEW.by_id
    AND OLD.by_name IS NEW.by_name AND OLD.by_role IS NEW.by_role)"""

# Texts of an event may be removed, and nothing else changed, after the erasure of its message was
# recorded; no text can be added, and the erasure cannot be undone.
_ERASED_ONLY = """NOT (
    EXISTS (SELECT 1 FROM erasure WHERE entity = 'message' AND entity_id = OLD.message_id)
    AND length(NEW.facts) <= length(OLD.facts)
    AND (OLD.id, OLD.message_id, OLD.seq, OLD.step, OLD.at, OLD.schema_version)
        = (NEW.id, NEW.message_id, NEW.seq, NEW.step, NEW.at, NEW.schema_version)
    AND OLD.source IS NEW.source AND OLD.by_id IS NEW.by_id
    AND OLD.by_name IS NEW.by_name AND OLD.by_role IS NEW.by_role)"""

only_added(message_event, "events are only added", but_for=f"{_DISPLACED_ONLY} AND {_ERASED_ONLY}")

city_edit = Table(
    "city_edit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Identity, nullable=False),
    Column("change", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("moved", JSON, nullable=False),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("schema_version", Integer, nullable=False),
    UniqueConstraint("id"),
    CheckConstraint("trim(reason) <> ''", name="reason"),
    sqlite_autoincrement=True,
)

only_added(city_edit, "edits are only added")

audit = Table(
    "audit",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", Identity, nullable=False),
    Column("station_id", String(4), nullable=False),
    Column("chain", Identity, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("by_id", Identity),
    Column("source", Text),
    Column("subject", Text),
    Column("subject_id", Identity),
    Column("detail", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("schema_version", Integer, nullable=False),
    UniqueConstraint("chain", "seq"),
    CheckConstraint("(source IS NULL) = (by_id IS NOT NULL)", name="doer"),
    sqlite_autoincrement=True,
)

only_added(audit, "the audit is only added to")

# Agent states of operators at this workplace, one row per change.
operator_state = Table(
    "operator_state",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("operator_id", Identity, nullable=False),
    Column("operator_name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("former", Text, nullable=False),
    Column("doing", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Index(None, "at"),
)

only_added(operator_state, "what was done is only added to")

# Events of incidents, recorded here or received from the central database.
incident_event = Table(
    "incident_event",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("incident_id", Identity, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("street", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("call_id", Identity),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    CheckConstraint(
        one_of("act", "proposed", "declared", "edited", "ended", "call_linked"), name="act"
    ),
    CheckConstraint(INCIDENT_BY, name="led"),
    CheckConstraint(INCIDENT_CALL, name="call"),
    Index(None, "at"),
    Index(None, "call_id"),
)

only_added(incident_event, "what happened to an incident is only added to")

# Resolutions by operators of this workplace of missed calls of other workplaces.
missed_mark = Table(
    "missed_mark",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("call_station", Text, nullable=False),
    Column("call_period", Text, nullable=False),
    Column("call_id", Identity, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    UniqueConstraint("call_id"),
)

only_added(missed_mark, "what was done about a missed call is only added to")

# Events of scheduled callbacks of all workplaces; append-only until the callback is deleted.
planned_step = Table(
    "planned_step",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("call_id", Identity, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("moment", Moment),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    CheckConstraint(one_of("act", "talked", "not_reached", "not_needed", "reminded"), name="act"),
    CheckConstraint(PLANNED_MOMENT, name="moment"),
    Index(None, "call_id"),
)
