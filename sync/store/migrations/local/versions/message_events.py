"""What happened to messages, as events that are only added; the outbox takes any entity."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "l0004"
down_revision = "l0003"

Row = dict[str, Any]


def upgrade() -> None:
    op.create_table(
        "message_event",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("by_id", sa.String(length=36), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("by_role", sa.Text(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(source IS NULL) = (by_id IS NOT NULL)", name="ck_message_event_doer"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_message_event_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message_event"),
        sa.UniqueConstraint("message_id", "seq", name="uq_message_event_message_id_seq"),
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER message_event_no_{change.lower()} BEFORE {change} ON message_event "
            "BEGIN SELECT RAISE(ABORT, 'events are only added'); END"
        )
    op.create_index("ix_message_state_submitted_at", "message", ["state", "submitted_at"])
    op.add_column("platform_post", sa.Column("answer_text", sa.Text(), nullable=True))
    _rebuild_outbox()
    _tell_what_happened()


def _rebuild_outbox() -> None:
    """SQLite cannot take a check away from a table: the table is made anew and filled."""
    op.drop_index("ix_outbox_sent_at", "outbox")
    op.drop_index("ix_outbox_unsent", "outbox")
    op.execute("ALTER TABLE outbox RENAME TO outbox_before")
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("schema_ver", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.String(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", sa.String(length=32), nullable=True),
        sa.Column("sent_at", sa.String(length=32), nullable=True),
        sa.Column("timeline", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'sent', 'confirmed', 'poison')", name="ck_outbox_state"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("entity", "entity_id", "rev", name="uq_outbox_entity_entity_id_rev"),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO outbox SELECT * FROM outbox_before")
    op.execute("DROP TABLE outbox_before")
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"])
    op.create_index(
        "ix_outbox_unsent", "outbox", ["seq"], sqlite_where=sa.text("state IN ('new', 'poison')")
    )


def _tell_what_happened() -> None:
    """Messages that were registered before there were events get those that they came by."""
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT * FROM message WHERE state = 'registered'"))
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    for row in [dict(row) for row in found.mappings()]:
        is_public = row["publicity"] == "public"
        row["state"] = "published" if is_public else "registered"
        row["revision"] += 1
        row["submitted_at"] = row["submitted_at"] or row["registered_at"]
        connection.execute(
            sa.text(
                "UPDATE message SET state = :state, revision = :revision, "
                "submitted_at = :submitted_at WHERE id = :id"
            ),
            row,
        )
        for seq, (step, at, facts) in enumerate(_steps_of(row, is_public), 1):
            _add_event(connection, row, seq, step, at, facts, now)
        _queue(connection, "message", row["id"], row["revision"], row, now)


def _steps_of(row: Row, is_public: bool) -> list[tuple[str, str, Row]]:
    told = {
        "kind": "told",
        "contents": {
            "text": row["text"],
            "photos": 0,
            **{name: row[name] for name in ("event_on", "event_time", "place", "topic")},
            "category": row["category"],
        },
    }
    period, station, counter, check = row["number"].split("-")
    parts = {"period": period, "station": station, "counter": int(counter), "check": int(check)}
    number = {"kind": "number", "number": parts}
    call = (
        [("link_call", row["submitted_at"], {"kind": "call", "call_id": row["call_id"]})]
        if row["call_id"]
        else []
    )
    publicity = {"kind": "publicity", "publicity": row["publicity"]}
    register = "register_and_publish" if is_public else "register"
    return [
        ("submit", row["submitted_at"], told),
        ("state_publicity", row["submitted_at"], publicity),
        *call,
        ("take_up", row["registered_at"], {"kind": "nothing"}),
        (register, row["registered_at"], number),
    ]


def _add_event(
    connection: sa.Connection, row: Row, seq: int, step: str, at: str, facts: Row, now: str
) -> None:
    values = {
        "id": str(uuid5(NAMESPACE_OID, f"{UUID(row['id'])}/{seq}")),
        "message_id": row["id"],
        "seq": seq,
        "step": step,
        "at": at,
        "source": None,
        "by_id": row["operator_id"],
        "by_name": row["operator_name"],
        "by_role": row["operator_role"],
        "facts": facts,
        "schema_version": 1,
    }
    connection.execute(
        sa.text(
            "INSERT INTO message_event VALUES (:id, :message_id, :seq, :step, :at, :source, "
            ":by_id, :by_name, :by_role, :facts, :schema_version)"
        ),
        {**values, "facts": json.dumps(facts)},
    )
    payload = {**values, "number": row["number"], "revision": 1}
    _queue(connection, "message_event", values["id"], 1, payload, now)


def _queue(
    connection: sa.Connection, entity: str, id: str, rev: int, payload: Row, now: str
) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO outbox (entity, entity_id, rev, payload, schema_ver, state, queued_at) "
            "VALUES (:entity, :id, :rev, :payload, :schema, 'new', :now)"
        ),
        {
            "entity": entity,
            "id": id,
            "rev": rev,
            "payload": json.dumps(payload),
            "schema": payload["schema_version"],
            "now": now,
        },
    )
