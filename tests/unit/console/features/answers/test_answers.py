"""Answers and deadlines: pending steps of messages and the decisions on them (Regulation 9
and 10).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.core.milestones import Milestones
from console.features.answers.page import AnswersPage
from console.features.answers.presenter import AnswerAction
from console.shared.messages.message_detail import AnswerList
from console.shared.messages.terms import Urgency
from sync.register.handling import step_facts
from sync.register.handling.answers import AnswerKind, Rating
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Source, Step
from sync.register.handling.votes import Tally
from sync.register.messages import Publicity, State
from sync.register.people.operators import Role
from tests.fakes.answer_messages import PLANNED, SOLVED, Led, registered
from tests.fakes.answers_desk import AnswersDesk, light_theme, settle, state
from tests.fakes.console_directory import CATEGORIES, TOPICS, with_answer_term
from tests.fakes.console_fakes import Clock
from tests.fakes.records import OPERATOR

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


BAD = step_facts.Rated(Rating.BAD, "Яма появилась снова.")


@pytest.fixture
def desk(owner: QObject, clock: Clock, tmp_path: Path, milestones: Milestones) -> AnswersDesk:
    return AnswersDesk(owner, clock, tmp_path, milestones)


def test_an_answer_that_comes_while_another_is_typed_stands_beside_it(desk: AnswersDesk) -> None:
    led = registered(desk.handling).to_organ()
    desk.open(led, AnswerAction.ENTER)
    desk.form.set_text("Заделаем до пятницы.")
    led.from_platform("Яма заделана.")
    desk.read()

    assert desk.form.state.text == "Заделаем до пятницы."
    assert desk.form.state.arrived == "Яма заделана."
    # After the form is closed and reopened, both texts are present; the unsaved text is the one
    # submitted.
    desk.open(led, AnswerAction.ENTER)
    assert desk.form.state.arrived == "Яма заделана."
    desk.take_in()
    answer = led.handled.standing.answer
    assert answer is not None
    assert answer.answer.text == "Заделаем до пятницы."
    assert desk.form.state.arrived == ""


def test_an_answer_that_was_returned_has_not_come_meanwhile(desk: AnswersDesk) -> None:
    led = registered(desk.handling).to_organ().answered(SOLVED)
    led.step(Step.RETURN_ANSWER, step_facts.Explained("Нет акта."))
    desk.open(led, AnswerAction.ENTER)
    desk.form.set_text("Заделаем до пятницы.")
    desk.read()

    assert desk.form.state.arrived == ""


def test_an_answer_that_comes_where_nothing_is_typed_is_the_answer(desk: AnswersDesk) -> None:
    led = registered(desk.handling).to_organ()
    desk.open(led, AnswerAction.ENTER)
    led.from_platform("Яма заделана.")
    desk.read()

    assert (desk.form.state.text, desk.form.state.arrived) == ("Яма заделана.", "")


def test_what_a_colleague_has_taken_in_stands_beside_and_who_is_second_is_told(
    desk: AnswersDesk,
) -> None:
    led = registered(desk.handling).to_organ()
    desk.open(led, AnswerAction.ENTER)
    desk.form.set_text("Заделаем до пятницы.")
    led.answered(SOLVED)
    desk.read()
    assert desk.form.state.arrived == SOLVED.text
    desk.take_in()

    assert desk.form.state.text == "Заделаем до пятницы.", "what was typed stays"
    assert desk.told[-1].problem


def test_each_message_stands_in_the_list_of_what_it_waits_for(desk: AnswersDesk) -> None:
    made = {
        AnswerList.TO_SEND: [
            registered(desk.handling, 1).to_organ().answered(),
            registered(desk.handling, 2).to_organ().from_platform("Яма заделана."),
        ],
        AnswerList.OVER_MARK: [registered(desk.handling, 3)],
        AnswerList.REWORK: [
            registered(desk.handling, 4)
            .answered_here()
            .step(Step.SEND_ANSWER)
            .step(Step.RATE_NEGATIVELY, BAD)
        ],
        AnswerList.AT_ORGANS: [registered(desk.handling, 5), registered(desk.handling, 6)],
        AnswerList.RETURNED: [
            registered(desk.handling, 7)
            .to_organ()
            .answered()
            .step(Step.RETURN_ANSWER, step_facts.Explained("Нет срока."))
        ],
        AnswerList.PROMISED: [
            registered(desk.handling, 8).to_organ().answered(PLANNED).step(Step.SEND_PLAN)
        ],
        AnswerList.SENT: [
            registered(desk.handling, 9).to_organ().answered().step(Step.SEND_ANSWER)
        ],
    }
    registered(desk.handling, 10).to_organ().answered().step(Step.SEND_ANSWER).step(Step.CLOSE)
    desk.votes.of = {
        made[AnswerList.OVER_MARK][0].id: Tally(1_500, 7, 1_001, ()),
        made[AnswerList.AT_ORGANS][0].id: Tally(1_500, 7, 1_000, ()),
    }
    desk.read()

    assert desk.lists() == {name: [led.id for led in leds] for name, leds in made.items()}
    # Includes messages not yet sent to a body, and remarks without a body.
    assert desk.answers.state.waiting == 6
    heads = [(row.title, row.note) for row in desk.answers.state.rows if row.key is None]
    assert heads[0] == ("Проверить и направить", "2")
    assert len(heads) == len(AnswerList)


def test_a_body_that_is_late_waits_for_the_operator_and_the_nearest_term_is_told(
    desk: AnswersDesk, clock: Clock
) -> None:
    desk.classifier.replace(((with_answer_term(TOPICS[0], 10), *TOPICS[1:]), CATEGORIES, ()))
    registered(desk.handling, 1).to_organ()
    registered(desk.handling, 2).to_organ().answered(PLANNED).step(Step.SEND_PLAN)
    desk.read()
    in_time = desk.answers.state
    assert (in_time.waiting, in_time.nearest.urgency) == (0, Urgency.CALM)
    assert in_time.subtitle == (
        "Вас ничего не ждёт · ближайший срок: до ср 09.12.2026, осталось 10 рабочих дней"
    )

    clock.advance(timedelta(days=15).total_seconds())
    desk.read()
    late = desk.answers.state
    assert (late.waiting, late.nearest.urgency) == (1, Urgency.OVER)
    assert late.nearest in [row.term for row in late.rows]
    assert late.subtitle == "1 ждёт вас · ближайший срок: до ср 09.12.2026, просрочено на 1 день"


def test_the_nearest_promised_day_stands_first(desk: AnswersDesk) -> None:
    far = registered(desk.handling, 1).to_organ().answered(PLANNED).step(Step.SEND_PLAN)
    near_answer = replace(PLANNED, planned_on=date(2026, 11, 28))
    near = registered(desk.handling, 2).to_organ().answered(near_answer).step(Step.SEND_PLAN)
    desk.read()

    assert desk.lists() == {AnswerList.PROMISED: [near.id, far.id]}


def test_what_enter_does_follows_from_where_the_message_stands(desk: AnswersDesk) -> None:
    new = registered(desk.handling, 1)
    at_organ = registered(desk.handling, 2).to_organ()
    answered = registered(desk.handling, 3).to_organ().answered()
    sent = registered(desk.handling, 4).to_organ().answered().step(Step.SEND_ANSWER)
    voted = registered(desk.handling, 5)
    desk.votes.of = {voted.id: Tally(1_200, 0, 1_200, ())}
    desk.read()

    def offered(led: Led) -> tuple[AnswerAction | None, set[AnswerAction]]:
        desk.answers.choose(led.id)
        actions = desk.answers.state.actions
        return actions.main, set(actions.all)

    do = AnswerAction
    assert offered(new) == (do.ROUTE, {do.ENTER, do.ROUTE, do.WITHHOLD})
    assert offered(at_organ) == (do.ENTER, {do.ENTER, do.ROUTE, do.WITHHOLD})
    assert offered(answered) == (do.SEND, {do.SEND, do.RETURN, do.WITHHOLD})
    assert offered(sent) == (do.RATE, {do.RATE, do.CLOSE, do.WITHHOLD})
    assert offered(voted) == (do.FORWARD, {do.ENTER, do.ROUTE, do.FORWARD, do.WITHHOLD})

    desk.operator = replace(OPERATOR, role=Role.OBSERVER)
    desk.read()
    assert desk.answers.state.detail is None


def test_an_answer_is_entered_with_all_that_its_kind_needs(
    desk: AnswersDesk, tmp_path: Path
) -> None:
    led = registered(desk.handling).to_organ()
    desk.open(led, AnswerAction.ENTER)
    form = desk.form
    assert form.state.organ == "Дорожная служба"

    form.set_kind(AnswerKind.PLANNED)
    form.set_planned("24.11.2026")
    desk.take_in()
    assert form.state.problems == {
        "text": "Напишите текст ответа (п. 9.4)",
        "planned": "Обещанный срок должен быть позже сегодняшнего дня (п. 9.4)",
        "measures": "Напишите, какие меры будут приняты (п. 9.4)",
    }

    form.set_text("Яма будет заделана.")
    form.set_planned("10.12.2026")
    form.set_measures("Заказан асфальт.")
    scan = tmp_path / "акт.pdf"
    scan.write_bytes(b"%PDF-1.7 ...")
    form.attach(scan)
    settle()
    assert [row.name for row in form.state.files] == ["акт.pdf"]
    desk.take_in()

    standing = led.handled.standing
    assert standing.state is State.ANSWERED
    assert standing.answer is not None
    answer = standing.answer.answer
    assert (answer.kind, answer.organ) == (AnswerKind.PLANNED, "road-service")
    assert (answer.planned_on, answer.measures) == (date(2026, 12, 10), "Заказан асфальт.")
    assert [file.name for file in answer.attachments] == ["акт.pdf"]
    assert desk.files.kept == {(led.id, "акт.pdf"): b"%PDF-1.7 ..."}


def test_a_file_of_another_format_is_told_by_its_contents(
    desk: AnswersDesk, tmp_path: Path
) -> None:
    desk.open(registered(desk.handling).to_organ(), AnswerAction.ENTER)
    picture = tmp_path / "фото.jpg"
    picture.write_bytes(b"GIF89a" + bytes(64))
    desk.form.attach(picture)
    desk.form.attach(tmp_path / "нет.pdf")
    settle()

    assert desk.form.state.files == ()
    assert [notice.body for notice in desk.told] == [
        "По содержимому это GIF; город принимает JPEG, PDF, PNG, TIFF (п. 9.9).",
        "Файл не читается: сначала скопируйте его на этот компьютер.",
    ]


def test_personal_data_in_an_answer_are_marked_and_hold_it_back(desk: AnswersDesk) -> None:
    led = registered(desk.handling).to_organ().from_platform("Мастер: +7 900 555-01-44.")
    desk.open(led, AnswerAction.ENTER)
    assert desk.form.state.text == "Мастер: +7 900 555-01-44."
    assert [found.text for found in desk.form.state.found] == ["+7 900 555-01-44"]
    assert desk.form.state.marked == {Confidential.PERSONAL_DATA}
    desk.take_in()

    desk.open(led, AnswerAction.SEND)
    desk.decide()
    assert state(led) is State.ANSWERED
    assert desk.told[-1].head == "Не сделано: «Направить ответ»"
    assert "(п. 6.12)" in desk.told[-1].body


def test_a_person_says_that_the_check_is_wrong(desk: AnswersDesk) -> None:
    led = registered(desk.handling).to_organ().from_platform("Приёмная: +7 900 555-01-44.")
    desk.open(led, AnswerAction.ENTER)
    desk.form.set_marked(Confidential.PERSONAL_DATA, False)
    desk.take_in()
    desk.open(led, AnswerAction.SEND)
    desk.decide()

    assert state(led) is State.ANSWER_SENT


def test_a_file_whose_name_does_not_tell_what_it_is_gets_the_right_ending(
    desk: AnswersDesk, tmp_path: Path
) -> None:
    desk.open(registered(desk.handling).to_organ(), AnswerAction.ENTER)
    scan = tmp_path / "скан"
    scan.write_bytes(b"%PDF-1.7 ...")
    desk.form.attach(scan)
    settle()

    assert [row.name for row in desk.form.state.files] == ["скан.pdf"]


def test_the_letter_is_seen_before_the_answer_is_sent(desk: AnswersDesk) -> None:
    led = registered(desk.handling, email="author@test.invalid").to_organ().answered()
    desk.open(led, AnswerAction.SEND)
    (notice,) = desk.decisions.preview.state.notices
    assert "author@test.invalid" in notice.way
    assert "Яма заделана 25 ноября." in notice.text

    desk.open(led, AnswerAction.RETURN)
    assert not desk.decisions.preview.state.notices
    desk.decisions.set_note("Нет акта.")
    desk.decisions.look_at_notice()
    settle()
    (notice,) = desk.decisions.preview.state.notices
    assert "Нет акта." in notice.text

    own = registered(desk.handling, 2).answered_here().step(Step.SEND_ANSWER)
    own.step(Step.RATE_NEGATIVELY, BAD)
    desk.open(own, AnswerAction.REWORK)
    assert len(desk.decisions.preview.state.notices) == 2


def test_what_of_6_12_stands_in_an_answer_is_told_before_it_is_sent(
    desk: AnswersDesk, qtbot: QtBot
) -> None:
    answer = replace(SOLVED, text="Мастер участка: +7 900 555-01-44.")
    led = registered(desk.handling).to_organ().answered(answer)
    page = AnswersPage(light_theme(), desk.presenters)
    qtbot.addWidget(page)
    desk.read()
    page.begin(AnswerAction.SEND)

    assert desk.answers.state.chosen == led.id
    assert desk.decisions.state.warning == "Проверьте перед отправкой (п. 6.12): +7 900 555-01-44"


def test_what_was_typed_for_one_message_waits_while_another_is_answered(desk: AnswersDesk) -> None:
    first = registered(desk.handling, 1).to_organ()
    second = registered(desk.handling, 2, "Другая яма").to_organ()
    desk.open(first, AnswerAction.ENTER)
    desk.form.set_text("Начатый ответ")
    desk.open(second, AnswerAction.ENTER)
    assert desk.form.state.text == ""
    desk.open(first, AnswerAction.ENTER)

    assert desk.form.state.text == "Начатый ответ"


def test_the_operator_answers_alone_where_no_organ_has_the_message(desk: AnswersDesk) -> None:
    led = registered(desk.handling)
    desk.open(led, AnswerAction.ENTER)
    assert AnswerKind.PLANNED not in desk.form.state.kinds
    desk.form.set_text("Работы по улице окончены.")
    desk.take_in()

    assert led.handled.standing.answer is not None
    assert led.handled.standing.answer.answer.organ is None


def test_an_answer_is_returned_with_a_note_and_given_again(desk: AnswersDesk) -> None:
    led = registered(desk.handling).to_organ().answered()
    desk.open(led, AnswerAction.RETURN)
    desk.decide()
    assert desk.decisions.state.problems == {"note": "Напишите, почему (п. 9.5)"}

    desk.decisions.set_note("Нет акта.")
    desk.decide()
    assert state(led) is State.ANSWER_RETURNED
    desk.read()
    detail = desk.answers.state.detail
    assert detail is not None
    assert "Возвращён с замечанием: Нет акта." in detail.answers[0].lines

    led.answered()
    assert state(led) is State.ANSWERED


def test_a_sent_answer_is_taken_back_within_fifteen_seconds(
    desk: AnswersDesk, qtbot: QtBot
) -> None:
    first = registered(desk.handling, 1).to_organ().answered()
    second = registered(desk.handling, 2, "Другая яма").to_organ().answered(PLANNED)
    page = AnswersPage(light_theme(), desk.presenters)
    qtbot.addWidget(page)
    desk.open(first, AnswerAction.SEND)
    desk.decide()

    assert state(first) is State.ANSWER_SENT
    assert desk.answers.state.chosen == second.id
    assert desk.undo.state is not None
    assert (desk.undo.state.text, desk.undo.state.seconds) == ("Ответ направлен автору", 15)

    desk.undo.undo()
    settle()
    assert state(first) is State.ANSWERED
    assert desk.answers.state.chosen == first.id
    assert desk.undo.state is None

    desk.open(second, AnswerAction.SEND)
    desk.decide()
    assert state(second) is State.PLANNED
    desk.clock.advance(15.5)
    desk.undo.tick()
    desk.undo.undo()
    settle()
    assert state(second) is State.PLANNED


def test_a_negative_rating_needs_remarks_and_starts_the_rework(desk: AnswersDesk) -> None:
    """Regulation 10.2, 10.3."""
    led = registered(desk.handling).to_organ().answered().step(Step.SEND_ANSWER)
    desk.open(led, AnswerAction.RATE)
    desk.decide()
    assert list(desk.decisions.state.problems) == ["rating"]
    desk.decisions.set_rating(Rating.BAD)
    desk.decide()
    assert "(п. 10.2)" in desk.decisions.state.problems["note"]
    desk.decisions.set_note("Яма появилась снова.")
    desk.decide()

    rated, rework = led.handled.history.events[-2:]
    assert rated.facts == step_facts.Rated(Rating.BAD, "Яма появилась снова.")
    assert (rework.step, rework.by) == (Step.SEND_TO_REWORK, Source.SYSTEM)
    assert rework.facts == step_facts.Routed("road-service", "road-service")
    assert (state(led), led.handled.standing.reworks) == (State.REWORK, 1)
    desk.read()
    assert desk.answers.state.detail is not None
    assert desk.answers.state.detail.notes == ("Направлено на доработку 1 раз",)


def test_a_body_is_chosen_for_the_rework_of_an_answer_of_the_operator(desk: AnswersDesk) -> None:
    led = registered(desk.handling).answered_here().step(Step.SEND_ANSWER)
    led.step(Step.RATE_NEGATIVELY, BAD)
    assert state(led) is State.RATED

    desk.open(led, AnswerAction.REWORK)
    assert desk.decisions.organ.state.organ == "road-service"
    assert desk.decisions.state.lead[0].startswith("Замечания автора: ")
    desk.decide()

    assert (state(led), led.handled.standing.reworks) == (State.REWORK, 1)


def test_a_rework_that_is_late_stands_among_the_overdue(desk: AnswersDesk) -> None:
    """Both with a body, and while a body is still to be chosen."""
    desk.classifier.replace(((with_answer_term(TOPICS[0], 10), *TOPICS[1:]), CATEGORIES, ()))
    at_body = registered(desk.handling).to_organ().answered().step(Step.SEND_ANSWER)
    at_body.step(Step.RATE_NEGATIVELY, BAD)
    own = registered(desk.handling, 2).answered_here().step(Step.SEND_ANSWER)
    own.step(Step.RATE_NEGATIVELY, BAD)
    desk.read()
    waiting = desk.answers.state.waiting
    desk.clock.advance(60 * 86_400)
    desk.answers.show_again()

    terms = {row.key: row.term for row in desk.answers.state.rows if row.list is AnswerList.REWORK}
    for led in (at_body, own):
        term = terms[led.id]
        assert term is not None
        assert term.urgency is Urgency.OVER
    # the message without a body was pending for the operator from the start
    assert (waiting, desk.answers.state.waiting) == (1, 2)


def test_a_message_goes_to_its_organ_and_to_another_with_a_reason(desk: AnswersDesk) -> None:
    led = registered(desk.handling)
    desk.open(led, AnswerAction.ROUTE)
    desk.decide()
    assert (state(led), led.handled.standing.organ) == (State.AT_ORGAN, "road-service")

    desk.open(led, AnswerAction.ROUTE)
    assert desk.decisions.state.heading == "Перенаправить другому органу"
    desk.decisions.organ.set_organ("waste-service")
    desk.decide()
    assert led.handled.standing.organ == "road-service"
    desk.decisions.organ.set_reason("Это участок службы вывоза.")
    desk.decide()
    assert led.handled.standing.organ == "waste-service"


def test_votes_over_the_mark_pass_a_message_on(desk: AnswersDesk) -> None:
    led = registered(desk.handling).to_organ()
    desk.votes.of = {led.id: Tally(1_240, 3, 1_201, ())}
    desk.open(led, AnswerAction.FORWARD)
    desk.decide()

    assert state(led) is State.PASSED_ON
    assert led.handled.history.events[-1].facts == step_facts.VotesCounted(1_201, "road-service")


def test_publication_is_taken_back_with_a_reason_and_a_sent_answer_closed(
    desk: AnswersDesk,
) -> None:
    led = registered(desk.handling).to_organ().answered().step(Step.SEND_ANSWER)
    desk.open(led, AnswerAction.WITHHOLD)
    desk.decisions.set_note("Просьба автора.")
    desk.decide()
    assert led.handled.standing.publicity is Publicity.NON_PUBLIC
    desk.open(led, AnswerAction.CLOSE)
    desk.decide()

    assert state(led) is State.CLOSED
    desk.read()
    assert desk.lists() == {}


def test_a_disk_that_refuses_loses_nothing_that_was_typed(desk: AnswersDesk) -> None:
    led = registered(desk.handling).to_organ()
    desk.open(led, AnswerAction.ENTER)
    desk.form.set_text("Яма заделана.")
    desk.handling.refusing = True
    desk.take_in()
    assert (desk.form.state.text, desk.form.state.is_busy) == ("Яма заделана.", False)
    assert desk.told[-1].problem

    desk.handling.refusing = False
    desk.take_in()
    assert led.handled.standing.answer is not None


def test_an_answer_with_slow_files_is_sent_as_confirmed_while_another_is_open(
    desk: AnswersDesk, tmp_path: Path
) -> None:
    """Otherwise the citizen would receive the text of another message's answer."""
    first = registered(desk.handling, 1).to_organ()
    second = registered(desk.handling, 2).to_organ()
    scan = tmp_path / "акт.pdf"
    scan.write_bytes(b"%PDF-1.7 ...")
    taken: list[object] = []
    desk.form.taken.connect(taken.append)
    desk.open(first, AnswerAction.ENTER)
    desk.form.set_text("Яма заделана.")
    desk.form.attach(scan)
    settle()
    desk.files.is_slow = True
    desk.take_in()

    desk.open(second, AnswerAction.ENTER)
    desk.form.set_text("Фонарь починен.")
    for save in desk.files.waiting:
        save()
    settle()

    given = first.handled.standing.answer
    assert given is not None
    assert given.answer.text == "Яма заделана."
    assert [file.name for file in given.answer.attachments] == ["акт.pdf"]
    assert len(taken) == 1  # the list and the undo bar show the first answer
    assert desk.form.state.text == "Фонарь починен."
    assert second.handled.standing.answer is None
