"""A letter typed into the card updates that letter and nothing that it does not affect.

The updates are counted, not timed. The changes that each part must react to are tested immediately
after letters were typed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from console.features.call_bar.presenter import CallBarPresenter
from console.features.call_card.card_view import CardHead
from console.features.call_card.persons_view import PersonGuess
from console.features.call_card.words import nobody_known
from console.shared.session.call_words import saves_at_end_more
from console.shared.session.card_words import card_subtitle, greeting_by_name
from console.shared.workplace.status import StatusPresenter
from console.shell.attention import AttentionPresenter
from console.ui.fields import FieldRow
from console.ui.notices import ReadLineView
from sync.register.calls import calls
from sync.register.calls.calls import CallResult
from sync.register.calls.scripts import course, fitting_script
from tests.fakes.console_directory import CATEGORIES
from tests.fakes.console_fakes import Told
from tests.fakes.console_phone import Call
from tests.fakes.counted_calls import Called, CountedCalls
from tests.fakes.whole_desk import NO_SCREEN, SECOND, Window
from tests.unit.console.features.call_card.test_who_calls import ANNA, PHONE

pytestmark = NO_SCREEN
TYPED = "не горит свет"
MADE: tuple[Called, ...] = (
    CallBarPresenter.state,
    AttentionPresenter.state,
    StatusPresenter.state,
    CardHead.show_state,
    ReadLineView.show_line,
    FieldRow.show_problem,
    card_subtitle,
    greeting_by_name,
    nobody_known,
    fitting_script,
    course,
    saves_at_end_more,
)
"""Updates caused by other changes of a card, each for something visible."""


class LaidOut(QObject):
    """Counts the layout requests of all widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.asked.append(type(watched).__name__)
        return False


@pytest.fixture
def talking(window: Window) -> Window:
    """A window during a call, with the first letters in the card."""
    window.talk()
    window.enter("Жалуется: ")
    return window


@pytest.fixture
def laid_out(qapp: QApplication) -> Iterator[LaidOut]:
    watching = LaidOut()
    qapp.installEventFilter(watching)
    yield watching
    qapp.removeEventFilter(watching)


def test_a_letter_makes_nothing_anew_but_itself(talking: Window) -> None:
    with CountedCalls(*MADE) as counted:
        talking.enter(TYPED)

    assert talking.card.content == f"Жалуется: {TYPED}"
    assert counted.counts == {}


def test_what_is_counted_is_what_is_made_anew(talking: Window) -> None:
    """Proves that the test above would notice each of these updates."""
    with CountedCalls(*MADE) as counted:
        talking.presenters.card.person.set_name("Проба Анна")
        talking.desk.set_topic(CATEGORIES[0])
        talking.tell(SECOND.ringing(), SECOND.ended())
        talking.desk.set_result(CallResult.ANSWERED)
        talking.desk.save()

    assert len(counted.counts) == len(MADE), counted.counts


def test_a_letter_lays_nothing_out(talking: Window, laid_out: LaidOut) -> None:
    """The field grows only with a new line; the row of results once requested a layout of the whole
    card.
    """
    QCoreApplication.processEvents()
    laid_out.asked.clear()
    talking.enter(TYPED)
    assert "ChoiceRow" not in laid_out.asked

    for _line in range(4):
        talking.press(Qt.Key.Key_Return)
    assert "FieldRow" in laid_out.asked


# --- changes of each part right after letters ---


def test_the_bar_follows_the_call(talking: Window) -> None:
    call = Call()
    talking.tell(call.held())
    assert talking.presenters.call_bar.state.block.word == "На удержании"
    talking.tell(call.resumed())
    talking.enter(TYPED)
    talking.desk.set_result(CallResult.ANSWERED)
    talking.desk.save()
    assert shown_pill(talking) == "Запись закроется вместе с вызовом"

    talking.enter(", ждёт звонка")
    assert shown_pill(talking) == "Запись закроется вместе с вызовом"


def shown_pill(window: Window) -> str:
    """The most important indicator of the call bar."""
    told = Told(window.presenters.call_bar.changed)
    window.presenters.call_bar.refresh()
    assert not told.values  # it has been shown already
    pill = window.presenters.call_bar.state.block.pill
    return "" if pill is None else pill[0]


def test_the_bar_tells_who_hung_up(talking: Window) -> None:
    told = Told(talking.presenters.call_bar.changed)
    talking.tell(Call().ended())
    talking.enter(TYPED)

    assert told.values[-1] == talking.presenters.call_bar.state
    assert "12:0" in told.values[-1].block.detail


def test_the_bar_tells_who_hung_up_once_the_record_of_a_short_call_is_there(
    window: Window,
) -> None:
    """The call ends before its card is created; no later change of a call would update the bar."""
    call = Call()
    for event in (call.ringing(), call.answered(), call.ended()):
        window.operator_state.receive_phone(event)
        window.desk.receive(event)
    assert window.desk.state.card is None
    told = Told(window.presenters.call_bar.changed)
    QCoreApplication.processEvents()

    assert window.card.ended_at is not None
    assert "12:0" in told.values[-1].block.detail


def test_the_sign_outside_of_the_window_follows_rings(talking: Window) -> None:
    told = Told(talking.state_bench.attention.changed)
    talking.tell(SECOND.ringing())
    talking.enter(TYPED)
    talking.tell(SECOND.ended())

    assert [state.rings for state in told.values] == [True, False]


def test_the_script_follows_the_topic(talking: Window) -> None:
    script = talking.presenters.script
    before = script.state.title
    talking.desk.change_card(calls.edit(talking.card, topic="gas"))
    assert script.state.title != before

    talking.enter(TYPED)
    talking.desk.change_card(calls.edit(talking.card, topic=None))
    assert script.state.title == before


def test_the_guess_goes_when_a_name_is_typed_and_comes_back(talking: Window) -> None:
    talking.people[PHONE] = (ANNA,)
    talking.tell(Call().ended())
    talking.desk.put_aside()
    talking.talk()
    talking.enter(TYPED)
    assert talking.shows(PersonGuess)

    talking.presenters.card.person.set_name("Другая")
    assert not talking.shows(PersonGuess)
    talking.presenters.card.person.set_name("")
    assert talking.shows(PersonGuess)


def test_the_card_follows_all_that_is_no_letter(talking: Window) -> None:
    card = talking.presenters.card
    told = Told(card.changed)
    card.person.set_name("Проба Анна Петровна")
    talking.enter("ещё")
    by_day = card.state.greeting
    talking.clock.advance(6 * 3600)  # the call started at noon
    talking.enter(TYPED)
    assert "Анна" in by_day
    assert card.state.greeting == by_day.replace("день", "вечер")
    assert card.state.name_read.text
    talking.desk.save()
    talking.enter(" ")
    assert set(card.state.problems) == {"result"}
    assert card.state == told.values[-1]
    assert card.state.content == talking.card.content
