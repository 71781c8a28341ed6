"""Local tables: call details, operators, form drafts, feed state, outbox, shifts, workplace.

Tables that are mirrored column by column in the central database are in ``replicated_tables``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sync.records.replicated_tables import call_record, city_edit, message_event
from sync.records.table_rules import Identity, Moment, metadata, one_of, only_added

# Resolutions of missed calls; without an operator if they were set automatically.
missed_handled = Table(
    "missed_handled",
    metadata,
    Column("call_id", Identity, ForeignKey(call_record.c.id), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by_id", Identity),
    Column("by_name", Text),
    Column("outcome", Text, nullable=False),
    # Record of another workplace that resolved the call; its local summary may be deleted.
    Column("elsewhere_id", Identity),
    Index(None, "elsewhere_id", sqlite_where=text("elsewhere_id IS NOT NULL")),
)

# Completed steps of a call's script, with the text of each step at that time.
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

# Recording files of a call or of a talk about it; they have no record.
call_recording = Table(
    "call_recording",
    metadata,
    Column("file", Text, primary_key=True),
    Column("sip_call_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "sip_call_id"),
)

# Scheduled callbacks of all workplaces, in the state after their events; finished with an outcome.
# The original time, and the number of attempts when the callback was first sent to the central
# database, are stored as well. The phone number is empty after an erasure.
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


operator = Table(
    "operator",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("login", Text(collation="NOCASE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("last_failure_at", Moment),
    Column("created_at", Moment, nullable=False),
    # Offline sign-in is allowed until this time; set for central accounts.
    Column("good_until", Moment),
    Column("disabled_at", Moment),
    UniqueConstraint("login"),
)

# Preferences of an operator, complete.
own_desk = Table(
    "own_desk",
    metadata,
    Column("operator_id", Identity, primary_key=True),
    Column("document", JSON, nullable=False),
    Column("changed_at", Moment, nullable=False),
    # Local time of a change that is not yet in the central database.
    Column("chosen_at", Moment),
)

# Unsaved input of forms without a record, by operator. Files of an answer are further parts.
kept_words = Table(
    "kept_words",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("operator_id", Identity, nullable=False),
    Column("form", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", JSON, nullable=False),
    Column("content", LargeBinary),
    UniqueConstraint("operator_id", "form", "subject", "part"),
)


# Order in which the central database received the edits of all workplaces; unsent edits are last.
city_order = Table(
    "city_order",
    metadata,
    Column("edit_id", Identity, ForeignKey(city_edit.c.id), primary_key=True),
    Column("position", Integer, nullable=False),
)


def _known(name: str, *further: Column[Any] | Index) -> Table:
    """Returns a table of records of other workplaces, reduced to the caller's history."""
    return Table(
        name,
        metadata,
        Column("id", Identity, primary_key=True),
        Column("number", Text, nullable=False),
        Column("phone", Text, nullable=False),
        Column("at", Moment, nullable=False),
        Column("topic", Text),
        Column("category", Text),
        Column("about", Text, nullable=False),
        Column("received_at", Moment, nullable=False),
        Column("surname", Text),
        Column("given_name", Text),
        Column("patronymic", Text),
        *further,
        Index(None, "phone", "at"),
        Index(None, "received_at"),
    )


known_call = _known(
    "known_call",
    Column("result", Text),
    Column("handled_at", Moment),
    Column("answered_at", Moment),
    # Missed call; NULL for calls received by an older version.
    Column("is_missed", Boolean),
    # NULL also for calls received from an older central database.
    Column("out_of_hours", Boolean),
    Index("ix_known_call_missed", "at", sqlite_where=text("is_missed = 1 AND handled_at IS NULL")),
)

known_message = _known("known_message", Column("state", Text, nullable=False), Column("unit", Text))

# Settings and templates that the central database distributes to all workplaces.
shared_setting = Table(
    "shared_setting",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("document", JSON, nullable=False),
)

# Positions in the feeds of the central database.
feed_mark = Table(
    "feed_mark",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("mark", Text, nullable=False),
)

# Time up to which the feed was applied, and time since when part of it is blocked.
feed_read = Table(
    "feed_read",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("read_at", Moment, nullable=False),
    Column("held_since", Moment),
    CheckConstraint("only = 1", name="only"),
)

# Feed items that this version cannot read, without their content.
feed_aside = Table(
    "feed_aside",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("entity", Text, primary_key=True),
    Column("item_id", Text, primary_key=True),
    Column("program", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
)

# Events of local messages that arrived before their predecessor.
event_aside = Table(
    "event_aside",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("message_id", Identity, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Index(None, "message_id"),
)

# Local events displaced by events of the central database, with their original position and time.
# Events that are no longer valid have ``by_event_id``, the event that superseded them, and a
# negative ``seq``.
event_displaced = Table(
    "event_displaced",
    metadata,
    Column("id", Identity, ForeignKey(message_event.c.id), primary_key=True),
    Column("message_id", Identity, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    # Deferred: written before the central event, in the same transaction.
    Column(
        "by_event_id",
        Identity,
        ForeignKey(message_event.c.id, deferrable=True, initially="DEFERRED"),
    ),
    Column("moved_at", Moment, nullable=False),
    Index(None, "message_id"),
)


outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("entity_id", Identity, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("schema_ver", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("next_try_at", Moment),
    Column("sent_at", Moment),
    Column("timeline", Integer),
    Column("last_error", Text),
    UniqueConstraint("entity", "entity_id", "rev"),
    CheckConstraint(one_of("state", "new", "sent", "confirmed", "poison"), name="state"),
    Index("ix_outbox_unsent", "seq", sqlite_where=text("state IN ('new', 'poison')")),
    Index("ix_outbox_sent", "sent_at", sqlite_where=text("state = 'sent'")),
    sqlite_autoincrement=True,
)

outbox_export = Table(
    "outbox_export",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("up_to", Integer, nullable=False),
    Column("exported_at", Moment, nullable=False),
    CheckConstraint("only = 1", name="only"),
)

central_mark = Table(
    "central_mark",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("system_identifier", Text, nullable=False),
    Column("timeline", Integer, nullable=False),
    Column("succession_id", Identity),
    CheckConstraint("only = 1", name="only"),
)

central_session = Table(
    "central_session",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("begun_at", Moment, nullable=False),
)

# Position up to which the audit log was added to the outbox.
audit_queued = Table(
    "audit_queued",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("row", Integer, nullable=False),
    CheckConstraint("only = 1", name="only"),
)


# Results of the checks before a shift.
shift_check = Table(
    "shift_check",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("findings", JSON, nullable=False),
    Index(None, "at"),
)

only_added(shift_check, "checks are only added")

# Shift handover reports and their signatures.
handover_sheet = Table(
    "handover_sheet",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("content", JSON, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Index(None, "at"),
)

# The note is free text: it may be removed, and nothing else changed.
_NOTE_ONLY = """NOT (
    json_extract(NEW.content, '$.note') = ''
    AND NEW.content = json_set(OLD.content, '$.note', '')
    AND (OLD.id, OLD.at, OLD.schema_version) = (NEW.id, NEW.at, NEW.schema_version))"""

only_added(handover_sheet, "sheets are only added", but_for=_NOTE_ONLY)

handover_signature = Table(
    "handover_signature",
    metadata,
    Column("sheet_id", Identity, ForeignKey("handover_sheet.id"), primary_key=True),
    Column("side", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    CheckConstraint(one_of("side", "left", "accepted"), name="side"),
)

only_added(handover_signature, "signatures are only added")


station = Table(
    "station",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("code", String(4), nullable=False),
    Column("install_id", Identity, nullable=False),
    Column("made_at", Moment, nullable=False),
    CheckConstraint("only = 1", name="only"),
)

store_origin = Table(
    "store_origin",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("machine", Text, nullable=False),
    Column("bound_at", Moment, nullable=False),
    Column("copied_at", Moment),
    Column("former_install_id", Identity),
    CheckConstraint("only = 1", name="only"),
)

counter = Table(
    "counter",
    metadata,
    Column("period", String(4), primary_key=True),
    Column("last", Integer, nullable=False),
    CheckConstraint("last > 0", name="last"),
)
