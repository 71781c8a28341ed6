"""Edits of the directory under editors' own logins, over a real PostgreSQL."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg2
import pytest

from sync.errors import CentreUnwritten
from sync.exchange.claims import CentralEditing
from sync.exchange.feed import catch_up
from sync.records.feed_values import DocumentEntity, FeedItem
from sync.register.people.operators import Role
from sync.store.central.server_identity import Branch
from sync.store.central.shared_documents import (
    WRITERS_LOCK,
    DocumentEdit,
    DocumentsEdited,
    DocumentsOvertaken,
    SharedDocument,
    put_documents,
)
from tests.fakes.central_people import dsn_as, new_person
from tests.fakes.feed_target import HeldItems
from tests.integration.sync.exchange.test_feed import connected, entry

TODAY = date(2026, 11, 27)


def editing(centre: str, login: str, branch: Branch | None = None) -> CentralEditing:
    return CentralEditing(lambda: dsn_as(centre, login), lambda: branch)


def edited(outcome: DocumentsEdited | DocumentsOvertaken) -> FeedItem:
    assert isinstance(outcome, DocumentsEdited)
    (item,) = outcome.items
    return item


def test_of_two_editors_the_second_is_given_what_came_meanwhile(centre: str) -> None:
    anna = new_person(centre, "anna", Role.EDITOR)
    new_person(centre, "boris", Role.EDITOR)
    put_documents(centre, [entry("q-1"), entry("q-2")])
    target = HeldItems()
    with connected(centre) as central:
        catch_up(central, target)
        first, second = editing(centre, "anna"), editing(centre, "boris")
        item = edited(first.edit([DocumentEdit(entry("q-1", "Анна"), 1)]))
        assert (item.ver, item.by, item.by_id) == (2, anna.name, str(anna.id))

        late = DocumentEdit(entry("q-1", "Борис"), 1)
        other = DocumentEdit(entry("q-2", "Борис"), 1)
        outcome = second.edit([other, late])
        assert isinstance(outcome, DocumentsOvertaken)
        assert [(one.id, one.ver, one.by) for one in outcome.items] == [("q-1", 2, anna.name)]
        assert len(second.history(DocumentEntity.ENTRY, "q-2")) == 1, "all of it or nothing"

        # the reply to this edit was lost: its repetition is already applied
        assert edited(first.edit([DocumentEdit(entry("q-1", "Анна"), 1)])) == item
        closing = DocumentEdit(entry("q-1", "Анна", TODAY), 2, "close")
        assert edited(second.edit([closing])).closed_on == TODAY
        edited(second.edit([DocumentEdit(entry("q-1"), 3, "restore")]))
        versions = first.history(DocumentEntity.ENTRY, "q-1")
        assert [one.action for one in versions] == ["put", "put", "close", "restore"]
        assert catch_up(central, target).count == 1
        assert target.items["entry", "q-1"] == versions[-1]


def test_what_there_never_was_one_of_is_put_first_and_once(centre: str) -> None:
    new_person(centre, "anna", Role.SUPERVISOR)
    begun = [
        SharedDocument(DocumentEntity.SYNONYM, key, {"phrase": key, "meaning": "дорога"})
        for key in ("яма", "лужа")
    ]
    mine = editing(centre, "anna")
    closing = SharedDocument(DocumentEntity.SYNONYM, "яма", begun[0].document, TODAY)
    edited(mine.edit([DocumentEdit(closing, 0, "close")], begun))
    assert [one.ver for one in mine.history(DocumentEntity.SYNONYM, "лужа")] == [1]
    assert [one.closed_on for one in mine.history(DocumentEntity.SYNONYM, "яма")] == [TODAY]
    edited(mine.edit([DocumentEdit(begun[0], 1)], [*begun, SharedDocument(
        DocumentEntity.SYNONYM, "бугор", {"phrase": "бугор", "meaning": "дорога"})]))  # fmt: skip
    assert mine.history(DocumentEntity.SYNONYM, "бугор") == ()


def test_who_may_not_edit_and_a_centre_that_is_not_ours_are_told_apart(centre: str) -> None:
    new_person(centre, "anna", Role.EDITOR)
    new_person(centre, "petr", Role.OPERATOR)
    put_documents(centre, [entry("q-1")])
    edit = [DocumentEdit(entry("q-1", "Новое"), 1)]
    system = psycopg2.connect(centre)
    with system.cursor() as cursor:
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        (identifier,) = cursor.fetchone() or ("",)
    system.close()
    away = CentralEditing(lambda: dsn_as(f"{centre} port=1", "anna"), lambda: None)
    topic = SharedDocument(DocumentEntity.ENTRY, "t", {"id": "t", "kind": "topic"})
    for who, wanted, code in (
        (editing(centre, "petr"), edit, "refused"),
        (editing(centre, "anna"), [DocumentEdit(topic, 0)], "refused"),
        (CentralEditing(lambda: None, lambda: None), edit, "not_signed_in"),
        (editing(centre, "anna", Branch("other", 1)), edit, "other_centre"),
        (editing(centre, "anna", Branch(identifier, 9)), edit, "older_branch"),
        (away, edit, "unreachable"),
    ):
        with pytest.raises(CentreUnwritten) as told:
            who.edit(wanted)
        assert told.value.code == code
    assert len(editing(centre, "anna", Branch(identifier, 1)).history(
        DocumentEntity.ENTRY, "q-1")) == 1  # fmt: skip


def test_editors_wait_for_each_other_and_not_for_ever(centre: str) -> None:
    new_person(centre, "anna", Role.EDITOR)
    other = psycopg2.connect(centre)
    mine, done = editing(centre, "anna"), threading.Event()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS_LOCK,))

        def write() -> None:
            edited(mine.edit([DocumentEdit(entry("q-1"), 0)]))
            done.set()

        thread = threading.Thread(target=write)
        thread.start()
        assert not done.wait(0.3)
        other.rollback()
        assert done.wait(10.0)
        thread.join(10.0)
    finally:
        other.close()


EDITORS, WORDS_EACH = 5, 4


@pytest.mark.parametrize("looks_at_versions", [True, False])
def test_editors_at_once_lose_no_word_of_each_other(centre: str, looks_at_versions: bool) -> None:
    """Each adds words to one text; without the version check others' words are lost."""
    put_documents(centre, [entry("q-1", "")])
    barrier = threading.Barrier(EDITORS, timeout=20.0)

    def write(login: str) -> None:
        mine = editing(centre, login)
        for number in range(WORDS_EACH):
            barrier.wait()
            while True:
                seen = mine.history(DocumentEntity.ENTRY, "q-1")[-1]
                text = f"{(seen.document or {})['title']} {login}-{number}".strip()
                based_on = seen.ver if looks_at_versions else None
                edit = DocumentEdit(entry("q-1", text), based_on)
                if isinstance(mine.edit([edit]), DocumentsEdited):
                    break

    logins = [f"editor{number}" for number in range(EDITORS)]
    for login in logins:
        new_person(centre, login, Role.EDITOR)
    with ThreadPoolExecutor(EDITORS) as threads:
        for done in [threads.submit(write, login) for login in logins]:
            done.result(60.0)
    versions = editing(centre, logins[0]).history(DocumentEntity.ENTRY, "q-1")
    written = str((versions[-1].document or {})["title"]).split()
    wanted = {f"{login}-{number}" for login in logins for number in range(WORDS_EACH)}
    assert [one.ver for one in versions] == list(range(1, len(wanted) + 2))
    assert (set(written) == wanted) is looks_at_versions
    assert len(written) == len(set(written))
