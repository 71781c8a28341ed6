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

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "directory" / "sample"

Record = dict[str, Any]

UNIT_FIELDS = {
    "key", "parent", "kind", "title", "short_title", "aliases", "powers", "address", "phones",
    "email", "hours", "officials", "checked_on", "valid_from", "author",
}  # fmt: skip
TOPIC_FIELDS = {"type", "key", "title", "unit"}
CATEGORY_FIELDS = TOPIC_FIELDS | {"topic", "participants", "answer_term"}
ANSWER_FIELDS = {
    "key", "title", "aliases", "spoken", "written", "unit", "topic", "source", "checked_on",
    "valid_from", "author",
}  # fmt: skip
QUESTION_FIELDS = ANSWER_FIELDS | {"category"}
PROCEDURE_FIELDS = ANSWER_FIELDS | {"steps", "documents", "term", "fee", "source_url"}
MAY_BE_NULL = {"parent", "email", "category", "answer_term"}

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
def topics() -> list[Record]:
    return [record for record in _read("classifier.jsonl") if record["type"] == "topic"]


@pytest.fixture(scope="module")
def categories() -> list[Record]:
    return [record for record in _read("classifier.jsonl") if record["type"] == "category"]


@pytest.fixture(scope="module")
def questions() -> list[Record]:
    return _read("questions-city.jsonl") + _read("questions-people.jsonl")


@pytest.fixture(scope="module")
def procedures() -> list[Record]:
    return _read("procedures.jsonl")


@pytest.fixture(scope="module")
def answers(questions: list[Record], procedures: list[Record]) -> list[Record]:
    return questions + procedures


@pytest.fixture(scope="module")
def unit_keys(units: list[Record]) -> set[str]:
    return {unit["key"] for unit in units}


def _repeated(keys: Sequence[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _incomplete(records: Sequence[Record], fields: set[str]) -> list[str]:
    found = []
    for record in records:
        name = record.get("key", "?")
        if set(record) != fields:
            found.append(f"{name}: fields {sorted(set(record) ^ fields)}")
        for field, value in record.items():
            if field in MAY_BE_NULL and value is None:
                continue
            if value is None or (isinstance(value, str) and not value.strip()):
                found.append(f"{name}: empty {field}")
    return found


def _similar(titles: Sequence[str]) -> list[tuple[str, str]]:
    lowered = [(title.casefold(), title) for title in titles]
    return [
        (first, second)
        for (first_low, first), (second_low, second) in combinations(lowered, 2)
        if fuzz.token_sort_ratio(first_low, second_low, score_cutoff=SIMILAR_FROM)
    ]


def _spans(hours: Record) -> Iterator[str]:
    for day in WEEKDAYS:
        yield from hours[day]


def test_there_is_enough_of_everything(
    units: list[Record],
    topics: list[Record],
    categories: list[Record],
    questions: list[Record],
    procedures: list[Record],
) -> None:
    assert len(units) >= 60
    assert len(topics) == 25
    assert len(categories) >= 100
    assert len(questions) >= 150
    assert len(procedures) >= 40


def test_classifier_holds_only_topics_and_categories() -> None:
    assert {record["type"] for record in _read("classifier.jsonl")} == {"topic", "category"}


def test_every_record_has_its_fields_and_they_are_filled(
    units: list[Record],
    topics: list[Record],
    categories: list[Record],
    questions: list[Record],
    procedures: list[Record],
) -> None:
    assert _incomplete(units, UNIT_FIELDS) == []
    assert _incomplete(topics, TOPIC_FIELDS) == []
    assert _incomplete(categories, CATEGORY_FIELDS) == []
    assert _incomplete(questions, QUESTION_FIELDS) == []
    assert _incomplete(procedures, PROCEDURE_FIELDS) == []


def test_keys_are_unique(
    units: list[Record],
    topics: list[Record],
    categories: list[Record],
    answers: list[Record],
) -> None:
    assert _repeated([record["key"] for record in topics + categories]) == []
    assert _repeated([record["key"] for record in units + answers]) == []


def test_keys_name_their_kind(
    categories: list[Record], questions: list[Record], procedures: list[Record]
) -> None:
    assert [q["key"] for q in questions if not q["key"].startswith("q-")] == []
    assert [p["key"] for p in procedures if not p["key"].startswith("p-")] == []
    assert [c["key"] for c in categories if not c["key"].startswith(c["topic"] + "/")] == []


def test_units_form_a_tree(units: list[Record], unit_keys: set[str]) -> None:
    parents = {unit["key"]: unit["parent"] for unit in units}
    unknown = {key for key, parent in parents.items() if parent and parent not in unit_keys}
    assert unknown == set()
    for key in parents:
        seen = [key]
        while (parent := parents[seen[-1]]) is not None:
            assert parent not in seen, f"{key} is its own ancestor"
            seen.append(parent)


def test_units_named_elsewhere_exist(
    topics: list[Record],
    categories: list[Record],
    answers: list[Record],
    unit_keys: set[str],
) -> None:
    named = {(record["key"], record["unit"]) for record in topics + categories + answers}
    named |= {(record["key"], other) for record in categories for other in record["participants"]}
    assert sorted(pair for pair in named if pair[1] not in unit_keys) == []


def test_topics_and_categories_named_elsewhere_exist(
    topics: list[Record],
    categories: list[Record],
    questions: list[Record],
    answers: list[Record],
) -> None:
    topic_keys = {topic["key"] for topic in topics}
    topic_of = {category["key"]: category["topic"] for category in categories}
    assert [c["key"] for c in categories if c["topic"] not in topic_keys] == []
    assert [a["key"] for a in answers if a["topic"] not in topic_keys] == []
    wrong = [
        (question["key"], question["category"])
        for question in questions
        if question["category"] is not None
        and topic_of.get(question["category"]) != question["topic"]
    ]
    assert wrong == []


def test_every_topic_has_categories_and_answers(
    topics: list[Record], categories: list[Record], answers: list[Record]
) -> None:
    topic_keys = {topic["key"] for topic in topics}
    assert topic_keys - {category["topic"] for category in categories} == set()
    assert topic_keys - {answer["topic"] for answer in answers} == set()


def test_answer_terms_are_days_of_a_known_kind(categories: list[Record]) -> None:
    terms = [(c["key"], c["answer_term"]) for c in categories if c["answer_term"] is not None]
    assert terms, "no category names its own term"
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
        record["key"]
        for record in units + topics + categories + answers
        for field in ("title", "short_title", "spoken")
        if FORBIDDEN_WORD.search(record.get(field, "")) and "59-ФЗ" not in record[field]
    ]
    assert found == []


def test_spoken_answers_are_short_enough_to_read_aloud(answers: list[Record]) -> None:
    words = {answer["key"]: len(answer["spoken"].split()) for answer in answers}
    assert {key: count for key, count in words.items() if not 15 <= count <= 55} == {}


def test_written_answers_of_questions_are_full(questions: list[Record]) -> None:
    words = {question["key"]: len(question["written"].split()) for question in questions}
    assert {key: count for key, count in words.items() if not 60 <= count <= 160} == {}


def test_entries_have_other_wordings(units: list[Record], answers: list[Record]) -> None:
    for record in units + answers:
        assert record["aliases"], record["key"]
        assert all(alias.strip() for alias in record["aliases"]), record["key"]
        assert _repeated([alias.casefold() for alias in record["aliases"]]) == [], record["key"]


def test_procedures_list_steps_and_documents(procedures: list[Record]) -> None:
    for procedure in procedures:
        assert 3 <= len(procedure["steps"]) <= 7, procedure["key"]
        assert procedure["documents"], procedure["key"]
        assert all(text.strip() for text in procedure["steps"] + procedure["documents"])
        assert procedure["source_url"].startswith("https://"), procedure["key"]


def test_kinds_phones_and_mail_of_units_are_well_formed(units: list[Record]) -> None:
    for unit in units:
        assert unit["kind"] in UNIT_KINDS, unit["key"]
        assert unit["phones"], unit["key"]
        for phone in unit["phones"]:
            assert set(phone) == {"number", "extension", "purpose"}, unit["key"]
            number = phone["number"]
            assert number in SHORT_NUMBERS or SAMPLE_NUMBER.fullmatch(number), number
        if unit["email"] is not None:
            assert unit["email"].endswith("belokluchevsk.example"), unit["key"]
        for official in unit["officials"]:
            assert set(official) == {"post", "name", "reception"}, unit["key"]
            assert official["post"], unit["key"]
            assert official["name"], unit["key"]


def test_hours_of_units_can_be_read(units: list[Record]) -> None:
    for unit in units:
        hours = unit["hours"]
        if hours == {"around_the_clock": True}:
            continue
        assert sorted(hours) == sorted(WEEKDAYS), unit["key"]
        for span in _spans(hours):
            assert HOURS_SPAN.fullmatch(span), (unit["key"], span)
            opens, closes = span.split("-")
            assert opens < closes, (unit["key"], span)


def test_landline_numbers_in_answers_belong_to_a_unit(
    units: list[Record], answers: list[Record]
) -> None:
    known = {phone["number"] for unit in units for phone in unit["phones"]}
    quoted = {
        (answer["key"], number)
        for answer in answers
        for field in ("spoken", "written")
        for number in SAMPLE_NUMBER.findall(answer[field])
    }
    assert sorted(pair for pair in quoted if pair[1] not in known) == []


def test_checks_are_dated_and_few_are_older_than_a_year(
    units: list[Record], answers: list[Record]
) -> None:
    checked = []
    for record in units + answers:
        day = date.fromisoformat(record["checked_on"])
        assert date(2024, 1, 1) <= day <= LATEST_CHECK, record["key"]
        assert date.fromisoformat(record["valid_from"]) <= LATEST_CHECK, record["key"]
        checked.append(day)
    stale = sum(day < LATEST_CHECK - timedelta(days=365) for day in checked)
    assert 1 <= stale <= len(checked) // 8
