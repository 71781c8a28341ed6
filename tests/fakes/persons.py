"""A person with calls and a closed message, and a marker word in each field that may hold personal
data.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert
from uuid_utils.compat import uuid7

from sync.records.workplace_message_tables import platform_post
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult, CallRoute, RequestWay
from sync.register.checks.finding import Ground
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import Attachment
from sync.register.handling.events import Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.notices import Notice, RenderedNotice
from sync.register.handling.step_facts import NoFacts, RefusedOn
from sync.register.messages import MessageRecord, edit, message_from_call
from sync.register.people.values import PersonName
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.notices import NoticeOutbox, OutgoingNotice
from sync.store.local.messages.photos import AnswerFile, AnswerFiles
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call, registered_message

WAIT_S = 10.0
WORD = "Приметное"
"""Contained in each text that the person gave or others wrote about the person."""
PHONE = "+79005550101"
STRANGER = "+79005550166"
EMAIL = "primetnoe@test.invalid"
QUEUE = "roads"
NAME = PersonName(f"{WORD}в", "Проба", "Пробовна")


def save_call(
    store: RegisterStore, index: int, at: datetime = RANG_AT, name: PersonName = NAME
) -> CallRecord:
    """Saves a closed call of the person."""
    route = CallRoute(QUEUE, transferred_by=f"{WORD} 112", diverted_from=f"{WORD} 01")
    ringing = replace(new_call(index, at), caller_name=WORD, route=route)
    card = filled(store.open_card(ringing, OPERATOR).result(WAIT_S))
    card = calls.edit(
        card, content=f"{WORD} просит", name=name, email=EMAIL, concerned=f"{WORD}, мать"
    )
    return store.close(closed(card)).result(WAIT_S)


def save_forwarded(store: RegisterStore, index: int) -> CallRecord:
    """Saves a closed call of another caller that the person's telephone forwarded here."""
    route = CallRoute(QUEUE, "8 900 555-01-02", diverted_from=PHONE.removeprefix("+"))
    ringing = replace(new_call(index), caller_number=STRANGER, route=route)
    card = filled(store.open_card(ringing, OPERATOR).result(WAIT_S))
    card = calls.edit(card, content="Чужое", name=PersonName("Иная", "Иная", ""))
    return store.close(closed(card)).result(WAIT_S)


def save_met(store: RegisterStore) -> CallRecord:
    """Saves the person's closed request of the current time that was made without a call."""
    card = calls.edit(
        store.open_by_hand(RequestWay.WALK_IN, OPERATOR).result(WAIT_S),
        content=f"{WORD} просит",
        name=NAME,
        phone=PHONE,
        concerned=f"{WORD}, мать",
        result=CallResult.ANSWERED,
    )
    done = calls.close(card, card.created_at, OPERATOR)
    assert isinstance(done, CallRecord), done
    return store.close(done).result(WAIT_S)


def save_refused(store: RegisterStore, index: int, at: datetime = RANG_AT) -> MessageRecord:
    """Saves a refused message of the person: it is closed, and its events contain its text."""
    handling = MessageHandling(store)
    record = submitted(store, index, at)
    by = person(OPERATOR)
    refusal = RefusedOn(frozenset({Ground.NO_PLACE}), f"{WORD}, назовите дом.")
    steps = ((Step.TAKE_UP, NoFacts()), (Step.REFUSE, refusal))
    done = handling.take_all(record.id, steps, by).result(WAIT_S)
    assert isinstance(done, StepDone), done
    event = done.events[-1]
    AnswerFiles(store).keep(
        record.id, (AnswerFile(Attachment(f"{WORD}.pdf", FileFormat.PDF), WORD.encode()),), OPERATOR
    ).result(WAIT_S)
    words = RenderedNotice(WORD, WORD, WORD, WORD)
    made = OutgoingNotice(event.id, record.id, Notice.REFUSED, WORD, EMAIL, PHONE, words, RANG_AT)
    NoticeOutbox(store, uuid7, lambda: RANG_AT).add(made)

    def post(connection: Connection) -> None:
        values = {"message_id": record.id, "state": "closed", "answer_text": WORD}
        connection.execute(insert(platform_post).values(values))

    store.write(post).result(WAIT_S)
    kept = store.message(record.id)
    assert kept is not None
    return kept


def submitted(store: RegisterStore, index: int, at: datetime = RANG_AT) -> MessageRecord:
    """Submits a message of the person that awaits its review."""
    card = save_call(store, index, at)
    complete = registered_message(card, uuid7())
    begun = message_from_call(card, complete.id, at + timedelta(seconds=70), OPERATOR)
    draft = edit(
        begun,
        text=f"{WORD} на дороге",
        topic=complete.topic,
        category=complete.category,
        event_on=complete.event_on,
        event_time=complete.event_time,
        place=f"ул. {WORD}",
        publicity=complete.publicity,
        name=NAME,
        phone=PHONE,
        email=EMAIL,
    )
    done = MessageHandling(store).submit(draft, person(OPERATOR)).result(WAIT_S)
    assert isinstance(done, StepDone), done
    return done.handled.record
