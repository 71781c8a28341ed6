"""A check reports every fault of the entries in force; stale entries are listed by owner."""

from dataclasses import replace
from datetime import date, timedelta

from kb.entries.checks import Finding, Flaw, StaleEntry, by_owner, check, is_stale
from kb.entries.entries import Entry, EntryKind, PersonDetails, TopicDetails, UnitDetails
from kb.entries.hours import WeekHours

TODAY = date(2026, 11, 25)
HOURS = WeekHours((), around_the_clock=True)


def _unit(entry_id: str, title: str, parent: str | None = None) -> Entry:
    details = UnitDetails(parent, hours=HOURS)
    return Entry(entry_id, EntryKind.UNIT, title, "", checked_on=TODAY, details=details)


def _question(entry_id: str, title: str, **values: object) -> Entry:
    entry = Entry(entry_id, EntryKind.QUESTION, title, "Ответ", checked_on=TODAY)
    return replace(entry, **values)  # type: ignore[arg-type]


def _flaws(*entries: Entry) -> list[tuple[str, Flaw, str, str]]:
    return [
        (found.entry_id, found.flaw, found.field, found.value) for found in check(entries, TODAY)
    ]


def test_a_sound_directory_has_no_flaw() -> None:
    assert _flaws(_unit("a", "Отдел"), _unit("b", "Сектор", "a"), _question("q", "Как?")) == []


def test_references_to_what_is_not_there_of_another_kind_or_closed_are_broken() -> None:
    closed = replace(_unit("closed", "Бывший отдел"), valid_to=TODAY)
    person = Entry(
        "p",
        EntryKind.PERSON,
        "Пробный Пётр",
        "",
        owner="closed",
        checked_on=TODAY,
        details=PersonDetails("q"),
    )
    topic = Entry("t", EntryKind.TOPIC, "Тема", "", details=TopicDetails("none", ("a", "q")))

    assert _flaws(_unit("a", "Отдел"), closed, _question("q", "Как?"), person, topic) == [
        ("p", Flaw.BROKEN_REFERENCE, "owner", "closed"),
        ("p", Flaw.BROKEN_REFERENCE, "details.unit", "q"),
        ("t", Flaw.BROKEN_REFERENCE, "details.parent", "none"),
        ("t", Flaw.BROKEN_REFERENCE, "details.participants[1]", "q"),
    ]


def test_a_unit_above_itself_is_found_and_the_search_for_it_ends() -> None:
    ring = (_unit("a", "Один", "b"), _unit("b", "Два", "a"), _unit("c", "Три", "b"))

    assert _flaws(*ring) == [
        ("a", Flaw.CIRCULAR_PARENT, "details.parent", "b"),
        ("b", Flaw.CIRCULAR_PARENT, "details.parent", "a"),
    ]


def test_missing_texts_and_hours_are_found() -> None:
    unit = replace(_unit("a", "Отдел"), details=None)

    assert _flaws(unit, _question("q", "", body="")) == [
        ("a", Flaw.HOURS_NOT_STATED, "details.hours", ""),
        ("q", Flaw.MISSING_TITLE, "title", ""),
        ("q", Flaw.MISSING_TEXT, "body", ""),
    ]


def test_titles_of_the_same_words_are_duplicates_within_a_kind() -> None:
    found = _flaws(
        _question("a", "Где взять справку?"),
        _question("b", "где взять СПРАВКУ"),
        _unit("u", "Где взять справку"),
        _question("c", "Ещё не закрыт", valid_to=TODAY),
        _question("d", "Ещё не закрыт"),
    )

    assert found == [
        ("a", Flaw.DUPLICATE_TITLE, "title", "b"),
        ("b", Flaw.DUPLICATE_TITLE, "title", "a"),
    ]


def test_categories_of_two_topics_may_have_one_name() -> None:
    topics = [
        Entry(
            entry_id,
            EntryKind.TOPIC,
            title,
            "",
            details=TopicDetails(parent),
        )
        for entry_id, title, parent in (
            ("a", "Дороги", None),
            ("b", "Дома", None),
            ("a/other", "Другое", "a"),
            ("b/other", "Другое", "b"),
        )
    ]

    assert _flaws(*topics) == []


def test_what_was_not_checked_for_too_long_is_stale() -> None:
    old = TODAY - timedelta(days=366)

    assert _flaws(
        _question("a", "Один", checked_on=old),
        _question("b", "Два", checked_on=None),
        _question("c", "Три", checked_on=old + timedelta(days=1)),
    ) == [
        ("a", Flaw.STALE, "checked_on", "2025-11-24"),
        ("b", Flaw.STALE, "checked_on", ""),
    ]
    assert not is_stale(Entry("t", EntryKind.TOPIC, "Тема", ""), TODAY)


def test_a_finding_prints_its_place() -> None:
    assert str(Finding("q", Flaw.BROKEN_REFERENCE, "owner", "x")) == "q:owner: broken_reference (x)"
    assert str(Finding("q", Flaw.STALE)) == "q: stale"


def test_stale_entries_are_listed_by_owner_those_with_most_first() -> None:
    stale = [
        StaleEntry(str(number), EntryKind.QUESTION, "Вопрос", owner, None)
        for number, owner in enumerate(("water", "", "heat", "heat"))
    ]

    assert by_owner(stale) == {
        "heat": (stale[2], stale[3]),
        "": (stale[1],),
        "water": (stale[0],),
    }
    assert list(by_owner(stale)) == ["heat", "", "water"]
