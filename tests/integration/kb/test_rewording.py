"""Queries that find or miss entries, and the synonyms suggested from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kb.entries.changes import Synonym
from kb.entries.checks import STALE_AFTER_DAYS, is_stale
from kb.entries.entries import Entry, EntryKind
from kb.errors import UnknownEntry
from kb.search import rewording
from kb.search.usage import QueryUse
from kb.store import Directory
from tests.fakes.console_fakes import Clock
from tests.fakes.two_questions import NOW, WASTE, two_questions

TODAY = NOW.date()
MONTH_AGO = TODAY - timedelta(days=30)


@pytest.fixture
def directory(tmp_path: Path, clock: Clock) -> Iterator[Directory]:
    with two_questions(tmp_path / "directory.db", clock) as opened:
        yield opened


def test_an_entry_tells_by_which_words_it_is_found(directory: Directory, clock: Clock) -> None:
    clock.now = NOW - timedelta(days=31)
    directory.picked("давно вывоз", "q-waste")
    clock.now = NOW
    for typed in ("вывоз мусора", "вывозы мусора", "крупный"):
        directory.picked(typed, "q-waste")
    directory.picked("dsdjp vecjhf", "q-waste")
    directory.picked("ямы", "q-pits", after=("вывоз",))

    assert directory.queries_of("q-waste", since=MONTH_AGO) == (
        QueryUse("вывоз мусора", 3),
        QueryUse("крупный", 1),
    )
    assert directory.queries_of("q-pits", since=MONTH_AGO) == (
        QueryUse("ямы", 1),
        QueryUse("вывоз", 1, in_vain=True),
    )
    assert directory.queries_of("q-waste", since=MONTH_AGO, limit=1) == (
        QueryUse("вывоз мусора", 3),
    )


def test_a_synonym_is_suggested_of_what_was_put_in_other_words(directory: Directory) -> None:
    directory.picked("вывоз мусора", "q-waste", after=("мусро", "куда хлам"))
    directory.picked("вывоз мусора", "q-waste", after=("куда хлам",))
    directory.picked("крупный мусор", "q-waste", after=("рухлядь",))

    first, second = directory.synonym_suggestions()
    assert first.pair == Synonym("хлам", "вывоз мусора")
    assert (first.rewording.query, first.rewording.times) == ("куда хлам", 2)
    assert (first.title, first.rewording.last_on) == (WASTE.title, TODAY)
    assert second.pair == Synonym("рухлядь", "крупный мусор")
    assert directory.synonym_suggestions(limit=1) == (first,)

    directory.put_synonyms([replace(first.pair, meaning="мусор")])
    assert directory.synonym_suggestions() == (second,)
    directory.answer_found("рухлядь")
    assert directory.synonym_suggestions() == ()


def test_nothing_is_suggested_of_what_leads_to_the_entry_or_only_has_fewer_words(
    directory: Directory,
) -> None:
    directory.picked("вывоз мусора", "q-waste", after=("мусро", "крупный"))
    directory.picked("ямы дороги двор", "q-waste", after=("двор",))

    assert directory.synonym_suggestions() == ()


def test_a_closed_entry_suggests_nothing(directory: Directory) -> None:
    directory.picked("вывоз", "q-waste", after=("хлам",))
    directory.close_entry("q-waste", TODAY)

    assert directory.synonym_suggestions() == ()


def test_rewordings_are_bounded_and_the_oldest_go_first(
    directory: Directory, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewording, "MOST_REWORDED", 2)
    for days, typed in enumerate(("хлам", "рухлядь", "барахло")):
        clock.now = NOW + timedelta(days=days)
        directory.picked("вывоз", "q-waste", after=(typed,))

    found = {one.rewording.query for one in directory.synonym_suggestions()}
    assert found == {"рухлядь", "барахло"}


def test_a_synonym_put_in_the_place_of_another_closes_it(directory: Directory) -> None:
    old, new = Synonym("хлам", "мусро"), Synonym("хлам", "мусор")
    directory.put_synonyms([old], by="Первая")
    directory.replace_synonym(old, new, by="Вторая")

    assert directory.synonyms() == (new,)
    kept = {one.pair: one for one in directory.kept_synonyms()}
    assert (kept[old].by, kept[old].closed_by, kept[old].closed_at) == ("Первая", "Вторая", NOW)
    assert (kept[new].by, kept[new].at, kept[new].closed_at) == ("Вторая", NOW, None)
    assert [hit.entry_id for hit in directory.search("хлам")] == ["q-waste"]

    directory.replace_synonym(new, replace(new, both_ways=True), by="Вторая")
    assert directory.synonyms() == (replace(new, both_ways=True),)
    with pytest.raises(ValueError, match="a word on each side"):
        directory.replace_synonym(new, Synonym("хлам", "-"))
    assert directory.synonyms() == (replace(new, both_ways=True),)


def test_a_search_in_vain_is_dealt_with_by_a_name_a_title_or_a_synonym(
    directory: Directory,
) -> None:
    for typed in ("лодка для мусора", "хлам", "где лавки", "качели"):
        directory.abandoned(typed)

    named = replace(WASTE, names=("лодка  для мусора",))
    directory.publish(named, based_on=1, by="Редактор", by_id="editor")
    new = Entry("q-new", EntryKind.QUESTION, "где лавки", "")
    directory.publish(new, based_on=0, by="Редактор", by_id="editor")
    directory.put_synonyms([Synonym("хлам", "мусор")])

    assert [one.query for one in directory.unanswered_searches()] == ["качели"]


def test_a_check_makes_a_version_and_leaves_drafts(directory: Directory) -> None:
    directory.mark_checked("q-waste", TODAY, by="Редактор")

    newest = directory.history("q-waste")[-1]
    assert (newest.number, newest.by) == (2, "Редактор")
    assert newest.entry == replace(WASTE, checked_on=TODAY)
    with pytest.raises(UnknownEntry):
        directory.mark_checked("q-no", TODAY, by="Редактор")


@pytest.mark.parametrize("days", [0, 364, 365, 366, 1000])
def test_report_list_and_check_go_by_one_rule(directory: Directory, days: int) -> None:
    entry = replace(WASTE, checked_on=TODAY - timedelta(days=days))
    directory.upsert(entry)
    (summary,) = [one for one in directory.summaries("") if one.entry_id == "q-waste"]
    reported = {one.entry_id: one.days_over for one in directory.stale(TODAY)}

    over = days - STALE_AFTER_DAYS[EntryKind.QUESTION]
    assert is_stale(entry, TODAY) == is_stale(summary, TODAY) == (over > 0)
    assert reported.get("q-waste") == (over if over > 0 else None)
    assert ("q-waste" in reported) == (over > 0)
    assert reported["q-pits"] is None
    assert directory.count_stale(TODAY) == len(reported)
