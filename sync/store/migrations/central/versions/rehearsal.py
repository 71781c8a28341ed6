"""What a rehearsal compares with its own files, and the codes of workplaces that have names."""

import sqlalchemy as sa
from alembic import op

revision = "c0006"
down_revision = "c0005"


def upgrade() -> None:
    op.create_table(
        "workplace_name",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column(
            "named_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("name", name="pk_workplace_name"),
        sa.UniqueConstraint("station_id", name="uq_workplace_name_station_id"),
    )
    # with the reader's rights, not the owner's: the records are personal data
    op.execute(
        """CREATE VIEW public.rehearsal_calls WITH (security_invoker = true) AS
           SELECT id, number, content, result, phone, rev
           FROM call_record WHERE sip_call_id LIKE '%@rehearsal.invalid'"""
    )
