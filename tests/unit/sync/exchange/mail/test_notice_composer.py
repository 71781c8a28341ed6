"""Notifications for real steps: recipients, contents, and a preview before the step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Source, Step, person
from sync.register.handling.history import RefusalCode, StepRefused
from sync.register.handling.needs import CityRules
from sync.register.handling.notices import Notice
from sync.register.handling.standing import HELD_BACK
from sync.register.messages import Publicity
from sync.register.people.values import Absence
from tests.fakes.notices import MODERATOR, ROADS, ROUTED, NoticeBench, make_composer
from tests.fakes.store_template import StoreTemplate

NOTHING = step_facts.NoFacts()


@pytest.fixture
def bench(tmp_path: Path, store_template: StoreTemplate) -> Iterator[NoticeBench]:
    made = NoticeBench(tmp_path / "register.db", store_template)
    yield made
    assert made.store.close_store()


def test_a_registered_message_tells_who_answers_and_by_when(bench: NoticeBench) -> None:
    message_id = bench.submitted(publicity=Publicity.PUBLIC)
    bench.take(message_id, (Step.TAKE_UP, NOTHING))

    bench.done(bench.handling.register(message_id, MODERATOR, ROUTED))

    told = bench.notices(message_id)
    user, organ = told["registered_and_published"].told, told["message_for_organ"].told
    assert "Ответ готовит: Дорожная служба" in user.words.text
    assert "О чём: Ямы на дорогах" in user.words.text
    assert "Срок ответа: 09.12.2026, среда" in user.words.text
    assert organ.email == ROADS.email
    assert organ.words.subject.endswith("подготовить ответ до 09.12.2026")
    assert "Яма на дороге" in organ.words.text
    assert "Анна" not in organ.words.text
    assert "+7" not in organ.words.text.replace("+7 (87999) 2-00-00", "")


def test_a_message_with_personal_data_keeps_its_text_from_the_organs_mail(
    bench: NoticeBench,
) -> None:
    message_id = bench.submitted()
    marked = step_facts.ConfidentialFound(frozenset({Confidential.PERSONAL_DATA}))
    bench.take(message_id, (Step.MARK_CONFIDENTIAL, marked), (Step.TAKE_UP, NOTHING))

    bench.done(bench.handling.register(message_id, MODERATOR, ROUTED))

    organ = bench.notices(message_id)["message_for_organ"].told
    assert "Яма" not in organ.words.text + organ.words.html + organ.words.spoken


def test_a_repetition_is_told_of_its_original(bench: NoticeBench) -> None:
    original = bench.registered()
    number = str(bench.handled(original).record.number)
    repeated = step_facts.Repeated(original, is_in_term=True)
    own = bench.submitted(email=Absence.NOT_GIVEN)
    other = bench.submitted(email="other@test.invalid", phone=Absence.NOT_GIVEN)

    for message_id in (own, other):
        bench.take(message_id, (Step.TAKE_UP, NOTHING), (Step.REMOVE_DUPLICATE, repeated))

    mine = bench.notices(own)["duplicate_removed"].told.words
    assert f"сообщение номер {number}, которое вы отправили раньше" in mine.spoken
    theirs = bench.notices(other)["duplicate_removed"].told.words
    assert f"смотрите № {number}" in theirs.subject
    assert "То сообщение непубличное" in theirs.text


def test_a_refusal_names_the_message_it_rests_on(bench: NoticeBench) -> None:
    original, message_id = bench.registered(), bench.submitted()
    number = str(bench.handled(original).record.number)
    grounds = frozenset({Ground.REPEATED, Ground.ANSWERED_BEFORE})
    refused = step_facts.RefusedOn(grounds, bench.composer.proposed_explanation(grounds), original)

    bench.take(message_id, (Step.TAKE_UP, NOTHING), (Step.REFUSE, refused))

    text = bench.notices(message_id)["refused"].told.words.text
    assert f"Раньше зарегистрировано сообщение № {number}." in text
    assert text.index("(пункт 6.3 Регламента)") < text.index("(пункт 6.4 Регламента)")


def test_an_answer_goes_all_the_way_to_rework(bench: NoticeBench) -> None:
    message_id = bench.answered(AnswerKind.IMPOSSIBLE)
    bench.take(message_id, (Step.RETURN_ANSWER, step_facts.Explained("Нет причины.")))
    assert "Нет причины." in bench.notices(message_id)["answer_returned"].told.words.text

    answer = Answer(AnswerKind.SOLVED, "Заделали.", "road-service")
    bench.take(
        message_id,
        (Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer)),
        (Step.SEND_ANSWER, NOTHING),
    )
    sent = bench.notices(message_id)["answer"].told
    assert "вопрос решён" in sent.words.text
    assert "Ответил: Дорожная служба" in sent.words.text
    assert sent.words.subject.startswith("Ответ на сообщение")

    bench.take(
        message_id,
        (Step.RATE_NEGATIVELY, step_facts.Rated(Rating.BAD, "Яма на месте.")),
        (Step.SEND_TO_REWORK, ROUTED),
    )
    told = bench.notices(message_id)
    for kind in ("rework_for_organ", "rework_for_user"):
        assert "Яма на месте." in told[kind].told.words.text
    bench.take(
        message_id,
        (Step.RECEIVE_ANSWER, step_facts.AnswerGiven(replace(answer, text="Заделали снова."))),
        (Step.SEND_ANSWER, NOTHING),
    )
    further = bench.outbox.of_message(message_id)[-1].told
    assert further.words.subject.startswith("Дополнительный ответ")


def test_an_organ_the_directory_has_not_is_no_name_for_the_user(bench: NoticeBench) -> None:
    message_id = bench.submitted()
    bench.directory.organs.clear()
    bench.take(message_id, (Step.TAKE_UP, NOTHING))

    bench.done(bench.handling.register(message_id, MODERATOR, ROUTED))

    told = bench.notices(message_id)
    assert "Ответ готовит" not in told["registered"].told.words.text
    assert told["message_for_organ"].told.recipient == "road-service"
    assert told["message_for_organ"].last_error == "no_contact"


def test_votes_and_a_planned_date_are_told_to_the_organ(bench: NoticeBench) -> None:
    message_id = bench.submitted(publicity=Publicity.PUBLIC)
    bench.take(message_id, (Step.TAKE_UP, NOTHING))
    bench.done(bench.handling.register(message_id, MODERATOR))
    bench.take(message_id, (Step.FORWARD_BY_VOTES, step_facts.VotesCounted(1001, "road-service")))
    assert "1001" in bench.notices(message_id)["passed_on_by_votes"].told.words.text

    planned = bench.answered(AnswerKind.PLANNED, bench.clock.at + timedelta(days=2))
    bench.take(planned, (Step.SEND_PLAN, NOTHING))
    bench.clock.put_on(days=2)
    bench.take(planned, (Step.REOPEN_PLANNED, NOTHING), by=Source.SYSTEM)
    due = bench.notices(planned)["further_answer_due"].told
    assert "Обещанные меры: Ямочный ремонт." in due.words.text
    assert "27.11.2026 наступил срок" in due.words.text


def test_a_look_goes_by_the_rules_of_the_city(bench: NoticeBench) -> None:
    message_id = bench.submitted()
    bench.take(message_id, (Step.TAKE_UP, NOTHING))
    handled = bench.handled(message_id)
    number = handled.record.number
    assert number is not None
    silent = make_composer(bench.directory, CityRules(tells_of_registration=False))
    asked = ((Step.REGISTER, step_facts.Numbered(number)),)

    seen = [
        composer.preview(handled, asked, person(MODERATOR), bench.clock.at, bench.handling.handled)
        for composer in (bench.composer, silent)
    ]

    assert [len(one) for one in seen if isinstance(one, tuple)] == [1, 0]


def test_a_look_before_the_step_shows_what_the_step_then_tells(bench: NoticeBench) -> None:
    message_id = bench.submitted()
    bench.take(message_id, (Step.TAKE_UP, NOTHING))
    handled = bench.handled(message_id)
    refused = step_facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
    asked = ((Step.REFUSE, refused),)

    seen = bench.composer.preview(
        handled, asked, person(MODERATOR), bench.clock.at, bench.handling.handled
    )

    assert isinstance(seen, tuple)
    assert bench.outbox.of_message(message_id) == ()
    done = bench.take(message_id, *asked)
    (kept,) = bench.outbox.of_message(message_id)
    assert [replace(one, event_id=done.events[0].id) for one in seen] == [kept.told]
    assert kept.told.kind is Notice.REFUSED
    assert kept.told.due_at == done.events[0].at + HELD_BACK
    again = bench.composer.preview(
        bench.handled(message_id),
        asked,
        person(MODERATOR),
        bench.clock.at,
        bench.handling.handled,
    )
    assert isinstance(again, StepRefused)
    assert again.code is RefusalCode.OVER
