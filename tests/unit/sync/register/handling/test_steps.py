"""The complete transition table, and its documentation page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sync.register.handling.events import Source, Step
from sync.register.handling.needs import Need
from sync.register.handling.notices import Notice
from sync.register.handling.steps import STEPS, StepRule, paragraphs_of, rule_of
from sync.register.handling.steps_page import page
from sync.register.messages import AFTER_PUBLICATION, BEFORE_PUBLICATION, ENDS, OPEN, State

PAGE = Path(__file__).parents[5] / "docs" / "message-steps.md"


def test_the_page_for_people_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_has_a_line_for_each_row() -> None:
    lines = [line for line in page().splitlines() if line.startswith("| ")]
    assert len(lines) == len(STEPS) + 1
    assert "| close | answer sent, rated | closed | register messages, system | " in page()
    assert (
        "| link | any non-final state | unchanged | register messages | other message | – | 6.4 |"
        in lines
    )


def test_every_state_is_reached_by_the_table() -> None:
    reached = {State.DRAFT}
    while True:
        onward = {
            rule.target for rule in STEPS if rule.sources & reached and rule.target is not None
        }
        if onward <= reached:
            break
        reached |= onward
    assert reached == set(State)


def test_every_open_state_leads_to_an_end() -> None:
    leading = set(ENDS)
    while True:
        before = {state for rule in STEPS if rule.target in leading for state in rule.sources}
        if before <= leading:
            break
        leading |= before
    assert leading == set(State)


def test_nothing_leads_on_from_an_end() -> None:
    assert [rule.step for rule in STEPS if rule.sources & ENDS] == [
        Step.LINK_CALL,
        Step.NOTIFY,
        Step.TAKE_BACK,
    ]
    assert rule_of(Step.NOTIFY, State.REFUSED).target is None  # type: ignore[union-attr]  # it is there
    assert rule_of(Step.LINK_CALL, State.CLOSED).target is None  # type: ignore[union-attr]  # it is there
    assert {State.PUBLISHED} | BEFORE_PUBLICATION | AFTER_PUBLICATION == OPEN


def test_the_table_is_about_every_step_need_and_notice() -> None:
    assert {rule.step for rule in STEPS} == set(Step)
    assert {need for rule in STEPS for need in rule.needs} == set(Need)
    assert {notice for rule in STEPS for notice in rule.notices} == set(Notice)


def test_a_step_from_a_state_has_one_row() -> None:
    pairs = [(rule.step, state) for rule in STEPS for state in rule.sources]
    assert len(pairs) == len(set(pairs))
    assert all(rule_of(step, state) is not None for step, state in pairs)
    assert rule_of(Step.CLOSE, State.DRAFT) is None


def test_rows_of_one_step_carry_the_same_facts() -> None:
    assert len({(rule.step, rule.facts) for rule in STEPS}) == len(Step)


@pytest.mark.parametrize("rule", STEPS, ids=lambda rule: f"{rule.step}-{rule.target}")
def test_every_row_quotes_a_paragraph_and_is_for_somebody(rule: StepRule) -> None:
    assert re.fullmatch(r"(?:5|6|7|9|10)\.\d+", rule.paragraph)
    assert rule.paragraph in paragraphs_of(rule.step)
    assert rule.who
    assert rule.target not in rule.sources


def test_what_only_a_person_decides_no_machine_does() -> None:
    decisions = {
        Step.REGISTER,
        Step.REGISTER_AND_PUBLISH,
        Step.PUBLISH,
        Step.REFUSE,
        Step.REMOVE_DUPLICATE,
        Step.CLEAR_CONFIDENTIAL,
        Step.SEND_ANSWER,
        Step.SEND_PLAN,
    }
    assert not any(rule.who & set(Source) for rule in STEPS if rule.step in decisions)
