"""A message above the vote threshold, by real keys: escalated, sent elsewhere, promised for a day
(10.6).
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from console.core.settings.workplace import CITY_ZONE
from sync.register.handling.answers import AnswerKind
from sync.register.handling.events import Step
from sync.register.handling.step_facts import Routed, VotesCounted
from sync.register.handling.votes import VOTES_MARK
from sync.register.messages import State
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.led_messages import LIMIT_S, ORGAN, bring_message, handled_after, stopped_store

OVER, UNDER = "Яма на дороге у школы", "Яма на дороге у рынка"
OTHER_ORGAN = "edds"
REASON = "Под ямой провалился люк."
PROMISE, MEASURES = "Люк заменят.", "Заказана плита."


def _votes(number: str, users: int) -> list[dict[str, str]]:
    """Returns votes of this number of users, one of them twice, and of one guest."""
    at = datetime.now(UTC).isoformat()
    voters = [("user", f"user-{index}") for index in (*range(users), 0)]
    return [
        {"number": number, "kind": kind, "voter": voter, "at": at}
        for kind, voter in (*voters, ("guest", "guest-0"))
    ]


def _bring_and_vote(desk: ConsoleStage) -> tuple[UUID, UUID]:
    """Returns the ids of two published messages at their body: one above the threshold, one
    at it.
    """
    with stopped_store(desk) as store:
        ids = bring_message(store, 1, OVER), bring_message(store, 2, UNDER)
        numbers = [str(record.number) for id in ids if (record := store.message(id)) is not None]
    votes = [*_votes(numbers[0], VOTES_MARK + 1), *_votes(numbers[1], VOTES_MARK)]
    file = desk.folder / "votes.jsonl"
    file.write_text("\n".join(map(json.dumps, votes)), encoding="utf-8")
    register = str(desk.data_folder / "register.db")
    command = [sys.executable, "-m", "sync", "votes", "import", str(file), "--store", register]
    subprocess.run(command, check=True, timeout=LIMIT_S, stdout=subprocess.DEVNULL)
    return ids


def _decided(desk: ConsoleStage) -> str:
    return str(desk.wait_for("t_decided", LIMIT_S)["decision"])


def test_a_message_over_the_mark_is_passed_on_and_promised(tmp_path: Path) -> None:
    day = datetime.now(CITY_ZONE).date() + timedelta(days=9)
    desk = ConsoleStage(tmp_path)
    over, under = _bring_and_vote(desk)
    with desk:
        desk.press("ctrl+o")
        desk.wait_for("t_answers_read", LIMIT_S)
        desk.press("2")
        desk.picture("over-mark")
        desk.press("Return")
        desk.picture("pass-on")
        desk.press("ctrl+Return")
        assert _decided(desk) == "forward_by_votes"

        desk.press("alt+o")
        desk.type("единая дежурн")
        desk.press("Return")
        desk.press("Tab")
        desk.type(REASON)
        desk.picture("redirect")
        desk.press("ctrl+Return")
        assert _decided(desk) == "redirect"

        desk.press("Insert")
        desk.type(PROMISE)
        desk.press("shift+Tab")
        desk.press("Right")  # from «solved» to «planned»
        desk.press("space")
        desk.press("Tab", times=2)
        desk.type(f"{day:%d.%m.%Y}")
        desk.press("Tab")
        desk.type(MEASURES)
        desk.picture("promise")
        desk.press("ctrl+Return")
        assert _decided(desk) == "receive_answer"
        desk.press("1")  # the selection has moved to the next one that awaits an answer
        desk.press("Return")
        desk.picture("send")
        desk.press("ctrl+Return")
        assert _decided(desk) == "send_plan"
        handled = handled_after(desk, over)
        other = handled_after(desk, under)

    told = {event.step: event.facts for event in handled.history.events[-4:]}
    assert list(told) == [
        Step.FORWARD_BY_VOTES,
        Step.REDIRECT,
        Step.RECEIVE_ANSWER,
        Step.SEND_PLAN,
    ]
    assert told[Step.FORWARD_BY_VOTES] == VotesCounted(VOTES_MARK + 1, ORGAN)
    assert told[Step.REDIRECT] == Routed(OTHER_ORGAN, ORGAN, REASON)
    assert handled.standing.answer is not None
    answer = handled.standing.answer.answer
    assert (answer.kind, answer.text, answer.organ) == (AnswerKind.PLANNED, PROMISE, OTHER_ORGAN)
    assert (answer.planned_on, answer.measures) == (day, MEASURES)
    assert handled.record.state is State.PLANNED
    # At the threshold is not above it: the same key had no effect here.
    assert other.record.state is State.AT_ORGAN
