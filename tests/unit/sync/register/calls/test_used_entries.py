"""Directory entries used as answers: no typed text is lost, no result is downgraded (7.4)."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.calls import calls
from sync.register.calls.by_hand import (
    FORMAL_APPEAL_KEY,
    accept_entry,
    asked_for_formal_appeal,
    incidents_told,
    is_answered_from_directory,
    read_out,
    remove_entry,
    take_back_script,
    told_of_incident,
)
from sync.register.calls.calls import CallResult, UsedEntry
from tests.unit.sync.register.records import (
    APPEAL,
    ARRIVED,
    PERSON,
    QUESTION,
    SERVICE,
    UNIT,
    card,
)

OLD_SERVICE = UsedEntry("p-subsidy", "procedure", "Субсидия на оплату жилья")


@pytest.mark.parametrize(
    ("entry", "result"),
    [
        (QUESTION, CallResult.ANSWERED),
        (SERVICE, CallResult.ANSWERED),
        (OLD_SERVICE, CallResult.ANSWERED),
        (PERSON, CallResult.CONTACTS),
        (UNIT, CallResult.CONTACTS),
    ],
)
def test_an_accepted_entry_fills_content_and_result(entry: UsedEntry, result: CallResult) -> None:
    accepted = accept_entry(card(), entry, "По вторникам.")
    assert accepted.content == f"{entry.title}\nПо вторникам."
    assert accepted.result is result
    assert accepted.used_entries == (entry,)


def test_the_script_of_formal_appeals_is_contacts_given_and_is_known_again() -> None:
    told = read_out(card(), APPEAL)
    assert (told.result, told.content) == (CallResult.CONTACTS, "Обращение по 59-ФЗ")
    typed = read_out(calls.edit(card(), content="Яма на дороге."), APPEAL)
    assert (typed.content, typed.used_entries) == ("Яма на дороге.", (APPEAL,))
    assert asked_for_formal_appeal(told)
    other = accept_entry(card(), UsedEntry("other", "script", "Другое"), "")
    assert not asked_for_formal_appeal(other)
    assert not asked_for_formal_appeal(accept_entry(card(), UNIT, ""))


@pytest.mark.parametrize("content", ["", "Яма на дороге."])
@pytest.mark.parametrize("result", [None, CallResult.ANSWERED, CallResult.DROPPED])
def test_a_script_that_is_taken_back_leaves_what_was_there_and_what_was_done_since(
    content: str, result: CallResult | None
) -> None:
    before = calls.edit(card(), content=content, result=result)
    told = read_out(before, APPEAL)
    assert take_back_script(told, before, APPEAL) == before

    typed = calls.edit(told, content=f"{told.content} Просят перезвонить.", concerned="Сосед")
    assert take_back_script(typed, before, APPEAL) == calls.edit(
        before, content=f"{content} Просят перезвонить.".lstrip(), concerned="Сосед"
    )
    chosen = calls.edit(told, result=CallResult.SILENT)
    assert take_back_script(chosen, before, APPEAL).result is CallResult.SILENT
    assert take_back_script(told, told, APPEAL) == told  # read out before
    rewritten = calls.edit(told, content="Совсем другой рассказ.")
    assert take_back_script(rewritten, before, APPEAL).content == "Совсем другой рассказ."


@pytest.mark.parametrize(
    ("before", "entry", "after"),
    [
        (CallResult.CONTACTS, QUESTION, CallResult.ANSWERED),
        (CallResult.ANSWERED, UNIT, CallResult.ANSWERED),
        (CallResult.DROPPED, QUESTION, CallResult.ANSWERED),
        (CallResult.DROPPED, UNIT, CallResult.CONTACTS),
        (CallResult.MESSAGE, QUESTION, CallResult.MESSAGE),
        (CallResult.MESSAGE, UNIT, CallResult.MESSAGE),
    ],
)
def test_an_entry_never_lowers_the_result(
    before: CallResult, entry: UsedEntry, after: CallResult
) -> None:
    accepted = accept_entry(calls.edit(card(), result=before), entry, "Текст.")
    assert accepted.result is after


@pytest.mark.parametrize("before", [None, CallResult.DROPPED, CallResult.CONTACTS])
def test_who_is_told_of_an_incident_is_answered(before: CallResult | None) -> None:
    record = calls.edit(card(), result=before)
    told = told_of_incident(record, UUID(int=7), "Нет воды", "Воду дадут к шести.")

    assert told.content == "Нет воды\nВоду дадут к шести."
    assert told.result is CallResult.ANSWERED
    assert incidents_told(told) == (UUID(int=7),)
    assert incidents_told(record) == ()


def test_a_message_that_was_made_stays_the_result_of_who_is_told_of_an_incident() -> None:
    record = calls.edit(card(), result=CallResult.MESSAGE)
    told = told_of_incident(record, UUID(int=7), "Нет воды", "Воду дадут к шести.")

    assert told.result is CallResult.MESSAGE
    assert incidents_told(told) == (UUID(int=7),)


def test_who_is_told_a_text_that_was_edited_meanwhile_has_both_and_counts_once() -> None:
    told = told_of_incident(card(), UUID(int=7), "Нет воды", "Воду дадут к шести.")

    assert told_of_incident(told, UUID(int=7), "Нет воды", "Воду дадут к шести.") == told
    again = told_of_incident(told, UUID(int=7), "Нет воды", "Воду дадут к семи.")
    assert again.content == "Нет воды\nВоду дадут к шести.\nНет воды\nВоду дадут к семи."
    assert incidents_told(again) == (UUID(int=7),)


def test_the_same_entry_counts_once() -> None:
    accepted = accept_entry(card(), QUESTION, "По вторникам.")
    assert accept_entry(accepted, QUESTION, "По вторникам.") == accepted


def test_the_same_key_of_another_kind_is_another_entry() -> None:
    accepted = accept_entry(card(), UsedEntry("water", "question", "Вода"), "а")
    again = accept_entry(accepted, UsedEntry("water", "unit", "Водоканал"), "б")
    assert len(again.used_entries) == 2


@given(
    st.text(),
    st.lists(st.tuples(st.sampled_from([QUESTION, SERVICE, UNIT, PERSON]), st.text()), max_size=5),
)
def test_typed_content_is_never_lost_by_an_accepted_entry(
    typed: str, accepted: list[tuple[UsedEntry, str]]
) -> None:
    record = calls.edit(card(), content=typed)
    for entry, spoken in accepted:
        before = record.content
        record = accept_entry(record, entry, spoken)
        assert record.content.startswith(before.rstrip())
        assert entry.title in record.content
    assert record.content.startswith(typed.rstrip())


def test_a_title_that_is_said_anyway_is_written_once() -> None:
    said = f"{UNIT.title}. Телефон: +7 900 555-01-50."
    assert accept_entry(card(), UNIT, said).content == said


def test_a_removed_entry_leaves_the_text() -> None:
    accepted = accept_entry(card(), QUESTION, "По вторникам.")
    both = accept_entry(accepted, UNIT, "Телефон тот же.")
    left = remove_entry(both, QUESTION.key)
    assert left.used_entries == (UNIT,)
    assert left.content == both.content


def test_a_call_is_answered_from_the_directory_by_an_entry_of_it() -> None:
    answered = calls.answered(card(), ARRIVED)
    question = UsedEntry("q", "question", "Вода")
    assert not is_answered_from_directory(answered)
    assert is_answered_from_directory(accept_entry(answered, question, ""))
    assert not is_answered_from_directory(accept_entry(card(), question, ""))
    script = read_out(answered, UsedEntry(FORMAL_APPEAL_KEY, "script", "59-ФЗ"))
    assert not is_answered_from_directory(script)
