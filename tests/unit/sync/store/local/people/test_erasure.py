"""Personal data is erased from every place of the store, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, Delete, Update, delete, select, text, update
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from sync.records.message_event_codec import event_row
from sync.records.replicated_tables import audit, call_record, message_event
from sync.records.table_rules import Entity, metadata
from sync.records.workplace_message_tables import erasure
from sync.records.workplace_tables import outbox
from sync.register.audit import AuditKind
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult
from sync.register.handling.events import Event, Step, person
from sync.register.handling.step_facts import Official, Routed
from sync.register.messages import State, edit, message_without_call
from sync.register.people.name_reading import split_name
from sync.register.people.persons import (
    DataCategory,
    FoundRecord,
    Left,
    PersonQuery,
    RecordKind,
)
from sync.register.people.values import Absence, PersonName
from sync.store.local.audit import check_audit
from sync.store.local.erased_records import WORDS_OF_FACTS, Cause, erased_facts
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.people import erasure as erasing
from sync.store.local.people.erasure import Erasing
from sync.store.local.people.persons import LocalPersons
from sync.store.local.people.retention import Terms, TermsPassed, end_terms
from sync.store.local.register import RegisterStore
from tests.fakes.persons import (
    EMAIL,
    NAME,
    PHONE,
    QUEUE,
    WORD,
    save_call,
    save_met,
    save_refused,
    submitted,
)
from tests.fakes.records import OPERATOR, RANG_AT, new_call
from tests.fakes.store_template import StoreTemplate
from tests.unit.sync.store.local.messages.test_handling import FACTS

WAIT_S = 10.0
ACT = UUID(int=77)
PERSON = PersonQuery(phone=PHONE)
BY = person(OPERATOR)


@pytest.fixture
def store(path: Path, store_template: StoreTemplate) -> Iterator[RegisterStore]:
    """A store whose clock is just after the person's call."""
    opened = store_template.open_copy(
        path, home_area_code="87999", clock=lambda: RANG_AT + timedelta(minutes=5)
    )
    yield opened
    assert opened.close_store()


def everything(store: RegisterStore) -> str:
    """Contents of all tables as text."""
    with_rows = [table for table in metadata.sorted_tables]
    return store.read(
        lambda connection: "\n".join(
            f"{table.name} {tuple(row)}"
            for table in with_rows
            for row in connection.execute(select(table))
        )
    )


def erase(store: RegisterStore, query: PersonQuery = PERSON) -> tuple[FoundRecord, ...]:
    def work(connection: Connection) -> tuple[FoundRecord, ...]:
        found = erasing.find_person(connection, query)
        erasing.erase(connection, found, Erasing(Cause.REQUEST, RANG_AT, ACT))
        return found

    return store.write(work).result(WAIT_S)


def changed(store: RegisterStore, change: Update | Delete) -> None:
    store.write(lambda connection: connection.execute(change).rowcount).result(WAIT_S)


def test_nothing_of_the_person_is_left_and_the_numbers_are(store: RegisterStore) -> None:
    call, message = save_call(store, 1), save_refused(store, 2)
    other = save_call(store, 3, name=PersonName("Иная", "Иная", ""))
    assert everything(store).count(WORD) > 20
    before = MessageHandling(store).handled(message.id)
    query = PersonQuery(PHONE, EMAIL, NAME)
    found = erase(store, query)
    assert {one.left for one in found if one.id == other.id} == {Left.OTHER_NAME}
    (of_message,) = [one for one in found if one.kind is RecordKind.MESSAGE]
    assert set(of_message.categories) == set(DataCategory) - {
        DataCategory.TALK,
        DataCategory.PHOTO,
        DataCategory.NOTE,
        DataCategory.ROUTE,
        DataCategory.SHEET_NOTE,
        DataCategory.TYPED,
    }
    left = everything(store)
    # Only the other person's own call, with the same phone number and text, is left.
    assert {line.split()[0] for line in left.splitlines() if WORD in line} == {
        "call_record",
        "outbox",
    }
    kept = store.call(call.id)
    assert kept is not None
    assert (kept.number, kept.result, kept.category) == (call.number, call.result, call.category)
    assert (kept.phone, kept.name, kept.email) == (Absence.ERASED,) * 3
    assert (kept.content, kept.caller_number_raw, kept.revision) == ("", "", call.revision)
    after = MessageHandling(store).handled(message.id)
    assert before is not None
    assert after is not None
    assert after.standing.state is before.standing.state is State.REFUSED
    assert [event.step for event in after.history.events] == [
        event.step for event in before.history.events
    ]
    assert after.standing.submitted_at == before.standing.submitted_at
    assert store.call(other.id) == other
    assert [one.id for one in erase(store, query)] == [other.id]
    store.check()


def test_route_way_and_whom_it_concerns_lose_their_words_and_keep_their_codes(
    store: RegisterStore,
) -> None:
    call, met = save_call(store, 1), save_met(store)
    columns = ("concerned", "transferred_by", "diverted_from", "queue", "way")

    def kept(id: UUID) -> tuple[object, ...]:
        wanted = select(*(call_record.c[name] for name in columns)).where(call_record.c.id == id)
        return tuple(store.read(lambda connection: connection.execute(wanted).one()))

    def waiting(id: UUID) -> tuple[object, ...]:
        (payload,) = (row.payload for row in store.outbox_waiting(10) if row.entity_id == id)
        return tuple(payload[name] for name in columns)

    before = (f"{WORD}, мать", f"{WORD} 112", f"{WORD} 01", QUEUE, None)
    assert kept(call.id) == waiting(call.id) == before
    assert kept(met.id) == waiting(met.id) == (f"{WORD}, мать", None, None, None, "walk_in")

    LocalPersons(store).erase(PERSON, ACT, RANG_AT, lambda _found: None)

    assert kept(call.id) == waiting(call.id) == ("", "", "", QUEUE, None)
    assert kept(met.id) == waiting(met.id) == ("", None, None, None, "walk_in")
    assert WORD not in everything(store)


def test_what_waits_for_the_centre_goes_without_the_words(store: RegisterStore) -> None:
    call = save_call(store, 1)
    erase(store)
    (row,) = store.outbox_waiting(10)
    assert (row.payload["number"], row.rev) == (str(call.number), call.revision)
    assert (row.payload["phone"], row.payload["phone_absence"]) == (None, "erased")
    assert (row.payload["content"], row.payload["result"]) == ("", call.result)


def test_an_open_message_stays_and_is_told(store: RegisterStore) -> None:
    record = submitted(store, 1)
    found = erase(store)
    assert [(one.id, one.left) for one in found if one.kind is RecordKind.MESSAGE] == [
        (record.id, Left.OPEN)
    ]
    assert store.message(record.id) == record


def test_a_message_without_a_call_that_is_being_typed_is_found_and_told(
    store: RegisterStore,
) -> None:
    typed = edit(
        message_without_call(uuid7(), RANG_AT, OPERATOR), text=f"{WORD} просит", phone=PHONE
    )
    store.save_message(typed).result(WAIT_S)

    found = erase(store)

    assert [(one.kind, one.id, one.left) for one in found] == [
        (RecordKind.MESSAGE, typed.id, Left.OPEN)
    ]
    (copy,) = LocalPersons(store).copy(PERSON, ACT, RANG_AT)
    assert copy.values["text"] == f"{WORD} просит"
    store.drop_message(typed.id).result(WAIT_S)
    assert WORD not in everything(store)


def test_what_was_erased_is_not_written_over(store: RegisterStore) -> None:
    call, message = save_call(store, 1), save_refused(store, 2)
    erase(store)
    assert store.close(call).result(WAIT_S).phone is Absence.ERASED
    assert store.save_message(message).result(WAIT_S).phone is Absence.ERASED
    assert WORD not in everything(store)


@pytest.mark.parametrize(
    "query",
    [
        PersonQuery(phone=PHONE),
        PersonQuery(email=EMAIL.upper()),
        PersonQuery(name=split_name(f"{WORD.lower()}в проба")),
        PersonQuery(PHONE, None, split_name(f"{WORD}в Проба")),
    ],
)
def test_a_person_is_found_by_what_he_told(store: RegisterStore, query: PersonQuery) -> None:
    save_call(store, 1)
    assert [one.left for one in store.read(lambda c: erasing.find_person(c, query))] == [None]


def test_events_change_only_behind_a_written_erasure(store: RegisterStore) -> None:
    record = save_refused(store, 1)
    own = message_event.c.message_id == record.id
    for change in (
        update(message_event).where(own).values(facts={"kind": "nothing"}),
        delete(message_event).where(own),
    ):
        with pytest.raises(DBAPIError, match="only added"):
            changed(store, change)
    erase(store)
    step = message_event.c.step == Step.REFUSE.value
    for values in (
        {"step": "register"},
        {"by_name": "Другая"},
        {"facts": {"kind": "explained", "text": "новые слова " * 20}},
    ):
        change = update(message_event).where(own, step).values(values)
        with pytest.raises(DBAPIError, match="only added"):
            changed(store, change)
    for undone in (delete(erasure), update(erasure).values(act_id=uuid7())):
        with pytest.raises(DBAPIError, match="not undone"):
            changed(store, undone)


def test_every_kind_of_facts_loses_its_words_and_no_code() -> None:
    for told in FACTS:
        row = event_row(Event(UUID(int=1), UUID(int=2), Step.CORRECT, RANG_AT, BY, told), 1)
        left = erased_facts(row["facts"])
        assert not words_in(left), told
        assert erased_facts(left) == left
        assert left["kind"] == row["facts"]["kind"]


def test_who_of_the_body_was_told_stays() -> None:
    """An official is accountable by 12.3; the name is public in the directory."""
    official = Official("Проба П. П., начальник", RANG_AT.date())
    told = Routed("roads", None, "Сказано лишнее", official)
    row = event_row(Event(UUID(int=1), UUID(int=2), Step.SEND_TO_ORGAN, RANG_AT, BY, told), 1)
    left = erased_facts(row["facts"])
    assert (left["reason"], left["official"]) == ("", row["facts"]["official"])


def words_in(facts: object) -> list[str]:
    match facts:
        case {"full_name": str(), "told_on": str()}:
            return []  # an official of a body, not the author
        case dict():
            own = [v for k, v in facts.items() if k in WORDS_OF_FACTS and isinstance(v, str) and v]
            return own + [word for value in facts.values() for word in words_in(value)]
        case list():
            return [word for part in facts for word in words_in(part)]
        case str() if any("а" <= letter.lower() <= "я" for letter in facts):
            return [facts]  # a word of a person in a place that is not known for words
        case _:
            return []


# --- terms ------------------------------------------------------------------------------------

LATER = RANG_AT + timedelta(days=100)
SYNCED = Terms(synced_days=90)


def confirm(
    store: RegisterStore, state: str = "confirmed", of: tuple[Entity, ...] = tuple(Entity)
) -> None:
    names = [entity.value for entity in of]
    change = update(outbox).values(state=state, sent_at=RANG_AT).where(outbox.c.entity.in_(names))
    store.write(lambda connection: connection.execute(change).rowcount).result(WAIT_S)


def test_only_what_the_centre_has_for_good_is_taken_away(store: RegisterStore) -> None:
    save_call(store, 1)
    message = save_refused(store, 2)
    told_of(store)
    nothing = TermsPassed(0, 0)
    for state in ("new", "sent", "poison"):
        confirm(store, state)
        assert end_terms(store, SYNCED, LATER, has_central=True) == nothing
    confirm(store)
    confirm(store, "sent", (Entity.MESSAGE_EVENT,))
    assert end_terms(store, SYNCED, LATER, has_central=True) == TermsPassed(2, 0)
    confirm(store)
    assert end_terms(store, SYNCED, RANG_AT + timedelta(days=89), has_central=True) == nothing
    assert end_terms(store, SYNCED, LATER, has_central=True) == TermsPassed(0, 1)
    assert end_terms(store, SYNCED, LATER, has_central=True) == nothing
    kept = store.message(message.id)
    assert kept is not None
    assert (kept.number, kept.text, kept.phone) == (message.number, "", Absence.ERASED)
    # Notices and files are nowhere else; nothing else has the words.
    lines = [line.split()[0] for line in everything(store).splitlines() if WORD in line]
    assert set(lines) == {"notice", "answer_file"}
    kinds = store.read(lambda connection: connection.scalars(select(audit.c.kind)).all())
    assert kinds.count(AuditKind.TERM_PASSED) == 2
    (chain,) = store.read(check_audit)
    assert chain.broken is None


def told_of(store: RegisterStore) -> None:
    """Marks every notification as sent."""
    store.write(
        lambda connection: connection.execute(text("UPDATE notice SET state = 'sent'")).rowcount
    ).result(WAIT_S)


@pytest.mark.parametrize(
    "query",
    [
        PersonQuery(phone=PHONE),
        PersonQuery(email=EMAIL.upper()),
        PersonQuery(name=split_name(f"{WORD}")),
        PersonQuery(PHONE, None, split_name(f"{WORD} Проба")),
    ],
)
def test_what_outlives_the_term_of_its_message_is_found_and_goes_with_a_request(
    store: RegisterStore, query: PersonQuery
) -> None:
    message = save_refused(store, 1)
    told_of(store)
    terms = Terms(calls_days=90, messages_days=90)
    assert end_terms(store, terms, LATER, has_central=False) == TermsPassed(1, 1)
    assert WORD in everything(store), "photos, files and notices stay"
    persons = LocalPersons(store)
    stranger = PersonQuery(PHONE, None, split_name("Иная Иная"))
    assert [one.left for one in persons.find(stranger)] == [Left.OTHER_NAME]
    (found,) = persons.find(query)
    assert (found.id, found.left) == (message.id, None)
    assert set(found.categories) == {DataCategory.ANSWER_FILE, DataCategory.NOTICE}
    (copy,) = persons.copy(query, ACT, LATER)
    assert [one["text"] for one in copy.parts["notices"]] == [WORD]
    assert [content for _name, content in copy.files] == [WORD.encode()]

    persons.erase(query, ACT, LATER, lambda _found: None)

    assert WORD not in everything(store)
    own = select(erasure.c.cause, erasure.c.act_id).where(erasure.c.entity_id == message.id)
    assert store.read(lambda c: c.execute(own).all()) == [("request", ACT)]
    assert persons.find(query) == ()
    for undone in ({"cause": "term", "act_id": None}, {"act_id": uuid7()}):
        with pytest.raises(DBAPIError, match="not undone"):
            changed(store, update(erasure).values(**undone))


def test_without_the_look_at_the_outbox_unsent_records_would_go(store: RegisterStore) -> None:
    """Counter-test: the same store without a central database."""
    save_call(store, 1)
    assert end_terms(store, SYNCED, LATER, has_central=True) == TermsPassed(0, 0)
    assert end_terms(store, Terms(calls_days=90), LATER, has_central=False) == TermsPassed(1, 0)


def test_what_is_not_over_and_what_has_no_term_stays(store: RegisterStore) -> None:
    record = submitted(store, 1)
    terms = Terms(calls_days=90, messages_days=90)
    # The message is still open, and its call belongs to it.
    assert end_terms(store, terms, LATER, has_central=False) == TermsPassed(0, 0)
    assert end_terms(store, Terms(), LATER, has_central=False) == TermsPassed(0, 0)
    assert store.message(record.id) == record
    assert MessageHandling(store).take(record.id, Step.TAKE_UP, BY).result(WAIT_S)
    for index in range(250):
        save_call(store, 10 + index)
    # More than one transaction's worth.
    assert end_terms(store, terms, LATER, has_central=False) == TermsPassed(250, 0)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("8 900 555-01-01, звонить вечером", True),
        ("8 900 555-01-0", True),
        ("+7900555010", True),
        ("8 900 555", False),
        ("8 900 555-01-02", False),
    ],
)
def test_a_telephone_that_is_still_being_typed_is_found_in_its_drafts(
    store: RegisterStore, typed: str, is_found: bool
) -> None:
    """The form was left in the middle of the number: no reading has made one of it."""
    draft = edit(message_without_call(uuid7(), RANG_AT, OPERATOR), text="Яма", phone=typed)
    store.save_message(draft).result(WAIT_S)
    card = store.open_card(replace(new_call(1), caller_number=""), OPERATOR).result(WAIT_S)
    store.save_draft(calls.edit(card, phone=typed)).result(WAIT_S)
    found = store.read(lambda connection: erasing.find_person(connection, PERSON))

    told = {(one.kind, one.id, one.left) for one in found}
    both = {(RecordKind.CALL, card.id, Left.OPEN), (RecordKind.MESSAGE, draft.id, Left.OPEN)}
    assert told == (both if is_found else set())


def test_a_whole_number_with_words_beside_it_is_erased_and_a_half_one_is_nobodys(
    store: RegisterStore,
) -> None:
    ids = []
    for index, typed in enumerate(("8 900 555-01-01 дочь", "8 900 555-01-0"), 1):
        card = store.open_card(replace(new_call(index), caller_number=""), OPERATOR).result(WAIT_S)
        talked = calls.ended(calls.answered(card, RANG_AT), RANG_AT, "far_end", None)
        talked = calls.edit(talked, phone=typed, content="Справка", result=CallResult.ANSWERED)
        closed = calls.close(talked, RANG_AT, OPERATOR)
        assert isinstance(closed, CallRecord)
        ids.append(store.close(closed).result(WAIT_S).id)
    (found,) = store.read(lambda connection: erasing.find_person(connection, PERSON))
    assert (found.id, found.left) == (ids[0], None)
