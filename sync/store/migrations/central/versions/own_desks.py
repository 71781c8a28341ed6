"""How each person has set up the desk for herself, whole; hers to read and to write alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "c0029"
down_revision = "c0028"


def upgrade() -> None:
    op.create_table(
        "own_desk",
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("document", JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("octet_length(document::text) <= 65536", name="ck_own_desk_size"),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name="fk_own_desk_operator_id"),
        sa.PrimaryKeyConstraint("operator_id", name="pk_own_desk"),
    )
