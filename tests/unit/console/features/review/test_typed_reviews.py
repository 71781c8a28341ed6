"""Unsaved decisions on a message under review are restored after a crash, for the reviewer."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from uuid import UUID

import pytest

from console.features.review.decision_state import Mode
from sync.register.checks.finding import Ground
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Step, person
from sync.register.handling.form_drafts import KeptWords
from sync.register.handling.handled import StepDone
from sync.register.handling.step_facts import Explained, NoFacts, RefusedOn, Routed, Told
from sync.register.messages import State
from sync.store.local.people.shifts import KeptWordsStore
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.console_fakes import Told as Heard
from tests.fakes.kept_desk import FOUND, KeptDesk, Start, settle
from tests.fakes.review_fakes import COLLEAGUE, message_record

ONE, OTHER = 1, 2
WHY = "Напишите, о каком доме речь."


def taken_up(start: Start) -> KeptDesk:
    """A workspace with one of two messages under review."""
    desk = start()
    desk.bench.city.submit(message_record(ONE, "Яма у дома"))
    desk.bench.city.submit(message_record(OTHER, "Нет света во дворе"))
    desk.bench.open(ONE)
    return desk


def subjects(desk: KeptDesk) -> set[str]:
    return {place.subject for place in desk.on_disk()}


def told(desk: KeptDesk, step: Step) -> object:
    events = desk.bench.city.message(ONE).history.events
    return next(event.facts for event in reversed(events) if event.step is step)


def test_a_refusal_is_found_again_with_its_grounds_and_gone_once_it_is_sent(start: Start) -> None:
    first = taken_up(start)
    first.bench.city.register(OTHER, SUPERVISOR)
    first.bench.decision.choose(Mode.REFUSE)
    first.bench.decision.toggle_ground(Ground.OBSCENE)
    first.bench.decision.toggle_ground(Ground.REPEATED)
    first.bench.decision.set_explanation(WHY)
    number = str(first.bench.city.message(OTHER).record.number)
    first.bench.decision.set_earlier(number)
    first.write()

    again = start(first)
    assert [notice.body for notice in again.told.values] == [
        "Ещё не отправлено: проверка сообщения."
    ]
    again.bench.open(ONE)
    decision = again.bench.decision
    # Keys have the same meaning as for any opened message.
    assert (decision.state.mode, decision.state.found_again) == (Mode.NONE, FOUND)
    assert decision.state.begun == {Mode.REFUSE}
    decision.choose(Mode.REFUSE)
    refusal = decision.state.refusal
    assert refusal.grounds == {Ground.OBSCENE, Ground.REPEATED}
    assert (refusal.explanation, refusal.earlier_text) == (WHY, number)
    decision.confirm()
    settle()
    assert told(again, Step.REFUSE) == RefusedOn(refusal.grounds, WHY, UUID(int=OTHER))
    again.write()
    assert again.on_disk() == {}


def test_a_question_a_doubt_and_another_body_are_found_again(start: Start) -> None:
    first = taken_up(start)
    decision = first.bench.decision
    decision.choose(Mode.ASK)
    decision.set_note("Чей это двор?")
    decision.choose(Mode.REGISTER)
    first.bench.organs.set_organ("waste-service")
    first.bench.organs.set_reason("Двор у свалки.")
    decision.choose(Mode.NONE)
    first.write()

    again = start(first)
    again.bench.open(ONE)
    decision = again.bench.decision
    assert decision.state.begun == {Mode.ASK, Mode.REGISTER}
    decision.choose(Mode.ASK)
    assert decision.state.note == "Чей это двор?"
    decision.choose(Mode.REGISTER)
    organ = again.bench.organs.state
    assert (organ.organ, organ.reason) == ("waste-service", "Двор у свалки.")
    decision.confirm()
    settle()
    assert told(again, Step.SEND_TO_ORGAN) == Routed(
        "waste-service", "road-service", "Двор у свалки."
    )
    again.write()
    assert again.on_disk() == {}


def test_why_a_mark_is_wrong_is_found_again_and_takes_no_later_mark_away(start: Start) -> None:
    first = taken_up(start)
    decision = first.bench.decision
    decision.choose(Mode.CONFIDENTIAL)
    decision.toggle_kind(Confidential.PERSONAL_DATA)
    decision.confirm()
    settle()
    decision.choose(Mode.CONFIDENTIAL)
    decision.toggle_kind(Confidential.PERSONAL_DATA)
    decision.set_reason("Это вывеска.")
    first.write()

    again = start(first)
    again.bench.open(ONE)
    decision = again.bench.decision
    decision.choose(Mode.CONFIDENTIAL)
    assert (decision.state.reason, decision.state.kinds) == ("Это вывеска.", frozenset())
    decision.confirm()
    settle()
    assert told(again, Step.CLEAR_CONFIDENTIAL) == Explained("Это вывеска.")
    assert again.bench.city.message(ONE).standing.confidential == frozenset()
    again.write()
    assert again.on_disk() == {}


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [("place", "ул. Родниковая, 14", "ул. Родниковая, 14"), ("date", "завт", "")],
)
def test_a_correction_is_kept_until_its_field_is_left(
    start: Start, name: str, text: str, written: str
) -> None:
    first = taken_up(start)
    first.bench.review.set_field(name, text)
    first.write()
    assert subjects(first) == {str(UUID(int=ONE))}

    again = start(first)
    again.bench.open(ONE)
    assert again.bench.review.state.fields[name] == text
    again.bench.review.keep()
    settle()
    again.write()
    # An invalid value is not stored, and remains in its field.
    assert bool(again.on_disk()) == (not written)
    if written:
        assert again.bench.city.message(ONE).standing.contents.place == written


MINE, THEIRS = "ул. Родниковая, 14", "ул. Садовая, 7"


def corrected_meanwhile(start: Start) -> KeptDesk:
    """The workspace of a new session; a colleague has corrected the field that an earlier session
    was editing.
    """
    first = taken_up(start)
    first.bench.review.set_field("place", MINE)
    first.bench.review.set_field("time", "19:45")
    first.write()
    city = first.bench.city
    for by, step, facts in (
        (SUPERVISOR, Step.RELEASE, NoFacts()),
        (COLLEAGUE, Step.TAKE_UP, NoFacts()),
        (COLLEAGUE, Step.CORRECT, Told(replace(city.message(ONE).standing.contents, place=THEIRS))),
        (COLLEAGUE, Step.RELEASE, NoFacts()),
    ):
        done = city.handling.take(UUID(int=ONE), step, person(by), facts).result()
        assert isinstance(done, StepDone)
    again = start(first)
    again.bench.open(ONE)
    return again


def place_of(desk: KeptDesk) -> str:
    return desk.bench.city.message(ONE).standing.contents.place


def test_a_correction_that_is_found_again_goes_over_no_later_one_of_a_colleague(
    start: Start,
) -> None:
    """The value was stored as soon as its field lost the focus, without a notice."""
    desk = corrected_meanwhile(start)
    review, decision = desk.bench.review, desk.bench.decision
    assert review.state.fields["place"] == MINE
    beside = f"В сообщении теперь: {THEIRS} (Сова Ирина Львовна, модератор) · Alt+R берёт это"
    assert review.state.elsewhere == {"place": beside}
    review.keep()
    settle()
    assert place_of(desk) == THEIRS
    contents = desk.bench.city.message(ONE).standing.contents
    assert contents.event_time == time(19, 45), "what nobody disputes is written"
    desk.write()
    assert subjects(desk) == {str(UUID(int=ONE))}, "and what is not written stays kept"

    decision.choose(Mode.REGISTER)
    decision.confirm()
    settle()
    assert decision.state.problem.startswith("Это исправил и кто-то другой")
    assert desk.bench.city.message(ONE).standing.state is State.UNDER_REVIEW
    decision.confirm()
    settle()
    assert place_of(desk) == MINE
    assert isinstance(told(desk, Step.SEND_TO_ORGAN), Routed)
    desk.write()
    assert desk.on_disk() == {}


def test_what_a_colleague_has_written_is_taken_by_a_key(start: Start) -> None:
    desk = corrected_meanwhile(start)
    review = desk.bench.review
    review.take_theirs()
    assert (review.state.fields["place"], review.state.elsewhere) == (THEIRS, {})
    review.keep()
    desk.bench.decision.choose(Mode.REGISTER)
    desk.bench.decision.confirm()
    settle()
    assert place_of(desk) == THEIRS
    assert isinstance(told(desk, Step.SEND_TO_ORGAN), Routed)


def test_a_message_that_is_left_without_a_word_on_it_keeps_what_the_colleague_wrote(
    start: Start,
) -> None:
    desk = corrected_meanwhile(start)
    heard = Heard(desk.bench.desk.told)
    desk.bench.desk.release()
    settle()
    assert place_of(desk) == THEIRS
    assert [notice.head for notice in heard.values] == ["Ваше исправление не записано"]


@pytest.mark.parametrize("mode", [Mode.ASK, Mode.REFUSE])
def test_a_correction_that_a_decision_leaves_unwritten_is_told_of(start: Start, mode: Mode) -> None:
    desk = corrected_meanwhile(start)
    decision = desk.bench.decision
    decision.choose(mode)
    decision.set_note(WHY)
    if mode is Mode.REFUSE:
        decision.toggle_ground(Ground.OBSCENE)
        decision.set_explanation(WHY)
    heard = Heard(decision.told)
    decision.confirm()
    settle()
    assert desk.bench.city.message(ONE).standing.state is not State.DRAFT
    assert heard.values[0].head == "Ваше исправление не записано"
    assert place_of(desk) == THEIRS


def test_who_types_what_the_colleague_wrote_disputes_nothing(start: Start) -> None:
    desk = corrected_meanwhile(start)
    review = desk.bench.review
    told = Heard(review.told)
    review.set_field("place", f" {THEIRS} ")
    assert review.state.elsewhere == {}
    review.take_theirs()
    assert [notice.head for notice in told.values] == [
        "Никто другой не исправлял то, что вы пишете"
    ]
    review.set_field("place", MINE)
    assert set(review.state.elsewhere) == {"place"}


def test_a_message_given_back_on_purpose_leaves_nothing(start: Start) -> None:
    desk = taken_up(start)
    for give_back in (desk.bench.desk.release, desk.bench.desk.skip):
        desk.bench.decision.set_note(WHY)
        desk.write()
        assert len(desk.on_disk()) == 1
        give_back()
        settle()
        desk.write()
        assert desk.on_disk() == {}
        if desk.bench.review.message is None:
            desk.bench.open(ONE)
        assert desk.bench.decision.state.note == ""


def test_nobody_goes_on_with_the_words_of_another_operator(start: Start) -> None:
    desk = taken_up(start)
    desk.bench.decision.choose(Mode.REFUSE)
    desk.bench.decision.set_explanation(WHY)
    desk.sit_down(OPERATOR)
    desk.bench.open(OTHER)
    assert desk.bench.decision.state.refusal.explanation == ""
    desk.bench.decision.set_note("Свой вопрос")
    desk.write()
    assert {one.place.subject for one in kept(desk, OPERATOR.id)} == {str(UUID(int=OTHER))}

    desk.sit_down(SUPERVISOR)
    assert subjects(desk) == {str(UUID(int=ONE))}
    desk.bench.open(ONE)
    desk.bench.decision.choose(Mode.REFUSE)
    assert desk.bench.decision.state.refusal.explanation == WHY
    desk.write()
    assert len(kept(desk, OPERATOR.id)) == 1


@pytest.mark.parametrize("mode", [Mode.REGISTER, Mode.REFUSE, Mode.ASK])
@pytest.mark.parametrize("is_taken", [True, False])
def test_a_decision_that_ends_behind_the_back_of_the_next_operator_leaves_hers_alone(
    start: Start, mode: Mode, is_taken: bool
) -> None:
    desk = taken_up(start)
    decision, undo = desk.bench.decision, desk.bench.undo
    decision.choose(Mode.ASK)
    decision.set_note("Чей это двор?")
    decision.choose(mode)
    if mode is Mode.REFUSE:
        decision.toggle_ground(Ground.OBSCENE)
        decision.set_explanation(WHY)
    desk.bench.city.handling.refusing = not is_taken
    decision.confirm()
    desk.bench.city.handling.refusing = False
    behind = Heard(decision.done_behind)
    before_her_message_comes(desk)
    assert len(behind.values) == (1 if is_taken else 0)

    shown = desk.bench.review.message
    assert shown is not None
    assert shown.id == UUID(int=OTHER)
    assert (decision.state.mode, decision.state.note) == (Mode.ASK, "Свой вопрос")
    assert (decision.state.is_busy, decision.state.problem, undo.state) == (False, "", None)
    desk.write()
    assert {one.place.subject for one in kept(desk, OPERATOR.id)} == {str(UUID(int=OTHER))}
    assert subjects(desk) == (set() if is_taken else {str(UUID(int=ONE))})


def before_her_message_comes(desk: KeptDesk) -> None:
    """The next operator edits her message before the previous request is answered."""
    bench = desk.bench
    taken = bench.city.handling.take(UUID(int=OTHER), Step.TAKE_UP, person(OPERATOR)).result()
    assert isinstance(taken, StepDone)
    desk.desk.set_operator(OPERATOR)
    bench.operator = OPERATOR
    bench.desk.greet()
    desk.kept.signed_in()
    bench.review.show(taken.handled)
    bench.decision.choose(Mode.ASK)
    bench.decision.set_note("Свой вопрос")
    settle()


def test_a_mark_that_is_set_behind_the_back_of_the_next_operator_is_wanted_no_more(
    start: Start,
) -> None:
    desk = taken_up(start)
    decision = desk.bench.decision
    decision.choose(Mode.CONFIDENTIAL)
    decision.toggle_kind(Confidential.PERSONAL_DATA)
    decision.set_reason("Это вывеска.")
    decision.confirm()
    before_her_message_comes(desk)
    assert (decision.state.mode, decision.state.note) == (Mode.ASK, "Свой вопрос")
    assert desk.bench.city.message(ONE).standing.confidential == {Confidential.PERSONAL_DATA}
    desk.write()
    assert subjects(desk) == set()


def kept(desk: KeptDesk, operator: UUID) -> tuple[KeptWords, ...]:
    return KeptWordsStore(desk.store).of(operator)


def test_what_is_found_while_the_message_is_open_already_stands_there(start: Start) -> None:
    first = taken_up(start)
    first.bench.decision.set_note(WHY)
    first.write()
    found = KeptWordsStore(first.store).of(SUPERVISOR.id)
    first.bench.decision.set_note("")
    first.write()

    again = start(first)
    again.bench.open(ONE)
    again.bench.decision.choose(Mode.ASK)
    again.bench.decision.begun.find_again(SUPERVISOR.id, found)
    assert (again.bench.decision.state.mode, again.bench.decision.state.note) == (Mode.ASK, WHY)
    again.bench.decision.set_note("Иное")
    again.bench.decision.begun.find_again(SUPERVISOR.id, found)
    assert again.bench.decision.state.note == "Иное"
