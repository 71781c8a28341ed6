"""A message without a call: input is saved, and restored for its author."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot
from uuid_utils.compat import uuid7

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.features.review.new_message import NewMessagePresenter, NewMessageState
from console.shared.session.desk import DeskPresenter
from sync.register.messages import MessageRecord, Publicity, State
from sync.register.people.operators import Operator
from sync.register.people.values import Absence, PersonName
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import AREA_CODE, OPERATOR, Clock, InlineExecutor, Told
from tests.fakes.console_phone import FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.handling import FakeHandling
from tests.fakes.led_desk import usual_desk
from tests.fakes.review_fakes import COLLEAGUE, KeptDrafts, settle

LIMIT_MS = 10_000  # the autosave delay is that of the card, which test_desk checks


class Form:
    """The form over a real register; another form over the same register is a restart."""

    def __init__(
        self, store: RegisterStore, owner: QObject, milestones: Milestones, clock: Clock
    ) -> None:
        self.store = store
        self.operator = OPERATOR
        self.desk: DeskPresenter = usual_desk(
            FakePhone(), store, Deliveries(owner), milestones, clock, owner
        )
        self.presenter = NewMessagePresenter(
            MessageHandling(store),
            store,
            self.desk,
            InlineExecutor(),
            Deliveries(owner),
            uuid7,
            operator=lambda: self.operator,
            area_code=AREA_CODE,
            clock=clock,
            parent=owner,
        )
        self.submitted = Told(self.presenter.submitted)
        self.told = Told(self.presenter.told)
        self.sit_down(OPERATOR)

    def sit_down(self, operator: Operator) -> None:
        self.operator = operator
        self.desk.set_operator(operator)
        self.presenter.greet()
        QCoreApplication.processEvents()

    @property
    def kept(self) -> tuple[MessageRecord, ...]:
        return self.store.messages_begun(OPERATOR.id)


@pytest.fixture
def form(store: RegisterStore, owner: QObject, milestones: Milestones, clock: Clock) -> Form:
    return Form(store, owner, milestones, clock)


def _typed(form: Form, **fields: str) -> None:
    for name, text in fields.items():
        form.presenter.set_field(name, text)


def _texts(form: Form) -> list[str]:
    return [one.text for one in form.kept]


def test_what_is_typed_is_on_the_disk_within_a_second(form: Form, qtbot: QtBot) -> None:
    _typed(form, text="Яма у дома")
    qtbot.waitUntil(lambda: _texts(form) == ["Яма у дома"], timeout=LIMIT_MS)
    _typed(form, text="Яма у дома 5", name="Проба Анна", phone="8 900 555-01-37", email="a@b")
    form.presenter.set_publicity(Publicity.PUBLIC.value)
    qtbot.waitUntil(lambda: _texts(form) == ["Яма у дома 5"], timeout=LIMIT_MS)

    (kept,) = form.kept
    assert (kept.state, kept.number, kept.call_id) == (State.DRAFT, None, None)
    assert (kept.name, kept.phone) == (PersonName("Проба", "Анна", ""), "+79005550137")
    assert (kept.email, kept.publicity) == ("a@b", Publicity.PUBLIC)
    assert form.store.outbox_status().waiting == 0
    # It is in no list of messages, and callers get no information about it.
    handling = MessageHandling(form.store)
    assert handling.in_states(frozenset(State) - {State.DRAFT}) == ()
    assert handling.by_phone("+79005550137") == ()


def test_the_next_start_has_the_form_as_it_was_and_says_so(
    form: Form, store: RegisterStore, owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    _typed(form, text="Яма у дома ", place="Садовая", name="анна петровна пробная", phone="8 900")
    form.presenter.keep()
    store.try_disk().result()

    again = Form(store, owner, milestones, clock)

    assert again.presenter.state == NewMessageState(
        id=form.kept[0].id,
        text="Яма у дома ",
        place="Садовая",
        name="Пробная Анна Петровна",
        phone="8 900",
    )
    assert [notice.head for notice in again.told.values] == [
        "Ваше сообщение без вызова ещё не передано"
    ]
    assert form.told.values == []


def test_a_whole_telephone_is_written_as_people_read_it(
    form: Form, store: RegisterStore, owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    _typed(form, phone="89005550137")
    form.presenter.keep()
    store.try_disk().result()

    again = Form(store, owner, milestones, clock)

    assert again.presenter.state.phone == "+7 (900) 555-01-37"


def test_what_was_kept_is_handed_in_once_under_its_identity(
    form: Form,
    store: RegisterStore,
    owner: QObject,
    milestones: Milestones,
    clock: Clock,
    qtbot: QtBot,
) -> None:
    _typed(form, text="Яма у дома")
    form.presenter.keep()
    store.try_disk().result()
    again = Form(store, owner, milestones, clock)
    _typed(again, text="Яма у дома 5", phone="8 900 555-01-37")

    again.presenter.submit()

    qtbot.waitUntil(lambda: len(again.submitted.values) == 1)
    again.presenter.keep()
    form.presenter.keep()  # a late write changes nothing
    store.try_disk().result()
    (message,) = MessageHandling(store).in_states(frozenset(State))
    assert message.id == again.submitted.values[0].id
    assert message.record.text == "Яма у дома 5"
    assert message.record.name is Absence.NOT_GIVEN
    assert again.presenter.state == NewMessageState()
    assert store.messages_begun(OPERATOR.id) == ()


def test_an_emptied_form_leaves_nothing_on_the_disk(form: Form, qtbot: QtBot) -> None:
    _typed(form, text="Яма")
    form.presenter.keep()
    qtbot.waitUntil(lambda: _texts(form) == ["Яма"])

    _typed(form, text=" ")

    qtbot.waitUntil(lambda: form.kept == (), timeout=LIMIT_MS)
    _typed(form, text="Свет")
    qtbot.waitUntil(lambda: _texts(form) == ["Свет"], timeout=LIMIT_MS)


def test_each_operator_has_what_he_has_begun(form: Form, qtbot: QtBot) -> None:
    _typed(form, text="Яма у дома")

    form.sit_down(COLLEAGUE)

    assert form.presenter.state == NewMessageState()
    _typed(form, text="Свет")
    form.store.try_disk().result()
    form.sit_down(OPERATOR)
    assert form.presenter.state.text == "Яма у дома"
    form.store.try_disk().result()
    form.sit_down(COLLEAGUE)
    assert form.presenter.state.text == "Свет"
    assert _texts(form) == ["Яма у дома"]


def test_who_unlocks_his_own_desk_finds_what_is_being_typed(form: Form) -> None:
    _typed(form, text="Яма")
    form.sit_down(OPERATOR)
    assert form.presenter.state.text == "Яма"


def test_what_is_handed_in_while_the_shift_changes_shows_nothing_to_the_next(
    form: Form, qtbot: QtBot
) -> None:
    _typed(form, text="Яма у дома")
    form.presenter.submit()
    form.operator = COLLEAGUE
    form.presenter.greet()
    _typed(form, text="Свет")

    qtbot.waitUntil(lambda: len(MessageHandling(form.store).in_states({State.SUBMITTED})) == 1)
    form.store.try_disk().result()
    QCoreApplication.processEvents()

    assert form.submitted.values == []
    assert form.presenter.state.text == "Свет"


def test_a_second_draft_comes_behind_the_first(
    form: Form, store: RegisterStore, owner: QObject, milestones: Milestones, clock: Clock,
    qtbot: QtBot,
) -> None:  # fmt: skip
    _typed(form, text="Яма")
    form.presenter.keep()
    store.try_disk().result()
    (first,) = form.kept
    store.save_message(replace(first, id=uuid7(), text="Свет")).result()
    again = Form(store, owner, milestones, clock)
    assert again.presenter.state.text == "Яма"

    again.presenter.submit()

    qtbot.waitUntil(lambda: len(again.submitted.values) == 1)
    assert again.presenter.state.text == "Свет"


def test_a_disk_that_refuses_is_told_and_has_the_draft_when_it_is_back(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    register, handling = FakeRegister(), FakeHandling(clock)
    desk = usual_desk(FakePhone(), register, Deliveries(owner), milestones, clock, owner)
    failed = Told(desk.store_failed)
    presenter = NewMessagePresenter(
        handling,
        KeptDrafts(),
        desk,
        InlineExecutor(),
        Deliveries(owner),
        uuid7,
        operator=lambda: OPERATOR,
        area_code=AREA_CODE,
        clock=clock,
        parent=owner,
    )
    register.refusing = True
    presenter.set_field("text", "Яма")
    presenter.keep()
    settle()
    assert failed.values == ["StoreUnavailable"]
    assert register.messages == {}

    register.refusing = False
    desk.disk_is_back()
    settle()
    assert [one.text for one in register.messages.values()] == ["Яма"]

    # A form that is cleared while writes fail does not restore the text after them.
    register.refusing = True
    presenter.set_field("text", "Яма у дома")
    presenter.keep()
    settle()
    presenter.set_field("text", "")
    presenter.keep()
    settle()
    register.refusing = False
    desk.disk_is_back()
    settle()
    assert register.messages == {}


def test_a_colleagues_draft_is_taken_and_is_hers_no_more(form: Form) -> None:
    """The author fell ill before finishing; the text now in the form is suspended."""
    _typed(form, text="Яма у дома", phone="8 900")
    form.presenter.keep()
    form.sit_down(COLLEAGUE)
    form.store.try_disk().result()  # the writer works in order, so the draft is saved by then
    (left,) = form.store.messages_begun()
    assert left.operator_id == OPERATOR.id
    _typed(form, text="Нет света")
    form.presenter.take(left)
    form.store.try_disk().result()

    state = form.presenter.state
    assert (state.id, state.text, state.phone) == (left.id, "Яма у дома", "8 900")
    assert form.store.messages_begun(OPERATOR.id) == ()
    mine = form.store.messages_begun(COLLEAGUE.id)
    assert {one.text for one in mine} == {"Яма у дома", "Нет света"}
    assert {one.operator_name for one in mine} == {COLLEAGUE.name}
    form.presenter.take(left)  # Enter pressed again
    _typed(form, text="Яма у дома 5", phone="")
    form.presenter.submit()
    form.store.try_disk().result()
    settle()
    assert [handled.record.text for handled in form.submitted.values] == ["Яма у дома 5"]
    assert form.presenter.state.text == "Нет света"
    form.sit_down(OPERATOR)
    assert form.presenter.state == NewMessageState()


def test_a_draft_that_waits_is_taken_as_it_was_typed_last_and_not_as_the_list_has_read_it(
    form: Form,
) -> None:
    form.sit_down(COLLEAGUE)
    _typed(form, text="Нет света")
    form.presenter.keep()
    form.sit_down(OPERATOR)
    _typed(form, text="Яма")
    form.presenter.keep()
    form.store.try_disk().result()
    (listed,) = form.kept
    (other,) = form.store.messages_begun(COLLEAGUE.id)
    _typed(form, text="Яма у дома 5")
    form.presenter.take(other)
    form.presenter.take(listed)
    assert form.presenter.state.text == "Яма у дома 5"
    form.presenter.keep()
    form.store.try_disk().result()
    assert sorted(_texts(form)) == ["Нет света", "Яма у дома 5"]


def test_the_first_letter_and_the_emptied_form_are_told_to_the_lists(form: Form) -> None:
    changed = Told(form.desk.register_changed)
    for text in ("Я", "Яма"):
        _typed(form, text=text)
        form.presenter.keep()
        form.store.try_disk().result()
        settle()
    assert len(changed.values) == 1
    _typed(form, text="")
    form.presenter.keep()
    form.store.try_disk().result()
    settle()
    assert len(changed.values) == 2
    assert form.store.messages_begun() == ()
