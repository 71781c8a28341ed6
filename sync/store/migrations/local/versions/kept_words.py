"""What operators have typed into forms that make no record before they are sent."""

import sqlalchemy as sa
from alembic import op

revision = "l0044"
down_revision = "l0043"


def upgrade() -> None:
    op.create_table(
        "kept_words",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_kept_words"),
        sa.UniqueConstraint(
            "operator_id", "form", "subject", "part",
            name="uq_kept_words_operator_id_form_subject_part",
        ),
    )  # fmt: skip
