"""A call that was missed at another workplace tells whether the line was closed then.

What is known of calls of others does not say it yet: it is asked for anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "l0047"
down_revision = "l0046"


def upgrade() -> None:
    op.add_column("known_call", sa.Column("out_of_hours", sa.Boolean(), nullable=True))
    op.execute("DELETE FROM feed_mark WHERE feed = 'history'")
