"""Unsaved topic proposals and reasons for declining are restored after a crash, for their
author.
"""

from __future__ import annotations

from console.features.directory_editor.proposals import ProposalsPresenter
from kb.entries.changes import ProposedTopic
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.kept_desk import FOUND, KeptDesk, Start, settle

WHY = "Есть тема «Дороги»."
PROPOSAL = "7f000000-0000-7000-8000-000000000001"
PARTS = {
    "name": "Мосты",
    "owner": "road-service",
    "participants": "road-service",
    "route": "в отдел мостов",
    "organ": "road-service",
}


def waiting(desk: KeptDesk) -> ProposalsPresenter:
    """The page of proposals, with one proposal to be decided."""
    topic = ProposedTopic("topic-1", "Дворы", "road-service", (), "в отдел дворов", None)
    desk.entries.propose(PROPOSAL, topic, organ="road-service", by="Редактор")
    desk.presenters.proposals.reload()
    settle()
    return desk.presenters.proposals


def test_a_proposal_is_found_again_and_gone_once_it_is_written_down(start: Start) -> None:
    first = start()
    for name, text in PARTS.items():
        first.presenters.proposals.set_field(name, text)
    first.write()

    again = start(first)
    assert [notice.body for notice in again.told.values] == [
        "Ещё не отправлено: предложения по темам."
    ]
    proposals = again.presenters.proposals
    assert {name: text for name, text in proposals.state.fields.items() if text} == PARTS
    assert proposals.state.found_again == FOUND
    proposals.propose()
    settle()
    assert [one.topic.name for one in again.entries.proposals()] == ["Мосты"]
    assert proposals.state.found_again == ""
    again.write()
    assert again.on_disk() == {}


def test_why_it_is_declined_is_found_again_at_its_proposal(start: Start) -> None:
    first = start()
    waiting(first).choose(PROPOSAL)
    first.presenters.proposals.set_reason(WHY)
    first.write()
    assert [place.subject for place in first.on_disk()] == [PROPOSAL]

    again = start(first)
    proposals = waiting(again)
    assert (proposals.state.reason, proposals.state.found_again) == ("", "")
    proposals.choose(PROPOSAL)
    assert (proposals.state.reason, proposals.state.found_again) == (WHY, FOUND)
    proposals.decide(accepted=False)
    settle()
    (decided,) = again.entries.proposals()
    assert decided.decision is not None
    assert (decided.decision.accepted, decided.decision.reason) == (False, WHY)
    again.write()
    assert again.on_disk() == {}


def test_what_a_topic_is_already_and_what_is_emptied_is_no_words_of_hers(start: Start) -> None:
    desk = start()
    proposals = desk.presenters.proposals
    proposals.begin({"name": "Дворы"})
    desk.write()
    assert desk.on_disk() == {}
    proposals.set_field("name", "Дворы и арки")
    desk.write()
    assert len(desk.on_disk()) == 1
    proposals.set_field("name", " ")
    desk.write()
    assert desk.on_disk() == {}

    waiting(desk).choose(PROPOSAL)
    for text, places in ((WHY, 1), (" ", 0)):
        proposals.set_reason(text)
        desk.write()
        assert len(desk.on_disk()) == places


def test_a_reason_goes_when_a_colleague_has_decided(start: Start) -> None:
    desk = start()
    waiting(desk).choose(PROPOSAL)
    desk.presenters.proposals.set_reason(WHY)
    desk.write()
    desk.entries.decide(PROPOSAL, accepted=True, by="Другая")
    desk.presenters.proposals.reload()
    settle()
    desk.write()
    assert desk.on_disk() == {}


def test_nobody_goes_on_with_the_proposal_of_another_operator(start: Start) -> None:
    desk = start()
    proposals = desk.presenters.proposals
    proposals.set_field("name", "Мосты")
    desk.sit_down(OPERATOR)
    assert proposals.state.fields["name"] == ""
    desk.write()
    assert desk.on_disk(OPERATOR) == {}
    desk.sit_down(SUPERVISOR)
    assert proposals.state.fields["name"] == "Мосты"
    desk.write()
    assert len(desk.on_disk()) == 1


def test_what_was_sent_leaves_the_disk_without_waiting(start: Start) -> None:
    """If it were restored, it would be proposed again."""
    desk = start()
    proposals = waiting(desk)
    for name, text in PARTS.items():
        proposals.set_field(name, text)
    proposals.choose(PROPOSAL)
    proposals.set_reason(WHY)
    desk.write()
    assert len(desk.on_disk()) == 2
    proposals.decide(accepted=False)
    settle()
    proposals.choose("")
    proposals.propose()
    proposals.choose(PROPOSAL)
    settle()
    desk.store.try_disk().result()
    assert desk.on_disk() == {}
    assert proposals.state.chosen == PROPOSAL  # the operator has moved on
