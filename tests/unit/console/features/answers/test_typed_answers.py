"""Unsaved answers are restored after a crash, for their author."""

from __future__ import annotations

from pathlib import Path

from console.features.answers.form import AnswerFormState
from sync.register.handling.answers import AnswerKind
from sync.register.handling.contents import Confidential
from tests.fakes.answer_messages import Led, registered
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Told
from tests.fakes.kept_desk import FOUND, KeptDesk, Start, settle


def begin_answer(desk: KeptDesk, led: Led) -> None:
    """Selects the message in the lists and starts its next step."""
    answers = desk.presenters.answers
    answers.answers.reload()
    settle()
    answers.answers.choose(led.id)
    chosen = answers.answers.chosen
    assert chosen is not None
    answers.form.begin(chosen.handled)
    settle()


def marked_rows(desk: KeptDesk) -> list[str]:
    """The note shown with each message of the list."""
    rows = desk.presenters.answers.answers.state.rows
    return [row.state for row in rows if row.key is not None]


def test_answers_that_are_being_written_are_found_again_with_their_files(
    start: Start, tmp_path: Path
) -> None:
    first = start()
    one = registered(first.handling, 1).to_organ()
    other = registered(first.handling, 2).to_organ()
    begin_answer(first, one)
    form = first.presenters.answers.form
    form.set_kind(AnswerKind.PLANNED.value)
    form.set_text("Заделаем.")
    form.set_planned("01.12.2026")
    form.set_measures("Закажем асфальт.")
    form.set_marked(Confidential.PERSONAL_DATA, True)
    (tmp_path / "Акт.pdf").write_bytes(b"%PDF-1.7 act")
    form.attach(tmp_path / "Акт.pdf")
    settle()
    begin_answer(first, other)
    form.set_text("Другой ответ.")
    first.write()
    assert marked_rows(first) == ["у органа · ответ начат"] * 2

    again = start(first)
    assert [notice.body for notice in again.told.values] == [
        "Ещё не отправлено: ответ на сообщение."
    ]
    assert again.presenters.answers.form.state == AnswerFormState()
    assert again.on_disk() == first.on_disk()
    begin_answer(again, Led(again.handling, one.id))
    state = again.presenters.answers.form.state
    assert (state.kind, state.text, state.planned) == (
        AnswerKind.PLANNED, "Заделаем.", "01.12.2026"
    )  # fmt: skip
    assert (state.measures, state.marked) == (
        "Закажем асфальт.",
        frozenset({Confidential.PERSONAL_DATA}),
    )
    assert [file.name for file in state.files] == ["Акт.pdf"]
    assert state.found_again == FOUND
    assert marked_rows(again) == ["у органа · ответ начат"] * 2

    again.presenters.answers.form.confirm()
    settle()
    assert again.presenters.answers.form.state == AnswerFormState()
    again.write()
    assert {place.subject for place in again.on_disk()} == {str(other.id)}
    answer = again.handling.messages[one.id].standing.answer
    assert answer is not None
    assert (answer.answer.text, len(answer.answer.attachments)) == ("Заделаем.", 1)
    assert marked_rows(again)[-1] == "у органа · ответ начат"
    begin_answer(again, Led(again.handling, other.id))
    again.presenters.answers.form.set_text(" ")
    assert again.presenters.answers.form.state.found_again == ""
    again.write()
    assert again.on_disk() == {}


def test_nobody_goes_on_with_the_answer_of_another_operator(start: Start) -> None:
    desk = start()
    led = registered(desk.handling, 1).to_organ()
    begin_answer(desk, led)
    form = desk.presenters.answers.form
    left = Told(form.left_to_another)
    form.set_text("Заделаем.")
    desk.sit_down(OPERATOR)
    assert form.state == AnswerFormState()
    assert len(left.values) == 1
    assert marked_rows(desk) == ["у органа"]
    begin_answer(desk, led)
    assert form.state.text == ""
    desk.write()
    assert desk.on_disk(OPERATOR) == {}

    desk.sit_down(SUPERVISOR)
    assert len(desk.on_disk()) == 1
    begin_answer(desk, led)
    assert form.state.text == "Заделаем."


def test_an_answer_of_the_platform_that_nobody_has_changed_is_no_words_of_hers(
    start: Start,
) -> None:
    desk = start()
    led = registered(desk.handling, 1).to_organ().from_platform("Яма заделана.")
    begin_answer(desk, led)
    assert desk.presenters.answers.form.state.text == "Яма заделана."
    desk.write()
    assert desk.on_disk() == {}
    desk.presenters.answers.form.set_text("Яма заделана 25.11.")
    desk.write()
    assert len(desk.on_disk()) == 1


def test_what_came_meanwhile_stands_beside_the_answer_that_is_found_again(start: Start) -> None:
    first = start()
    led = registered(first.handling, 1).to_organ()
    begin_answer(first, led)
    first.presenters.answers.form.set_text("Заделаем до пятницы.")
    first.write()
    led.from_platform("Яма заделана.")

    again = start(first)
    begin_answer(again, Led(again.handling, led.id))
    state = again.presenters.answers.form.state
    assert (state.text, state.arrived) == ("Заделаем до пятницы.", "Яма заделана.")
