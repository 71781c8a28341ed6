"""An entry is a single value, and is restored unchanged from its record."""

import json
from datetime import date, time
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import Entry
from kb.entries.entries import (
    DETAILS_OF,
    AnswerTerm,
    Details,
    EntryKind,
    PersonDetails,
    Phone,
    ServiceDetails,
    TopicDetails,
    UnitDetails,
    entry_from,
    entry_record,
    reads_back,
)
from kb.entries.hours import WeekHours

DAY = date(2026, 11, 25)
HOURS = WeekHours((((time(9), time(13)), (time(14), time(18))), *(() for _day in range(6))))


@pytest.mark.parametrize("word", ["question", "unit", "service", "person", "topic"])
def test_a_plain_word_names_the_kind(word: str) -> None:
    entry = Entry(id="one", kind=word, title="", body="")  # type: ignore[arg-type]

    assert entry.kind is EntryKind(word)
    assert entry_from(entry_record(entry)) == entry


def test_what_is_no_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="club"):
        Entry("one", "club", "", "")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="requires an id"):
        Entry("", EntryKind.UNIT, "", "")
    with pytest.raises(ValueError, match="TopicDetails is invalid for an entry of kind unit"):
        Entry("one", EntryKind.UNIT, "", "", details=TopicDetails())
    with pytest.raises(ValueError, match="UnitDetails is invalid for an entry of kind question"):
        Entry("one", EntryKind.QUESTION, "", "", details=UnitDetails())


@pytest.mark.parametrize(
    "entry",
    [
        Entry("one", EntryKind.QUESTION, "Вопрос", "Ответ\nв две строки"),
        Entry(
            "one",
            EntryKind.QUESTION,
            "Вопрос",
            "Ответ",
            topic="Тема",
            section="Раздел",
            names=("иначе", "ещё иначе"),
            spoken="Коротко.",
            owner="unit",
            author="Редактор",
            source="Памятка",
            source_url="https://city.example/",
            checked_on=DAY,
            valid_from=DAY,
            valid_to=DAY,
        ),
        Entry("one", EntryKind.UNIT, "Отдел", "", details=UnitDetails()),
        Entry(
            "one",
            EntryKind.UNIT,
            "Отдел",
            "",
            details=UnitDetails(
                "two",
                "department",
                "Отд.",
                "ул. Мира",
                (Phone("1", "2", "3"),),
                "a@b",
                HOURS,
                AnswerTerm(5, "working"),
            ),
        ),
        Entry(
            "one",
            EntryKind.SERVICE,
            "Справка",
            "",
            details=ServiceDetails(("Придите.",), ("Паспорт",), "день", "бесплатно"),
        ),
        Entry(
            "one",
            EntryKind.PERSON,
            "Кремнёв Степан",
            "",
            details=PersonDetails("two", "Глава", (Phone("1"),), "a@b", "среда"),
        ),
        Entry(
            "one",
            EntryKind.TOPIC,
            "Тепло",
            "",
            details=TopicDetails(
                "two", ("three",), "сперва отдел", AnswerTerm(3, "calendar"), ("Номер дома",)
            ),
        ),
    ],
)
def test_a_record_is_read_back_to_an_equal_entry(entry: Entry) -> None:
    record = json.loads(json.dumps(entry_record(entry)))

    assert entry_from(record) == entry
    assert entry_record(entry_from(record)) == record


TEXTS = st.sampled_from(["", "а", "ёж и уж", " а", "а\n", "а\u2028", "е\u0301", "\u0301", "\ud800"])


def _any(whole: type[Any]) -> st.SearchStrategy[Any]:
    """Values of a dataclass with unusual texts in every text field."""
    by_type: dict[object, st.SearchStrategy[Any]] = {
        str: TEXTS,
        str | None: st.none() | TEXTS,
        tuple[str, ...]: st.lists(TEXTS, max_size=2).map(tuple),
        tuple[Phone, ...]: st.lists(st.builds(Phone, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
        date | None: st.sampled_from([None, date(2026, 1, 2)]),
    }
    types = get_type_hints(whole)
    known = {name: by_type[one] for name, one in types.items() if one in by_type}
    return st.fixed_dictionaries(known)


@given(st.data(), st.sampled_from(EntryKind))
def test_what_is_said_to_be_read_back_is(data: st.DataObject, kind: EntryKind) -> None:
    fields = data.draw(_any(Entry))
    details = DETAILS_OF.get(kind)
    if details is not None:
        fields["details"] = details(**data.draw(_any(details)))
    entry = Entry(**{**fields, "id": fields["id"] or "id", "kind": kind})
    if reads_back(entry):
        assert entry_from(entry_record(entry)) == entry


@pytest.mark.parametrize(
    "details", [UnitDetails(), UnitDetails(hours=HOURS), PersonDetails(), ServiceDetails()]
)
def test_plain_entries_are_said_to_be_read_back(details: Details) -> None:
    kind = next(kind for kind, one in DETAILS_OF.items() if type(details) is one)
    assert reads_back(Entry("id", kind, "Заголовок", "Текст", names=("имя",), details=details))


def test_an_entry_holds_from_its_first_day_until_the_day_it_is_closed() -> None:
    entry = Entry("one", EntryKind.TOPIC, "", "", valid_from=DAY, valid_to=date(2026, 11, 27))

    held = [day for day in range(24, 29) if entry.holds_on(date(2026, 11, day))]

    assert held == [25, 26]


def test_a_unit_has_a_name_for_lists() -> None:
    unit = Entry("one", EntryKind.UNIT, "Отдел писем", "", details=UnitDetails(short_title="Отдел"))

    assert unit.short_title == "Отдел"
    assert Entry("two", EntryKind.UNIT, "Отдел писем", "").short_title == "Отдел писем"
