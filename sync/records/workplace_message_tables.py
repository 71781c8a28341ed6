"""Local tables of messages: votes, files, photos, notifications, erasures, platform exchange.

These rows are not sent through the outbox; the central database has its own table of answer files.
"""

from __future__ import annotations

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

from sync.records.replicated_tables import message, message_event
from sync.records.table_rules import (
    POST_STATES,
    Identity,
    Moment,
    metadata,
    one_of,
    only_added,
    platform_columns,
)

message_vote = Table(
    "message_vote",
    metadata,
    Column("message_id", Identity, ForeignKey(message.c.id), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    CheckConstraint(one_of("kind", "user", "guest"), name="kind"),
)

answer_file = Table(
    "answer_file",
    metadata,
    Column("message_id", Identity, ForeignKey(message.c.id), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("format", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by_id", Identity, nullable=False),
    Column("added_by_name", Text, nullable=False),
    # Last column: SQLite reads the others without the overflow pages of a long value.
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("message_id", "sha256"),
)

message_photo = Table(
    "message_photo",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("message_id", Identity, ForeignKey(message.c.id), nullable=False),
    Column("position", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("orientation", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("has_location", Boolean, nullable=False),
    Column("turned", Integer, nullable=False, server_default=text("0")),
    Column("added_at", Moment, nullable=False),
    Column("added_by_id", Identity, nullable=False),
    Column("added_by_name", Text, nullable=False),
    # Last column: SQLite reads the others without the overflow pages of a long value.
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("message_id", "position"),
    UniqueConstraint("message_id", "sha256"),
    CheckConstraint("position BETWEEN 1 AND 4", name="position"),
    CheckConstraint("turned BETWEEN 0 AND 3", name="turned"),
    CheckConstraint(one_of("verdict", "accept", "operator"), name="verdict"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("event_id", Identity, ForeignKey(message_event.c.id), nullable=False),
    Column("message_id", Identity, ForeignKey(message.c.id), nullable=False),
    Column("kind", Text, nullable=False),
    Column("addressee", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("spoken", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("doubtful", Integer, nullable=False, server_default=text("0")),
    Column("next_try_at", Moment, nullable=False),
    Column("header_id", Text),
    Column("ended_at", Moment),
    Column("last_error", Text),
    # Time at which the final state was recorded in the message's history; NULL before, and after a
    # later change.
    Column("noted_at", Moment),
    # Files of the answer that are attached to the mail.
    Column("files", JSON, nullable=False, server_default=text("'[]'")),
    UniqueConstraint("event_id", "kind"),
    CheckConstraint(one_of("addressee", "user", "organ"), name="addressee"),
    CheckConstraint(one_of("channel", "email", "call", "none"), name="channel"),
    CheckConstraint(
        one_of("state", "waiting", "sending", "sent", "called", "failed", "cancelled"),
        name="state",
    ),
    CheckConstraint("channel <> 'email' OR email IS NOT NULL", name="email"),
    CheckConstraint("channel <> 'call' OR phone IS NOT NULL", name="phone"),
    Index(None, "message_id"),
    Index(
        "ix_notice_open",
        "channel",
        "next_try_at",
        sqlite_where=text("state IN ('waiting', 'sending')"),
    ),
    Index(
        "ix_notice_to_note",
        "due_at",
        sqlite_where=text("kind = 'refused' AND noted_at IS NULL"),
    ),
)

notice_call = Table(
    "notice_call",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("notice_id", Identity, ForeignKey("notice.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    CheckConstraint(
        one_of("outcome", "told", "no_answer", "asked_later", "wrong_number"), name="outcome"
    ),
    Index(None, "notice_id"),
)


# Records with erased personal data, the reason and the request; never undone.
erasure = Table(
    "erasure",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("entity_id", Identity, primary_key=True),
    Column("cause", Text, nullable=False),
    Column("act_id", Identity),
    Column("at", Moment, nullable=False),
    CheckConstraint(one_of("entity", "call", "message"), name="entity"),
    CheckConstraint(one_of("cause", "request", "term"), name="cause"),
    CheckConstraint("(cause = 'request') = (act_id IS NOT NULL)", name="act"),
)

# A record erased at the end of retention may later be erased on request.
_ASKED_FOR = """NOT (
    OLD.cause = 'term' AND NEW.cause = 'request'
    AND (OLD.entity, OLD.entity_id) = (NEW.entity, NEW.entity_id))"""

only_added(erasure, "an erasure is not undone", but_for=_ASKED_FOR)

# Hashed surnames of erased persons, until searches that contain them are deleted.
name_to_forget = Table(
    "name_to_forget",
    metadata,
    Column("salt", Text, primary_key=True),
    Column("letters", Integer, nullable=False),
    Column("longest", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)


platform_post = Table(
    "platform_post",
    metadata,
    Column("message_id", Identity, ForeignKey(message.c.id), primary_key=True),
    *platform_columns(Moment),
    Column("answer_text", Text),
    CheckConstraint(POST_STATES, name="state"),
    Index(None, "state", "next_try_at"),
)

platform_intake = Table(
    "platform_intake",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment),
    CheckConstraint("only = 1", name="only"),
)

platform_news = Table(
    "platform_news",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("event_id", Identity, ForeignKey(message_event.c.id), nullable=False),
    Column("message_id", Identity, ForeignKey(message.c.id), nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Text, nullable=False),
    Column("is_over", Boolean, nullable=False),
    Column("is_public", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("next_try_at", Moment, nullable=False),
    Column("last_error", Text),
    Column("details", JSON, nullable=False, server_default=text("'{}'")),
    UniqueConstraint("event_id"),
    CheckConstraint(one_of("state", "waiting", "told", "rejected", "cancelled"), name="state"),
    Index("ix_platform_news_waiting", "message_id", "seq", sqlite_where=text("state = 'waiting'")),
)

# Files that the platform must receive with the action that sends the answer. State "taken":
# uploaded but not yet named in a status update.
platform_media = Table(
    "platform_media",
    metadata,
    Column("event_id", Identity, ForeignKey(message_event.c.id), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("message_id", Identity, ForeignKey(message.c.id), nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("media_id", Text),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    # NULL until the answer was sent without the file.
    Column("next_try_at", Moment),
    Column("last_error", Text),
    CheckConstraint(one_of("state", "waiting", "taken", "told", "refused"), name="state"),
    Index(
        "ix_platform_media_open",
        "event_id",
        sqlite_where=text("state IN ('waiting', 'taken')"),
    ),
)
