"""Two operators do not call one person simultaneously, and an unreachable central database delays
no call.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.shared.session import call_words
from console.shared.session.call_claims import (
    ANSWER_MS,
    DIAL_S,
    LOOK_AGAIN_S,
    MISSED_WITHIN,
    RELEASE_S,
    RENEW_S,
    WRITING_RENEW_S,
    WRITTEN_WITHIN,
    CallClaimsPresenter,
    TeamOfCentre,
)
from console.shared.session.live_calls import DeskState, LiveCall
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallState
from sync.register.calls.missed import CallClaim, ClaimHolder, ClaimStage
from sync.register.numbering import next_number, period_of
from telephony.events import Direction
from tests.fakes.call_claims import FakeTeam
from tests.fakes.console_fakes import (
    AREA_CODE,
    OPERATOR,
    RANG_AT,
    HeldExecutor,
    InlineExecutor,
    Told,
    new_ids,
)
from tests.fakes.records import new_call
from tests.fakes.review_fakes import settle
from tests.fakes.rtp_peer import wait_until

PHONE, SHOWN = "+79005550151", "8 (900) 555-01-51"
SECOND = CallClaim(UUID(int=77), PHONE, UUID(int=7), "Вторая Вера Павловна")
HELD = "Вторая В. П. звонит по этому номеру"


@dataclass
class Bench:
    claims: CallClaimsPresenter
    team: FakeTeam
    told: Told
    now_s: list[float]
    dialled: list[str]

    def press(self, number: str = SHOWN) -> None:
        self.claims.call(number, lambda: self.dialled.append(number))
        settle()

    def wait(self, seconds: float) -> None:
        self.now_s[0] += seconds
        self.claims.settle()
        settle()

    def heads(self) -> list[str]:
        return [notice.head for notice in self.told.values]


def come_to(condition: Callable[[], bool], limit_s: float = 5.0) -> None:
    """Processes events until the condition is true, as the window does."""

    def holds() -> bool:
        settle()
        return condition()

    wait_until(holds, timeout_s=limit_s)


def run_all(worker: HeldExecutor) -> None:
    """Answers all requests to the central database, and the requests that follow from them."""
    done = 0
    while done < len(worker.jobs):
        worker.run(done)
        done += 1
        settle()
    worker.jobs.clear()


def live(*, is_answered: bool, direction: Direction = Direction.OUTGOING) -> LiveCall:
    at = RANG_AT + timedelta(seconds=5)
    return LiveCall(
        "c", direction, SHOWN, "", "100", RANG_AT, answered_at=at if is_answered else None
    )


def draft_of_a_talk() -> CallRecord:
    """The record of a finished call-back, before it is saved."""
    card = calls.open_card(
        replace(new_call(1), caller_number=SHOWN, direction="outgoing"),
        id=UUID(int=1),
        number=next_number(period_of(RANG_AT), "0001", 1),
        at=RANG_AT,
        operator=OPERATOR,
        workplace="0001",
        home_area_code=AREA_CODE,
    )
    return calls.ended(calls.answered(card, RANG_AT), RANG_AT, "far_end", None)


def claims_of(
    team: TeamOfCentre | None,
    owner: QObject,
    now_s: Callable[[], float] = time.monotonic,
    clock: Callable[[], datetime] = lambda: RANG_AT + timedelta(minutes=1),
) -> CallClaimsPresenter:
    """Presenter of a workplace with a signed-in operator."""
    return CallClaimsPresenter(
        team,
        Deliveries(owner),
        operator=lambda: OPERATOR,
        new_id=new_ids(100),
        area_code=AREA_CODE,
        clock=clock,
        monotonic_s=now_s,
        parent=owner,
    )


@pytest.fixture
def bench(owner: QObject) -> Bench:
    team, now_s = FakeTeam(InlineExecutor()), [1000.0]
    claims = claims_of(team.of_centre, owner, lambda: now_s[0])
    return Bench(claims, team, Told(claims.told), now_s, [])


def test_the_first_takes_it_and_holds_it_until_the_record_is_saved(bench: Bench) -> None:
    bench.press()
    assert bench.dialled == [SHOWN]
    assert bench.team.claims.held[PHONE].by_name == OPERATOR.name
    bench.claims.follow(DeskState(call=live(is_answered=False)))
    bench.wait(RENEW_S)
    assert len(bench.team.claims.asked) == 2, "it is renewed"
    bench.claims.follow(DeskState(call=live(is_answered=True)))
    settle()
    assert bench.team.claims.held[PHONE].stage is ClaimStage.TALKING

    card = draft_of_a_talk()
    bench.claims.follow(DeskState(card=card))
    bench.wait(2 * RELEASE_S)
    assert bench.team.claims.held[PHONE].stage is ClaimStage.WRITING
    bench.claims.follow(DeskState())
    bench.wait(RELEASE_S + 0.1)
    assert bench.team.claims.held == {}


def test_a_record_that_is_put_aside_is_told_until_it_is_saved(bench: Bench) -> None:
    bench.press()
    bench.claims.follow(DeskState(call=live(is_answered=True)))
    card = draft_of_a_talk()
    bench.claims.follow(DeskState(card=card))
    settle()
    bench.claims.follow(DeskState())
    bench.claims.follow_drafts([card])  # the list is read shortly afterwards
    bench.wait(2 * RELEASE_S)
    (asked,) = bench.team.claims.held.values()
    assert (asked.stage, asked.by_name) == (ClaimStage.WRITING, OPERATOR.name)
    times = len(bench.team.claims.asked)
    bench.wait(RENEW_S)
    assert len(bench.team.claims.asked) == times
    bench.wait(WRITING_RENEW_S)
    assert len(bench.team.claims.asked) == times + 1, "it is renewed, but seldom"

    # the caller is called again before the record is saved
    bench.press()
    bench.wait(1)
    assert bench.team.claims.held[PHONE].stage is ClaimStage.CALLING
    bench.claims.follow(DeskState(call=live(is_answered=False)))
    bench.wait(DIAL_S)
    assert bench.team.claims.held[PHONE].stage is ClaimStage.CALLING
    bench.claims.follow(DeskState())
    settle()
    assert bench.team.claims.held[PHONE].stage is ClaimStage.WRITING
    bench.claims.follow_drafts([])
    bench.wait(RELEASE_S + 0.1)
    assert bench.team.claims.held == {}


def test_a_draft_that_was_there_before_the_program_is_its_authors(bench: Bench) -> None:
    bench.team.claims.missed.add(PHONE)
    by_another = replace(draft_of_a_talk(), operator_id=SECOND.by_id, operator_name=SECOND.by_name)
    bench.claims.follow_drafts([by_another])
    settle()
    assert bench.team.claims.held[PHONE].by_name == SECOND.by_name


def test_a_draft_that_nobody_saves_gives_its_caller_back_by_itself(owner: QObject) -> None:
    """The workplace is not in use, as at night."""
    team, now_s, now = FakeTeam(InlineExecutor()), [1000.0], [RANG_AT + timedelta(minutes=1)]
    team.claims.missed.add(PHONE)
    claims = claims_of(team.of_centre, owner, lambda: now_s[0], lambda: now[0])
    claims.follow_drafts([draft_of_a_talk()])
    settle()
    assert PHONE in team.claims.held
    now[0] += WRITTEN_WITHIN
    now_s[0] += WRITTEN_WITHIN.total_seconds()
    for _tick in range(2):
        claims.settle()
        settle()
        now_s[0] += RELEASE_S + 1
    assert team.claims.held == {}


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param({"answered_at": None}, id="nobody was reached"),
        pytest.param({"answered_at": RANG_AT - timedelta(hours=12)}, id="of another shift"),
        pytest.param({"state": CallState.CLOSED}, id="saved meanwhile"),
    ],
)
def test_what_is_no_talk_that_is_written_down_holds_nothing(
    bench: Bench, draft: dict[str, Any]
) -> None:
    bench.team.claims.missed.add(PHONE)
    bench.claims.follow_drafts([replace(draft_of_a_talk(), **draft)])
    bench.wait(LOOK_AGAIN_S)
    assert bench.team.claims.asked == []


def test_the_second_is_told_who_calls_and_calls_with_a_second_press(bench: Bench) -> None:
    bench.team.claims.held[PHONE] = SECOND
    bench.press()
    assert bench.dialled == []
    assert bench.heads() == [HELD]
    bench.press()  # the same press, repeated
    assert bench.dialled == []

    bench.now_s[0] += 1.5
    bench.press()
    assert bench.dialled == [SHOWN]
    assert bench.team.claims.held[PHONE].by_id == OPERATOR.id
    assert len(bench.heads()) == 1


WRITTEN = replace(SECOND, stage=ClaimStage.WRITING, talked_at=RANG_AT)


def hold_elsewhere(bench: Bench, claim: CallClaim) -> None:
    """Locks the phone number for a colleague, as the list here shows."""
    bench.team.claims.held[PHONE] = claim
    bench.team.board.told[PHONE] = ClaimHolder(claim.by_name, claim.stage, claim.talked_at)
    bench.claims.look_at_board()


def test_a_call_that_came_after_the_talk_that_is_written_down_is_returned_at_once(
    bench: Bench,
) -> None:
    hold_elsewhere(bench, WRITTEN)
    bench.claims.call(SHOWN, lambda: bench.dialled.append(SHOWN), RANG_AT - timedelta(hours=1))
    settle()
    assert bench.dialled == []
    bench.claims.call(SHOWN, lambda: bench.dialled.append(SHOWN), RANG_AT + timedelta(seconds=1))
    settle()

    assert bench.dialled == [SHOWN]
    assert bench.heads() == ["Вторая В. П. пишет запись о разговоре с этим номером"]
    assert bench.team.claims.held[PHONE].by_id == OPERATOR.id


def test_who_is_on_the_line_has_also_what_came_since(bench: Bench) -> None:
    hold_elsewhere(bench, replace(WRITTEN, stage=ClaimStage.TALKING, talked_at=None))
    bench.claims.call(SHOWN, lambda: bench.dialled.append(SHOWN), RANG_AT + timedelta(hours=1))
    settle()
    assert bench.dialled == []


def test_of_two_drafts_of_one_telephone_the_last_talk_is_told(bench: Bench) -> None:
    bench.team.claims.missed.add(PHONE)
    first = draft_of_a_talk()
    second = replace(first, id=UUID(int=2), answered_at=RANG_AT + timedelta(seconds=30))
    bench.claims.follow_drafts([second, first])
    settle()
    assert bench.team.claims.held[PHONE].talked_at == second.answered_at
    bench.claims.follow_drafts([first])
    settle()
    assert bench.team.claims.held[PHONE].talked_at == first.answered_at, "told at once"


def test_a_record_whose_telephone_a_colleague_took_is_told_again_once_he_is_done(
    bench: Bench,
) -> None:
    """The colleague returned a later call without success: the earlier record is still being
    written.
    """
    bench.team.claims.missed.add(PHONE)
    bench.claims.follow_drafts([draft_of_a_talk()])
    settle()
    hold_elsewhere(bench, SECOND)
    bench.wait(3 * WRITING_RENEW_S)
    assert bench.team.claims.held[PHONE] == SECOND
    bench.team.claims.held.clear()
    bench.team.board.told.clear()
    bench.claims.look_at_board()
    bench.wait(LOOK_AGAIN_S)
    assert bench.team.claims.held[PHONE].stage is ClaimStage.WRITING


def test_what_the_list_shows_already_is_told_without_asking(bench: Bench) -> None:
    changed = Told(bench.claims.changed)
    bench.team.board.told[PHONE] = ClaimHolder(SECOND.by_name, ClaimStage.TALKING)
    bench.claims.look_at_board()
    bench.claims.look_at_board()
    assert len(changed.values) == 1
    assert bench.claims.holders() == ((PHONE, ClaimHolder(SECOND.by_name, ClaimStage.TALKING)),)
    bench.press()
    assert bench.heads() == ["Вторая В. П. говорит с этим номером"]
    writing = ClaimHolder(SECOND.by_name, ClaimStage.WRITING)
    assert "пишет запись Вторая В. П." in call_words.in_list(writing)
    assert call_words.held(writing)[0] == "Вторая В. П. пишет запись о разговоре с этим номером"
    assert bench.team.claims.asked == []
    bench.now_s[0] += 60  # too late for a repeated press
    bench.press()
    assert bench.dialled == []


def test_a_claim_that_ends_by_itself_leaves_the_screen(bench: Bench) -> None:
    bench.team.board.told[PHONE] = ClaimHolder(SECOND.by_name, ClaimStage.CALLING)
    bench.team.board.ends_in_s = 0.01
    bench.claims.look_at_board()
    bench.team.board.told.clear()
    bench.team.board.ends_in_s = None
    come_to(lambda: bench.claims.holders() == ())


@pytest.mark.parametrize("knows", [True, False])
def test_without_the_centre_the_call_goes_out_and_nothing_is_said(
    bench: Bench, knows: bool
) -> None:
    """The central database is known to be unreachable, or the request fails."""
    bench.team.is_reachable, bench.team.claims.is_away = not knows, True
    bench.press()
    assert bench.dialled == [SHOWN]
    assert bench.told.values == []
    bench.claims.follow(DeskState(call=live(is_answered=True)))
    bench.wait(RENEW_S)
    bench.claims.follow(DeskState())
    bench.wait(DIAL_S)
    assert bench.told.values == []


def test_a_centre_that_does_not_answer_soon_keeps_nobody_waiting(owner: QObject) -> None:
    worker = HeldExecutor()
    team = FakeTeam(worker)
    claims = claims_of(team.of_centre, owner)
    dialled: list[str] = []
    for _press in range(2):
        claims.call(SHOWN, lambda: dialled.append(SHOWN))
    assert dialled == []
    come_to(lambda: dialled == [SHOWN], ANSWER_MS / 1000 + 5)
    run_all(worker)
    assert dialled == [SHOWN]
    assert team.claims.held[PHONE].by_id == OPERATOR.id, "it is known afterwards all the same"


def test_what_was_claimed_and_not_dialled_is_given_back(bench: Bench) -> None:
    bench.press()
    bench.wait(DIAL_S - 1)
    assert PHONE in bench.team.claims.held
    bench.wait(2)
    assert bench.team.claims.held == {}


def test_a_talk_with_who_was_missed_is_told_and_of_others_it_is_not(bench: Bench) -> None:
    talking = DeskState(call=live(is_answered=True, direction=Direction.INCOMING))
    bench.claims.follow(talking)
    settle()
    assert bench.team.claims.held == {}
    bench.team.claims.missed.add(PHONE)  # the other workplaces where it rang have registered it
    bench.wait(LOOK_AGAIN_S)
    assert bench.team.claims.held[PHONE].stage is ClaimStage.TALKING
    bench.claims.follow(DeskState())
    bench.wait(RELEASE_S + 1)
    assert bench.team.claims.held == {}

    bench.team.claims.missed.clear()
    bench.team.claims.asked.clear()
    bench.claims.follow(talking)
    for _look in range(5):
        bench.wait(RENEW_S)
    bench.claims.follow(DeskState(card=draft_of_a_talk()))
    bench.wait(RENEW_S)
    assert len(bench.team.claims.asked) == 2, "the centre is not asked on and on"


@pytest.mark.parametrize("missed_s", [-60, 60])
def test_a_missed_call_that_is_told_late_makes_the_record_of_its_caller_known(
    bench: Bench, missed_s: int
) -> None:
    """The workplace of the missed call was offline when both were requested."""
    bench.claims.follow(DeskState(card=draft_of_a_talk()))
    for _look in range(5):
        bench.wait(RENEW_S)
    assert bench.team.claims.held == {}
    asked = len(bench.team.claims.asked)
    bench.team.missed.at[PHONE] = RANG_AT + timedelta(seconds=missed_s)
    bench.claims.look_for_missed()
    settle()
    bench.wait(RENEW_S)
    before_the_talk = missed_s < 0
    # The missed call is not in the central database yet: the feed is read before local rows are
    # sent.
    assert len(bench.team.claims.asked) - asked == (2 if before_the_talk else 0)
    bench.team.claims.missed.add(PHONE)
    bench.wait(RENEW_S)
    assert (PHONE in bench.team.claims.held) is before_the_talk
    assert bench.team.missed.asked_since == RANG_AT + timedelta(minutes=1) - MISSED_WITHIN

    bench.team.claims.held.clear()
    bench.team.missed.at.clear()
    bench.claims.follow(DeskState())
    bench.wait(RELEASE_S + 1)
    bench.claims.look_for_missed()
    assert bench.team.claims.held == {}


def test_who_answers_while_the_claim_is_under_way_is_told_as_a_talk(owner: QObject) -> None:
    worker, now_s = HeldExecutor(), [1000.0]
    team = FakeTeam(worker)
    team.claims.missed.add(PHONE)
    claims = claims_of(team.of_centre, owner, lambda: now_s[0])
    claims.call(SHOWN, lambda: None)
    run_all(worker)
    now_s[0] += RENEW_S
    claims.follow(DeskState(call=live(is_answered=False)))  # renewed
    claims.follow(DeskState(call=live(is_answered=True)))
    run_all(worker)
    assert team.claims.held[PHONE].stage is ClaimStage.TALKING
    # The call ended before the response to the last renewal: the lock is released after it.
    now_s[0] += RENEW_S
    claims.settle()
    claims.follow(DeskState())
    now_s[0] += RELEASE_S + 1
    claims.settle()
    run_all(worker)
    assert team.claims.held == {}


def test_who_calls_while_the_record_is_claimed_anew_is_told_as_calling(owner: QObject) -> None:
    worker, now_s = HeldExecutor(), [1000.0]
    team = FakeTeam(worker)
    team.claims.missed.add(PHONE)
    claims = claims_of(team.of_centre, owner, lambda: now_s[0])
    claims.follow_drafts([draft_of_a_talk()])
    run_all(worker)
    now_s[0] += WRITING_RENEW_S
    claims.call(SHOWN, lambda: None)
    claims.settle()  # a renewal follows before the response
    run_all(worker)
    assert team.claims.held[PHONE].stage is ClaimStage.CALLING


@pytest.mark.parametrize("number", ["", "104"])
def test_what_is_no_telephone_of_a_citizen_is_nobodys(bench: Bench, number: str) -> None:
    bench.press(number)

    assert bench.dialled == [number]
    assert bench.team.claims.asked == []


def test_without_a_centre_all_goes_out_at_once(owner: QObject) -> None:
    claims = claims_of(None, owner)
    dialled: list[str] = []
    claims.call(SHOWN, lambda: dialled.append(SHOWN))
    claims.follow(DeskState(call=live(is_answered=True)))
    claims.settle()
    claims.look_at_board()

    assert dialled == [SHOWN]
    assert claims.holders() == ()
