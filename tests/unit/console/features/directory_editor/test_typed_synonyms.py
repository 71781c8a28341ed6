"""An unsaved synonym pair is restored after a crash, for its author."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.features.directory_editor.synonyms import (
    BOTH_WAYS,
    SynonymFilter,
    SynonymsPresenter,
)
from kb.entries.changes import Synonym
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Told
from tests.fakes.kept_desk import FOUND, KeptDesk, Start, settle

KEPT = Synonym("жировка", "квитанция")


def listed(desk: KeptDesk) -> SynonymsPresenter:
    """The section with one active pair besides the directory's pairs."""
    desk.entries.put_synonyms((KEPT,), by="Редактор")
    synonyms = desk.presenters.synonyms
    synonyms.reload()
    settle()
    return synonyms


def choose(synonyms: SynonymsPresenter, pair: Synonym) -> None:
    synonyms.set_query(pair.phrase)
    synonyms.choose(0)
    assert (synonyms.state.phrase, synonyms.state.meaning) == (pair.phrase, pair.meaning)


def in_force(desk: KeptDesk, phrase: str) -> list[str]:
    return [
        one.pair.meaning
        for one in desk.entries.kept_synonyms()
        if one.pair.phrase == phrase and one.closed_at is None
    ]


def test_a_new_pair_is_found_again_and_gone_at_once_when_it_is_saved(start: Start) -> None:
    first = start()
    listed(first).begin("платёжка")
    first.write()
    assert first.on_disk() == {}  # prefilled by the unsuccessful search
    first.presenters.synonyms.set_meaning("квитанция")
    first.presenters.synonyms.set_ways(BOTH_WAYS)
    first.write()

    again = start(first)
    assert [notice.body for notice in again.told.values] == [
        "Ещё не отправлено: синонимы справочника."
    ]
    synonyms = listed(again)
    state = synonyms.state
    assert (state.phrase, state.meaning, state.ways) == ("платёжка", "квитанция", BOTH_WAYS)
    assert (state.chosen, state.found_again) == (0, FOUND)
    assert (state.rows[0].what, state.rows[0].version) == ("платёжка ↔ квитанция", "черновик")
    synonyms.save()
    settle()
    assert in_force(again, "платёжка") == ["квитанция"]
    assert (synonyms.state.phrase, synonyms.state.found_again) == ("", "")
    again.store.try_disk().result()
    assert again.on_disk() == {}


@pytest.mark.parametrize("is_listed_before", [True, False])
def test_an_edit_is_found_again_over_its_pair(start: Start, is_listed_before: bool) -> None:
    first = start()
    choose(listed(first), KEPT)
    first.presenters.synonyms.set_meaning("счёт за квартиру")
    first.write()
    found = first.presenters.synonyms.typed_by(SUPERVISOR.id)
    assert first.on_disk() == found

    again = start(first)
    synonyms = listed(again)
    if is_listed_before:
        again.sit_down(OPERATOR)
        again.sit_down(SUPERVISOR)
    assert synonyms.state.rows[synonyms.state.chosen].what.startswith(KEPT.phrase)
    assert synonyms.state.meaning == "счёт за квартиру"
    synonyms.save()
    settle()
    assert in_force(again, KEPT.phrase) == ["счёт за квартиру"]


def test_what_is_emptied_or_closed_is_found_no_more(start: Start) -> None:
    first = start()
    listed(first).set_phrase("платёжка")
    first.write()
    again = start(first)
    synonyms = listed(again)
    assert synonyms.state.found_again == FOUND
    synonyms.set_phrase(" ")
    assert synonyms.state.found_again == ""
    again.write()
    assert again.on_disk() == {}

    choose(synonyms, KEPT)
    again.write()
    assert again.on_disk() == {}  # prefilled, not typed
    synonyms.set_meaning("счёт")
    again.write()
    assert len(again.on_disk()) == 1
    synonyms.close()
    settle()
    again.store.try_disk().result()
    assert again.on_disk() == {}
    assert in_force(again, KEPT.phrase) == []


def test_nobody_goes_on_with_the_pair_of_another_editor(start: Start) -> None:
    desk = start()
    synonyms = listed(desk)
    synonyms.set_filter(SynonymFilter.IN_FORCE.value)
    synonyms.set_phrase("платёжка")
    desk.sit_down(OPERATOR)
    assert synonyms.state.phrase == ""
    desk.write()
    assert desk.on_disk(OPERATOR) == {}
    desk.sit_down(SUPERVISOR)
    assert synonyms.state.phrase == "платёжка"
    desk.write()
    assert len(desk.on_disk()) == 1


def test_a_pair_that_is_saved_behind_the_back_of_the_next_editor_leaves_hers_alone(
    start: Start,
) -> None:
    desk = start()
    synonyms = listed(desk)
    synonyms.set_phrase("платёжка")
    synonyms.set_meaning("квитанция")
    synonyms.save()
    desk.desk.set_operator(OPERATOR)
    desk.kept.signed_in()
    synonyms.set_phrase("малосемейка")
    settle()
    assert in_force(desk, "платёжка") == ["квитанция"]
    assert synonyms.state.phrase == "малосемейка"
    desk.write()
    assert (len(desk.on_disk()), len(desk.on_disk(OPERATOR))) == (0, 1)


OTHER = Synonym("платёжка", "счёт")


def step_to(synonyms: SynonymsPresenter, phrase: str) -> None:
    """Moves to a row of the list with the arrow keys, as an editor who browses it."""
    shown = synonyms.state.rows
    synonyms.choose(next(at for at, row in enumerate(shown) if row.what.startswith(phrase)))


def marked(synonyms: SynonymsPresenter) -> list[str]:
    return [row.what for row in synonyms.state.rows if row.version == "черновик"]


def test_who_looks_at_other_pairs_finds_what_she_was_typing_of_this_one(start: Start) -> None:
    """Moving through the list once discarded the unsaved pair, in the form and in the store."""
    desk = start()
    desk.entries.put_synonyms((OTHER,))
    synonyms = listed(desk)
    step_to(synonyms, KEPT.phrase)
    synonyms.set_meaning("счёт за квартиру")
    assert (marked(synonyms), synonyms.state.can_drop) == (["жировка → квитанция"], True)
    step_to(synonyms, OTHER.phrase)
    assert (synonyms.state.meaning, synonyms.state.can_drop) == (OTHER.meaning, False)
    desk.write()
    assert len(desk.on_disk()) == 1

    synonyms.set_phrase("платёжное")
    step_to(synonyms, KEPT.phrase)
    assert synonyms.state.meaning == "счёт за квартиру"
    assert len(marked(synonyms)) == 2
    synonyms.save()
    settle()
    assert in_force(desk, KEPT.phrase) == ["счёт за квартиру"]
    assert marked(synonyms) == ["платёжка → счёт"], "the other one still waits"
    step_to(synonyms, OTHER.phrase)
    assert synonyms.state.phrase == "платёжное"
    synonyms.drop()
    assert (synonyms.state.phrase, marked(synonyms)) == (OTHER.phrase, [])
    desk.write()
    assert desk.on_disk() == {}


def test_every_new_pair_that_is_begun_stands_in_the_list_until_it_is_saved_or_dropped(
    start: Start,
) -> None:
    desk = start()
    synonyms = listed(desk)
    synonyms.set_phrase("тех")
    synonyms.begin()  # Ins, and a second pair
    assert (synonyms.state.phrase, synonyms.state.chosen) == ("", -1)
    synonyms.set_phrase("свет")
    synonyms.set_meaning("электричество")
    synonyms.begin("платёжка")  # an unsuccessful search without input
    synonyms.set_query("ничего такого нет")
    assert marked(synonyms) == ["свет → электричество", "Новая пара: тех"]
    pairs = [one for one in desk.entries.kept_synonyms() if one.closed_at is None]
    assert synonyms.state.counts[SynonymFilter.IN_FORCE] == len(pairs), "what is begun counts not"
    desk.write()
    assert len(desk.on_disk()) == 2

    again = start(desk)
    synonyms = listed(again)
    assert synonyms.state.phrase in {"тех", "свет"}  # both have the same timestamp
    assert synonyms.state.found_again == FOUND
    step_to(synonyms, "Новая пара")
    assert (synonyms.state.phrase, synonyms.state.may_close) == ("тех", False)
    synonyms.drop()
    assert marked(synonyms) == ["свет → электричество"]
    assert synonyms.state.phrase == ""
    again.write()
    assert len(again.on_disk()) == 1


def test_a_search_in_vain_goes_on_with_what_was_typed_for_it(start: Start) -> None:
    synonyms = listed(start())
    synonyms.begin("платёжка", "счёт")
    synonyms.set_meaning("квитанция")
    synonyms.begin()
    synonyms.begin("платёжка", "счёт")
    assert synonyms.state.meaning == "квитанция"


def test_a_pair_that_a_colleague_changed_meanwhile_is_gone_over_with_a_second_press_alone(
    start: Start,
) -> None:
    """The colleague made the pair symmetric; a restored edit reverted that without a warning."""
    first = start()
    step_to(listed(first), KEPT.phrase)
    first.presenters.synonyms.set_meaning("счёт")
    first.write()
    again = start(first)
    again.entries.put_synonyms((replace(KEPT, both_ways=True),), by="Сова Ирина Львовна")
    synonyms = again.presenters.synonyms
    synonyms.reload()
    settle()
    told = Told(synonyms.told)
    synonyms.save()
    settle()
    (notice,) = told.values
    assert "Сова" in f"{notice.head} {notice.body}"
    assert in_force(again, KEPT.phrase) == [KEPT.meaning]
    assert synonyms.state.meaning == "счёт"
    synonyms.save()
    settle()
    assert in_force(again, KEPT.phrase) == ["счёт"]


@pytest.mark.parametrize("is_found_again", [False, True])
def test_a_pair_that_a_colleague_closed_meanwhile_holds_again_with_a_second_press_alone(
    start: Start, is_found_again: bool
) -> None:
    """The colleague replaced the pair; saving the edit made both active, without a warning."""
    desk = start()
    step_to(listed(desk), KEPT.phrase)
    desk.presenters.synonyms.set_meaning("счёт")
    if is_found_again:
        desk.write()
        desk = start(desk)
        listed(desk)
    hers = replace(KEPT, meaning="платёжный документ")
    desk.entries.replace_synonym(KEPT, hers, by="Сова Ирина Львовна")
    synonyms = desk.presenters.synonyms
    synonyms.reload()
    settle()
    told = Told(synonyms.told)
    synonyms.save()
    settle()
    (notice,) = told.values
    assert "Сова" in f"{notice.head} {notice.body}"
    assert in_force(desk, KEPT.phrase) == [hers.meaning]
    assert synonyms.state.meaning == "счёт"
    synonyms.save()
    settle()
    assert set(in_force(desk, KEPT.phrase)) == {hers.meaning, "счёт"}


def test_who_opens_a_closed_pair_makes_it_hold_again_at_once(start: Start) -> None:
    desk = start()
    synonyms = listed(desk)
    desk.entries.close_synonym(KEPT, by="Сова Ирина Львовна")
    synonyms.reload()
    settle()
    synonyms.set_filter(SynonymFilter.CLOSED.value)
    step_to(synonyms, KEPT.phrase)
    synonyms.save()
    settle()
    assert in_force(desk, KEPT.phrase) == [KEPT.meaning]
