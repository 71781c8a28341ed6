"""Earlier messages similar to a message under review, by the real comparison; differences of two
texts.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from console.core.text_difference import differences
from console.shared.texts.reader import TextReader
from console.shared.texts.similar import PIECE, RECENT, SimilarFinder
from sync.errors import StoreError
from sync.register.calendar.terms import DaysOf
from sync.register.checks.finding import Ground
from sync.register.handling.answers import Answer, AnswerKind, AnswerTermRule
from sync.register.handling.events import Source, Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.step_facts import AnswerGiven, NoFacts, RefusedOn
from sync.register.likeness.search import OpenMessage, Verdict
from sync.register.messages import State
from sync.register.numbering import MOSCOW
from sync.store.local.messages.handling import ChangedMessages
from tests.fakes.console_fakes import OPERATOR, Clock, HeldExecutor, InlineExecutor
from tests.fakes.review_fakes import COLLEAGUE, ReviewCity, city_calendar, message_record

TEXT = "Не горит фонарь во дворе, темно и скользко."
THREE_DAYS = (AnswerTermRule("roads", None, None, 3, DaysOf.WORKING),)


def test_repetitions_come_first_and_count_while_the_term_runs(clock: Clock) -> None:
    city, calendar = ReviewCity(clock), city_calendar()
    long_ago = clock.now - timedelta(days=30)
    for key, text, at in (
        (1, TEXT, clock.now - timedelta(days=2)),
        (2, "Во дворе не горит фонарь, темно", clock.now - timedelta(days=1)),
        (3, "Прорвало трубу, течёт вода", clock.now - timedelta(days=1)),
        (4, TEXT, long_ago),
        (5, TEXT, clock.now - timedelta(days=1)),
    ):
        city.submit(message_record(key, text), at)
    city.register(1, COLLEAGUE)
    clock.now = long_ago
    city.register(4, COLLEAGUE)
    clock.now += timedelta(days=30)
    city.submit(message_record(9, TEXT))
    finder = SimilarFinder(TextReader(InlineExecutor(), lambda: ()), city.handling, MOSCOW, clock)

    found = finder.find(city.message(9), THREE_DAYS, calendar).result()

    assert [(one.handled.id.int, one.in_term) for one in found][:1] == [(1, True)]
    assert {one.handled.id.int for one in found} == {1, 2, 4, 5}
    assert found[0].likeness.verdict is Verdict.REPEAT
    assert not any(one.in_term for one in found[1:])

    # A decision made in the meantime is visible immediately.
    city.take(5, OPERATOR)
    city.handling.register(UUID(int=5), OPERATOR).result()
    again = finder.find(city.message(9), THREE_DAYS, calendar).result()
    assert [one.handled.id.int for one in again if one.in_term] == [1, 5]


def test_the_same_words_of_another_house_are_another_matter(clock: Clock) -> None:
    city = ReviewCity(clock)
    city.submit(message_record(1, TEXT, place="родниковая 41"))
    city.submit(message_record(2, TEXT, place="родниковая 14"))
    city.submit(message_record(3, TEXT, place="родниковая 14"))
    finder = SimilarFinder(TextReader(InlineExecutor(), lambda: ()), city.handling, MOSCOW, clock)

    found = finder.find(city.message(3), THREE_DAYS, city_calendar()).result()

    assert [one.handled.id.int for one in found] == [2]


def test_open_messages_are_near_by_matter_and_place_until_they_are_closed(clock: Clock) -> None:
    city = ReviewCity(clock)
    for key, house in ((1, 14), (2, 41)):
        city.submit(message_record(key, TEXT, place=f"родниковая {house}"))
    finder = SimilarFinder(TextReader(InlineExecutor(), lambda: ()), city.handling, MOSCOW, clock)
    asked = OpenMessage(UUID(int=9), "Фонарь не горит", "ул. Родниковая, 14", None)

    assert [one.id.int for one in finder.near(asked).result()] == [1]
    city.take(1, OPERATOR)
    assert [one.standing.state for one in finder.near(asked).result()] == [State.UNDER_REVIEW]
    refused = RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
    city.handling.take(UUID(int=1), Step.REFUSE, person(OPERATOR), refused).result()
    assert finder.near(asked).result() == ()


def test_what_was_closed_of_late_stands_behind_the_open_ones_for_two_weeks(clock: Clock) -> None:
    city = ReviewCity(clock)
    for key in (1, 2, 3):
        city.submit(message_record(key, TEXT, place="родниковая 14"))
    for key in (1, 3):
        city.register(key, OPERATOR)
    solved = AnswerGiven(Answer(AnswerKind.SOLVED, "Фонарь заменён.", "road-service"))
    for step, by, facts in (
        (Step.RECEIVE_ANSWER, Source.PLATFORM, solved),
        (Step.SEND_ANSWER, person(OPERATOR), NoFacts()),
        (Step.CLOSE, Source.SYSTEM, NoFacts()),
    ):
        done = city.handling.take(UUID(int=1), step, by, facts).result()
        assert isinstance(done, StepDone), done
    finder = SimilarFinder(TextReader(InlineExecutor(), lambda: ()), city.handling, MOSCOW, clock)
    asked = OpenMessage(UUID(int=9), "Фонарь не горит", "ул. Родниковая, 14", None)

    found = [one.id.int for one in finder.near(asked).result()]
    assert sorted(found[:2]) == [2, 3]
    assert found[2:] == [1]
    clock.now += RECENT
    assert sorted(one.id.int for one in finder.near(asked).result()) == [2, 3]


def test_reading_ends_with_the_reader(clock: Clock) -> None:
    worker, city = HeldExecutor(), ReviewCity(clock)
    reader = TextReader(worker, lambda: ())
    finder = SimilarFinder(reader, city.handling, MOSCOW, clock)
    city.submit(message_record(1, TEXT))
    finder.begin()
    reader.close()
    worker.run(0)
    assert len(worker.jobs) == 1


def test_words_that_stand_in_one_text_alone() -> None:
    ours, theirs = "Ёлки лежат у дома 5, уберите!", "елки лежат у дома 7"
    in_ours, in_theirs = differences(ours, theirs)
    assert [ours[span.start : span.end] for span in in_ours] == ["5, уберите"]
    assert [theirs[span.start : span.end] for span in in_theirs] == ["7"]
    assert differences(ours, ours.upper()) == ((), ())
    assert differences("", "снег") == ((), differences("", "снег")[1])


def test_a_register_that_cannot_be_read_is_told_and_read_again(clock: Clock) -> None:
    city = ReviewCity(clock)
    city.submit(message_record(1, TEXT))
    city.submit(message_record(9, TEXT))
    worker = HeldExecutor()
    finder = SimilarFinder(TextReader(worker, lambda: ()), city.handling, MOSCOW, clock)
    city.handling.unreadable = True
    found = finder.find(city.message(9), (), city_calendar())
    worker.run(0)
    assert isinstance(found.exception(), StoreError)
    city.handling.unreadable = False
    found = finder.find(city.message(9), (), city_calendar())
    # One piece at a time: other work of the thread runs in between.
    jobs = 1
    while not found.done():
        worker.run(jobs)
        jobs += 1
    assert jobs > 1
    assert [one.handled.id.int for one in found.result()] == [1]


def test_a_large_register_is_read_in_pieces_before_anybody_asks(clock: Clock) -> None:
    city = ReviewCity(clock)
    for key in range(1, PIECE):
        city.submit(message_record(key, f"Яма номер {key}"), clock.now)
    reads: list[int] = []

    class Source:
        def handled(self, message_id: UUID) -> HandledMessage | None:
            return city.handling.handled(message_id)

        def changed(self, after: int, limit: int) -> ChangedMessages:
            reads.append(after)
            return city.handling.changed(after, limit)

    finder = SimilarFinder(TextReader(InlineExecutor(), lambda: ()), Source(), MOSCOW, clock)
    finder.begin()
    taken = len(city.handling.taken)
    assert reads == [*range(0, taken, PIECE), taken]
    found = finder.find(city.message(7), THREE_DAYS, city_calendar()).result()
    assert reads[-1] == taken
    likest = found[0].handled.id
    assert likest != UUID(int=7)
    # A message refused in the meantime is no longer an original.
    city.take(likest.int, OPERATOR)
    refused = RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
    city.handling.take(likest, Step.REFUSE, person(OPERATOR), refused).result()
    again = finder.find(city.message(7), THREE_DAYS, city_calendar()).result()
    assert likest not in {one.handled.id for one in again}
