"""A caller's history is in the caller's card from the first ring, and in no other card."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.caller_history import CallerHistoryPresenter
from console.shared.messages.classifier import Classifier
from sync.register.calls.calls import CallResult
from sync.register.messages import State
from sync.register.numbering import next_number
from sync.store.local.callers import FormerCall, KnownCaller, OpenMessage
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import Clock, HeldExecutor, InlineExecutor
from tests.fakes.console_phone import Call
from tests.fakes.led_card import Card

AT = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)  # the 25th in the city
KNOWN = KnownCaller(
    (
        FormerCall(next_number("2611", "0002", 7), AT, "roads", "roads-pits", "Яма", None),
        FormerCall(
            next_number("2611", "0001", 3), AT, None, None, "Когда вывоз?", CallResult.ANSWERED
        ),
    ),
    (
        OpenMessage(
            next_number("2611", "0002", 8), AT, "roads", "roads-pits", "Яма", State.AT_ORGAN, None
        ),
    ),
)


def test_the_card_of_a_known_caller_says_so_and_forgets_it_with_the_telephone(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    card = Card(owner, milestones, clock)
    readers = HeldExecutor()
    asked: list[tuple[str, UUID]] = []

    def read(phone: str, call_id: UUID) -> KnownCaller:
        asked.append((phone, call_id))
        return KNOWN if phone == "+79005550101" else KnownCaller()

    history = CallerHistoryPresenter(
        card.desk,
        lambda phone, call_id: readers.submit(read, phone, call_id),
        Deliveries(owner),
        Classifier(TOPICS, CATEGORIES),
        zone=CITY_ZONE,
        parent=owner,
    )
    history.found.connect(card.presenter.show_known)
    card.ring(Call())
    assert card.presenter.state.known == ""
    readers.run(0)
    QCoreApplication.processEvents()
    assert asked == [("+79005550101", card.record.id)]
    message = f"Сообщение № {KNOWN.messages[0].number}, у органа: Дороги › Ямы"
    state = card.presenter.state
    assert state.known == f"{message} · вызов 25.11.2026: Дороги › Ямы · ещё 1 прежний вызов"
    assert state.known_detail.split("\n") == [
        message,
        "Вызов 25.11.2026: Дороги › Ямы",
        "Вызов 25.11.2026: Когда вывоз? — ответил",
    ]

    # A result for a number that is no longer in the card is not shown.
    card.presenter.person.set_phone("+7 900 555-01-02")
    card.presenter.person.phone_left()
    card.presenter.person.set_phone("+7 900 555-01-01")
    card.presenter.person.toggle_phone()
    for job in readers.jobs[1:]:
        job()
    QCoreApplication.processEvents()
    assert card.presenter.state.phone_absent
    assert card.presenter.state.known == ""


def test_what_is_read_before_the_card_is_there_stands_in_it_as_soon_as_it_appears(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    """Applied later, it would cause a second layout of a visible card."""
    card = Card(owner, milestones, clock)
    history = CallerHistoryPresenter(
        card.desk,
        lambda _phone, _call_id: InlineExecutor().submit(lambda: KNOWN),
        Deliveries(owner),
        Classifier(TOPICS, CATEGORIES),
        zone=CITY_ZONE,
        parent=owner,
    )
    history.found.connect(card.presenter.show_known)
    shown: list[str] = []
    card.desk.changed.connect(lambda _state: shown.append(card.presenter.state.known[:9]))
    card.ring(Call())

    assert shown[-1:] == ["Сообщение"]
    assert set(shown[:-1]) <= {""}
