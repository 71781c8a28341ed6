"""The way of a call to the operator: its queue, who handed it over, from whom it was sent on."""

import sqlalchemy as sa
from alembic import op

revision = "l0035"
down_revision = "l0034"


def upgrade() -> None:
    for name in ("queue", "transferred_by", "diverted_from"):
        op.add_column("call_record", sa.Column(name, sa.Text(), nullable=True))
