"""The first schema of the local store."""

import sqlalchemy as sa
from alembic import op

revision = "l0001"
down_revision = None


def _stated(value: str, absence: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"({value} IS NULL) = ({absence} IS NOT NULL) AND "
        f"({absence} IS NULL OR {absence} IN ('not_asked', 'not_given'))",
        name=name,
    )


def upgrade() -> None:
    op.create_table(
        "call_record",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("sip_call_id", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.String(length=32), nullable=False),
        sa.Column("answered_at", sa.String(length=32), nullable=True),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.Column("end_cause", sa.Text(), nullable=True),
        sa.Column("end_status", sa.Integer(), nullable=True),
        sa.Column("dialled_line", sa.Text(), nullable=False),
        sa.Column("caller_number_raw", sa.Text(), nullable=False),
        sa.Column("caller_name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_absence", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_absence", sa.Text(), nullable=True),
        sa.Column("surname", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("patronymic", sa.Text(), nullable=True),
        sa.Column("name_absence", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("used_entries", sa.JSON(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.Column("out_of_hours", sa.Boolean(), nullable=False),
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("operator_name", sa.Text(), nullable=False),
        sa.Column("operator_role", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.String(length=36), nullable=True),
        sa.Column("closed_by_name", sa.Text(), nullable=True),
        sa.Column("workplace", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("saved_at", sa.String(length=32), nullable=True),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        _stated("email", "email_absence", "ck_call_record_email"),
        _stated("phone", "phone_absence", "ck_call_record_phone"),
        _stated("surname", "name_absence", "ck_call_record_name"),
        sa.CheckConstraint(
            "direction IN ('incoming', 'outgoing')", name="ck_call_record_direction"
        ),
        sa.CheckConstraint("state IN ('draft', 'closed')", name="ck_call_record_state"),
        sa.PrimaryKeyConstraint("id", name="pk_call_record"),
        sa.UniqueConstraint("number", name="uq_call_record_number"),
        sa.UniqueConstraint("sip_call_id", name="uq_call_record_sip_call_id"),
    )
    op.create_index("ix_call_record_arrived_at", "call_record", ["arrived_at"], unique=False)
    op.create_index(
        "ix_call_record_draft",
        "call_record",
        ["arrived_at"],
        unique=False,
        sqlite_where=sa.text("state = 'draft'"),
    )
    op.create_index("ix_call_record_phone", "call_record", ["phone"], unique=False)
    op.create_table(
        "counter",
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last > 0", name="ck_counter_last"),
        sa.PrimaryKeyConstraint("period", name="pk_counter"),
    )
    op.create_table(
        "operator",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.Text(collation="NOCASE"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_failure_at", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operator"),
        sa.UniqueConstraint("login", name="uq_operator_login"),
    )
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
        sa.CheckConstraint("entity IN ('call', 'message')", name="ck_outbox_entity"),
        sa.CheckConstraint(
            "state IN ('new', 'sent', 'confirmed', 'poison')", name="ck_outbox_state"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("entity", "entity_id", "rev", name="uq_outbox_entity_entity_id_rev"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"], unique=False)
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["seq"],
        unique=False,
        sqlite_where=sa.text("state IN ('new', 'poison')"),
    )
    op.create_table(
        "station",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("install_id", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("only = 1", name="ck_station_only"),
        sa.PrimaryKeyConstraint("only", name="pk_station"),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("call_id", sa.String(length=36), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("event_time", sa.Time(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("publicity", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_absence", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_absence", sa.Text(), nullable=True),
        sa.Column("surname", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("patronymic", sa.Text(), nullable=True),
        sa.Column("name_absence", sa.Text(), nullable=True),
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("operator_name", sa.Text(), nullable=False),
        sa.Column("operator_role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("submitted_at", sa.String(length=32), nullable=True),
        sa.Column("registered_at", sa.String(length=32), nullable=True),
        sa.Column("platform_id", sa.Text(), nullable=True),
        sa.Column("platform_status", sa.Text(), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        _stated("email", "email_absence", "ck_message_email"),
        _stated("phone", "phone_absence", "ck_message_phone"),
        _stated("surname", "name_absence", "ck_message_name"),
        sa.ForeignKeyConstraint(["call_id"], ["call_record.id"], name="fk_message_call_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("number", name="uq_message_number"),
    )
    op.create_index("ix_message_call_id", "message", ["call_id"], unique=False)
    op.create_index("ix_message_created_at", "message", ["created_at"], unique=False)
    op.create_index("ix_message_registered_at", "message", ["registered_at"], unique=False)
