"""The first schema of the central database."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c0001"
down_revision = None


def _stated(value: str, absence: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"({value} IS NULL) = ({absence} IS NOT NULL) AND "
        f"({absence} IS NULL OR {absence} IN ('not_asked', 'not_given'))",
        name=name,
    )


def upgrade() -> None:
    op.create_table(
        "station",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("install_id", sa.Uuid(), nullable=False),
        sa.Column(
            "enrolled_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("station_id", name="pk_station"),
    )
    op.create_table(
        "call_record",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("sip_call_id", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.Column("used_entries", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("out_of_hours", sa.Boolean(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("operator_name", sa.Text(), nullable=False),
        sa.Column("operator_role", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_by_name", sa.Text(), nullable=True),
        sa.Column("workplace", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        _stated("email", "email_absence", "ck_call_record_email"),
        _stated("phone", "phone_absence", "ck_call_record_phone"),
        _stated("surname", "name_absence", "ck_call_record_name"),
        sa.CheckConstraint("counter BETWEEN 1 AND 99999", name="ck_call_record_counter"),
        sa.CheckConstraint("rev > 0", name="ck_call_record_rev"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_call_record_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_call_record"),
        sa.UniqueConstraint(
            "station_id", "period", "counter", name="uq_call_record_station_id_period_counter"
        ),
    )
    op.create_index("ix_call_record_arrived_at", "call_record", ["arrived_at"], unique=False)
    op.create_index("ix_call_record_number", "call_record", ["number"], unique=False)
    op.create_index(
        "ix_call_record_phone_arrived_at",
        "call_record",
        ["phone", "arrived_at"],
        unique=False,
    )
    op.create_table(
        "message",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
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
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("operator_name", sa.Text(), nullable=False),
        sa.Column("operator_role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("platform_id", sa.Text(), nullable=True),
        sa.Column("platform_status", sa.Text(), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        _stated("email", "email_absence", "ck_message_email"),
        _stated("phone", "phone_absence", "ck_message_phone"),
        _stated("surname", "name_absence", "ck_message_name"),
        sa.CheckConstraint("counter BETWEEN 1 AND 99999", name="ck_message_counter"),
        sa.CheckConstraint("rev > 0", name="ck_message_rev"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_message_station_id"
        ),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_message"),
        sa.UniqueConstraint(
            "station_id", "period", "counter", name="uq_message_station_id_period_counter"
        ),
    )
    op.create_index("ix_message_call_id", "message", ["call_id"], unique=False)
    op.create_index("ix_message_number", "message", ["number"], unique=False)
    op.create_index("ix_message_registered_at", "message", ["registered_at"], unique=False)
