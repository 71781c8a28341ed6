"""The sample directory answers queries typed while a caller speaks."""

import random
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from kb.entries.entries import Entry, EntryKind, UnitDetails
from kb.entries.hours import city_now
from kb.search.search import Hit
from kb.store import Directory

TOP = 3
LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _top(directory: Directory, text: str, count: int = TOP) -> list[str]:
    return [hit.entry_id for hit in directory.search(text, count)]


def _bold(hit: Hit) -> list[str]:
    return [hit.title[start:end] for start, end in hit.marks]


def _lost(directory: Directory, content: tuple[Entry, ...], spell: object) -> list[str]:
    """Returns titles whose own entry is not among the first three results for this spelling.

    A topic shares words with its answers, which correctly rank before it: it may be among the first
    ten.
    """
    assert callable(spell)
    lost = []
    for entry in content:
        typed = spell(entry.title)
        count = 10 if entry.kind is EntryKind.TOPIC else TOP
        if entry.id not in _top(directory, typed, count):
            lost.append(typed)
    return lost


def test_every_title_finds_its_own_entry(
    sample: Directory, sample_content: tuple[Entry, ...]
) -> None:
    assert _lost(sample, sample_content, str) == []


def test_every_title_finds_its_entry_before_the_last_word_is_finished(
    sample: Directory, sample_content: tuple[Entry, ...]
) -> None:
    assert _lost(sample, sample_content, lambda title: title[:-2]) == []


def test_every_title_finds_its_entry_in_the_wrong_layout(
    sample: Directory, sample_content: tuple[Entry, ...]
) -> None:
    table = str.maketrans(CYRILLIC, LATIN)
    assert _lost(sample, sample_content, lambda title: title.lower().translate(table)) == []


def test_every_title_finds_its_entry_without_yo_and_case(
    sample: Directory, sample_content: tuple[Entry, ...]
) -> None:
    assert _lost(sample, sample_content, lambda title: title.upper().replace("Ё", "Е")) == []


def test_nearly_every_title_finds_its_entry_with_every_word_cut_short(
    sample: Directory, sample_content: tuple[Entry, ...]
) -> None:
    lost = _lost(sample, sample_content, lambda title: " ".join(word[:4] for word in title.split()))
    assert len(lost) <= 0.03 * len(sample_content), lost


def test_nearly_every_title_finds_its_entry_with_a_typo_in_every_word(
    sample: Directory, sample_content: tuple[Entry, ...]
) -> None:
    chance = random.Random(7)  # noqa: S311

    def mistype(word: str) -> str:
        place = chance.randrange(1, max(2, len(word) - 1))
        if len(word) < 5:
            return word
        return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]

    lost = _lost(
        sample, sample_content, lambda title: " ".join(mistype(word) for word in title.split())
    )
    assert len(lost) <= 0.03 * len(sample_content), lost


def test_nothing_is_lost_between_two_letters(
    sample: Directory, sample_content: tuple[Entry, ...]
) -> None:
    """Once a prefix identifies an entry, further letters must not remove it from the results."""
    questions = [entry for entry in sample_content if entry.kind is EntryKind.QUESTION]
    for entry in questions[::6]:
        for length in range(1, len(entry.title) + 1):
            assert sample.search(entry.title[:length]), entry.title[:length]


@pytest.mark.parametrize(
    "typed",
    [
        "регистр",
        "регистра",
        "регистрац",
        "регистраци",
        "регистрация",
        "регистрацию",
        "регистрацией",
    ],
)
def test_a_word_is_found_at_every_length_and_in_every_form(sample: Directory, typed: str) -> None:
    assert "p-residence-registration" in _top(sample, typed)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("застряла в лифте", "q-lift-stuck"),
        ("лифтом застряли", "q-lift-stuck"),
        ("застр лиф", "q-lift-stuck"),
        ("pfcnhzkb d kbant", "q-lift-stuck"),
        ("застярли в лфите", "q-lift-stuck"),
        ("субсидию на оплату жилья", "p-housing-subsidy"),
        ("дорого платить за коммуналку", "p-housing-subsidy"),
    ],
)
def test_what_an_operator_types_finds_the_answer(sample: Directory, typed: str, key: str) -> None:
    assert key in _top(sample, typed)


def test_a_unit_is_found_by_its_phone(sample: Directory, sample_content: tuple[Entry, ...]) -> None:
    numbers = {
        entry.id: {phone.number for phone in entry.details.phones}
        for entry in sample_content
        if isinstance(entry.details, UnitDetails)
    }
    for number in {number for of_unit in numbers.values() for number in of_unit}:
        sharing = {unit for unit, of_unit in numbers.items() if number in of_unit}
        for typed in (number, number.rsplit(" ", 1)[-1]):
            hits = sample.search(typed, len(sharing))
            assert {hit.entry_id for hit in hits} == sharing, typed


def test_a_unit_is_found_by_extension_address_and_official(directory: Directory) -> None:
    for typed in ("доб. 215", "12-34", "1234", "елочная 3", "mail@ya"):
        assert _top(directory, typed, 1) == ["town-hall"], typed
    for typed in ("Кремнёв", "кремнев", "крем", "глава поселка"):
        assert _top(directory, typed, 1) == ["person-town-hall-1"], typed


def test_an_official_is_found_by_a_part_of_the_surname(
    sample: Directory, sample_content: tuple[Entry, ...]
) -> None:
    for person in (entry for entry in sample_content if entry.kind is EntryKind.PERSON):
        assert person.id in _top(sample, person.title.split()[0][:-2], 10)


def test_words_that_were_asked_for_are_marked(directory: Directory) -> None:
    hit = directory.search("справки семья")[0]

    assert hit.title == "Где взять справку о составе семьи"
    assert _bold(hit) == ["справку", "семьи"]


def test_a_short_beginning_marks_only_so_much(directory: Directory) -> None:
    assert _bold(directory.search("справка с")[0]) == ["справку", "с", "с"]


def test_a_result_tells_how_it_was_read(directory: Directory) -> None:
    wrong_layout = directory.find("cghfdrf")
    assert wrong_layout.text == "cghfdrf"
    assert wrong_layout.reading.words == ("справка",)
    assert wrong_layout.reading.layout_corrected

    typo = directory.find("стравку ")
    assert typo.reading.words == ("справку",)
    assert typo.reading.typos_corrected


def test_latin_words_are_left_in_latin(directory: Directory) -> None:
    found = directory.find("wi-fi")

    assert found.hits[0].entry_id == "q-wifi"
    assert not found.reading.layout_corrected


def test_kinds_stand_in_one_list(sample: Directory) -> None:
    kinds = {hit.kind for hit in sample.search("паспорт", limit=50)}

    assert EntryKind.SERVICE in kinds
    assert len(kinds) > 1


def test_more_words_narrow_the_list(sample: Directory) -> None:
    one = sample.find("паспорт ", limit=500)
    two = sample.find("паспорт ребёнку ", limit=500)

    assert one.total >= len(one.hits) > 5
    assert len(two.hits) < len(one.hits)


def test_the_limit_cuts_hits_but_not_their_number(sample: Directory) -> None:
    few, many = sample.find("паспорт", limit=2), sample.find("паспорт", limit=500)

    assert len(few.hits) == 2
    assert few.total == many.total >= len(many.hits)
    assert few.hits == many.hits[:2]


def test_what_matched_is_counted_by_kind(sample: Directory) -> None:
    found = sample.find("паспорт", limit=500)
    kinds = Counter(hit.kind for hit in found.hits)

    assert set(found.by_kind) == set(EntryKind)
    assert all(found.by_kind[kind] >= count for kind, count in kinds.items())
    assert sum(found.by_kind.values()) == found.total


@pytest.mark.parametrize("kind", list(EntryKind))
def test_one_kind_alone_is_found_in_the_same_order(sample: Directory, kind: EntryKind) -> None:
    every, only = sample.find("паспорт", 500), sample.find("паспорт", 500, kind)

    wanted = [hit for hit in every.hits if hit.kind is kind]
    assert [hit for hit in only.hits if hit in wanted] == wanted
    assert list(only.hits[:TOP]) == wanted[:TOP]
    assert {hit.kind for hit in only.hits} <= {kind}
    assert only.by_kind[kind] >= len(only.hits)
    others = set(EntryKind) - {kind}
    assert [only.by_kind[one] for one in others] == [every.by_kind[one] for one in others]


def test_one_kind_is_found_behind_a_crowd_of_another(directory: Directory) -> None:
    crowd = [
        Entry(f"crowd-{number}", EntryKind.QUESTION, "Когда красят скамейки", "")
        for number in range(200)
    ]
    unit = Entry("far", EntryKind.UNIT, "Отдел озеленения", "Его бригады красят скамейки.")
    directory.replace_all((*crowd, unit))

    assert "far" not in _top(directory, "красят скамейки", 500)
    found = directory.find("красят скамейки", 9, EntryKind.UNIT)
    assert [hit.entry_id for hit in found.hits] == ["far"]
    assert (found.by_kind[EntryKind.UNIT], found.total) == (1, 201)


def test_kinds_are_known_after_changes_and_a_restart(tmp_path: Path, directory: Directory) -> None:
    question = directory.entry("q-cold")
    assert question is not None
    before = directory.find(question.title)
    directory.upsert(
        Entry("q-cold", EntryKind.SERVICE, question.title, question.body, names=question.names)
    )
    changed = directory.find(question.title, 9, EntryKind.SERVICE)

    assert before.by_kind[EntryKind.SERVICE] == 0
    assert [hit.entry_id for hit in changed.hits] == ["q-cold"]
    with closing(Directory.open(tmp_path / "directory.db")) as again:
        assert again.find(question.title, 9, EntryKind.SERVICE).hits == changed.hits


@pytest.mark.parametrize(
    ("typed", "number", "marked"),
    [
        ("10-00", "2-10-00", "10-00"),
        ("2-10-00", "+7 (87999) 2-10-00", "2-10-00"),
        ("8 87999 21000", "+7 (87999) 2-10-00", "87999) 2-10-00"),
        ("доб. 215", "215", "215"),
        ("5550150", "+79005550150", "5550150"),
        ("3", "2-10-03", ""),
        ("лифт", "2-10-00", ""),
    ],
)
def test_a_number_is_marked_however_it_is_written(
    sample: Directory, typed: str, number: str, marked: str
) -> None:
    marks = sample.find(typed).marker.in_number(number)

    assert [number[start:end] for start, end in marks] == ([marked] if marked else [])


def test_words_are_marked_in_any_text(sample: Directory) -> None:
    address = "ул. Садовая, д. 12"
    marks = sample.find("садовой 12").marker.in_text(address)

    assert [address[start:end] for start, end in marks] == ["Садовая", "12"]


@pytest.mark.parametrize("typed", ["", "   ", "?", "щщщщщ", "qqqqqq", "🙂", '"', "* OR NEAR("])
def test_what_means_nothing_finds_nothing(sample: Directory, typed: str) -> None:
    found = sample.find(typed)

    assert (found.hits, found.total) == ((), 0)


def test_a_unit_comes_whole(sample: Directory) -> None:
    hit = next(hit for hit in sample.search("администрация города") if hit.kind == "unit")

    assert hit.entry == sample.unit(hit.entry_id)


@SHARED
@given(text=st.text(max_size=80))
def test_any_text_is_searched_without_failing(sample: Directory, text: str) -> None:
    _holds(sample, text)


@SHARED
@given(
    text=st.lists(
        st.sampled_from(
            [
                "паспорт",
                "NEAR(",
                '"',
                "title:",
                "*",
                "^",
                "-",
                "AND",
                "лифт",
                "8(87999)",
                "gf,",
                "ё",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_signs_of_a_query_language_mean_nothing(sample: Directory, text: str) -> None:
    _holds(sample, text)


def _holds(directory: Directory, text: str) -> None:
    found = directory.find(text, limit=5)

    assert found.text == text
    assert len(found.hits) <= 5
    assert found.total >= len(found.hits)
    assert len({hit.entry_id for hit in found.hits}) == len(found.hits)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    for hit in found.hits:
        assert all(0 <= start < end <= len(hit.title) for start, end in hit.marks)


def test_an_edit_in_the_middle_of_a_search_reads_no_index_anew(
    tmp_path: Path, small_content: tuple[Entry, ...]
) -> None:
    asked: list[str] = []
    edits: list[Entry] = []

    def clock() -> datetime:
        """Makes an edit during the search, which calls the clock while it reads."""
        if edits:
            writer.submit(directory.upsert, edits.pop()).result()
            asked.clear()
        return city_now()

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_trace_callback(asked.append)

    event.listen(Engine, "connect", connected)
    try:
        with (
            ThreadPoolExecutor(1) as writer,
            closing(Directory.open(tmp_path / "directory.db", clock=clock)) as directory,
        ):
            directory.replace_all(small_content, "first")
            before = _top(directory, "интернет в читальном")
            edited = directory.entry(before[0])
            assert edited is not None
            edits.append(replace(edited, title="Поймали бешеную лисицу"))

            assert _top(directory, "интернет в читальном") == before
            assert not edits
            assert not [statement for statement in asked if "index_word" in statement]
            assert _top(directory, "лисица") == before[:1]
    finally:
        event.remove(Engine, "connect", connected)
