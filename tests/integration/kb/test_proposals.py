"""Proposals on topics: four parts, a decision with its author and time, and the resulting
change.
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kb.entries.changes import Decision, ProposedTopic
from kb.entries.entries import EntryKind, TopicDetails
from kb.errors import UnknownEntry
from kb.store import Directory

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ROADS = ProposedTopic("roads", "Дороги", "heating", ("town-hall",), "в отдел дорог")
PITS = ProposedTopic("roads/pits", "Ямы", "heating", (), "в отдел дорог", "homes")


def _propose(directory: Directory, topic: ProposedTopic = ROADS, proposal_id: str = "p-1") -> None:
    directory.propose(proposal_id, topic, organ="town-hall", by="probova", at=NOON)


def test_a_proposal_waits_and_changes_nothing(directory: Directory) -> None:
    _propose(directory)

    (waiting,) = directory.proposals()
    assert (waiting.topic, waiting.organ, waiting.by, waiting.at) == (
        ROADS,
        "town-hall",
        "probova",
        NOON,
    )
    assert waiting.decision is None
    assert directory.entry("roads") is None


def test_acceptance_makes_the_topic(directory: Directory) -> None:
    _propose(directory)
    _propose(directory, PITS, "p-2")

    decision = directory.decide("p-1", accepted=True, by="starshaya", at=NOON)
    directory.decide("p-2", accepted=True, by="starshaya", at=NOON)

    assert decision == Decision(True, "", "starshaya", NOON)
    assert directory.proposals()[-1].decision == decision
    made = directory.entry("roads")
    assert made is not None
    assert (made.kind, made.title, made.owner) == (EntryKind.TOPIC, "Дороги", "heating")
    assert made.details == TopicDetails(None, ("town-hall",), "в отдел дорог")
    assert "roads" in [topic.id for topic in directory.topics()]
    assert "roads/pits" in [one.id for one in directory.categories("homes")]
    (version,) = directory.history("roads")
    assert (version.by, version.at) == ("starshaya", NOON)


def test_acceptance_changes_a_topic_and_keeps_what_was_not_spoken_of(
    directory: Directory,
) -> None:
    before = directory.entry("homes")
    assert before is not None
    directory.upsert(replace(before, body="Описание"))
    _propose(directory, replace(ROADS, entry_id="homes"))

    directory.decide("p-1", accepted=True, by="starshaya")

    after = directory.entry("homes")
    assert after is not None
    assert (after.title, after.body) == ("Дороги", "Описание")


def test_declining_needs_a_reason_and_changes_nothing(directory: Directory) -> None:
    _propose(directory)
    with pytest.raises(ValueError, match="reason"):
        directory.decide("p-1", accepted=False, reason=" ", by="starshaya")

    decision = directory.decide("p-1", accepted=False, reason="Есть «Улицы»", by="starshaya")

    assert (decision.accepted, decision.reason) == (False, "Есть «Улицы»")
    assert directory.entry("roads") is None


def test_what_is_decided_stays_decided(directory: Directory) -> None:
    _propose(directory)
    first = directory.decide("p-1", accepted=False, reason="Нет", by="starshaya", at=NOON)

    assert directory.decide("p-1", accepted=True, by="drugaya") == first
    assert directory.entry("roads") is None


def test_open_ones_come_first(directory: Directory) -> None:
    _propose(directory)
    _propose(directory, PITS, "p-2")
    _propose(directory, replace(PITS, entry_id="x"), "p-3")
    directory.decide("p-3", accepted=False, reason="Нет", by="starshaya")

    assert [one.id for one in directory.proposals()] == ["p-2", "p-1", "p-3"]


@pytest.mark.parametrize(
    ("topic", "part"),
    [
        (replace(ROADS, name=" "), "name"),
        (replace(ROADS, owner=""), "owner"),
        (replace(ROADS, route=""), "route"),
    ],
)
def test_without_a_part_there_is_no_proposal(
    directory: Directory, topic: ProposedTopic, part: str
) -> None:
    with pytest.raises(ValueError, match=part):
        _propose(directory, topic)

    assert directory.proposals() == ()


def test_only_topics_are_proposed(directory: Directory) -> None:
    with pytest.raises(ValueError, match="not a topic"):
        _propose(directory, replace(ROADS, entry_id="q-cold"))


def test_an_unknown_proposal_is_not_decided(directory: Directory) -> None:
    with pytest.raises(UnknownEntry):
        directory.decide("nothing", accepted=True, by="starshaya")
