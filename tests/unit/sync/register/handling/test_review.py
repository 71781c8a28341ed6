"""From a draft to registration, publication, refusal or removal (Regulation 6, 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.contents import Confidential, Contents, proposed_ground
from sync.register.handling.events import Source, Step
from sync.register.handling.needs import REST_ON_EARLIER_MESSAGE, Need
from sync.register.handling.notices import Notice
from sync.register.handling.step_facts import Link, LinkKind
from sync.register.messages import MessageProblem, Publicity, State
from tests.unit.sync.register.handling.way import (
    COLLEAGUE,
    CONTENTS,
    EXPLAINED,
    MESSAGE,
    MODERATOR,
    NUMBERED,
    OTHER,
    REFUSED_ON,
    SUPERVISOR,
    Way,
    at_organ,
    published,
    registered,
    submitted,
    under_review,
)

PERSONAL = step_facts.ConfidentialFound(frozenset({Confidential.PERSONAL_DATA}))
PUBLIC = step_facts.PublicityStated(Publicity.PUBLIC)
REPEATED = step_facts.Repeated(OTHER, is_in_term=True)
EMPTY = Contents(" ", 0, None, None, " ", None, None)


def linked(kind: LinkKind, other: UUID = OTHER) -> step_facts.Linked:
    return step_facts.Linked(Link(kind, other))


def test_a_message_from_the_portal_waits_for_review() -> None:
    way = Way().step(Step.SUBMIT, step_facts.Told(CONTENTS), Source.PLATFORM)
    assert way.standing.state is State.SUBMITTED
    assert way.standing.submitted_at == way.at
    assert way.standing.contents == CONTENTS


def test_a_photo_alone_tells_something() -> None:
    assert Way().lacks(Step.SUBMIT, step_facts.Told(EMPTY)) == (Need.SOMETHING_TOLD,)
    way = Way().step(Step.SUBMIT, step_facts.Told(replace(EMPTY, photos=1)))
    assert way.standing.state is State.SUBMITTED


def test_what_6_1_asks_for_is_told_one_by_one() -> None:
    way = Way().step(Step.SUBMIT, step_facts.Told(replace(EMPTY, photos=1))).step(Step.TAKE_UP)
    missing = (
        MessageProblem.DATE_MISSING,
        MessageProblem.TIME_MISSING,
        MessageProblem.PLACE_MISSING,
        MessageProblem.CATEGORY_MISSING,
    )
    assert way.lacks(Step.REGISTER, NUMBERED) == missing
    submitted_at = way.standing.submitted_at
    way.step(Step.CORRECT, step_facts.Told(CONTENTS)).step(Step.REGISTER, NUMBERED)
    assert way.standing.contents == CONTENTS
    assert way.standing.submitted_at == submitted_at


def test_what_is_missing_of_6_1_proposes_its_ground() -> None:
    assert proposed_ground(EMPTY) is Ground.INCOMPLETE
    assert proposed_ground(replace(CONTENTS, place=" ")) is Ground.INCOMPLETE
    assert proposed_ground(replace(CONTENTS, category=None)) is None
    assert proposed_ground(CONTENTS) is None


def test_only_the_one_who_took_a_message_judges_it() -> None:
    way = under_review()
    assert way.standing.taken_by == MODERATOR
    for step, told in (
        (Step.REGISTER, NUMBERED),
        (Step.REFUSE, REFUSED_ON),
        (Step.REMOVE_DUPLICATE, REPEATED),
        (Step.CORRECT, step_facts.Told(CONTENTS)),
        (Step.ASK_COLLEAGUE, EXPLAINED),
    ):
        assert way.lacks(step, told, SUPERVISOR) == (Need.HELD_BY_DOER,)


def test_a_colleague_with_another_name_or_role_is_the_same_person() -> None:
    way = under_review()
    way.step(Step.REGISTER, NUMBERED, replace(SUPERVISOR, id=MODERATOR.id))
    assert way.standing.state is State.REGISTERED
    assert way.standing.taken_by is None


def test_a_message_is_released_by_its_taker_or_a_supervisor() -> None:
    assert under_review().lacks(Step.RELEASE, by=COLLEAGUE) == (Need.HELD_OR_OVERRULED,)
    for by in (MODERATOR, SUPERVISOR):
        way = under_review().step(Step.RELEASE, by=by)
        assert way.standing.state is State.SUBMITTED
        assert way.standing.taken_by is None
        way.step(Step.TAKE_UP, by=COLLEAGUE)
        assert way.standing.taken_by == COLLEAGUE


def test_a_colleague_is_asked_without_a_step_on() -> None:
    way = under_review().step(Step.ASK_COLLEAGUE, EXPLAINED)
    assert way.standing.state is State.UNDER_REVIEW
    assert way.lacks(Step.ASK_COLLEAGUE, step_facts.Explained("  ")) == (Need.REASON,)


def test_a_public_message_is_registered_and_published_at_once() -> None:
    way = published()
    assert way.standing.state is State.PUBLISHED
    assert way.standing.published_at == way.at == way.standing.answer_term_from
    assert way.notices == (Notice.REGISTERED_AND_PUBLISHED,)
    assert under_review(Publicity.PUBLIC).lacks(Step.REGISTER, NUMBERED) == (Need.NON_PUBLIC,)


@pytest.mark.parametrize("publicity", [Publicity.NOT_STATED, Publicity.NON_PUBLIC])
def test_what_is_not_stated_public_is_registered_unseen(publicity: Publicity) -> None:
    way = under_review(publicity)
    assert way.lacks(Step.REGISTER_AND_PUBLISH, NUMBERED) == (Need.PUBLIC,)
    way.step(Step.REGISTER, NUMBERED)
    assert way.standing.state is State.REGISTERED
    assert not way.standing.is_published
    assert way.lacks(Step.PUBLISH) == (Need.PUBLIC,)


def test_who_said_so_of_publicity_is_kept() -> None:
    for by in (COLLEAGUE, Source.PLATFORM):
        way = Way().step(Step.STATE_PUBLICITY, PUBLIC, by)
        assert way.standing.publicity_by == by


def test_a_message_may_become_public_after_registration() -> None:
    way = registered().step(Step.STATE_PUBLICITY, PUBLIC).step(Step.PUBLISH)
    assert way.standing.state is State.PUBLISHED
    assert way.standing.published_at == way.at
    assert way.notices == (Notice.PUBLISHED,)


def test_personal_data_make_a_message_non_public_until_a_person_takes_the_mark_away() -> None:
    way = under_review(Publicity.PUBLIC).step(Step.MARK_CONFIDENTIAL, PERSONAL, Source.SYSTEM)
    assert way.lacks(Step.REGISTER_AND_PUBLISH, NUMBERED) == (Need.PUBLIC,)
    way.step(Step.CLEAR_CONFIDENTIAL, EXPLAINED).step(Step.REGISTER_AND_PUBLISH, NUMBERED)
    assert way.standing.is_published


def test_marks_add_up_and_need_a_kind() -> None:
    way = under_review()
    nothing = step_facts.ConfidentialFound(frozenset())
    assert way.lacks(Step.MARK_CONFIDENTIAL, nothing) == (Need.KINDS_OF_CONFIDENTIAL,)
    assert way.lacks(Step.CLEAR_CONFIDENTIAL, EXPLAINED) == (Need.MARKED_CONFIDENTIAL,)
    for kind in Confidential:
        way.step(Step.MARK_CONFIDENTIAL, step_facts.ConfidentialFound(frozenset({kind})))
    assert way.standing.confidential == {
        Confidential.PERSONAL_DATA,
        Confidential.HEALTH,
        Confidential.CONFIDENTIAL_BY_LAW,
        Confidential.CLASSIFIED,
    }


def test_personal_data_found_late_hide_a_published_message() -> None:
    way = published().step(Step.MARK_CONFIDENTIAL, PERSONAL, Source.SYSTEM)
    assert way.standing.state is State.REGISTERED
    assert not way.standing.is_published
    gone_on = at_organ().step(Step.MARK_CONFIDENTIAL, PERSONAL)
    assert gone_on.standing.state is State.AT_ORGAN
    assert not gone_on.standing.is_published


def test_a_published_message_is_withheld_when_its_author_asks() -> None:
    way = published().step(Step.WITHHOLD, EXPLAINED, Source.PLATFORM)
    assert way.standing.state is State.REGISTERED
    assert way.standing.publicity is Publicity.NON_PUBLIC
    assert way.standing.publicity_by is Source.PLATFORM
    gone_on = at_organ().step(Step.WITHHOLD, EXPLAINED)
    assert not gone_on.standing.is_published
    assert gone_on.lacks(Step.WITHHOLD, EXPLAINED) == (Need.PUBLISHED,)


def test_a_refusal_has_its_grounds_and_says_what_to_correct() -> None:
    way = under_review().step(Step.REFUSE, REFUSED_ON)
    assert way.standing.state is State.REFUSED
    assert way.standing.refused_on == {Ground.NO_PLACE}
    assert way.standing.taken_by is None
    assert way.notices == (Notice.REFUSED,)


@pytest.mark.parametrize("ground", list(Ground))
def test_grounds_that_rest_on_an_earlier_message_name_it(ground: Ground) -> None:
    told = step_facts.RefusedOn(frozenset({ground}), "Пояснение.")
    way = under_review()
    if ground in REST_ON_EARLIER_MESSAGE:
        assert way.lacks(Step.REFUSE, told) == (Need.EARLIER_MESSAGE,)
        itself = replace(told, earlier_id=MESSAGE)
        assert way.lacks(Step.REFUSE, itself) == (Need.EARLIER_MESSAGE,)
        told = replace(told, earlier_id=OTHER)
    assert way.step(Step.REFUSE, told).standing.state is State.REFUSED


@pytest.mark.parametrize("begin", [under_review, registered, published])
def test_a_repetition_is_removed_and_no_longer_seen(begin: Callable[[], Way]) -> None:
    way = begin()
    assert way.lacks(Step.REMOVE_DUPLICATE, step_facts.Repeated(OTHER, is_in_term=False)) == (
        Need.ORIGINAL_IN_TERM,
    )
    assert way.lacks(Step.REMOVE_DUPLICATE, step_facts.Repeated(MESSAGE, is_in_term=True)) == (
        Need.OTHER_MESSAGE,
    )
    way.step(Step.REMOVE_DUPLICATE, REPEATED)
    assert way.standing.state is State.REMOVED_AS_DUPLICATE
    assert way.standing.links == (Link(LinkKind.REPEATS, OTHER),)
    assert not way.standing.is_published
    assert way.notices == (Notice.DUPLICATE_REMOVED,)


def test_a_caller_joins_a_matter_that_is_known() -> None:
    way = Way()
    assert way.lacks(Step.JOIN, linked(LinkKind.JOINS, MESSAGE)) == (Need.OTHER_MESSAGE,)
    way.step(Step.JOIN, linked(LinkKind.JOINS))
    assert way.standing.state is State.CLOSED
    assert way.standing.links == (Link(LinkKind.JOINS, OTHER),)


def test_a_draft_that_nobody_wants_is_discarded_with_a_reason() -> None:
    assert Way().lacks(Step.DISCARD, step_facts.Explained("")) == (Need.REASON,)
    assert Way().step(Step.DISCARD, EXPLAINED).standing.state is State.CLOSED


def test_links_and_calls_are_added_while_a_message_is_open() -> None:
    way = submitted()
    kinds = (LinkKind.CORRECTS, LinkKind.SAME_MATTER, LinkKind.SPLIT_FROM)
    for kind in kinds:
        way.step(Step.LINK, linked(kind))
    way.step(Step.LINK_CALL, step_facts.CallLinked(UUID(int=5)))
    assert way.standing.links == tuple(Link(kind, OTHER) for kind in kinds)
    assert way.standing.call_ids == (UUID(int=5),)
    assert way.standing.state is State.SUBMITTED


def test_a_draft_is_split_into_others() -> None:
    way = Way()
    for into in ((), (MESSAGE,), (OTHER, OTHER)):
        assert way.lacks(Step.SPLIT, step_facts.SplitUp(into)) == (Need.PARTS,)
    way.step(Step.SPLIT, step_facts.SplitUp((OTHER, UUID(int=79))))
    assert way.standing.links == (
        Link(LinkKind.SPLIT_INTO, OTHER),
        Link(LinkKind.SPLIT_INTO, UUID(int=79)),
    )
    assert submitted().standing.state is State.SUBMITTED
