"""What row-level security costs: the same statements as the owner and under a login, by turns.

Usage: python -m tests.benchmarks.central_rights_cost [--rows 300000] [--rounds 15]
Prints the median of each in ms and their ratio; the last line is a policy written badly on
purpose, whose function is called for each row.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import psycopg2
from psycopg2.extensions import connection as PostgresConnection
from uuid_utils.compat import uuid7

from sync.register.people.operators import Role
from sync.store.central.connection import initialise
from sync.store.central.logins import enrol_workplace
from tests.fakes.central_people import dsn_as, new_person, owned_centre
from tests.fakes.postgres import PostgresServer

STATIONS = 50
OPERATORS = 200
BATCH = 200

_COLUMNS = (
    "station_id, period, counter, id, number, rev, state, direction, sip_call_id, arrived_at,"
    " dialled_line, caller_number_raw, caller_name, phone, email_absence, name_absence, content,"
    " used_entries, out_of_hours, operator_id, operator_name, operator_role, workplace,"
    " created_at, saved_at, result, schema_version"
)


def _calls(station: str, counter: str) -> str:
    """So many made-up calls; workplace and counter are SQL over the number ``i``."""
    return f"""
INSERT INTO call_record ({_COLUMNS})
SELECT station, period, counter, gen_random_uuid(),
       period || '-' || station || '-' || lpad(counter::text, 5, '0') || '-0', %(rev)s, 'closed',
       'incoming', 'bench-' || i, timestamptz '2026-11-01' + i * interval '1 second', '', '', '',
       '+7900555' || lpad((i %% 10000)::text, 4, '0'), 'not_asked', 'not_asked',
       'Вызов ' || i, '[]', false,
       (%(people)s::uuid[])[i %% {OPERATORS} + 1], 'Пробова Анна', 'operator', station, now(),
       now(), 'answered', 1
FROM (SELECT i, {station} AS station, '2611' AS period, {counter} AS counter
      FROM generate_series(%(first)s, %(last)s) AS i) AS made
"""


_UPSERT = (
    _calls("'0001'", "%(base)s + i")
    + " ON CONFLICT (station_id, period, counter) DO UPDATE SET content = excluded.content,"
    " rev = excluded.rev, received_at = now() WHERE call_record.rev < excluded.rev RETURNING id"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with PostgresServer(asks_passwords=True) as server, ExitStack() as closing:
        centre = closing.enter_context(owned_centre(server, "CREATEROLE"))
        initialise(centre)
        mine = new_person(centre, "probova")
        new_person(centre, "starshaya", Role.SUPERVISOR)
        _fill(centre, options.rows, str(mine.id))

        def connect(dsn: str) -> PostgresConnection:
            made = psycopg2.connect(dsn)
            made.autocommit = True
            closing.callback(made.close)
            return made

        owner = connect(centre)
        workplace = connect(enrol_workplace(centre, "0001").dsn)
        operator = connect(dsn_as(centre, "probova"))
        senior = connect(dsn_as(centre, "starshaya"))
        last = "ORDER BY arrived_at DESC LIMIT 50"
        of_mine = f"WHERE operator_id = '{mine.id}'"
        count = "SELECT station_id, result, count(*) FROM call_record GROUP BY 1, 2"
        for name, by_owner, by_login in (
            (
                f"{BATCH} rows sent and sent again",
                _sending(owner, 30_000),
                _sending(workplace, 60_000),
            ),
            (
                "last 50 of mine",
                _asking(owner, f"SELECT * FROM call_record {of_mine} {last}"),
                _asking(operator, f"SELECT * FROM call_record {last}"),
            ),
            (
                "count of mine",
                _asking(owner, f"SELECT count(*) FROM call_record {of_mine}"),
                _asking(operator, "SELECT count(*) FROM call_record"),
            ),
            ("report of a senior", _asking(owner, count), _asking(senior, count)),
        ):
            _compare(name, by_owner, by_login, options.rounds)
        owner.cursor().execute(
            "DO $$ DECLARE found name; BEGIN SELECT policyname INTO found FROM pg_policies WHERE"
            " tablename = 'call_record' AND roles @> '{edinyi_operator}';"
            " EXECUTE format('ALTER POLICY %I ON call_record USING (operator_id ="
            " current_operator() OR closed_by_id = current_operator())', found); END $$"
        )
        _compare(
            "count of mine, badly written",
            _asking(owner, f"SELECT count(*) FROM call_record {of_mine}"),
            _asking(operator, "SELECT count(*) FROM call_record"),
            max(1, options.rounds // 5),
        )


def _fill(dsn: str, rows: int, mine: str) -> None:
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO station (station_id, install_id) SELECT to_char(i, 'FM0000'),"
            f" gen_random_uuid() FROM generate_series(1, {STATIONS}) AS i"
        )
        cursor.execute(
            f"SELECT array_agg(gen_random_uuid()::text) FROM generate_series(2, {OPERATORS})"
        )
        (others,) = cursor.fetchone() or ([],)
        people = [mine, *others]
        spread = _calls(f"to_char(1 + i %% {STATIONS}, 'FM0000')", f"1 + i / {STATIONS}")
        cursor.execute(spread, {"rev": 1, "people": people, "first": 1, "last": rows})
    connection.autocommit = True
    connection.cursor().execute("VACUUM ANALYZE call_record")
    connection.close()


def _sending(connection: PostgresConnection, base: int) -> Callable[[], None]:
    """New rows of workplace 0001 from this counter on, then the same with the next revision."""
    bases = itertools.count(base, BATCH)
    facts = {"people": [str(uuid7())] * OPERATORS, "first": 1, "last": BATCH}

    def send() -> None:
        cursor = connection.cursor()
        of_batch = {**facts, "base": next(bases)}
        for rev in (1, 2):
            cursor.execute(_UPSERT, {**of_batch, "rev": rev})
            if len(cursor.fetchall()) != BATCH:
                raise RuntimeError("rows were left out")

    return send


def _asking(connection: PostgresConnection, query: str) -> Callable[[], None]:
    def ask() -> None:
        cursor = connection.cursor()
        cursor.execute(query)
        cursor.fetchall()

    return ask


def _compare(
    name: str, by_owner: Callable[[], None], by_login: Callable[[], None], rounds: int
) -> None:
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for times, action in zip(taken, (by_owner, by_login), strict=True):
            begun_s = time.perf_counter()
            action()
            times.append((time.perf_counter() - begun_s) * 1000)
    without, with_rights = (_median(times) for times in taken)
    print(f"{name}: {without:.2f} -> {with_rights:.2f} ms, x{with_rights / without:.2f}")


def _median(times: Sequence[float]) -> float:
    return statistics.median(times)


if __name__ == "__main__":
    main()
