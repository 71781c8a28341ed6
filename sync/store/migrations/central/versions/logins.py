"""Logins of workplaces, operators of the centre, and who is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "c0005"
down_revision = "c0004"

# They read as the owner, since row-level security of these very tables asks them; the search path
# is theirs, so that nobody's own objects are taken for ours.
_WHO = """
CREATE FUNCTION public.current_station() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$ SELECT station_id::text FROM public.station
   WHERE login = session_user AND disabled_at IS NULL $$;

CREATE FUNCTION public.current_operator() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS
$$ SELECT id FROM public.operator WHERE login = session_user AND disabled_at IS NULL $$;

CREATE FUNCTION public.keep_install() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$ BEGIN
    IF OLD.install_id IS NOT NULL AND NEW.install_id IS DISTINCT FROM OLD.install_id
       AND public.current_station() IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'another store is enrolled here';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_install BEFORE UPDATE OF install_id ON public.station
FOR EACH ROW EXECUTE FUNCTION public.keep_install();
"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.alter_column("station", "install_id", nullable=True)
    op.add_column("station", sa.Column("login", sa.Text(), nullable=True))
    op.add_column("station", sa.Column("disabled_at", moment, nullable=True))
    op.create_unique_constraint("uq_station_login", "station", ["login"])
    op.create_table(
        "operator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("disabled_at", moment, nullable=True),
        sa.CheckConstraint(
            "role IN ('operator', 'moderator', 'editor', 'supervisor', 'administrator',"
            " 'observer')",
            name="ck_operator_role",
        ),
        sa.CheckConstraint("login = lower(login)", name="ck_operator_login"),
        sa.PrimaryKeyConstraint("id", name="pk_operator"),
        sa.UniqueConstraint("login", name="uq_operator_login"),
    )
    op.execute(_WHO)
