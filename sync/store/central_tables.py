"""The tables of the central database, made only by its migrations.

A record's columns are those of its local table. The key begins with the workplace and the month:
months are partitions (``central_partitions``), and workplaces could be shards without a new key.
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
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy import (
    Identity as Numbered,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from sync.register.call_claims import ClaimStage
from sync.register.calls import FORMAL_APPEAL_KEY, CallResult, CallState
from sync.register.handling.events import Source, Step
from sync.register.handling.states import State
from sync.register.messages import Publicity
from sync.register.operators import Role
from sync.register.ways import RequestWay
from sync.store import record_tables, table_rules
from sync.store.table_rules import POST_STATES, one_of, platform_columns, stated
from sync.store.types import Identity, Moment, TransactionId

metadata = MetaData(naming_convention=table_rules.metadata.naming_convention)

BY_MONTH = "RANGE (period)"
FORMAL_APPEAL = text(
    f"""used_entries @> '[{{"key": "{FORMAL_APPEAL_KEY}", "kind": "script"}}]'::jsonb"""
)
"""A call whose caller was told how to write a formal appeal (1.3)."""
FROM_DIRECTORY = text(
    "direction = 'incoming' AND answered_at IS NOT NULL AND part_of IS NULL"
    """ AND used_entries @? '$[*] ? (@.kind != "script")'"""
)
"""An answered call whose card uses an entry of the directory."""


TOLD_OF_INCIDENT = text(
    """used_entries @? '$[*] ? (@.kind == "script" && @.key starts with "incident/")'"""
)
"""A call whose caller was told the official text of an incident."""


def _central_type(local: TypeEngine[Any]) -> TypeEngine[Any]:
    match local:
        case Moment():
            return DateTime(timezone=True)
        case Identity():
            return Uuid()
        case JSON():
            return JSONB()
        case _:
            return local


def _record_columns(local: Table) -> list[Column[Any]]:
    """The key of a record in the centre, then the local columns one for one."""
    own = [
        Column(
            "rev" if column.name == "revision" else column.name,
            _central_type(column.type),
            # only what has a number is sent
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


station = Table(
    "station",
    metadata,
    Column("station_id", String(4), primary_key=True),
    # empty from enrolment until the workplace's store has come for the first time
    Column("install_id", Uuid),
    Column("enrolled_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("login", Text),
    Column("disabled_at", DateTime(timezone=True)),
    # the run of a sender that may send, and how long no other store may take its place
    Column("session_id", Uuid),
    Column("lease_holder", Text),
    Column("leased_until", DateTime(timezone=True)),
    # the highest number given in the newest month, sent or not
    Column("counter_period", String(4)),
    Column("counter_high", Integer),
    # it takes in the messages of all workplaces and decides on them
    Column("reviews", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("login"),
)

operator = Table(
    "operator",
    metadata,
    Column("id", Uuid, primary_key=True),
    # the name of a login of PostgreSQL, which tells large letters from small ones
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("disabled_at", DateTime(timezone=True)),
    CheckConstraint(f"role IN ({', '.join(repr(role.value) for role in Role)})", name="role"),
    CheckConstraint("login = lower(login)", name="login"),
    UniqueConstraint("login"),
)

# How a person has set up the desk for herself, whole; read and written under her own login.
own_desk = Table(
    "own_desk",
    metadata,
    Column("operator_id", Uuid, ForeignKey("operator.id"), primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("octet_length(document::text) <= 65536", name="size"),
)

# The code that a workplace of this name has, for those that are not given one by a person.
workplace_name = Table(
    "workplace_name",
    metadata,
    Column("name", Text, primary_key=True),
    Column("station_id", String(4), nullable=False),
    Column("named_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("station_id"),
)

# A dump carries these rows into other clusters, where they mean nothing: each names its own.
succession = Table(
    "succession",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("system_identifier", Text, nullable=False),
    Column("timeline", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """A column holds a word of the domain, or nothing where it may be empty."""
    return CheckConstraint(one_of(column, *(word.value for word in kind)), name=column)


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
        # a number is unique because its parts are
        CheckConstraint(
            "number LIKE period || '-' || station_id || '-' || lpad(counter::text, 5, '0') || '-_'",
            name="number",
        ),
        _one_of("operator_role", Role),
        CheckConstraint(stated("phone", "phone_absence"), name="phone"),
        CheckConstraint(stated("email", "email_absence"), name="email"),
        CheckConstraint(stated("surname", "name_absence"), name="name"),
        *further,
        postgresql_partition_by=BY_MONTH,
    )


call_record = _record(
    "call_record",
    record_tables.call_record,
    _one_of("state", CallState),
    _one_of("result", CallResult),
    _one_of("way", RequestWay),
    CheckConstraint(one_of("direction", "incoming", "outgoing"), name="direction"),
    CheckConstraint(
        "(state = 'closed') = (saved_at IS NOT NULL)"
        " AND (state <> 'closed' OR result IS NOT NULL)"
        " AND (state <> 'closed' OR result <> 'message' OR message_id IS NOT NULL)",
        name="closed",
    ),
    # all that the report of calls counts by, so that it reads no record
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
)

message = _record(
    "message",
    record_tables.message,
    _one_of("state", State),
    _one_of("publicity", Publicity),
    Index(None, "registered_at"),
    Index(None, "created_at"),
    Index(None, "state", "submitted_at"),
    Index(None, "phone", "created_at"),
    Index(None, "call_id"),
    Index(None, "received_at"),
)

# No key to the message: a batch may bring events before the newest revision of their message.
message_event = Table(
    "message_event",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    *(
        Column(column.name, _central_type(column.type), nullable=bool(column.nullable))
        for column in record_tables.message_event.columns
    ),
    # the step before it, where the workplace tells: none is taken in behind one that is not here
    Column("after_id", Uuid),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("station_id", "period", "id"),
    UniqueConstraint("station_id", "period", "message_id", "seq"),
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
    _one_of("step", Step),
    _one_of("source", Source),
    _one_of("by_role", Role),
    postgresql_partition_by=BY_MONTH,
)

# What the statistics need of a message's events, kept so that reports need not follow them. A
# trigger counts the changes of the events, ``changed``; the worker writes all the rest, and of how
# many changes it tells, ``counted``. Where the two differ, or the row is not there, readers count
# anew: what stands here is never wrong, but missing. ``made_by`` is the version of the course.
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

# Here, and not in the message's own columns: those are its workplace's alone, and its next
# revision would put them back to what the workplace knows.
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
    PrimaryKeyConstraint("station_id", "period", "message_id"),
    ForeignKeyConstraint(
        ["station_id", "period", "message_id"],
        ["message.station_id", "message.period", "message.id"],
    ),
    CheckConstraint(POST_STATES, name="state"),
    Index(None, "state", "next_try_at"),
)

# The place in the local file is no part of what happened.
_AUDIT_COLUMNS = [
    column for column in record_tables.audit.columns if column.name not in ("row", "station_id")
]

audit = Table(
    "audit",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    *(
        Column(column.name, _central_type(column.type), nullable=bool(column.nullable))
        for column in _AUDIT_COLUMNS
    ),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("station_id", "period", "id"),
    UniqueConstraint("station_id", "chain", "seq"),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint("rev = 1", name="rev"),
    CheckConstraint("seq > 0", name="seq"),
    CheckConstraint("(source IS NULL) = (by_id IS NOT NULL)", name="doer"),
    Index(None, "subject_id", "at"),
    Index(None, "by_id", "at"),
)

# The last link of each chain, moved on by a trigger: without it rows cut off at the end would not
# be missed.
audit_head = Table(
    "audit_head",
    metadata,
    Column("station_id", String(8), primary_key=True),
    Column("chain", Uuid, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# What is done in the centre itself, by one of its logins: a chain as those of the workplaces.
central_audit = Table(
    "central_audit",
    metadata,
    Column("station_id", String(8), nullable=False),
    *(
        Column(
            column.name,
            _central_type(column.type),
            nullable=bool(column.nullable) and column.name != "source",
        )
        for column in _AUDIT_COLUMNS
    ),
    PrimaryKeyConstraint("chain", "seq"),
    UniqueConstraint("id"),
    CheckConstraint("station_id = 'centre'", name="station_id"),
    CheckConstraint("by_id IS NULL", name="by_id"),
    CheckConstraint("seq > 0", name="seq"),
)

# ``position`` is the order in which the centre took the edits: the later one holds.
city_edit = Table(
    "city_edit",
    metadata,
    Column("station_id", String(4), primary_key=True),
    Column("period", String(4), primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("position", BigInteger, Numbered(), nullable=False),
    *(
        Column(column.name, _central_type(column.type), nullable=False)
        for column in record_tables.city_edit.columns
        if column.name not in ("seq", "id")
    ),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("position"),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint("rev = 1", name="rev"),
    CheckConstraint("btrim(reason) <> ''", name="reason"),
)


def _added(local: Table, *further: Index | CheckConstraint) -> Table:
    """What workplaces only add to: the local columns one for one, each row once."""
    return Table(
        local.name,
        metadata,
        Column("station_id", String(4), primary_key=True),
        Column("period", String(4), primary_key=True),
        Column("id", Uuid, primary_key=True),
        *(
            Column(column.name, _central_type(column.type), nullable=bool(column.nullable))
            for column in local.columns
            if column.name != "id"
        ),
        Column("rev", Integer, nullable=False),
        Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        ForeignKeyConstraint(["station_id"], ["station.station_id"]),
        CheckConstraint("rev = 1", name="rev"),
        *further,
    )


operator_state = _added(
    record_tables.operator_state,
    Index(None, "operator_id", "at"),
)

incident_event = _added(
    record_tables.incident_event,
    CheckConstraint(
        one_of("act", "proposed", "declared", "edited", "ended", "call_linked"), name="act"
    ),
    # the centre knows no person behind a workplace, but it knows what no other role may do
    CheckConstraint(record_tables.INCIDENT_BY, name="led"),
    CheckConstraint(record_tables.INCIDENT_CALL, name="call"),
    Index(None, "at"),
)

# What a workplace has done about a missed call of another one; no key to it, as of message_event.
missed_mark = _added(
    record_tables.missed_mark,
    Index(None, "call_id"),
)

# Who calls a telephone, talks there or writes it down, now; functions of the owner write it, and it
# is brief.
call_claim = Table(
    "call_claim",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("station_id", String(4), ForeignKey("station.station_id"), nullable=False),
    Column("phone", Text, nullable=False),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    # what programs of the version before read: every stage but the first
    Column("is_talk", Boolean, nullable=False),
    Column("stage", Text, nullable=False, server_default=text("'calling'")),
    # of a talk that is being written down: what was missed after it is open to all
    Column("talked_at", DateTime(timezone=True)),
    Column("until", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"stage IN ({', '.join(repr(one.value) for one in ClaimStage)})", name="stage"),
    UniqueConstraint("phone"),
)

# What was promised, as it was promised; what became of it is told by the steps. Words and telephone
# are taken away at the end of their term and on request: then they are empty.
planned_call = Table(
    "planned_call",
    metadata,
    Column("station_id", String(4), primary_key=True),
    Column("period", String(4), primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("phone", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("for_id", Uuid),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by_id", Uuid),
    Column("made_by_name", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint("rev = 1", name="rev"),
    CheckConstraint("tries >= 0", name="tries"),
    Index(None, "id"),
    Index(None, "phone"),
)

# A step of any workplace's promised call, under the workplace where it was taken.
planned_step = _added(
    record_tables.planned_step,
    CheckConstraint(one_of("act", "talked", "not_reached", "not_needed", "reminded"), name="act"),
    CheckConstraint(record_tables.PLANNED_MOMENT, name="moment"),
    # who takes no calls says nothing of one
    CheckConstraint(one_of("by_role", "operator", "moderator", "supervisor"), name="by_role"),
    Index(None, "id"),
    Index(None, "call_id"),
)

shared_content = Table(
    "shared_content",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# Every version of every document that workplaces take from the centre; rows are only added.
# ``position`` is that of the first version, so that lists keep their order. What is closed with no
# document is a tombstone. ``digest`` is that of the document and its content.
shared_document = Table(
    "shared_document",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, Numbered(), nullable=False),
    Column("document", JSONB),
    Column("content_sha256", String(64), ForeignKey("shared_content.sha256")),
    Column("digest", String(64), nullable=False),
    Column("closed_on", Date),
    # an editor's own login fills them in, and nobody can give other ones
    Column("by_name", Text, nullable=False, server_default=text("public.current_operator_name()")),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("by_id", Uuid, server_default=text("public.current_operator()")),
    Column("action", Text, nullable=False, server_default=text("'put'")),
    CheckConstraint(one_of("action", "put", "close", "restore"), name="action"),
    CheckConstraint(
        one_of("entity", "entry", "attachment", "synonym", "proposal", "setting", "template"),
        name="entity",
    ),
    CheckConstraint("ver > 0", name="ver"),
    CheckConstraint("document IS NOT NULL OR closed_on IS NOT NULL", name="gone"),
)

# Triggers write it. A reader goes by the transaction's number and not by ``seq``, which is given
# out before COMMIT: a lower one may become visible after a higher one.
feed_change = Table(
    "feed_change",
    metadata,
    Column("seq", BigInteger, Numbered(always=True), primary_key=True),
    Column("xid", TransactionId, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("feed", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("ver", Integer, nullable=False),
    Column("station_id", String(4)),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index(None, "feed", "xid", "seq"),
    Index(None, "at"),
)

# Up to where the log was thrown away; a mark below it needs the whole.
feed_floor = Table(
    "feed_floor",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("xid", TransactionId, nullable=False),
    Column("seq", BigInteger, nullable=False),
)

# Who asked the centre for a person's data or for their erasure, and who did it; not of whom.
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

# Triggers keep what is named here without personal data, whoever sends it again.
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
