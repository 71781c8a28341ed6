"""Form drafts: stored per operator, covered by erasure, deleted after the retention period."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from sync.commands.person_documents import Act, PersonDocuments
from sync.records.replicated_tables import message
from sync.records.workplace_tables import kept_words
from sync.register.handling.form_drafts import KEPT, FormPlace, KeptForm, KeptWords, Typed
from sync.register.messages import State
from sync.register.people.persons import DataCategory, Left, PersonQuery, RecordKind
from sync.store.local.people.persons import LocalPersons
from sync.store.local.people.retention import Terms, end_terms
from sync.store.local.people.shifts import KeptWordsStore
from sync.store.local.register import RegisterStore
from tests.fakes.persons import PHONE, WORD, save_call, save_refused, submitted
from tests.fakes.records import OPERATOR, RANG_AT

ACT = UUID(int=77)
PERSON = PersonQuery(phone=PHONE)
COLLEAGUE = UUID(int=78)
SHEET = FormPlace(KeptForm.HANDOVER)
PLANNED = FormPlace(KeptForm.PLANNED_CALL)


def typed(place: FormPlace, text: str, content: bytes | None = None) -> KeptWords:
    return KeptWords(place, Typed({"text": text}, content), RANG_AT)


def keep(store: RegisterStore, *kept: KeptWords, operator: UUID = OPERATOR.id) -> KeptWordsStore:
    words = KeptWordsStore(store)
    for one in kept:
        words.keep(operator, one).result()
    return words


def answer_to(message_id: UUID, part: int = 0) -> FormPlace:
    return FormPlace(KeptForm.ANSWER, str(message_id), part)


def erase(store: RegisterStore, query: PersonQuery = PERSON) -> dict[UUID, Left | None]:
    """Drafts found, and the reason for skipping each."""
    found = LocalPersons(store).erase(query, ACT, RANG_AT, lambda _found: None)
    return {one.id: one.left for one in found if one.kind is RecordKind.TYPED}


def test_each_operator_has_her_own_and_the_newest_of_each_form(store: RegisterStore) -> None:
    words = keep(store, typed(SHEET, "Ключ"), typed(SHEET, "Ключ у старшей"), typed(PLANNED, "о"))
    file = typed(answer_to(ACT, 1), "Акт.pdf", b"%PDF")
    keep(store, typed(SHEET, "Чужое"), file, operator=COLLEAGUE)

    assert words.of(OPERATOR.id) == (typed(SHEET, "Ключ у старшей"), typed(PLANNED, "о"))
    assert words.of(COLLEAGUE) == (file, typed(SHEET, "Чужое"))
    words.drop(OPERATOR.id, SHEET).result()
    assert words.of(OPERATOR.id) == (typed(PLANNED, "о"),)
    assert words.of(COLLEAGUE) == (file, typed(SHEET, "Чужое"))
    # drafts are not sent to the central database
    assert store.outbox_waiting(10) == ()


def test_an_erasure_drops_the_forms_that_tell_of_the_person_and_no_others(
    store: RegisterStore,
) -> None:
    call = save_call(store, 1)
    others = typed(FormPlace(KeptForm.INCIDENT, str(ACT)), "555-01-02, Пробова")
    words = keep(
        store,
        typed(PLANNED, "8 900 555-01-01"),
        typed(SHEET, f"По {call.number} ждут"),
        typed(FormPlace(KeptForm.CALENDAR), f"{WORD}ву обещали"),
        others,
    )
    assert set(erase(store).values()) == {None}
    assert words.of(OPERATOR.id) == (others,)
    assert erase(store) == {}


def test_an_answer_goes_with_its_message_and_stays_with_one_that_is_open(
    store: RegisterStore,
) -> None:
    over, still = save_refused(store, 1), submitted(store, 2)
    words = keep(
        store,
        typed(answer_to(over.id), "Сделано"),
        typed(answer_to(over.id, 1), "Акт.pdf", b"%PDF"),
        typed(FormPlace(KeptForm.DECISION, str(over.id)), "Вернуть"),
        typed(FormPlace(KeptForm.REVIEW, str(over.id)), "Отказать"),
        typed(answer_to(still.id), "Сделаем"),
        typed(answer_to(ACT), "Никому"),
    )
    assert sorted(erase(store).values(), key=str) == [None, None, None, Left.OPEN]
    left = {one.place.subject for one in words.of(OPERATOR.id)}
    assert left == {str(still.id), str(ACT)}


@pytest.mark.parametrize("form", [KeptForm.ANSWER, KeptForm.DECISION, KeptForm.REVIEW])
def test_what_is_typed_about_a_message_that_is_over_is_found_no_more(
    store: RegisterStore, form: KeptForm
) -> None:
    over, still = save_refused(store, 1), submitted(store, 2)
    wanted = typed(FormPlace(form, str(still.id)), "Сделаем")
    words = keep(store, typed(FormPlace(form, str(over.id)), "Сделано"), wanted)
    assert words.of(OPERATOR.id) == (wanted,)


def test_what_is_typed_to_hand_a_message_over_or_to_register_it_ends_with_that(
    store: RegisterStore,
) -> None:
    """Regardless of the operator who did it: the author is not reminded at each start."""
    handed_over = submitted(store, 1)
    clearing = typed(FormPlace(KeptForm.CLEARING, str(handed_over.id)), "Это вывеска")
    review = typed(FormPlace(KeptForm.REVIEW, str(handed_over.id)), "Чей двор?")
    begun = typed(FormPlace(KeptForm.CLEARING, str(ACT)), "Это номер лавки")
    words = keep(store, clearing, review, begun)
    assert words.of(OPERATOR.id) == (begun, review)

    taken_by_others = update(message).where(message.c.id == handed_over.id)
    registered = taken_by_others.values(state=State.REGISTERED.value)
    store.write(lambda c: None if c.execute(registered) else None).result()
    assert words.of(OPERATOR.id) == (begun,)


def test_what_a_later_version_has_written_of_its_own_forms_stays(store: RegisterStore) -> None:
    """As after a reverted upgrade."""
    note = typed(SHEET, "Ключ")
    words = keep(store, note, typed(PLANNED, "о"))
    later = update(kept_words).where(kept_words.c.form == KeptForm.PLANNED_CALL.value)
    store.write(lambda c: None if c.execute(later.values(form="later")) else None).result()
    assert words.of(OPERATOR.id) == (note,)
    rows = store.read(lambda c: c.execute(select(kept_words.c.form)).scalars().all())
    assert sorted(rows) == [KeptForm.HANDOVER.value, "later"]


def test_what_nobody_goes_on_with_ends_with_its_term(store: RegisterStore) -> None:
    over, later = save_refused(store, 1), RANG_AT + timedelta(days=1)
    note = KeptWords(SHEET, Typed({"text": "Ключ"}), later)
    words = keep(store, typed(PLANNED, "о"), note, typed(answer_to(over.id), "Сделано"))
    end_terms(store, Terms(), RANG_AT + KEPT + timedelta(hours=1), has_central=True)
    rows = store.read(lambda c: c.execute(select(kept_words.c.form)).scalars().all())
    assert rows == [KeptForm.HANDOVER.value]
    assert words.of(OPERATOR.id) == (note,)
    end_terms(store, Terms(), later + KEPT + timedelta(hours=1), has_central=False)
    assert words.of(OPERATOR.id) == ()


def test_act_and_copy_tell_of_the_form_and_the_copy_of_nobody_else(
    store: RegisterStore, tmp_path: Path
) -> None:
    keep(store, typed(SHEET, "Пробовой отказали. Перезвонить: 8 900 555-01-01! Мария ждёт."))
    persons, papers = LocalPersons(store), PersonDocuments()
    act = Act(ACT, RANG_AT, PERSON, "Проба П. П.", "Заявление")
    copy = papers.write_copy(act, persons.copy(PERSON, ACT, RANG_AT), tmp_path)
    assert "неотправленная форма оператора от 25.11.2026 12:00" in copy[0].read_text()
    for paper in copy:
        assert "Перезвонить: 8 900 555-01-01!" in paper.read_text()
        assert "Мария" not in paper.read_text()
        assert "Пробов" not in paper.read_text()

    (found,) = persons.find(PERSON)
    assert found.categories == (DataCategory.TYPED,)
    written = papers.write_act(act, (found,), tmp_path)
    line = "неотправленная форма оператора от 25.11.2026 12:00: набранное в форме"
    assert line in written[0].read_text()
    assert json.loads(written[1].read_text())["erased"][0]["kind"] == "typed"
