"""Attacks that a login of the central database may attempt, and a check of which ones succeed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg2
from psycopg2.extensions import connection as PostgresConnection

_ALONE = ("CREATE DATABASE", "ALTER SYSTEM")  # not allowed in a transaction
DIVISION_BY_ZERO = "22012"

# The victim: records of workplace 0001, created by another operator.
FOREIGN = "station_id = '0001'"
SECRET = "тайна чужого вызова"
NUMBER = "2611-0001-00001-0"  # without the check digit


@dataclass(frozen=True, slots=True)
class Attack:
    """Statements in one session; the last one decides.

    The attack succeeded if that statement returned or changed a row, or ran without an error.
    ``error`` is an SQLSTATE that would itself reveal hidden data.
    """

    name: str
    statements: tuple[str, ...]
    error: str = ""


def _attack(name: str, *statements: str, error: str = "") -> Attack:
    return Attack(name, statements, error)


def _declared(station: str, role: str = "supervisor") -> str:
    """An incident declared at this workplace."""
    return (
        "INSERT INTO incident_event (station_id, period, id, incident_id, act, at, version, street,"
        " matter, text, by_id, by_name, by_role, schema_version, rev)"
        f" VALUES ('{station}', '2611', gen_random_uuid(), gen_random_uuid(), 'declared', now(), 1,"
        f" 'ул. Лесная', '', 'mine', gen_random_uuid(), 'Моя', '{role}', 1, 1)"
    )


def promised(station: str) -> str:
    """A scheduled callback of this workplace."""
    return (
        "INSERT INTO planned_call (station_id, period, id, at, tries, phone, note, made_at,"
        f" made_by_name, schema_version, rev) VALUES ('{station}', '2611', gen_random_uuid(),"
        " now(), 0, '+79005550199', 'mine', now(), 'Моя', 1, 1)"
    )


def promise_ended(station: str, role: str = "operator") -> str:
    """Ends a scheduled callback for all workplaces, in the name of this workplace."""
    return (
        "INSERT INTO planned_step (station_id, period, id, call_id, act, at, by_id, by_name,"
        f" by_role, schema_version, rev) VALUES ('{station}', '2611', gen_random_uuid(),"
        f" gen_random_uuid(), 'talked', now(), gen_random_uuid(), 'Моя', '{role}', 1, 1)"
    )


# These attempts need no rights in the product.
_OF_ANYBODY = (
    _attack("row security switched off", "ALTER TABLE call_record DISABLE ROW LEVEL SECURITY"),
    _attack("policies dropped", "DROP POLICY rule_01 ON call_record"),
    _attack("triggers off", "ALTER TABLE station DISABLE TRIGGER ALL"),
    _attack("triggers off for the session", "SET session_replication_role = replica"),
    _attack("a column added", "ALTER TABLE call_record ADD COLUMN mine text"),
    _attack("the schema dropped", "DROP TABLE call_record"),
    _attack("delete", "DELETE FROM call_record"),
    _attack("truncate", "TRUNCATE call_record CASCADE"),
    _attack("everybody locked out", "LOCK TABLE call_record IN ACCESS EXCLUSIVE MODE"),
    _attack("row security off", "SET row_security = off", "SELECT * FROM call_record"),
    _attack("a month by itself", f"SELECT * FROM call_record_default WHERE {FOREIGN}"),
    _attack("a month by itself, written", "UPDATE message_default SET text = ''"),
    _attack("a month made", "SELECT * FROM make_month('2901')"),
    _attack("the worker's role", "SET ROLE edinyi_worker"),
    _attack("the superuser's role", "SET ROLE postgres"),
    _attack("a role by its setting", "SELECT set_config('role', 'edinyi_supervisor', false)"),
    _attack("another session user", "SET SESSION AUTHORIZATION postgres"),
    _attack("a senior's group", "GRANT edinyi_supervisor TO CURRENT_USER"),
    _attack("superuser", "ALTER ROLE CURRENT_USER SUPERUSER"),
    _attack("no row security for me", "ALTER ROLE CURRENT_USER BYPASSRLS"),
    _attack("roles of my own", "ALTER ROLE CURRENT_USER CREATEROLE"),
    _attack("a colleague's password", "ALTER ROLE zhertva PASSWORD 'mine'"),
    _attack("a new login", "CREATE ROLE mine LOGIN"),
    _attack("passwords", "SELECT rolpassword FROM pg_authid"),
    _attack("passwords by the old view", "SELECT passwd FROM pg_shadow"),
    _attack("a file of the server", "SELECT pg_read_file('postgresql.conf')"),
    _attack("a folder of the server", "SELECT pg_ls_dir('.')"),
    _attack("a file as a large object", "SELECT lo_import('/etc/passwd')"),
    _attack("a large object as a file", "SELECT lo_export(1, '/dev/null')"),
    _attack("a program of the server", "COPY (SELECT 1) TO PROGRAM 'id'"),
    _attack("rows into a file", "COPY call_record TO '/dev/null'"),
    _attack("settings of the server", "ALTER SYSTEM SET log_statement = 'all'"),
    _attack("settings read anew", "SELECT pg_reload_conf()"),
    _attack(
        "others' connections ended",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user",
    ),
    _attack(
        "others' work broken off",
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename <> current_user",
    ),
    _attack(
        "others' SQL",
        "SELECT query FROM pg_stat_activity WHERE usename <> current_user"
        " AND query NOT LIKE '<insufficient%' AND query <> ''",
    ),
    _attack(
        "a function of my own",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ),
    _attack(
        "the function that tells who is who",
        "CREATE OR REPLACE FUNCTION public.current_station() RETURNS text"
        " LANGUAGE sql AS $$ SELECT '0001' $$",
    ),
    _attack(
        "a station of my own before the real one",
        "CREATE TEMP TABLE station AS SELECT session_user::text AS login, '0001' AS station_id,"
        " NULL::timestamptz AS disabled_at",
        "GRANT ALL ON pg_temp.station TO PUBLIC",
        "SET search_path = pg_temp, public",
        f"SELECT * FROM call_record WHERE {FOREIGN}",
    ),
    _attack("a schema of my own", "CREATE SCHEMA mine"),
    _attack("an extension", "CREATE EXTENSION dblink"),
    _attack("a language", "CREATE LANGUAGE plperlu"),
    _attack("a database", "CREATE DATABASE mine"),
    _attack("the structure of the schema", "UPDATE alembic_version SET version_num = 'mine'"),
    _attack(
        "values in the planner's statistics",
        "SELECT most_common_vals FROM pg_stats WHERE schemaname = 'public' AND tablename LIKE"
        " 'call_record%' AND attname IN ('content', 'surname', 'phone')"
        " AND (most_common_vals IS NOT NULL OR histogram_bounds IS NOT NULL)",
    ),
    _attack(
        "a condition that tells by its error",
        "SELECT * FROM call_record WHERE 1 / (CASE WHEN content = "
        f"'{SECRET}' THEN 0 ELSE 1 END) = 2",
        error=DIVISION_BY_ZERO,
    ),
    _attack("foreign calls", f"SELECT * FROM call_record WHERE {FOREIGN}"),
    _attack(
        "a foreign call by number",
        f"SELECT content FROM call_record WHERE number LIKE '{NUMBER[:-1]}_'",
    ),
    _attack("foreign messages", f"SELECT text FROM message WHERE {FOREIGN}"),
    _attack("foreign events", f"SELECT facts FROM message_event WHERE {FOREIGN}"),
    _attack("foreign rows counted", f"SELECT 1 FROM call_record HAVING bool_or({FOREIGN})"),
    _attack("a foreign call changed", f"UPDATE call_record SET content = '' WHERE {FOREIGN}"),
    _attack("a foreign revision set back", f"UPDATE call_record SET rev = 1 WHERE {FOREIGN}"),
    _attack("a foreign message locked", f"SELECT id FROM message WHERE {FOREIGN} FOR UPDATE"),
    _attack("an account made", "INSERT INTO operator (id, login, name, role) VALUES"
            " (gen_random_uuid(), 'mine', 'Моя', 'supervisor')"),
    _attack("an account raised", "UPDATE operator SET role = 'supervisor'"),
    _attack("an account opened again", "UPDATE operator SET disabled_at = NULL"),
    _attack("the platform's way", "SELECT * FROM platform_post"),
    _attack("what others' messages count as", "SELECT topic FROM message_course"),
    _attack("a report made better", "UPDATE message_course SET told = '{}'"),
    _attack("a report never made anew", "UPDATE message_course SET counted = changed"),
    _attack("a message counted by me", "INSERT INTO message_course (station_id, period, message_id)"
            " VALUES ('0001', '2611', gen_random_uuid())"),
    _attack("the audit read", "SELECT kind, by_id, subject_id FROM audit"),
    _attack("a link of the audit changed", "UPDATE audit SET detail = ''"),
    _attack("the audit cut", "DELETE FROM audit"),
    _attack("what an operator did changed", "UPDATE operator_state SET doing = 'ready'"),
    _attack("another's desk read", "SELECT * FROM own_desk WHERE document ? 'theme'"),
    _attack("another's desk changed", "UPDATE own_desk SET changed_at = now()"),
    _attack("another's desk taken away", "DELETE FROM own_desk"),
    _attack(
        "a desk set up for another",
        "INSERT INTO own_desk (operator_id, document, changed_at)"
        " VALUES (gen_random_uuid(), '{}', now())",
    ),
    _attack("what an operator did taken away", "DELETE FROM operator_state"),
    _attack("the end of the audit moved", "UPDATE audit_head SET seq = 1"),
    _attack("the centre's own audit read", "SELECT kind FROM central_audit"),
    _attack("the centre's own audit changed", "UPDATE central_audit SET detail = ''"),
    _attack("the centre's own audit made up", "INSERT INTO central_audit DEFAULT VALUES"),
    _attack("the directory changed", "UPDATE shared_document SET ver = ver + 1"),
    _attack("the directory's news made up", "INSERT INTO feed_change DEFAULT VALUES"),
    _attack("another workplace's news", f"SELECT * FROM feed_change WHERE {FOREIGN}"),
    _attack("a decree of the city taken back", "DELETE FROM city_edit"),
    _attack("a decree of the city rewritten", "UPDATE city_edit SET reason = 'mine'"),
    _attack("an incident of another workplace", _declared("0001")),
    _attack("the text that all say rewritten", "UPDATE incident_event SET text = 'mine'"),
    _attack("an incident taken away", "DELETE FROM incident_event"),
    _attack("a missed call dealt with in another's name",
            "INSERT INTO missed_mark (station_id, period, id, call_station, call_period, call_id,"
            " at, by_id, by_name, outcome, schema_version, rev) VALUES ('0001', '2611',"
            " gen_random_uuid(), '0002', '2611', gen_random_uuid(), now(), gen_random_uuid(),"
            " 'Моя', 'not_needed', 1, 1)"),
    _attack("who dealt with a missed call", "SELECT by_name FROM missed_mark"),
    _attack("what was dealt with put back", "DELETE FROM missed_mark"),
    _attack("a claim on a telephone made up", "INSERT INTO call_claim DEFAULT VALUES"),
    _attack("a colleague's claim taken away", "DELETE FROM call_claim"),
    _attack("a call promised by another workplace", promised("0001")),
    _attack("an outcome noted by another workplace", promise_ended("0001")),
    _attack("another telephone to call", "UPDATE planned_call SET phone = '+79005550199'"),
    _attack("a promise taken away", "DELETE FROM planned_call"),
    _attack("an outcome rewritten", "UPDATE planned_step SET act = 'not_needed'"),
    _attack("an outcome taken away", "DELETE FROM planned_step"),
    _attack("a branch of history", "INSERT INTO succession DEFAULT VALUES"),
    _attack("names of workplaces", "SELECT * FROM workplace_name"),
    _attack("a rehearsal's view", "SELECT * FROM rehearsal_calls"),
    _attack("an identity by a setting", "SET app.operator = 'zhertva'",
            f"SELECT * FROM call_record WHERE {FOREIGN}"),
    _attack("the platform's way changed", "UPDATE platform_post SET state = 'rejected'"),
)  # fmt: skip

_FORGED = (
    'INSERT INTO call_record SELECT (jsonb_populate_record(c, \'{"id":'
    ' "01900000-0000-7000-8000-00000000ffff", "counter": 77}\')).* FROM call_record AS c LIMIT 1'
)

OF_OPERATOR: tuple[Attack, ...] = (
    *_OF_ANYBODY,
    _attack("whom somebody is to call", "SELECT phone, note FROM planned_call"),
    _attack("what came of calls that were promised", "SELECT act FROM planned_step"),
    _attack("a call in a colleague's name", _FORGED),
    _attack("my own call changed past the program", "UPDATE call_record SET content = ''"),
    _attack("my own revision set back", "UPDATE call_record SET rev = 1"),
    _attack("colleagues' accounts", "SELECT * FROM operator WHERE login <> session_user"),
    _attack("workplaces", "SELECT * FROM station"),
    _attack("a workplace made", "INSERT INTO station (station_id) VALUES ('0009')"),
    _attack("an entry of the directory", "INSERT INTO shared_document (entity, id, ver, document,"
            " digest) VALUES ('entry', 'q-1', 2, '{\"id\": \"q-1\"}', '')"),
    _attack("a file of the directory",
            "INSERT INTO shared_content VALUES (encode(sha256('mine'), 'hex'), 'mine')"),
)  # fmt: skip


def _document(
    entity: str, key: str, ver: int, document: str, columns: str = "", values: str = ""
) -> str:
    return (
        f"INSERT INTO shared_document (entity, id, ver, document, digest{columns})"
        f" VALUES ('{entity}', '{key}', {ver}, '{document}', ''{values})"
    )


_QUESTION = '{"id": "q-1", "kind": "question", "title": "Моё"}'
OWN_EDIT = _document("entry", "q-1", 2, _QUESTION)
"""A permitted action of an editor: most of the attacks below differ from it in one respect each."""
OWN_CONTENT = "INSERT INTO shared_content VALUES (encode(sha256('mine'), 'hex'), 'mine')"

OF_EDITOR: tuple[Attack, ...] = (
    *OF_OPERATOR[:-2],
    _attack("a version in a colleague's name",
            _document("entry", "q-1", 2, _QUESTION, ", by_name", ", 'Другая'")),
    _attack("a version by a colleague's id",
            _document("entry", "q-1", 2, _QUESTION, ", by_id", ", gen_random_uuid()")),
    _attack("a version by nobody", _document("entry", "q-1", 2, _QUESTION, ", by_id", ", NULL")),
    _attack("a version of another day",
            _document("entry", "q-1", 2, _QUESTION, ", at", ", '2020-01-01'")),
    _attack("a place in the lists", _document("entry", "q-1", 2, _QUESTION, ", position", ", 1")),
    _attack("a version once more", _document("entry", "q-1", 1, _QUESTION)),
    _attack("a version ahead of all", _document("entry", "q-1", 9, _QUESTION)),
    _attack("an entry under another's id", _document("entry", "q-2", 1, _QUESTION)),
    _attack("an entry without a text",
            "INSERT INTO shared_document (entity, id, ver, digest, closed_on)"
            " VALUES ('entry', 'q-1', 2, '', now())"),
    _attack("a topic", _document("entry", "t-1", 2, '{"id": "t-1", "kind": "topic"}')),
    _attack("a topic made", _document("entry", "t-9", 1, '{"id": "t-9", "kind": "topic"}')),
    _attack("a topic made a question",
            _document("entry", "t-1", 2, '{"id": "t-1", "kind": "question"}')),
    _attack("a proposal decided",
            _document("proposal", "p-1", 2, '{"id": "p-1", "decision": {"accepted": true}}')),
    _attack("a proposal decided at once",
            _document("proposal", "p-9", 1, '{"id": "p-9", "decision": {"accepted": true}}')),
    _attack("a proposal rewritten", _document("proposal", "p-1", 2, '{"id": "p-1"}')),
    _attack("a setting", _document("setting", "places", 1, '{"id": "places"}')),
    _attack("a template", _document("template", "answer", 1, '{"id": "answer"}')),
    _attack("settings read", "SELECT * FROM shared_document WHERE entity = 'setting'"),
    _attack("an entry deleted", "DELETE FROM shared_document"),
    _attack("files read past the entry", "SELECT content FROM shared_content"),
    _attack("a file under another's hash",
            "INSERT INTO shared_content VALUES (encode(sha256('one'), 'hex'), 'another')"),
    _attack("a file too large", "INSERT INTO shared_content SELECT encode(sha256(big), 'hex'), big"
            " FROM (SELECT decode(repeat('00', 10485761), 'hex') AS big) AS made"),
    _attack("a file rewritten", "UPDATE shared_content SET content = ''"),
    _attack("news of the directory read", "SELECT * FROM feed_change"),
    _attack("the check switched off", "DROP TRIGGER check_document_edit ON shared_document"),
)  # fmt: skip

_COLUMNS = (
    "station_id, period, counter, id, number, rev, state, direction, sip_call_id, arrived_at,"
    " dialled_line, caller_number_raw, caller_name, phone_absence, email_absence, name_absence,"
    " content, used_entries, out_of_hours, operator_id, operator_name, operator_role, workplace,"
    " created_at, saved_at, result, schema_version"
)


def _insert(station: str, number: str, counter: int = 78, further: str = "") -> str:
    columns = f"{_COLUMNS}, received_at" if further else _COLUMNS
    return (
        f"INSERT INTO call_record ({columns}) SELECT '{station}', '2611', {counter},"
        f" gen_random_uuid(), '{number}', 1, 'closed', 'incoming', 'mine', now(), '', '', '',"
        " 'not_asked', 'not_asked', 'not_asked', '', '[]', false, gen_random_uuid(), '',"
        " 'operator',"
        f" '{station}', now(), now(), 'answered', 1{further}"
    )


OWN_INSERT = _insert("0002", "2611-0002-00079-0", 79)
"""A permitted action of the workplace: the attacks below differ from it in one respect each."""

OF_WORKPLACE: tuple[Attack, ...] = (
    *_OF_ANYBODY,
    _attack("an incident declared by an operator", _declared("0002", "operator")),
    _attack("an outcome by who takes no calls", promise_ended("0002", "observer")),
    _attack("a call for another workplace", _insert("0001", "2611-0001-00078-0")),
    _attack("another workplace's number", _insert("0002", "2611-0001-00078-0")),
    _attack("a number of another counter", _insert("0002", "2611-0002-00001-0")),
    _attack(
        "a foreign call by its key",
        _insert("0001", NUMBER, 1)
        + " ON CONFLICT (station_id, period, counter) DO UPDATE SET content = ''",
    ),
    _attack(
        "a foreign number's being, by the error",
        _insert("0001", NUMBER, 1),
        error="23505",
    ),
    _attack("a time of coming", _insert("0002", "2611-0002-00078-0", 78, ", '2020-01-01'")),
    _attack("my call given to another", "UPDATE call_record SET station_id = '0001'"),
    _attack("my call's key changed", "UPDATE call_record SET id = gen_random_uuid()"),
    _attack("my call's month changed", "UPDATE call_record SET period = '2501'"),
    _attack("my revision set back", "UPDATE call_record SET rev = 1"),
    _attack("another workplace", "SELECT * FROM station WHERE station_id <> '0002'"),
    _attack("another workplace's store", "UPDATE station SET install_id = NULL"
            " WHERE station_id = '0001'"),
    _attack("my workplace's store", "UPDATE station SET install_id = gen_random_uuid()"),
    _attack("my workplace forgotten", "UPDATE station SET install_id = NULL"),
    _attack("my workplace's login", "UPDATE station SET login = 'workplace_0001'"),
    _attack("my workplace opened again", "UPDATE station SET disabled_at = NULL"),
    _attack("a workplace made", "INSERT INTO station (station_id, install_id)"
            " VALUES ('0009', gen_random_uuid())"),
)  # fmt: skip


def came_through(dsn: str, attacks: Sequence[Attack]) -> list[str]:
    """Returns the names of the attacks that succeeded; everything is rolled back."""
    connection = psycopg2.connect(dsn)
    try:
        return [attack.name for attack in attacks if _came_through(connection, attack)]
    finally:
        connection.close()


def copied_rows(dsn: str, table: str) -> list[str]:
    """Returns the output of COPY for a table."""
    connection = psycopg2.connect(dsn)
    try:
        out = io.StringIO()
        connection.cursor().copy_expert(f"COPY (SELECT * FROM {table}) TO STDOUT", out)
        return out.getvalue().splitlines()
    finally:
        connection.close()


def _came_through(connection: PostgresConnection, attack: Attack) -> bool:
    connection.autocommit = attack.statements[-1].startswith(_ALONE)
    try:
        with connection.cursor() as cursor:
            for statement in attack.statements:
                cursor.execute(statement)
            return cursor.fetchone() is not None if cursor.description else cursor.rowcount != 0
    except psycopg2.Error as error:
        return bool(attack.error) and error.pgcode == attack.error
    finally:
        if not connection.autocommit:
            connection.rollback()
