"""The score of a training call: every lesson can be passed, and none without doing anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.features.training.lessons import Lesson, read_lessons
from sync.register.calls.calls import CallResult, UsedEntry
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.messages import Publicity
from sync.register.people.values import Absence
from sync.register.training import Item, MessageWork, Point, Work, points, read_expected, score
from tests.fakes.training_records import RANG_AT, empty_call, empty_work, perfect_work

LESSONS = {
    lesson.key: lesson
    for lesson in read_lessons(Path(__file__).parents[4] / "resources" / "training")
}


def finding(kind: FindingKind, level: Level) -> Finding:
    return Finding(kind, level, "type", 0, 4, "слов", "6.3")


def wrong(items: tuple[Item, ...]) -> set[Point]:
    return {item.point for item in items if not item.is_right}


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: str(lesson.key))
def test_a_perfect_record_has_every_point(lesson: Lesson) -> None:
    items = score(lesson.expected, perfect_work(lesson))
    earned, most = points(items)

    assert wrong(items) == set()
    assert earned == most > 0


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: str(lesson.key))
def test_doing_nothing_earns_nothing(lesson: Lesson) -> None:
    items = score(lesson.expected, empty_work(lesson))

    assert points(items)[0] == 0
    assert items


def test_what_would_have_been_right_is_told() -> None:
    lesson = LESSONS["typical"]
    items = {item.point: item for item in score(lesson.expected, empty_work(lesson))}

    assert items[Point.RESULT].wanted == ("answered",)
    assert items[Point.CONTENT].wanted == ("мусор",)
    assert "q-waste-schedule" in items[Point.ENTRY].wanted
    assert (items[Point.RESULT].paragraph, items[Point.CONTENT].paragraph) == ("7.4", "7.3")
    assert items[Point.ANSWERED_SOON].paragraph == ""


@pytest.mark.parametrize(("seconds", "right"), [(20, True), (21, False)])
def test_the_ring_is_answered_within_twenty_seconds(seconds: int, right: bool) -> None:
    lesson = LESSONS["typical"]
    work = perfect_work(lesson)
    late = replace(work.call, answered_at=RANG_AT + timedelta(seconds=seconds))
    items = score(lesson.expected, replace(work, call=late))

    assert (Point.ANSWERED_SOON not in wrong(items)) is right


def test_words_are_found_by_their_beginnings_and_numbers_whole() -> None:
    lesson = LESSONS["unclear-place"]
    work = perfect_work(lesson)

    def places(place: str) -> bool:
        (made,) = work.messages
        moved = MessageWork(replace(made.record, place=place), ())
        return Point.PLACE not in wrong(score(lesson.expected, replace(work, messages=(moved,))))

    assert places("ул. Горная, д. 30")
    assert places("Горная 30")
    assert not places("ул. Нагорная, д. 30")
    assert not places("ул. Горная, д. 130")
    assert not places("ул. Горная")


def test_the_number_of_help_comes_before_all_else() -> None:
    lesson = LESSONS["wire"]
    work = perfect_work(lesson)
    late = replace(work.call, hit_accepted_at=RANG_AT + timedelta(seconds=80))
    assert wrong(score(lesson.expected, replace(work, call=late))) == {Point.DANGER_FIRST}

    unsaid = replace(work.call, used_entries=(), hit_accepted_at=None)
    assert Point.DANGER_FIRST in wrong(score(lesson.expected, replace(work, call=unsaid)))
    typed = replace(unsaid, content="провод: 112, не подходить")
    assert wrong(score(lesson.expected, replace(work, call=typed))) == {Point.ENTRY}


def test_two_questions_are_two_messages_in_either_order() -> None:
    lesson = LESSONS["two-questions"]
    work = perfect_work(lesson)
    swapped = replace(work, messages=tuple(reversed(work.messages)))
    assert wrong(score(lesson.expected, swapped)) == set()

    one = replace(work, messages=work.messages[:1])
    items = score(lesson.expected, one)
    assert Point.MESSAGES in wrong(items)
    assert {item.place for item in items if not item.is_right and item.place} == {2}


def test_personal_data_may_not_be_public_and_may_be_left_out() -> None:
    lesson = LESSONS["private-data"]
    work = perfect_work(lesson)
    (made,) = work.messages
    public = replace(made.record, publicity=Publicity.PUBLIC)
    told = (finding(FindingKind.PERSONAL_DATA, Level.BLOCK),)

    def judge(message: MessageWork) -> set[Point]:
        return wrong(score(lesson.expected, replace(work, messages=(message,))))

    assert judge(MessageWork(public, told)) == {Point.CONFIDENTIAL}
    assert judge(MessageWork(public, ())) == set()
    assert judge(MessageWork(made.record, told)) == set()


def test_an_insult_in_the_text_costs_its_point() -> None:
    lesson = LESSONS["abusive"]
    work = perfect_work(lesson)
    (made,) = work.messages
    coarse = MessageWork(made.record, (finding(FindingKind.INSULT, Level.GROUND),))

    assert wrong(score(lesson.expected, replace(work, messages=(coarse,)))) == {Point.CLEAN}


def test_no_email_is_an_answer_and_not_asked_is_none() -> None:
    lesson = LESSONS["pensioner"]
    work = perfect_work(lesson)
    for email in (Absence.NOT_ASKED, "guess@test.invalid"):
        guessed = replace(work, call=replace(work.call, email=email))
        assert wrong(score(lesson.expected, guessed)) == {Point.EMAIL}


def test_what_the_platform_does_not_take_is_no_message() -> None:
    lesson = LESSONS["federal"]
    work = replace(perfect_work(lesson), messages=empty_work(lesson).messages)

    assert wrong(score(lesson.expected, work)) == {Point.NO_MESSAGE}


def test_a_repetition_is_tied_and_not_made_twice() -> None:
    lesson = LESSONS["repeated"]
    work = perfect_work(lesson)

    assert wrong(score(lesson.expected, replace(work, is_tied=False))) == {Point.TIED}
    twice = replace(work, messages=empty_work(lesson).messages)
    assert wrong(score(lesson.expected, twice)) == {Point.NOT_TWICE}


def test_a_missed_call_counts_when_somebody_has_dealt_with_it() -> None:
    lesson = LESSONS["missed"]
    call = replace(empty_call(lesson), answered_at=None, result=CallResult.NOT_ANSWERED)

    assert wrong(score(lesson.expected, Work(call))) == {Point.DEALT_WITH}
    assert wrong(score(lesson.expected, Work(call, is_dealt_with=True))) == set()


def test_another_entry_than_the_right_one_is_no_answer() -> None:
    lesson = LESSONS["hot-water"]
    work = perfect_work(lesson)
    other = replace(work.call, used_entries=(UsedEntry("q-icicles-roof", "question", "Снег"),))

    assert wrong(score(lesson.expected, replace(work, call=other))) == {Point.ENTRY}


@pytest.mark.parametrize("raw", [{"results": ["sold"]}, {"results": ["answered"], "speed": 1}])
def test_an_expectation_that_is_none_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_expected(raw)


@pytest.mark.parametrize(
    "raw",
    [
        {"results": "answered"},
        {"results": ["answered"], "content": "мусор"},
        {"results": ["message"], "messages": ["дорога"]},
        {"results": ["answered"], "unknown": 1},
    ],
)
def test_expectations_of_another_form_are_refused(raw: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        read_expected(raw)
