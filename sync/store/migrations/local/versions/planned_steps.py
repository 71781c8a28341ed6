"""Promised calls are all workplaces': what happened to them, and those that are open to the centre.

What was promised before goes with as many tries as it had.
"""

import sqlalchemy as sa
from alembic import op

revision = "l0046"
down_revision = "l0045"

_QUEUE = """
INSERT INTO outbox (entity, entity_id, rev, payload, schema_ver, state, queued_at)
SELECT 'planned_call', p.id, 1,
    json_object('id', p.id, 'at', p.promised_at, 'tries', p.tried_before, 'phone', p.phone,
        'note', p.note, 'for_id', p.for_id, 'made_at', p.made_at, 'made_by_id', p.made_by_id,
        'made_by_name', p.made_by_name, 'schema_version', 1, 'station_id', s.code,
        'period', substr(p.made_at, 3, 2) || substr(p.made_at, 6, 2), 'revision', 1),
    1, 'new', p.made_at
FROM planned_call AS p JOIN station AS s ON s.only = 1
WHERE p.outcome IS NULL
ORDER BY p.made_at, p.id
"""


def upgrade() -> None:
    for column in (
        sa.Column("promised_at", sa.String(length=32), nullable=True),
        sa.Column("tried_before", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("made_by_id", sa.String(length=36), nullable=True),
        sa.Column("reminded_at", sa.String(length=32), nullable=True),
    ):
        op.add_column("planned_call", column)
    # whose call it is has promised it: nobody can for another one
    op.execute(
        "UPDATE planned_call SET promised_at = at, tried_before = tries, made_by_id = for_id"
    )
    op.create_table(
        "planned_step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("call_id", sa.String(length=36), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("moment", sa.String(length=32), nullable=True),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "act IN ('talked', 'not_reached', 'not_needed', 'reminded')",
            name="ck_planned_step_act",
        ),
        sa.CheckConstraint(
            "(act IN ('not_reached', 'reminded')) = (moment IS NOT NULL)",
            name="ck_planned_step_moment",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_planned_step"),
    )
    op.create_index("ix_planned_step_call_id", "planned_step", ["call_id"])
    op.execute(_QUEUE)
