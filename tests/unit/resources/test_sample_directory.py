"""The sample directory of the city is complete, consistent and free of near-duplicates."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from kb.files.importing import read_folder

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "directory" / "sample"

Record = dict[str, Any]

KEPT_FIELDS = {"id", "kind", "title", "body", "owner", "author", "checked_on", "valid_from"}
UNIT_FIELDS = KEPT_FIELDS | {"names", "details"}
PERSON_FIELDS = KEPT_FIELDS | {"details"}
TOPIC_FIELDS = {"id", "kind", "title", "body", "owner", "details"}
ANSWER_FIELDS = KEPT_FIELDS | {"names", "topic", "spoken", "source"}
SERVICE_FIELDS = ANSWER_FIELDS | {"source_url", "details"}
MAY_BE_ABSENT = {"section"}
MAY_BE_EMPTY = {("person", "body"), ("topic", "body"), ("topic", "details")}

UNIT_KINDS = {"department", "enterprise", "institution", "emergency", "state"}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
HOURS_SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d|\d{2}:\d{2}-24:00")
SHORT_NUMBERS = {"101", "102", "103", "104", "112"}
SAMPLE_NUMBER = re.compile(r"\+7 \(87999\) \d-\d{2}-\d{2}")
LATEST_CHECK = date(2026, 11, 20)
SIMILAR_FROM = 85

# The word names an appeal under federal law 59-FZ; handling waste or animals is another sense.
FORBIDDEN_WORD = re.compile(
    r"\bобращени(?!\w*\s+с\s+(?:\w+\s+)?(?:отход|живот|тко\b|собак|питом))", re.IGNORECASE
)


def _read(name: str) -> list[Record]:
    lines = (SAMPLE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@pytest.fixture(scope="module")
def units() -> list[Record]:
    return _read("units.jsonl")


@pytest.fixture(scope="module")
def people() -> list[Record]:
    return _read("people.jsonl")


@pytest.fixture(scope="module")
def topics() -> list[Record]:
    return [record for record in _read("classifier.jsonl") if "parent" not in record["details"]]


@pytest.fixture(scope="module")
def categories() -> list[Record]:
    return [record for record in _read("classifier.jsonl") if "parent" in record["details"]]


@pytest.fixture(scope="module")
def questions() -> list[Record]:
    return _read("questions-city.jsonl") + _read("questions-people.jsonl")


@pytest.fixture(scope="module")
def services() -> list[Record]:
    return _read("services.jsonl")


@pytest.fixture(scope="module")
def answers(questions: list[Record], services: list[Record]) -> list[Record]:
    return questions + services


@pytest.fixture(scope="module")
def unit_ids(units: list[Record]) -> set[str]:
    return {unit["id"] for unit in units}


def _repeated(keys: Sequence[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _incomplete(records: Sequence[Record], fields: set[str]) -> list[str]:
    found = []
    for record in records:
        name = record.get("id", "?")
        if set(record) - MAY_BE_ABSENT != fields:
            found.append(f"{name}: fields {sorted((set(record) - MAY_BE_ABSENT) ^ fields)}")
        for field, value in record.items():
            if not value and (record["kind"], field) not in MAY_BE_EMPTY:
                found.append(f"{name}: empty {field}")
    return found


def _similar(titles: Sequence[str]) -> list[tuple[str, str]]:
    lowered = [(title.casefold(), title) for title in titles]
    return [
        (first, second)
        for (first_low, first), (second_low, second) in combinations(lowered, 2)
        if fuzz.token_sort_ratio(first_low, second_low, score_cutoff=SIMILAR_FROM)
    ]


def _short_title(record: Record) -> str:
    return str(record.get("details", {}).get("short_title", ""))


def _spans(hours: Record) -> Iterator[str]:
    for day in WEEKDAYS:
        yield from hours[day]


def test_there_is_enough_of_everything(
    units: list[Record],
    people: list[Record],
    topics: list[Record],
    categories: list[Record],
    questions: list[Record],
    services: list[Record],
) -> None:
    assert len(units) >= 60
    assert len(people) >= 60
    assert len(topics) == 25
    assert len(categories) >= 100
    assert len(questions) >= 150
    assert len(services) >= 40


def test_it_can_be_imported_whole() -> None:
    entries = read_folder(SAMPLE)

    assert len(entries) == sum(
        len(file.read_text(encoding="utf-8").splitlines()) for file in SAMPLE.glob("*.jsonl")
    )


def test_every_record_has_its_fields_and_they_are_filled(
    units: list[Record],
    people: list[Record],
    topics: list[Record],
    categories: list[Record],
    questions: list[Record],
    services: list[Record],
) -> None:
    assert _incomplete(units, UNIT_FIELDS) == []
    assert _incomplete(people, PERSON_FIELDS) == []
    assert _incomplete(topics, TOPIC_FIELDS) == []
    assert _incomplete(categories, TOPIC_FIELDS) == []
    assert _incomplete(questions, ANSWER_FIELDS) == []
    assert _incomplete(services, SERVICE_FIELDS) == []


def test_ids_name_their_kind(
    people: list[Record],
    categories: list[Record],
    questions: list[Record],
    services: list[Record],
) -> None:
    assert [q["id"] for q in questions if not q["id"].startswith("q-")] == []
    assert [s["id"] for s in services if not s["id"].startswith("p-")] == []
    assert [p["id"] for p in people if not p["id"].startswith("person-")] == []
    wrong = [c["id"] for c in categories if not c["id"].startswith(c["details"]["parent"] + "/")]
    assert wrong == []


def test_units_form_a_tree(units: list[Record]) -> None:
    parents = {unit["id"]: unit["details"].get("parent") for unit in units}
    for unit in parents:
        seen = [unit]
        while (parent := parents[seen[-1]]) is not None:
            assert parent not in seen, f"{unit} is its own ancestor"
            seen.append(parent)


def test_topics_and_categories_named_elsewhere_exist(
    topics: list[Record],
    categories: list[Record],
    answers: list[Record],
) -> None:
    topic_ids = {topic["id"] for topic in topics}
    topic_of = {category["id"]: category["details"]["parent"] for category in categories}
    assert [a["id"] for a in answers if a["topic"] not in topic_ids] == []
    wrong = [
        (answer["id"], answer["section"])
        for answer in answers
        if "section" in answer and topic_of.get(answer["section"]) != answer["topic"]
    ]
    assert wrong == []


def test_every_topic_has_categories_and_answers(
    topics: list[Record], categories: list[Record], answers: list[Record]
) -> None:
    topic_ids = {topic["id"] for topic in topics}
    assert topic_ids - {category["details"]["parent"] for category in categories} == set()
    assert topic_ids - {answer["topic"] for answer in answers} == set()


def test_answer_terms_are_days_of_a_known_kind(
    categories: list[Record], units: list[Record]
) -> None:
    terms = [
        (record["id"], record["details"]["answer_term"])
        for record in (*categories, *units)
        if "answer_term" in record["details"]
    ]
    assert {record["kind"] for record in (*categories, *units) if record["id"] in dict(terms)} == {
        "topic",
        "unit",
    }
    for key, term in terms:
        assert set(term) == {"days", "kind"}, key
        assert term["kind"] in {"working", "calendar"}, key
        assert 1 <= term["days"] <= 30, key


def test_no_two_entries_have_similar_titles(units: list[Record], answers: list[Record]) -> None:
    assert _similar([record["title"] for record in units + answers]) == []


def test_no_two_categories_have_similar_titles(categories: list[Record]) -> None:
    assert _similar([category["title"] for category in categories]) == []


def test_a_message_is_never_called_an_appeal(
    units: list[Record],
    topics: list[Record],
    categories: list[Record],
    answers: list[Record],
) -> None:
    found = [
        record["id"]
        for record in units + topics + categories + answers
        for text in (record["title"], record.get("spoken", ""), _short_title(record))
        if FORBIDDEN_WORD.search(text) and "59-ФЗ" not in text
    ]
    assert found == []


def test_spoken_answers_are_short_enough_to_read_aloud(answers: list[Record]) -> None:
    words = {answer["id"]: len(answer["spoken"].split()) for answer in answers}
    assert {key: count for key, count in words.items() if not 15 <= count <= 55} == {}


def test_written_answers_of_questions_are_full(questions: list[Record]) -> None:
    words = {question["id"]: len(question["body"].split()) for question in questions}
    assert {key: count for key, count in words.items() if not 60 <= count <= 160} == {}


def test_entries_have_other_wordings(units: list[Record], answers: list[Record]) -> None:
    for record in units + answers:
        assert record["names"], record["id"]
        assert all(name.strip() for name in record["names"]), record["id"]
        assert _repeated([name.casefold() for name in record["names"]]) == [], record["id"]


def test_services_list_steps_and_documents(services: list[Record]) -> None:
    for service in services:
        details = service["details"]
        assert set(details) == {"steps", "documents", "term", "fee"}, service["id"]
        assert 3 <= len(details["steps"]) <= 7, service["id"]
        assert details["documents"], service["id"]
        assert service["source_url"].startswith("https://"), service["id"]


def test_kinds_phones_and_mail_of_units_are_well_formed(units: list[Record]) -> None:
    for unit in units:
        details = unit["details"]
        assert details["unit_kind"] in UNIT_KINDS, unit["id"]
        assert details["short_title"], unit["id"]
        assert details["address"], unit["id"]
        assert details["phones"], unit["id"]
        for phone in details["phones"]:
            assert {"number", "purpose"} <= set(phone), unit["id"]
            number = phone["number"]
            assert number in SHORT_NUMBERS or SAMPLE_NUMBER.fullmatch(number), number
        if "email" in details:
            assert details["email"].endswith("belokluchevsk.example"), unit["id"]


def test_people_have_a_post_in_a_unit_and_a_name_of_three_words(people: list[Record]) -> None:
    for person in people:
        assert person["details"]["post"], person["id"]
        assert person["details"]["unit"] == person["owner"], person["id"]
        assert len(person["title"].split()) == 3, person["id"]


def test_hours_of_units_can_be_read(units: list[Record]) -> None:
    for unit in units:
        hours = unit["details"]["hours"]
        if hours == {"around_the_clock": True}:
            continue
        assert sorted(hours) == sorted(WEEKDAYS), unit["id"]
        for span in _spans(hours):
            assert HOURS_SPAN.fullmatch(span), (unit["id"], span)
            opens, closes = span.split("-")
            assert opens < closes, (unit["id"], span)


def test_landline_numbers_in_answers_belong_to_a_unit(
    units: list[Record], answers: list[Record]
) -> None:
    known = {phone["number"] for unit in units for phone in unit["details"]["phones"]}
    quoted = {
        (answer["id"], number)
        for answer in answers
        for field in ("spoken", "body")
        for number in SAMPLE_NUMBER.findall(answer[field])
    }
    assert sorted(pair for pair in quoted if pair[1] not in known) == []


def test_checks_are_dated_and_few_are_older_than_a_year(
    units: list[Record], answers: list[Record]
) -> None:
    checked = []
    for record in units + answers:
        day = date.fromisoformat(record["checked_on"])
        assert date(2024, 1, 1) <= day <= LATEST_CHECK, record["id"]
        assert date.fromisoformat(record["valid_from"]) <= LATEST_CHECK, record["id"]
        checked.append(day)
    stale = sum(day < LATEST_CHECK - timedelta(days=365) for day in checked)
    assert 1 <= stale <= len(checked) // 8
