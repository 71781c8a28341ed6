"""Central tables of calls, messages, events, summaries and erasures; helpers for central columns.

Replicated tables have the local columns, one for one, with a key of workplace, month and id.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from sync.records import replicated_tables, table_rules
from sync.records.table_rules import (
    POST_STATES,
    Identity,
    Moment,
    one_of,
    platform_columns,
    stated,
)
from sync.register.calls.by_hand import FORMAL_APPEAL_KEY
from sync.register.calls.calls import CallResult, CallState, RequestWay
from sync.register.handling.events import Source, Step
from sync.register.messages import Publicity, State
from sync.register.people.operators import Role

metadata = MetaData(naming_convention=table_rules.metadata.naming_convention)


def central_type(local: TypeEngine[Any]) -> TypeEngine[Any]:
    """Returns the PostgreSQL type for a type that SQLite stores as text."""
    match local:
        case Moment():
            return DateTime(timezone=True)
        case Identity():
            return Uuid()
        case JSON():
            return JSONB()
        case _:
            return local


def word_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """Returns a check that the column holds a value of the enum, or NULL if nullable."""
    return CheckConstraint(one_of(column, *(word.value for word in kind)), name=column)


def added_table(local: Table, *further: Index | CheckConstraint) -> Table:
    """Returns an append-only central table with the local columns and one row per id."""
    return Table(
        local.name,
        metadata,
        Column("station_id", String(4), primary_key=True),
        Column("period", String(4), primary_key=True),
        Column("id", Uuid, primary_key=True),
        *(
            Column(column.name, central_type(column.type), nullable=bool(column.nullable))
            for column in local.columns
            if column.name != "id"
        ),
        Column("rev", Integer, nullable=False),
        Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        ForeignKeyConstraint(["station_id"], ["station.station_id"]),
        CheckConstraint("rev = 1", name="rev"),
        *further,
    )


# Log of exports and erasures of personal data: login and kind of action, but not the person
# concerned.
person_act = Table(
    "person_act",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("login", Text, nullable=False, server_default=text("session_user")),
    Column("at", DateTime(timezone=True), nullable=False),
    CheckConstraint(one_of("kind", "erased", "exported"), name="kind"),
)

# Records with erased personal data. Triggers remove personal data from these records if they are
# sent again.
erasure = Table(
    "erasure",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Uuid, nullable=False),
    Column("cause", Text, nullable=False),
    Column("act_id", Uuid),
    Column("at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("station_id", "period", "entity", "entity_id"),
    ForeignKeyConstraint(["act_id"], ["person_act.id"]),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint(one_of("entity", "call", "message"), name="entity"),
    CheckConstraint(one_of("cause", "request", "term"), name="cause"),
    CheckConstraint("(cause = 'request') = (act_id IS NOT NULL)", name="act"),
    Index("ix_erasure_request", "station_id", postgresql_where=text("cause = 'request'")),
)


def words_of_column(name: str) -> TextClause:
    """Returns the SQL of a text's search words, with «ё» as «е»."""
    return text(f"to_tsvector('russian', translate({name}, 'Ёё', 'Ее'))")


SURNAME = text("lower(translate(surname, 'Ёё', 'Ее')) text_pattern_ops")
"""Surname in the form used for prefix search."""
BY_MONTH = "RANGE (period)"
FORMAL_APPEAL = text(
    f"""used_entries @> '[{{"key": "{FORMAL_APPEAL_KEY}", "kind": "script"}}]'::jsonb"""
)
"""Condition of calls in which the caller was informed how to write a formal appeal (1.3)."""
FROM_DIRECTORY = text(
    "direction = 'incoming' AND answered_at IS NOT NULL AND part_of IS NULL"
    """ AND used_entries @? '$[*] ? (@.kind != "script")'"""
)
"""Condition of answered calls with a directory entry in the record."""
TOLD_OF_INCIDENT = text(
    """used_entries @? '$[*] ? (@.kind == "script" && @.key starts with "incident/")'"""
)
"""Condition of calls in which the caller received the official text of an incident."""


def _record_columns(local: Table) -> list[Column[Any]]:
    """Returns the key columns of a central record, followed by the local columns."""
    own = [
        Column(
            "rev" if column.name == "revision" else column.name,
            central_type(column.type),
            # Only records with a number are sent.
            nullable=bool(column.nullable) and column.name != "number",
        )
        for column in local.columns
    ]
    return [
        Column("station_id", String(4), nullable=False),
        Column("period", String(4), nullable=False),
        Column("counter", Integer, nullable=False),
        *own,
        Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    ]


def _record(name: str, local: Table, *further: Index | CheckConstraint) -> Table:
    return Table(
        name,
        metadata,
        *_record_columns(local),
        PrimaryKeyConstraint("station_id", "period", "id"),
        UniqueConstraint("station_id", "period", "counter"),
        ForeignKeyConstraint(["station_id"], ["station.station_id"]),
        CheckConstraint("rev > 0", name="rev"),
        CheckConstraint("counter BETWEEN 1 AND 99999", name="counter"),
        CheckConstraint("period ~ '^[0-9]{2}(0[1-9]|1[0-2])$'", name="period"),
        # Unique because the parts of the number are unique together.
        CheckConstraint(
            "number LIKE period || '-' || station_id || '-' || lpad(counter::text, 5, '0') || '-_'",
            name="number",
        ),
        word_of("operator_role", Role),
        CheckConstraint(stated("phone", "phone_absence"), name="phone"),
        CheckConstraint(stated("email", "email_absence"), name="email"),
        CheckConstraint(stated("surname", "name_absence"), name="name"),
        *further,
        postgresql_partition_by=BY_MONTH,
    )


call_record = _record(
    "call_record",
    replicated_tables.call_record,
    word_of("state", CallState),
    word_of("result", CallResult),
    word_of("way", RequestWay),
    CheckConstraint(one_of("direction", "incoming", "outgoing"), name="direction"),
    CheckConstraint(
        "(state = 'closed') = (saved_at IS NOT NULL)"
        " AND (state <> 'closed' OR result IS NOT NULL)"
        " AND (state <> 'closed' OR result <> 'message' OR message_id IS NOT NULL)",
        name="closed",
    ),
    # Covers all columns of the call report, so the report reads no table rows.
    Index(
        "ix_call_record_report",
        "arrived_at",
        postgresql_include=[
            "period",
            "direction",
            "answered_at",
            "ended_at",
            "saved_at",
            "end_cause",
            "out_of_hours",
            "result",
            "operator_id",
            "first_key_at",
            "hit_accepted_at",
            "way",
            "part_of",
        ],
    ),
    Index(
        "ix_call_record_from_directory",
        "arrived_at",
        postgresql_where=FROM_DIRECTORY,
    ),
    Index(
        "ix_call_record_formal_appeal",
        "arrived_at",
        postgresql_where=FORMAL_APPEAL,
    ),
    Index(
        "ix_call_record_incident",
        "arrived_at",
        postgresql_where=TOLD_OF_INCIDENT,
    ),
    Index(None, "phone", "arrived_at"),
    # The call register is sorted and searched by these columns (7.3).
    Index(None, "number"),
    Index("ix_call_record_operator_name", "operator_name", "arrived_at"),
    Index("ix_call_record_topic", "topic", "arrived_at"),
    Index("ix_call_record_result", text("coalesce(result, '')"), "arrived_at"),
    Index("ix_call_record_surname", SURNAME, "arrived_at"),
    Index("ix_call_record_words", words_of_column("content"), postgresql_using="gin"),
)

message = _record(
    "message",
    replicated_tables.message,
    word_of("state", State),
    word_of("publicity", Publicity),
    Index(None, "registered_at"),
    Index(None, "created_at"),
    Index(None, "state", "submitted_at"),
    Index(None, "phone", "created_at"),
    Index(None, "call_id"),
    Index(None, "received_at"),
    Index("ix_message_surname", SURNAME, "created_at"),
    Index("ix_message_words", words_of_column("text"), postgresql_using="gin"),
)

# No foreign key to the message: a batch may contain events before the latest revision of their
# message.
message_event = Table(
    "message_event",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    *(
        Column(column.name, central_type(column.type), nullable=bool(column.nullable))
        for column in replicated_tables.message_event.columns
    ),
    # Previous event, if the workplace sends it: no event is accepted before its predecessor.
    Column("after_id", Uuid),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("station_id", "period", "id"),
    UniqueConstraint("station_id", "period", "message_id", "seq"),
    Index(None, "received_at"),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    ForeignKeyConstraint(
        ["station_id", "period", "after_id"],
        ["message_event.station_id", "message_event.period", "message_event.id"],
    ),
    CheckConstraint("rev > 0", name="rev"),
    CheckConstraint("seq > 0", name="seq"),
    CheckConstraint(
        "(source IS NULL) = (by_id IS NOT NULL) AND (source IS NULL) = (by_name IS NOT NULL)"
        " AND (source IS NULL) = (by_role IS NOT NULL)",
        name="doer",
    ),
    word_of("step", Step),
    word_of("source", Source),
    word_of("by_role", Role),
    postgresql_partition_by=BY_MONTH,
)

# Summary of a message's events for reports. A trigger counts the changes of events in ``changed``;
# the worker writes the other columns and the number of summarised changes in ``counted``. If the
# two differ, or the row is missing, readers compute the summary themselves, so a stored value is
# never wrong. ``made_by`` is the version of the summary.
message_course = Table(
    "message_course",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    Column("message_id", Uuid, nullable=False),
    Column("changed", Integer, nullable=False, server_default=text("1")),
    Column("counted", Integer),
    Column("made_by", Integer),
    Column("state", Text),
    Column("topic", Text),
    Column("category", Text),
    Column("organ", Text),
    Column("street_key", Text),
    Column("street_name", Text),
    Column("is_from_platform", Boolean),
    Column("submitted_s", BigInteger),
    Column("decided_s", BigInteger),
    Column("decided_by_id", Uuid),
    Column("decided_by_name", Text),
    Column("decided_by_role", Text),
    Column("grounds", Text),
    Column("told", JSONB),
    Column("answers", JSONB),
    PrimaryKeyConstraint("station_id", "period", "message_id"),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    Index(
        "ix_message_course_stale",
        "period",
        postgresql_where=text("counted IS DISTINCT FROM changed"),
    ),
)

NEWS_WAITING = text("news_next_at IS NOT NULL")

# Separate from the message's columns, which belong to its workplace: its next revision would
# overwrite them.
platform_post = Table(
    "platform_post",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    Column("message_id", Uuid, nullable=False),
    *platform_columns(DateTime(timezone=True)),
    Column("platform_status", Text),
    Column("answer_text", Text),
    Column("leased_by", Uuid),
    Column("leased_until", DateTime(timezone=True)),
    # Last event reported to the platform, and the time of the next attempt.
    Column("news_seq", Integer, nullable=False, server_default=text("0")),
    Column("news_tries", Integer, nullable=False, server_default=text("0")),
    Column("news_next_at", DateTime(timezone=True)),
    Column("news_error", Text),
    PrimaryKeyConstraint("station_id", "period", "message_id"),
    ForeignKeyConstraint(
        ["station_id", "period", "message_id"],
        ["message.station_id", "message.period", "message.id"],
    ),
    CheckConstraint(POST_STATES, name="state"),
    Index(None, "state", "next_try_at"),
    Index("ix_platform_post_news", "news_next_at", postgresql_where=NEWS_WAITING),
    Index(
        "ix_platform_post_platform_id",
        "platform_id",
        postgresql_where=text("platform_id IS NOT NULL"),
    ),
)

# Files of answers, for mails sent by other workplaces; append-only. Triggers delete them when the
# message is erased, and reject later ones.
answer_file = Table(
    "answer_file",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    Column("message_id", Uuid, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("added_by_id", Uuid, nullable=False),
    Column("added_by_name", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("station_id", "period", "message_id", "sha256"),
    ForeignKeyConstraint(
        ["station_id", "period", "message_id"],
        ["message.station_id", "message.period", "message.id"],
    ),
    CheckConstraint("octet_length(content) <= 10485760", name="size"),
    CheckConstraint("sha256 = encode(sha256(content), 'hex')", name="sha256"),
    CheckConstraint("length(name) BETWEEN 1 AND 255", name="name"),
    Index(None, "received_at"),
)

# Files that the platform must receive with the event ``seq`` that sends the answer, by the names in
# the event. State "taken": uploaded but not yet named in a status update.
platform_media = Table(
    "platform_media",
    metadata,
    Column("event_id", Uuid, nullable=False),
    Column("position", Integer, nullable=False),
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    Column("message_id", Uuid, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("media_id", Text),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("next_try_at", DateTime(timezone=True)),
    Column("last_error", Text),
    PrimaryKeyConstraint("event_id", "position"),
    ForeignKeyConstraint(
        ["station_id", "period", "message_id"],
        ["message.station_id", "message.period", "message.id"],
    ),
    CheckConstraint(one_of("state", "waiting", "taken", "told", "refused"), name="state"),
    Index(
        "ix_platform_media_open",
        "event_id",
        postgresql_where=text("state IN ('waiting', 'taken')"),
    ),
    Index(None, "station_id", "period", "message_id"),
)
