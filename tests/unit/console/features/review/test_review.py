"""A message under review: findings, corrections, every decision, and its undoing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.milestones import Milestones
from console.features.review.checklist import CheckLine, CheckState
from console.features.review.decision_state import Mode
from console.shared.texts.similar import SimilarMessage
from sync.errors import OfficialsUnreadable
from sync.register.checks.finding import Finding, FindingKind, Ground, Level
from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Step, person
from sync.register.handling.step_facts import AnswerGiven, NoFacts, RefusedOn, Repeated, Routed
from sync.register.likeness.search import Likeness, Reason, Verdict
from sync.register.messages import Publicity, State
from tests.fakes.console_fakes import Clock
from tests.fakes.photos import exif, file_of, judged_file, picture
from tests.fakes.review_fakes import COLLEAGUE, ReviewBench, message_record, settle

TEXT = "Дежурные — бездельники. Звоните 8 900 555-01-64."
RUDE = Finding(FindingKind.INSULT, Level.WARN, "insult", 11, 22, "бездельники", "6.3")
SEVERAL = Finding(FindingKind.SEVERAL_QUESTIONS, Level.GROUND, "added", 0, 8, "Дежурные", "6.3")
PHONE = Finding(FindingKind.PERSONAL_DATA, Level.BLOCK, "phone", 32, 47, "8 900 555-01-64", "6.12")
FIRST, OTHER = 1, 2


@pytest.fixture
def bench(owner: QObject, milestones: Milestones, clock: Clock) -> ReviewBench:
    """A public message with findings is open; a second one is in the queue."""
    made = ReviewBench(owner, milestones, clock)
    made.reader.found = {"бездельники": (RUDE, PHONE), "Заодно": (SEVERAL,)}
    yesterday = clock.now - timedelta(days=1)
    made.city.submit(message_record(FIRST, TEXT, publicity=Publicity.PUBLIC), yesterday)
    made.city.submit(message_record(OTHER, "Яма у дома", publicity=Publicity.PUBLIC))
    made.open(FIRST)
    return made


def line(bench: ReviewBench, paragraph: str) -> CheckLine:
    return next(one for one in bench.review.state.lines if one.paragraph == paragraph)


def told(bench: ReviewBench, key: int, kind: type) -> object:
    events = bench.city.message(key).history.events
    return next(event.facts for event in reversed(events) if isinstance(event.facts, kind))


def test_findings_stand_in_the_text_on_the_check_list_and_hide_the_message(
    bench: ReviewBench,
) -> None:
    state = bench.review.state
    assert [state.text[mark.start : mark.end] for mark in state.marks] == [
        "бездельники",
        "8 900 555-01-64",
    ]
    assert [row.title for row in state.findings] == ["Оскорбление", "Персональные данные в тексте"]
    assert line(bench, "6.3-5").state is CheckState.LOOK
    assert line(bench, "6.3-5").finding == 0
    assert line(bench, "6.3-1").state is CheckState.FINE
    assert line(bench, "6.3-2").state is CheckState.PERSON
    assert line(bench, "6.12").state is CheckState.HIDES
    assert [one.paragraph for one in state.lines][:4] == ["6.1", "6.2", "6.3-0", "6.3-1"]
    assert bench.city.message(FIRST).standing.confidential == {Confidential.PERSONAL_DATA}
    assert "6.12" in state.publicity[0]
    bench.review.point_next()
    bench.review.point_next()
    assert bench.review.state.pointed == 1
    bench.review.point_next()
    assert bench.review.state.pointed == 0
    bench.review.point_next(-1)
    assert bench.review.state.pointed == 1


def test_a_mark_that_a_person_took_away_is_not_set_again(bench: ReviewBench) -> None:
    bench.decision.choose(Mode.CONFIDENTIAL)
    bench.decision.toggle_kind(Confidential.PERSONAL_DATA)
    bench.decision.confirm()
    settle()
    assert "п. 6.12" in bench.decision.state.problem  # without a reason
    bench.decision.set_reason("Это телефон диспетчерской.")
    bench.decision.confirm()
    settle()
    assert bench.city.message(FIRST).standing.confidential == frozenset()
    bench.desk.release()
    bench.open(FIRST)
    assert bench.city.message(FIRST).standing.confidential == frozenset()
    assert line(bench, "6.12").state is CheckState.LOOK
    bench.decision.choose(Mode.CONFIDENTIAL)
    bench.decision.toggle_kind(Confidential.HEALTH)
    bench.decision.confirm()
    settle()
    assert bench.city.message(FIRST).standing.confidential == {Confidential.HEALTH}
    assert bench.decision.state.mode is Mode.NONE


def test_who_asked_takes_the_message_up_anew_though_the_queue_was_not_read_since(
    bench: ReviewBench,
) -> None:
    bench.city.handling.unreadable = True
    bench.decision.choose(Mode.ASK)
    bench.decision.set_note("Чей это двор?")
    bench.decision.confirm()
    settle()
    assert bench.city.holder(FIRST) == ""
    bench.queue.open_selected()
    settle()

    bench.decision.choose(Mode.REFUSE)
    settle()
    assert bench.review.message is not None
    assert bench.review.message.standing.state is State.UNDER_REVIEW
    assert bench.city.holder(FIRST) != ""


def test_registering_goes_by_the_topic_and_brings_the_next_message(bench: ReviewBench) -> None:
    bench.decision.choose(Mode.REGISTER)
    assert "непубличным" in bench.decision.state.outcome
    bench.decision.confirm()
    settle()
    assert bench.city.steps(FIRST)[-2:] == ["register", "send_to_organ"]
    assert told(bench, FIRST, Routed) == Routed("road-service", "road-service")
    assert bench.review.message is not None
    assert bench.review.message.id == UUID(int=OTHER)
    bench.decide(Mode.REGISTER)
    assert "register_and_publish" in bench.city.steps(OTHER)
    assert bench.review.message is None
    assert len(bench.left.values) == 1


def test_what_is_missing_is_said_at_its_field_and_corrected_there(bench: ReviewBench) -> None:
    review = bench.review
    review.set_field("date", "")
    review.set_category("")
    settle()
    bench.decide(Mode.REGISTER)
    assert set(review.state.problems) == {"when", "category"}
    assert bench.decision.state.problem
    review.set_field("date", "24.11.26")
    review.set_field("time", "0715")
    review.set_field("place", " Новая, 3 ")
    review.set_category("waste-yard")
    bench.decision.confirm()  # the correction is still being saved; the registration follows
    settle()
    contents = bench.city.message(FIRST).standing.contents
    assert f"{contents.event_on:%d.%m.%Y} {contents.event_time:%H:%M}" == "24.11.2026 07:15"
    assert (contents.place, contents.topic, contents.category) == (
        "Новая, 3",
        "waste",
        "waste-yard",
    )
    assert told(bench, FIRST, Routed) == Routed("waste-service", "waste-service")
    assert bench.city.steps(FIRST).count("register") == 1


def test_a_refusal_has_the_grounds_a_person_ticked_and_words_he_edited(
    bench: ReviewBench,
) -> None:
    bench.decision.choose(Mode.REFUSE)
    assert bench.decision.state.refusal.grounds == frozenset()  # insults are judged by a person
    bench.decision.confirm()
    settle()
    assert "7.7" in bench.decision.state.problem
    bench.decision.toggle_ground(Ground.INSULT)
    assert bench.decision.state.refusal.explanation == "Исправьте 6.3-5."
    bench.decision.set_explanation("Без обид.")
    bench.decision.toggle_ground(Ground.NO_PLACE)
    assert bench.decision.state.refusal.explanation == "Без обид.\nИсправьте 6.3-11."
    bench.decision.toggle_ground(Ground.NO_PLACE)
    bench.decision.confirm()
    settle()
    assert told(bench, FIRST, RefusedOn) == RefusedOn(
        frozenset({Ground.INSULT}), "Без обид.\nИсправьте 6.3-11."
    )
    assert bench.city.message(FIRST).standing.state is State.REFUSED


def test_grounds_that_are_sure_are_ticked_beforehand(bench: ReviewBench) -> None:
    bench.desk.release()
    bench.city.submit(message_record(3, "Яма. Заодно спилите тополь.", place=""))
    bench.open(3)
    bench.decision.choose(Mode.REFUSE)
    assert bench.decision.state.refusal.grounds == {Ground.INCOMPLETE, Ground.SEVERAL_QUESTIONS}
    assert line(bench, "6.1").state is CheckState.FINDING
    assert bench.decision.state.refusal.explanation == "Исправьте 6.1.\nИсправьте 6.3-10."


def test_a_photo_that_lies_on_its_side_proposes_the_ground_of_6_7(bench: ReviewBench) -> None:
    assert line(bench, "6.7").state is CheckState.FINE
    bench.desk.release()
    message_id = UUID(int=3)
    lying = judged_file(file_of(picture(), "JPEG", exif=exif(orientation=6)))
    bench.kept_photos.attach(message_id, lying, bench.operator).result()
    bench.city.submit(message_record(3, "Яма"), photos=1)
    bench.open(3)
    assert bench.review.state.photos == 1
    assert len(bench.photos.state.tiles) == 1
    assert line(bench, "6.7").state is CheckState.FINDING
    assert line(bench, "6.5").state is CheckState.FINE
    bench.decision.choose(Mode.REFUSE)
    assert bench.decision.state.refusal.grounds == {Ground.PHOTO_EDITING}


def similar_to(bench: ReviewBench, key: int, *, in_term: bool, same_author: bool = False) -> None:
    """Marks the open message as a repetition of another one."""
    verdict = Verdict.REPEAT if in_term else Verdict.SIMILAR
    likeness = Likeness(verdict, 1.0, Reason.SAME_WORDS)
    original = SimilarMessage(bench.city.message(key), likeness, in_term, same_author)
    bench.reader.similar[UUID(int=FIRST)] = (original,)
    bench.desk.release()
    bench.open(FIRST)


def test_a_repetition_is_compared_and_removed_while_the_term_runs(bench: ReviewBench) -> None:
    bench.city.submit(message_record(5, "Дежурные — лентяи. Звоните 8 900 555-01-64."))
    bench.city.register(5, COLLEAGUE)
    similar_to(bench, 5, in_term=False)
    bench.decision.choose(Mode.DUPLICATE)
    row = bench.decision.state.similar[0]
    assert (row.score, row.status[0], row.may_repeat) == ("100 %", "у органа", False)
    comparison = bench.decision.state.comparison
    assert comparison is not None
    ours = [comparison.ours[span.start : span.end] for span in comparison.ours_alone]
    theirs = [comparison.theirs[span.start : span.end] for span in comparison.theirs_alone]
    assert (ours, theirs) == (["бездельники"], ["лентяи"])
    bench.decision.confirm()
    settle()
    assert "6.4" in bench.decision.state.problem
    similar_to(bench, 5, in_term=True)
    bench.decide(Mode.DUPLICATE)
    assert told(bench, FIRST, Repeated) == Repeated(UUID(int=5), is_in_term=True)
    assert bench.city.message(FIRST).standing.state is State.REMOVED_AS_DUPLICATE


@pytest.mark.parametrize("same_author", [True, False])
def test_what_was_answered_before_is_proposed_as_a_ground_to_its_author_alone(
    bench: ReviewBench, same_author: bool
) -> None:
    bench.city.submit(message_record(5, TEXT))
    number = str(bench.city.register(5, COLLEAGUE).record.number)
    impossible = Answer(AnswerKind.IMPOSSIBLE, "Нет средств.", "road-service", grounds="Бюджет.")
    for step, facts in (
        (Step.RECEIVE_ANSWER, AnswerGiven(impossible)),
        (Step.SEND_ANSWER, NoFacts()),
    ):
        bench.city.handling.take(UUID(int=5), step, person(COLLEAGUE), facts).result()
    similar_to(bench, 5, in_term=False, same_author=same_author)
    bench.decision.choose(Mode.REFUSE)
    refusal = bench.decision.state.refusal
    assert (Ground.ANSWERED_BEFORE in refusal.grounds) == same_author
    assert refusal.earlier_text == (number if same_author else "")


def test_a_refusal_that_rests_on_an_earlier_message_names_it(bench: ReviewBench) -> None:
    bench.city.submit(message_record(5, TEXT))
    number = str(bench.city.register(5, COLLEAGUE).record.number)
    bench.decision.choose(Mode.REFUSE)
    bench.decision.toggle_ground(Ground.ANSWERED_BEFORE)
    bench.decision.confirm()
    settle()
    assert "6.3-8" in bench.decision.state.problem or "7.7" in bench.decision.state.problem
    bench.decision.set_earlier(number)
    settle()
    assert bench.decision.state.earlier.startswith("у органа")
    bench.decision.confirm()
    settle()
    refused = told(bench, FIRST, RefusedOn)
    assert isinstance(refused, RefusedOn)
    assert refused.earlier_id == UUID(int=5)


def test_a_word_for_word_repetition_presets_its_ground_and_its_original(
    bench: ReviewBench,
) -> None:
    bench.city.submit(message_record(5, TEXT))
    bench.city.register(5, COLLEAGUE)
    similar_to(bench, 5, in_term=True)
    assert line(bench, "6.4").state is CheckState.FINDING
    bench.decision.choose(Mode.REFUSE)
    assert bench.decision.state.refusal.grounds == {Ground.REPEATED}
    assert bench.decision.state.refusal.earlier == bench.city.message(5)


def test_a_colleague_is_asked_and_the_message_waits_for_him(bench: ReviewBench) -> None:
    bench.decision.choose(Mode.ASK)
    bench.decision.confirm()
    settle()
    assert bench.decision.state.problem  # the question needs a text
    bench.decision.set_note("Это наш район?")
    bench.decision.confirm()
    settle()
    assert bench.city.steps(FIRST)[-2:] == ["ask_colleague", "release"]
    assert bench.review.message is not None
    assert bench.review.message.id == UUID(int=OTHER)
    bench.operator = COLLEAGUE
    bench.review.clear()
    bench.open(FIRST)
    assert bench.review.state.question == "Спрашивает Пробова А. П.: Это наш район?"


def test_the_city_sees_no_name_and_nothing_of_a_non_public_message(bench: ReviewBench) -> None:
    bench.decision.choose(Mode.CITY)
    city = bench.decision.state.city
    assert city is not None
    assert (city.text, city.lines) == (None, ())
    bench.desk.release()
    bench.open(OTHER)
    bench.decision.choose(Mode.CITY)
    city = bench.decision.state.city
    assert city is not None
    assert city.text == "Яма у дома"
    assert "Пробная" not in str(city)
    assert ("Где", "улица Садовая, 5") in city.lines


def test_nothing_is_published_before_its_text_is_checked(bench: ReviewBench) -> None:
    bench.desk.release()
    record = message_record(3, "Воры! 8 900 555-01-64", publicity=Publicity.PUBLIC)
    bench.city.submit(record)
    bench.reader.found = {"Воры": (replace(PHONE, start=6, end=21),)}
    bench.reader.held = True
    bench.open(3)
    assert line(bench, "6.12").state is CheckState.WAITING
    bench.decide(Mode.REGISTER)
    assert bench.city.message(3).standing.state is State.UNDER_REVIEW
    bench.reader.release()
    settle()
    assert "register" in bench.city.steps(3)
    assert not bench.city.message(3).standing.is_published


def test_a_decision_chosen_instead_takes_the_place_of_a_registration_that_waits(
    bench: ReviewBench,
) -> None:
    bench.desk.release()
    bench.reader.held = True
    bench.open(OTHER)
    bench.decide(Mode.REGISTER)
    bench.decision.choose(Mode.REFUSE)
    bench.decision.choose(Mode.REGISTER)  # selected again, not confirmed
    bench.reader.release()
    settle()
    assert bench.city.message(OTHER).standing.state is State.UNDER_REVIEW


def test_a_text_that_cannot_be_checked_is_a_person_s_to_read(bench: ReviewBench) -> None:
    bench.desk.release()
    bench.reader.held = True
    bench.open(OTHER)
    bench.decide(Mode.REGISTER)
    bench.reader.release(OfficialsUnreadable("unreadable"))
    settle()
    assert bench.city.message(OTHER).standing.state is State.UNDER_REVIEW
    assert "прочитайте" in bench.review.state.trouble
    bench.decision.confirm()
    settle()
    assert "register_and_publish" in bench.city.steps(OTHER)


def test_a_decision_is_taken_back_within_fifteen_seconds(bench: ReviewBench, clock: Clock) -> None:
    bench.decide(Mode.REGISTER)
    assert bench.undo.state is not None
    assert bench.undo.state.seconds == 15
    clock.advance(9)
    bench.undo.undo()
    settle()
    assert bench.city.message(FIRST).standing.state is State.UNDER_REVIEW
    assert bench.review.message is not None
    assert bench.review.message.id == UUID(int=FIRST)
    bench.decide(Mode.REGISTER)
    clock.advance(16)
    bench.undo.tick()
    assert bench.undo.state is None
    bench.undo.undo()
    settle()
    assert bench.city.message(FIRST).standing.state is State.AT_ORGAN


def test_nothing_is_offered_beside_a_banner_that_says_not_saved(
    bench: ReviewBench, clock: Clock
) -> None:
    bench.decide(Mode.REGISTER)
    bench.undo.hold(True)
    assert bench.undo.state is None
    bench.undo.undo()
    settle()
    assert bench.city.message(FIRST).standing.state is State.AT_ORGAN

    clock.advance(5)
    bench.undo.hold(False)
    assert bench.undo.state is not None
    assert bench.undo.state.seconds == 10
    bench.undo.undo()
    settle()
    assert bench.city.message(FIRST).standing.state is State.UNDER_REVIEW


def test_what_is_taken_back_at_once_stays_on_the_screen(bench: ReviewBench) -> None:
    bench.decision.choose(Mode.REGISTER)
    bench.decision.confirm()
    QCoreApplication.processEvents()  # decided; the next message is being searched
    bench.undo.undo()
    settle()
    assert bench.review.message is not None
    assert bench.review.message.id == UUID(int=FIRST)
    assert bench.left.values == []
    bench.decide(Mode.REGISTER)
    assert bench.review.message.id == UUID(int=OTHER)


def test_a_disk_that_refuses_leaves_the_message_on_the_screen(bench: ReviewBench) -> None:
    bench.city.handling.refusing = True
    bench.decide(Mode.REGISTER)
    assert bench.told.values[-1].problem
    assert bench.review.message is not None
    assert not bench.decision.state.is_busy
    bench.review.set_field("place", "Другая, 1")
    bench.review.keep()
    settle()
    bench.city.handling.refusing = False
    bench.decision.confirm()
    settle()
    assert bench.city.message(FIRST).standing.contents.place == "Другая, 1"
    assert bench.city.message(FIRST).standing.state is State.AT_ORGAN
