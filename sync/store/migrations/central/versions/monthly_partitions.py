"""Calls, messages and events by month: partitions of their period, and one for all other months.

What stood in a table becomes its default partition as it is, so that nothing is copied while the
workplaces send; ``make_month`` takes a month out of it later. The function belongs to the owner of
the tables and may be granted to a worker that owns nothing.
"""

from alembic import op

revision = "c0004"
down_revision = "c0003"

_UNIQUE = {
    "call_record": "station_id, period, counter",
    "message": "station_id, period, counter",
    "message_event": "station_id, period, message_id, seq",
}
_INDEXES = {
    "call_record": ("arrived_at", "number", "phone, arrived_at"),
    "message": ("call_id", "number", "received_at", "registered_at"),
    "message_event": (),
}
_POST_KEY = "fk_platform_post_station_id_period_message_id"

_MAKE_MONTH = """
CREATE FUNCTION make_month(wanted text) RETURNS TABLE (made text, moved bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    whole text;
    month text;
    others text;
    is_in_others boolean;
    untie text[];
    tie text[];
    step text;
    named record;
BEGIN
    IF wanted !~ '^[0-9]{2}(0[1-9]|1[0-2])$' THEN
        RAISE EXCEPTION 'not a month: %', wanted USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(5505550);
    FOREACH whole IN ARRAY ARRAY['call_record', 'message', 'message_event'] LOOP
        month := whole || '_' || wanted;
        others := whole || '_default';
        CONTINUE WHEN to_regclass(month) IS NOT NULL;
        -- From here on no row of the month comes into the default partition. The whole table is
        -- locked before its parts: a sender that waits for a part of it holds the whole.
        EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', whole);
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE period = $1)', others)
            INTO is_in_others USING wanted;
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL EXCLUDING INDEXES)', month, whole);
        made := month;
        moved := 0;
        IF is_in_others THEN
            EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', whole);
            -- A detached part may hold no row that a foreign key needs.
            SELECT array_agg(format('ALTER TABLE %s DROP CONSTRAINT %I',
                                    conrelid::regclass, conname)),
                   array_agg(format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                                    conrelid::regclass, conname, pg_get_constraintdef(oid)))
                INTO untie, tie
                FROM pg_constraint
                WHERE contype = 'f' AND confrelid = whole::regclass AND conparentid = 0;
            FOREACH step IN ARRAY coalesce(untie, '{}') LOOP
                EXECUTE step;
            END LOOP;
            -- Moved as rows of plain tables: no trigger takes this for news.
            EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', whole, others);
            EXECUTE format('INSERT INTO %I SELECT * FROM %I WHERE period = $1', month, others)
                USING wanted;
            GET DIAGNOSTICS moved = ROW_COUNT;
            EXECUTE format('DELETE FROM %I WHERE period = $1', others) USING wanted;
        END IF;
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       whole, month, wanted, lpad((wanted::int + 1)::text, 4, '0'));
        -- A refused row is told by the name of its constraint: by ours, not by a made up one.
        FOR named IN
            SELECT part.conname AS old, replace(main.conname, whole, month) AS new
                FROM pg_constraint AS part JOIN pg_constraint AS main ON main.oid = part.conparentid
                WHERE part.conrelid = month::regclass AND part.contype IN ('p', 'u')
        LOOP
            EXECUTE format('ALTER TABLE %I RENAME CONSTRAINT %I TO %I',
                           month, named.old, named.new);
        END LOOP;
        IF is_in_others THEN
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I DEFAULT', whole, others);
            FOREACH step IN ARRAY coalesce(tie, '{}') LOOP
                EXECUTE step;
            END LOOP;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION make_month(text) FROM PUBLIC;
"""


def upgrade() -> None:
    op.drop_constraint(_POST_KEY, "platform_post", type_="foreignkey")
    for table in _UNIQUE:
        _partition(table)
    op.create_foreign_key(
        _POST_KEY,
        "platform_post",
        "message",
        ["station_id", "period", "message_id"],
        ["station_id", "period", "id"],
    )
    op.execute(_MAKE_MONTH)


def _partition(table: str) -> None:
    others = f"{table}_default"
    unique = _named("uq", table, _UNIQUE[table])
    op.rename_table(table, others)
    for name in (f"pk_{table}", unique):
        op.execute(f"ALTER TABLE {others} RENAME CONSTRAINT {name} TO {_of_others(name, table)}")
    for columns in _INDEXES[table]:
        name = _named("ix", table, columns)
        op.execute(f"ALTER INDEX {name} RENAME TO {_of_others(name, table)}")
    op.execute(
        f"CREATE TABLE {table} (LIKE {others} INCLUDING DEFAULTS INCLUDING CONSTRAINTS,"
        f" CONSTRAINT pk_{table} PRIMARY KEY (station_id, period, id),"
        f" CONSTRAINT {unique} UNIQUE ({_UNIQUE[table]}),"
        f" CONSTRAINT fk_{table}_station_id FOREIGN KEY (station_id)"
        " REFERENCES station (station_id)) PARTITION BY RANGE (period)"
    )
    for columns in _INDEXES[table]:
        op.execute(f"CREATE INDEX {_named('ix', table, columns)} ON {table} ({columns})")
    op.execute(f"ALTER TABLE {table} ATTACH PARTITION {others} DEFAULT")


def _named(kind: str, table: str, columns: str) -> str:
    return f"{kind}_{table}_{columns.replace(', ', '_')}"


def _of_others(name: str, table: str) -> str:
    return name.replace(table, f"{table}_default", 1)
