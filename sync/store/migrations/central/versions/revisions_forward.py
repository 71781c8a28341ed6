"""A record's revision never goes back, whoever writes it."""

from alembic import op

revision = "c0007"
down_revision = "c0006"

_KEEP = """
CREATE FUNCTION public.keep_revision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$ BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'a revision goes only forward';
END $$
"""


def upgrade() -> None:
    op.execute(_KEEP)
    for table in ("call_record", "message", "message_event"):
        # the condition is judged without a call: rows that go forward cost nothing
        op.execute(
            f"CREATE TRIGGER keep_revision BEFORE UPDATE OF rev ON public.{table}"
            " FOR EACH ROW WHEN (NEW.rev < OLD.rev)"
            " EXECUTE FUNCTION public.keep_revision()"
        )
