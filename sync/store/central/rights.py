"""Access rights in the central database: groups, column grants and row-level security.

A login is a member of one group. Its workplace or operator is found by name in ``station`` or
``operator``. Groups and their logins belong to the whole server. The owner of the tables bypasses
row-level security; migrations and commands run as the owner.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Table, text

from sync.records.central_append_only_tables import (
    call_claim,
    city_edit,
    incident_event,
    missed_mark,
    operator_state,
    planned_call,
    planned_step,
)
from sync.records.central_intake_tables import platform_intake, platform_request
from sync.records.central_shared_tables import (
    audit,
    audit_head,
    central_audit,
    feed_change,
    feed_floor,
    operator,
    own_desk,
    shared_content,
    shared_document,
    stale_letter,
    station,
    succession,
)
from sync.records.central_tables import (
    answer_file,
    call_record,
    erasure,
    message,
    message_course,
    message_event,
    person_act,
    platform_media,
    platform_post,
)
from sync.register.numbering import INTAKE_STATION
from sync.register.people.operators import Role
from sync.store import migrations


class Group(StrEnum):
    """PostgreSQL group roles that hold the access rights; none of them can log in."""

    OPERATOR = "edinyi_operator"
    MODERATOR = "edinyi_moderator"
    EDITOR = "edinyi_editor"
    SUPERVISOR = "edinyi_supervisor"
    ADMINISTRATOR = "edinyi_administrator"
    OBSERVER = "edinyi_observer"
    WORKPLACE = "edinyi_workplace"
    WORKER = "edinyi_worker"


GROUP_OF: dict[Role, Group] = {role: Group(f"edinyi_{role.value}") for role in Role}
PEOPLE = tuple(GROUP_OF.values())
SEARCHERS = (Group.OPERATOR, Group.MODERATOR, Group.SUPERVISOR)

ALL_ROWS = "true"
# Sub-selects: the function is called once per statement instead of once per row.
OWN_STATION = "station_id = (SELECT public.current_station())"
REVIEWED = f"({OWN_STATION} OR (SELECT public.current_station_reviews()))"
OWN_RECORD = "operator_id = (SELECT public.current_operator())"
OWN_EVENT = "by_id = (SELECT public.current_operator())"
OWN_ACCOUNT = "id = (SELECT public.current_operator())"
OWN_TERMS = "kind = 'term_passed' AND source = session_user"
OF_INTAKE = f"station_id = '{INTAKE_STATION}'"
OF_DIRECTORY = "entity IN ('entry', 'attachment', 'synonym', 'proposal')"
NAMED_BY_CONTENT = (
    "sha256 = encode(pg_catalog.sha256(content), 'hex') AND length(content) <= 10485760"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A grant of one command on a table to groups.

    ``rows`` is the SQL condition for the permitted rows; ``columns`` None means all columns.
    """

    table: Table
    command: str
    groups: tuple[Group, ...]
    rows: str
    columns: tuple[str, ...] | None = None


def _all_but(table: Table, *names: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in names)


_KEY = ("station_id", "period", "counter", "id")
_PERSONAL = (
    "sip_call_id",
    "caller_number_raw",
    "caller_name",
    "transferred_by",
    "diverted_from",
    "phone",
    "email",
    "surname",
    "given_name",
    "patronymic",
    "concerned",
    "content",
    "text",
    "place",
    "answer_text",
)
_SENT = tuple(
    table.name
    for table in (
        call_record,
        message,
        message_event,
        audit,
        city_edit,
        operator_state,
        incident_event,
        missed_mark,
        planned_call,
        planned_step,
    )
)
_WRITES = ("INSERT", "UPDATE")
_EVERYTHING = ("SELECT", *_WRITES)


def _workplace_rules() -> Iterator[Rule]:
    """Yields the rules for workplaces: a login reads and writes the records of its workplace."""
    workplace = (Group.WORKPLACE,)
    for table, seen, added in (
        (call_record, OWN_STATION, OWN_STATION),
        (message, REVIEWED, OWN_STATION),
        (message_event, REVIEWED, REVIEWED),
    ):
        yield Rule(table, "SELECT", workplace, seen)
        # The server sets the time of receipt, and the key of a record never changes.
        yield Rule(table, "INSERT", workplace, added, _all_but(table, "received_at"))
        yield Rule(table, "UPDATE", workplace, OWN_STATION, _all_but(table, *_KEY))
    # Append-only tables; rows are read back only by their key.
    yield Rule(audit, "SELECT", workplace, OWN_STATION, ("station_id", "period", "id", "rev"))
    yield Rule(audit, "INSERT", workplace, OWN_STATION, _all_but(audit, "received_at"))
    for only in (operator_state, missed_mark):
        yield Rule(only, "SELECT", workplace, OWN_STATION, ("station_id", "period", "id", "rev"))
        yield Rule(only, "INSERT", workplace, OWN_STATION, _all_but(only, "received_at"))
    # A workplace that may add events to a message may attach files to its answer and send them.
    yield Rule(answer_file, "SELECT", workplace, REVIEWED)
    yield Rule(answer_file, "INSERT", workplace, REVIEWED, _all_but(answer_file, "received_at"))
    # Erasures that the workplace must repeat locally.
    yield Rule(erasure, "SELECT", workplace, REVIEWED)
    yield Rule(station, "SELECT", workplace, OWN_STATION)
    yield Rule(station, "INSERT", workplace, OWN_STATION, ("station_id", "install_id"))
    lease = ("session_id", "lease_holder", "leased_until", "counter_period", "counter_high")
    yield Rule(station, "UPDATE", workplace, OWN_STATION, ("install_id", *lease))
    yield Rule(succession, "SELECT", workplace, ALL_ROWS)
    yield Rule(
        operator,
        "SELECT",
        workplace,
        ALL_ROWS,
        ("id", "login", "name", "role", "disabled_at"),
    )


def _feed_rules() -> Iterator[Rule]:
    """Yields the rules for change feeds: a workplace reads shared rows and its own rows."""
    for table in (shared_document, shared_content, feed_floor):
        yield Rule(table, "SELECT", (Group.WORKPLACE,), ALL_ROWS)
    edits = city_edit
    workplace = (Group.WORKPLACE,)
    yield Rule(edits, "SELECT", workplace, ALL_ROWS)
    yield Rule(edits, "INSERT", workplace, OWN_STATION, _all_but(edits, "position", "received_at"))
    # All workplaces read the same text, and none changes an event of another workplace.
    incidents = incident_event
    yield Rule(incidents, "SELECT", workplace, ALL_ROWS)
    yield Rule(incidents, "INSERT", workplace, OWN_STATION, _all_but(incidents, "received_at"))
    yield Rule(call_claim, "SELECT", workplace, ALL_ROWS)
    # Any workplace may make a scheduled callback and records it under its own code.
    for planned in (planned_call, planned_step):
        yield Rule(planned, "SELECT", workplace, ALL_ROWS)
        yield Rule(planned, "INSERT", workplace, OWN_STATION, _all_but(planned, "received_at"))
    post = platform_post
    told = ("station_id", "period", "message_id", "platform_id", "platform_status", "answer_text")
    # Answers to messages imported from the platform are readable at all reviewing workplaces.
    seen = f"{OWN_STATION} OR ({OF_INTAKE} AND (SELECT public.current_station_reviews()))"
    yield Rule(post, "SELECT", workplace, seen, told)
    own = f"station_id IS NULL OR {REVIEWED}"
    yield Rule(feed_change, "SELECT", (Group.WORKPLACE,), own)


def _editor_rules() -> Iterator[Rule]:
    """Yields the rules for editors: they add directory versions in their own name.

    A trigger checks each version.
    """
    editors = (Group.EDITOR, Group.SUPERVISOR)
    document, content = shared_document, shared_content
    yield Rule(document, "SELECT", editors, OF_DIRECTORY)
    given = _all_but(document, "position", "by_name", "by_id", "at")
    yield Rule(document, "INSERT", editors, f"{OF_DIRECTORY} AND {OWN_EVENT}", given)
    yield Rule(content, "SELECT", editors, ALL_ROWS, ("sha256",))
    yield Rule(content, "INSERT", editors, NAMED_BY_CONTENT)


def _worker_rules() -> Iterator[Rule]:
    """Yields the rules for the worker.

    The worker reads messages of all workplaces and writes the answers of the platform.
    """
    for table in (station, message, message_event):
        yield Rule(table, "SELECT", (Group.WORKER,), ALL_ROWS)
    for command in _EVERYTHING:
        yield Rule(platform_post, command, (Group.WORKER,), ALL_ROWS)
        yield Rule(platform_media, command, (Group.WORKER,), ALL_ROWS)
    # Messages imported from the platform are written under the reserved code.
    for written in (message, message_event):
        columns = _all_but(written, "received_at")
        yield Rule(written, "INSERT", (Group.WORKER,), OF_INTAKE, columns)
    yield Rule(station, "INSERT", (Group.WORKER,), OF_INTAKE, ("station_id",))
    for command in _EVERYTHING:
        yield Rule(platform_intake, command, (Group.WORKER,), ALL_ROWS)
        yield Rule(platform_request, command, (Group.WORKER,), ALL_ROWS)
    yield Rule(platform_request, "DELETE", (Group.WORKER,), "state = 'left'")
    # Files that the worker sends to the platform.
    yield Rule(answer_file, "SELECT", (Group.WORKER,), ALL_ROWS)
    yield Rule(audit_head, "SELECT", (Group.WORKER,), ALL_ROWS)
    # For the feed of the city's website and the mails to authorities. Events are recorded with the
    # version of the regulation in force.
    read_by_worker = "entity = 'entry' OR (entity = 'setting' AND id = 'regulation')"
    yield Rule(shared_document, "SELECT", (Group.WORKER,), read_by_worker)
    for command in _EVERYTHING:
        yield Rule(stale_letter, command, (Group.WORKER,), ALL_ROWS)
    # The only action of the worker in the central audit log.
    yield Rule(central_audit, "INSERT", (Group.WORKER,), OWN_TERMS)
    # Only the worker writes summaries; only a trigger writes the number of changes.
    course, worker = message_course, (Group.WORKER,)
    key = ("station_id", "period", "message_id")
    yield Rule(course, "SELECT", worker, ALL_ROWS)
    yield Rule(course, "INSERT", worker, ALL_ROWS, key)
    yield Rule(course, "UPDATE", worker, ALL_ROWS, _all_but(course, *key, "changed"))


def _people_rules() -> Iterator[Rule]:
    """Yields the rules for online read access of operators under their own login.

    Operators write no register rows in the central database.
    """
    calls, messages, events = call_record, message, message_event
    yield Rule(calls, "SELECT", (Group.OPERATOR, Group.MODERATOR), OWN_RECORD)
    yield Rule(messages, "SELECT", (Group.OPERATOR,), OWN_RECORD)
    yield Rule(events, "SELECT", (Group.OPERATOR,), OWN_EVENT)
    reviewers = (Group.MODERATOR, Group.SUPERVISOR)
    yield Rule(messages, "SELECT", reviewers, ALL_ROWS)
    yield Rule(events, "SELECT", reviewers, ALL_ROWS)
    yield Rule(message_course, "SELECT", reviewers, ALL_ROWS)
    yield Rule(calls, "SELECT", (Group.SUPERVISOR,), ALL_ROWS)
    yield Rule(platform_post, "SELECT", (Group.SUPERVISOR,), ALL_ROWS)
    # Reports without personal data or text.
    for table, hidden in ((calls, _PERSONAL), (messages, _PERSONAL), (events, ("facts",))):
        yield Rule(table, "SELECT", (Group.OBSERVER,), ALL_ROWS, _all_but(table, *hidden))
    seniors = (Group.SUPERVISOR, Group.ADMINISTRATOR)
    yield Rule(station, "SELECT", (*seniors, Group.OBSERVER), ALL_ROWS)
    yield Rule(operator, "SELECT", seniors, ALL_ROWS)
    of_the_past = (erasure, person_act)
    for table in (audit, central_audit, audit_head, *of_the_past):
        yield Rule(table, "SELECT", seniors, ALL_ROWS)
    yield Rule(operator_state, "SELECT", seniors, ALL_ROWS)
    others = tuple(group for group in PEOPLE if group not in seniors)
    yield Rule(operator_state, "SELECT", others, OWN_RECORD)
    yield Rule(operator, "SELECT", others, OWN_ACCOUNT)
    # Preferences follow the operator to other workplaces and are visible to no other operator.
    own = own_desk
    yield Rule(own, "SELECT", PEOPLE, OWN_RECORD)
    yield Rule(own, "INSERT", PEOPLE, OWN_RECORD)
    yield Rule(own, "UPDATE", PEOPLE, OWN_RECORD, ("document", "changed_at"))


RULES: tuple[Rule, ...] = (
    *_workplace_rules(),
    *_feed_rules(),
    *_editor_rules(),
    *_worker_rules(),
    *_people_rules(),
)


def ensure_rights(connection: Connection) -> bool:
    """Applies the groups, grants and policies defined here; False if groups cannot be created.

    Runs in the caller's transaction after the migrations. Tables are locked only if something
    changes. Without the groups nothing is granted, so only the owner can use the tables.
    """
    if not _make_groups(connection):
        return False
    _let_owner_give_groups(connection)
    statements = list(_statements(RULES))
    mark = _mark(statements)
    if has_rights(connection, mark):
        return True
    # In the lock order of a sender's transaction; otherwise the two could deadlock.
    for table in (*_SENT, *sorted(set(_tables(RULES)) - set(_SENT))):
        connection.execute(text(f"LOCK TABLE public.{table} IN ACCESS EXCLUSIVE MODE"))
    _clear(connection)
    for statement in statements:
        connection.execute(text(statement))
    connection.execute(text(f"COMMENT ON FUNCTION public.current_station() IS '{mark}'"))
    return True


def has_rights(connection: Connection, mark: str | None = None) -> bool:
    """Whether the rights with this fingerprint are installed.

    With None: whether the rights of any version of this program are installed.
    """
    found = connection.scalar(
        text("SELECT obj_description(to_regprocedure('public.current_station()')::oid, 'pg_proc')")
    )
    return found is not None if mark is None else found == mark


def _make_groups(connection: Connection) -> bool:
    known = set(
        connection.scalars(
            text("SELECT rolname FROM pg_roles WHERE rolname = ANY (:names)"),
            {"names": [group.value for group in Group]},
        )
    )
    missing = [group for group in Group if group.value not in known]
    may_create = connection.scalar(
        text("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    )
    if missing and not may_create:
        return False
    for group in missing:
        # Another database of this server may be initialised concurrently.
        connection.execute(
            text(
                f"DO $$ BEGIN CREATE ROLE {group.value} NOLOGIN;"
                " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )
        )
    return True


def _let_owner_give_groups(connection: Connection) -> None:
    """Allows the database owner to add logins to the groups, if a superuser runs this.

    Since PostgreSQL 16 this requires having created the group or holding it with ADMIN; CREATEROLE
    is not enough. Not needed on an earlier server or for an owner who is a superuser.
    """
    owner = connection.scalar(
        text(
            "SELECT quote_ident(owner.rolname) FROM pg_database"
            " JOIN pg_roles AS owner ON owner.oid = datdba"
            " WHERE datname = current_database() AND NOT owner.rolsuper"
            " AND current_setting('server_version_num')::integer >= 160000"
            " AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        )
    )
    if owner is not None:
        rights = "ADMIN TRUE, INHERIT FALSE, SET FALSE"
        connection.execute(text(f"GRANT {_names(Group)} TO {owner} WITH {rights}"))


def _clear(connection: Connection) -> None:
    """Revokes the rights granted by an earlier version of the program."""
    policies = connection.execute(
        text(
            "SELECT policyname, tablename FROM pg_policies"
            " WHERE schemaname = 'public' AND policyname LIKE 'rule\\_%'"
        )
    ).all()
    for policy, table in policies:
        connection.execute(text(f"DROP POLICY {policy} ON public.{table}"))
    for name in _tables(RULES):
        connection.execute(text(f"REVOKE ALL ON public.{name} FROM {_names(Group)}, PUBLIC"))


def _statements(rules: Iterable[Rule]) -> Iterator[str]:
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield (
        "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC',"
        " current_database()); END $$"
    )
    yield f"GRANT USAGE ON SCHEMA public TO {_names(Group)}"
    yield f"GRANT SELECT ON public.alembic_version TO {_names(Group)}"
    rules = tuple(rules)
    for table in _tables(rules):
        yield f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY"
    # Policies of a partitioned table do not apply to direct access to its partitions. Only the
    # owner may access these directly.
    yield (
        "DO $$ DECLARE part regclass; BEGIN FOR part IN SELECT inhrelid::regclass FROM pg_inherits"
        " JOIN pg_class ON pg_class.oid = inhrelid AND relkind = 'r' LOOP"
        " EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part); END LOOP; END $$"
    )
    yield f"GRANT EXECUTE ON FUNCTION public.make_month(text) TO {Group.WORKER.value}"
    yield (
        "GRANT EXECUTE ON FUNCTION public.end_terms(text, timestamptz, integer)"
        f" TO {Group.WORKER.value}"
    )
    yield f"GRANT EXECUTE ON FUNCTION public.forget_changes(timestamptz) TO {Group.WORKER.value}"
    yield (
        "GRANT EXECUTE ON FUNCTION public.end_planned(timestamptz, integer)"
        f" TO {Group.WORKER.value}"
    )
    for function in (
        "feed_history(text, text[], text[])",
        "feed_history_recent(text, integer)",
        "tell_standings(jsonb)",
        "claim_telephone(text, uuid, text, uuid, text, text, boolean, integer,"
        " timestamptz, timestamptz)",
        "end_call_claim(text, uuid)",
        "current_station_reviews()",
    ):
        yield f"GRANT EXECUTE ON FUNCTION public.{function} TO {Group.WORKPLACE.value}"
    # Operators find a record of any workplace by the caller's details (9.11).
    for function in (
        "find_calls(jsonb, integer)",
        "find_messages(jsonb, integer)",
        "find_message_events(text[])",
    ):
        yield f"GRANT EXECUTE ON FUNCTION public.{function} TO {_names(SEARCHERS)}"
    for number, rule in enumerate(rules, 1):
        table, names = rule.table.name, _names(rule.groups)
        columns = "" if rule.columns is None else f" ({', '.join(rule.columns)})"
        yield f"GRANT {rule.command}{columns} ON public.{table} TO {names}"
        using = f" USING ({rule.rows})" if rule.command != "INSERT" else ""
        check = f" WITH CHECK ({rule.rows})" if rule.command in _WRITES else ""
        yield (
            f"CREATE POLICY rule_{number:02} ON public.{table} FOR {rule.command}"
            f" TO {names}{using}{check}"
        )


def _mark(statements: Iterable[str]) -> str:
    # A new schema may have recreated a table under its old name, without rights.
    words = "\n".join((migrations.newest(migrations.CENTRAL), *statements))
    return f"rights {hashlib.sha256(words.encode()).hexdigest()}"


def _tables(rules: Iterable[Rule]) -> list[str]:
    return sorted({rule.table.name for rule in rules})


def _names(groups: Iterable[Group]) -> str:
    return ", ".join(group.value for group in groups)
