"""The audit of a workplace: written with the audited change, append-only, and verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Executable, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from sync.records.replicated_tables import audit
from sync.records.table_rules import Entity
from sync.records.workplace_tables import station
from sync.register.audit import Audited, AuditKind, BreakCode, ChainBreak, ChainReport
from sync.register.calls import calls
from sync.register.people.operators import Role
from sync.store.local import audit as audit_store
from sync.store.local.accounts import CentralAccount
from sync.store.local.engine import writing_engine
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call, registered_message

Spoil = Callable[[Connection], None]

WAIT_S = 10.0
READ = Audited(AuditKind.LOOKED_UP, OPERATOR.id, detail="phone", count=2)
PASSWORD = "correct horse"


def saved(store: RegisterStore, index: int = 1) -> None:
    card = store.open_card(new_call(index), OPERATOR).result(WAIT_S)
    store.close(closed(filled(card))).result(WAIT_S)


def kinds(store: RegisterStore) -> list[str]:
    query = select(audit.c.kind).order_by(audit.c.row)
    return list(store.read(lambda connection: connection.scalars(query).all()))


def report(store: RegisterStore) -> ChainReport:
    (told,) = store.read(audit_store.check_audit)
    return told


def test_every_change_is_told_with_what_it_changed(store: RegisterStore) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    record = registered_message(card, uuid7())
    linked = calls.link_message(filled(card), record.id, record.text)
    message, card = store.register_message(record, linked).result(WAIT_S)
    card = store.close(closed(card)).result(WAIT_S)
    store.close(replace(card, content="иначе")).result(WAIT_S)
    store.save_message(replace(message, phone="+79005550199")).result(WAIT_S)
    founder = store.create_first_operator(
        name="Проба", login="first", password=PASSWORD, role=Role.SUPERVISOR
    ).result(WAIT_S)
    store.change_password("first", PASSWORD, "other words", card.arrived_at).result(WAIT_S)
    store.note(READ).result(WAIT_S)
    assert kinds(store) == [
        AuditKind.MESSAGE_STEPS,
        AuditKind.CALL_CLOSED,
        AuditKind.CALL_CHANGED,
        AuditKind.MESSAGE_CHANGED,
        AuditKind.OPERATOR_ADDED,
        AuditKind.SIGNED_IN,
        AuditKind.SIGNED_IN,  # a change of the password requires the former one
        AuditKind.PASSWORD_CHANGED,
        AuditKind.LOOKED_UP,
    ]
    rows = store.read(lambda connection: connection.execute(select(audit)).all())
    assert rows[0].detail.split()[:2] == ["submit", "state_publicity"]
    assert (rows[0].subject_id, rows[1].subject_id) == (message.id, card.id)
    assert (rows[4].subject_id, rows[4].by_id) == (founder.id, founder.id)
    assert report(store).broken is None
    # A draft is audited only when it is closed.
    assert len(rows) == 9


def test_who_comes_in_and_who_is_refused_is_told_without_what_was_typed(
    store: RegisterStore,
) -> None:
    person = store.create_first_operator(
        name="Проба", login="first", password=PASSWORD, role=Role.OPERATOR
    ).result(WAIT_S)
    at = RANG_AT
    for login, password in (
        ("first", PASSWORD), ("first", "wrong one"), ("secret typed here", "wrong one"),
        ("first", "wrong one"), ("first", "wrong one"), ("first", PASSWORD),
    ):  # fmt: skip
        store.sign_in(login, password, at).result(WAIT_S)
    later = at + timedelta(seconds=10)
    assert store.sign_in("first", PASSWORD, later).result(WAIT_S) == person
    out = CentralAccount(person, is_disabled=True)
    store.accounts.remember(person, PASSWORD, later + timedelta(days=1)).result(WAIT_S)
    for account in (out, out, replace(out, is_disabled=False)):
        store.accounts.hear([account], later).result(WAIT_S)
    store.accounts.refused("first", "wrong one", later).result(WAIT_S)
    store.accounts.tell_centre_away("first").result(WAIT_S)
    store.note(READ).result(WAIT_S)  # the writer processes its queue in order
    rows = store.read(
        lambda connection: connection.execute(
            select(audit.c.kind, audit.c.detail, audit.c.by_id, audit.c.subject_id)
            .order_by(audit.c.row)
            .where(audit.c.kind.not_in([AuditKind.OPERATOR_ADDED, AuditKind.LOOKED_UP]))
        ).all()
    )
    came, refused, him = AuditKind.SIGNED_IN, AuditKind.SIGN_IN_REFUSED, person.id
    assert [tuple(row) for row in rows] == [
        (came, "store", him, him),
        (came, "store", him, him),
        (refused, "wrong store", None, him),
        (refused, "wrong store", None, None),
        (refused, "wrong store", None, him),
        (refused, "wrong store", None, him),
        (refused, "too_soon store", None, him),
        (came, "store", him, him),
        (came, "centre", him, him),
        (AuditKind.SHUT_OUT, "", None, him),
        (AuditKind.LET_IN, "", None, him),
        (refused, "wrong centre", None, him),
        (refused, "centre_away store", None, him),
    ]
    whole = str(store.read(lambda connection: connection.execute(select(audit)).all()))
    assert "secret" not in whole
    assert "wrong one" not in whole
    assert PASSWORD not in whole
    assert report(store).broken is None


def test_a_change_that_fails_leaves_no_row_and_no_gap(store: RegisterStore) -> None:
    saved(store, 1)

    def fails(connection: Connection) -> None:
        store.audit.add(connection, READ)
        raise LookupError

    with pytest.raises(LookupError):
        store.write(fails).result(WAIT_S)
    saved(store, 2)
    assert (report(store).rows, report(store).broken) == (2, None)


def test_it_goes_to_the_outbox_once_behind_the_records(store: RegisterStore) -> None:
    saved(store, 1)
    store.note(READ).result(WAIT_S)
    assert [row.entity for row in store.outbox_waiting(10)] == [Entity.CALL]
    assert [store.queue_audit(1).result(WAIT_S) for _ in range(3)] == [1, 1, 0]
    rows = store.outbox_waiting(10)
    assert [row.entity for row in rows] == [Entity.CALL, Entity.AUDIT, Entity.AUDIT]
    assert store.outbox_status().waiting == 1
    # No content: only kinds, codes and identifiers.
    assert not {"phone", "name", "content"} & set(rows[1].payload)
    assert "+7" not in str(rows[1].payload) + str(rows[2].payload)


@pytest.mark.parametrize("change", [update(audit).values(detail=""), delete(audit)])
def test_the_database_itself_refuses_to_change_it(store: RegisterStore, change: Executable) -> None:
    saved(store)
    with pytest.raises(DBAPIError, match="only added"):
        store.write(lambda connection: connection.execute(change)).result(WAIT_S)
    assert report(store).rows == 1


@contextmanager
def by_hand(path: Path, key: StoreKey) -> Iterator[Connection]:
    """Opens the store as an attacker with its key, who removes the triggers first."""
    engine = writing_engine(path, key)
    with engine.begin() as connection:
        for change in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_no_{change}"))
        yield connection
    engine.dispose()


def forge(connection: Connection) -> None:
    connection.execute(update(audit).where(audit.c.seq == 3).values(by_id=uuid7()))


def delete_middle(connection: Connection) -> None:
    connection.execute(delete(audit).where(audit.c.seq == 3))


def cut_tail(connection: Connection) -> None:
    connection.execute(delete(audit).where(audit.c.seq > 3))


def swap(connection: Connection) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        connection.execute(update(audit).where(audit.c.seq == old).values(seq=new))


def empty(connection: Connection) -> None:
    connection.execute(delete(audit))


@pytest.mark.parametrize(
    ("spoil", "code", "seq"),
    [
        (forge, BreakCode.ALTERED, 3),
        (delete_middle, BreakCode.MISSING, 4),
        (cut_tail, BreakCode.CUT, 3),
        (swap, BreakCode.ALTERED, 3),
        (empty, BreakCode.CUT, 0),
    ],
)
def test_what_is_altered_in_the_file_is_found(
    store: RegisterStore, path: Path, key: StoreKey, spoil: Spoil, code: BreakCode, seq: int
) -> None:
    for index in range(5):
        saved(store, index)
    with by_hand(path, key) as connection:
        spoil(connection)
    assert report(store).broken == ChainBreak(code, seq)


def test_a_chain_made_anew_is_found_by_anchors(
    store: RegisterStore, path: Path, key: StoreKey
) -> None:
    for index in range(4):
        saved(store, index)
    anchor = report(store).head
    assert anchor is not None
    with by_hand(path, key) as connection:
        rows = [audit_store.audit_of(row) for row in connection.execute(select(audit)).mappings()]
        connection.execute(delete(audit))
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = 'audit'"))
        for row in rows:
            audited = replace(row.audited, by_id=None, source="command")
            store.audit.add(connection, audited)
    assert report(store).broken is None
    (told,) = store.read(lambda connection: audit_store.check_audit(connection, [anchor]))
    assert told.broken == ChainBreak(BreakCode.REWRITTEN, 4)


def test_a_store_that_is_enrolled_anew_begins_another_chain(store: RegisterStore) -> None:
    saved(store, 1)
    other = uuid7()
    store.write(
        lambda connection: connection.execute(update(station).values(install_id=other))
    ).result(WAIT_S)
    saved(store, 2)
    saved(store, 3)
    first, second = store.read(audit_store.check_audit)
    assert (first.rows, first.broken) == (1, None)
    assert (second.chain, second.rows, second.broken) == (other, 2, None)


def test_a_row_that_stands_between_breaks_the_unique_place(store: RegisterStore) -> None:
    saved(store)
    row = store.read(lambda connection: connection.execute(select(audit)).mappings().one())
    twin = {**row, "id": uuid7(), "row": None}
    with pytest.raises(DBAPIError, match="UNIQUE"):
        store.write(lambda connection: connection.execute(insert(audit).values(twin))).result(
            WAIT_S
        )
