"""Screen reader announcements: events that are announced, and those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.milestones import Milestones
from console.features.call_backs.presenter import CallBackState
from console.features.review.queue import QueueState
from console.shell.announcements import LAST_SECONDS, Announcement, AnnouncementsPresenter
from sync.register.incidents import IncidentAct, IncidentEvent, IncidentStep
from sync.register.people.operator_states import StateRules
from telephony.events import CallHeld, Side
from tests.fakes.console_fakes import SUPERVISOR, Clock, Told
from tests.fakes.console_phone import Call
from tests.fakes.faked_desk import FakedDesk

pytestmark = pytest.mark.usefixtures("russian")


class Listener:
    """A workspace, and all its announcements."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock, folder: Path) -> None:
        self.clock = clock
        self.desk = FakedDesk(owner, milestones, clock, folder)
        self.presenters = self.desk.presenters
        self.presenter = AnnouncementsPresenter(
            self.presenters.call_bar,
            self.presenters.operator_state,
            self.presenters.journal,
            self.presenters.reviews.queue,
            self.presenters.call_backs,
            self.presenters.incidents,
            parent=owner,
        )
        self.told = Told(self.presenter.said)

    def hear(self, *events: object) -> list[Announcement]:
        """Announcements caused by these phone events."""
        self.told.values.clear()
        for event in events:
            self.desk.operator_state.receive_phone(event)  # type: ignore[arg-type]
            self.desk.desk.receive(event)  # type: ignore[arg-type]
        return list(self.told.values)

    def after(self, seconds: int) -> list[Announcement]:
        """Announcements at the tick after this number of seconds."""
        self.told.values.clear()
        self.clock.now += timedelta(seconds=seconds)
        self.presenters.call_bar.refresh()
        return list(self.told.values)


@pytest.fixture
def listener(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> Iterator[Listener]:
    made = Listener(owner, milestones, clock, tmp_path)
    yield made
    made.desk.entries.close()


def test_a_ring_interrupts_and_names_the_number(listener: Listener) -> None:
    (said,) = listener.hear(Call().ringing())

    assert said.is_urgent
    assert "900" in said.text
    assert said.text.startswith("звонит: ")


def test_a_call_that_is_answered_is_said_once(listener: Listener) -> None:
    call = Call()
    listener.hear(call.ringing())

    (said,) = listener.hear(call.answered())

    assert said.text.lower().startswith("разговор: ")
    assert not said.is_urgent
    assert listener.after(5) == []


def test_hold_is_said_and_again_after_one_and_two_minutes(listener: Listener) -> None:
    call = Call()
    listener.hear(call.ringing(), call.answered())
    (held,) = listener.hear(CallHeld(call.call_id, listener.clock.now, Side.NEAR))
    minute = listener.after(61)
    two = listener.after(60)

    assert "удержании" in held.text.lower()
    assert len({each.text for each in (held, *minute, *two)}) == 1 + len(minute) + len(two)
    assert minute
    assert two
    assert two[0].is_urgent
    assert listener.after(1) == []


def test_the_end_of_a_wrap_up_is_said_with_the_key_that_makes_it_longer(
    listener: Listener,
) -> None:
    listener.presenter.wrap_up_ends_soon()
    (said,) = listener.told.values

    assert str(LAST_SECONDS) in said.text


def test_the_end_of_a_wrap_up_waits_for_no_clock_that_was_set_back(listener: Listener) -> None:
    call = Call()
    listener.hear(call.ringing(), call.answered(), call.ended())
    listener.clock.now -= timedelta(days=30)
    state = listener.presenters.operator_state

    state.extend()

    whole_s = StateRules().wrap_up_s + StateRules().extension_s
    assert 0 < state.wrap_up_left_s <= whole_s


def test_what_waits_at_the_start_is_not_said_and_what_comes_is(listener: Listener) -> None:
    queue, row = listener.presenters.reviews.queue, object()
    for rows in ((row,), (row, row), (row,)):
        state = replace(QueueState(), rows=rows)  # type: ignore[arg-type]
        queue.changed.emit(state)
    listener.presenters.call_backs.changed.emit(CallBackState(waiting=1))
    listener.presenters.call_backs.changed.emit(CallBackState(waiting=3))

    assert [each.text for each in listener.told.values] == [
        "Сообщения на проверке: 2",
        "Перезвонить: 3",
    ]


def test_the_text_of_an_incident_is_said_when_it_comes_and_changes_and_when_it_is_over(
    listener: Listener,
) -> None:
    def lead(act: IncidentAct, text: str, based_on: int) -> list[str]:
        listener.told.values.clear()
        step = IncidentStep(act, UUID(int=7), "ул. Лесная", "", text, based_on)
        taken = listener.desk.incidents.take(step, SUPERVISOR).result()
        assert isinstance(taken, IncidentEvent)
        listener.presenters.incidents.reload()
        for _round in range(4):
            QCoreApplication.processEvents()
        assert all(not one.is_urgent for one in listener.told.values)
        return [one.text for one in listener.told.values]

    assert lead(IncidentAct.PROPOSED, "Чинят.", 0)[0].startswith("Предложен инцидент — ул. Лесная")
    assert lead(IncidentAct.DECLARED, "Чинят.", 1) == ["Инцидент: ул. Лесная. Чинят."]
    assert lead(IncidentAct.EDITED, "Утром.", 2) == ["Текст инцидента изменён: ул. Лесная. Утром."]
    assert lead(IncidentAct.ENDED, "", 3) == ["Инцидент завершён: ул. Лесная"]
