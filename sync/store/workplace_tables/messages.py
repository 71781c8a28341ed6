"""What stays here of messages: votes, files, photos, and the letters that tell of them."""

from __future__ import annotations

from sqlalchemy import (
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

from sync.store.record_tables import message, message_event
from sync.store.table_rules import (
    metadata,
    one_of,
)
from sync.store.types import Identity, Moment

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
    # Last, so that a row is read without it: SQLite keeps what is long behind the rest.
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
    # Last, so that a row is read without it: SQLite keeps what is long behind the rest.
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
