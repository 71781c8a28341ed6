"""Converts records of the first version of the directory to records of the current version.

In the first version officials were part of their unit, and topics had their own tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]


def entry_records(
    entries: Sequence[tuple[str, Record]], topics: Sequence[Record], categories: Sequence[Record]
) -> Iterator[dict[str, Any]]:
    """Yields records in the current form: entries, then topics, then categories.

    ``entries`` are pairs of old kind and record. A topic whose key is also used by an entry is
    renamed ``topic-KEY``, because entries and topics now share one id space.
    """
    taken = {record["key"] for _kind, record in entries}
    renamed = {topic["key"]: f"topic-{topic['key']}" for topic in topics if topic["key"] in taken}
    for kind, record in entries:
        match kind:
            case "unit":
                yield _unit(record)
                yield from _officials(record)
            case "question":
                yield _question(record, renamed)
            case _:
                yield _service(record, renamed)
    for topic in topics:
        yield _topic(topic, renamed)
    for category in categories:
        yield _category(category, renamed)


def _common(record: Record) -> dict[str, Any]:
    return {
        "title": record["title"],
        "names": record["aliases"],
        "author": record["author"],
        "checked_on": record["checked_on"],
        "valid_from": record["valid_from"],
    }


def _unit(record: Record) -> dict[str, Any]:
    names = ("parent", "short_title", "address", "phones", "email", "hours")
    return {
        "id": record["key"],
        "kind": "unit",
        "body": record["powers"],
        "owner": record["key"],
        **_common(record),
        "details": {"unit_kind": record["kind"], **{name: record[name] for name in names}},
    }


def _officials(record: Record) -> Iterator[dict[str, Any]]:
    for number, official in enumerate(record["officials"], start=1):
        yield {
            "id": f"person-{record['key']}-{number}",
            "kind": "person",
            "owner": record["key"],
            **_common(record),
            "title": official["name"],
            "names": [],
            "body": "",
            "details": {
                "unit": record["key"],
                "post": official["post"],
                "reception": official["reception"],
            },
        }


def _answer(record: Record, renamed: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": record["key"],
        "body": record["written"],
        "spoken": record["spoken"],
        "topic": renamed.get(record["topic"], record["topic"]),
        "owner": record["unit"],
        "source": record["source"],
        **_common(record),
    }


def _question(record: Record, renamed: Mapping[str, str]) -> dict[str, Any]:
    return {**_answer(record, renamed), "kind": "question", "section": record["category"]}


def _service(record: Record, renamed: Mapping[str, str]) -> dict[str, Any]:
    return {
        **_answer(record, renamed),
        "kind": "service",
        "source_url": record["source_url"],
        "details": {name: record[name] for name in ("steps", "documents", "term", "fee")},
    }


def _topic(record: Record, renamed: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": renamed.get(record["key"], record["key"]),
        "kind": "topic",
        "title": record["title"],
        "body": "",
        "owner": record["unit"],
        "details": {},
    }


def _category(record: Record, renamed: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": record["key"],
        "kind": "topic",
        "title": record["title"],
        "body": "",
        "owner": record["unit"],
        "details": {
            "parent": renamed.get(record["topic"], record["topic"]),
            "participants": record["participants"],
            "answer_term": record["answer_term"],
        },
    }
