"""Scripts: parsing of the administrator's file, selection, and progress."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.calls.scripts import (
    END,
    CallerKind,
    CallFacts,
    FoundFault,
    MarkedNumbers,
    Script,
    ScriptFault,
    Step,
    Way,
    caller_kind,
    course,
    fitting_script,
    last_ticked,
    read_script,
)

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
GREET = {"key": "greet", "text": "Поздороваться"}
DANGER = {"key": "danger", "text": "Опасно?", "yes": "call-112", "no": "what"}
CALL_112 = {"key": "call-112", "text": "Сначала 112", "say": "Наберите 112.", "danger": True,
            "then": "end"}  # fmt: skip
WHAT = {"key": "what", "text": "Что случилось"}
WHERE = {"key": "where", "text": "Где"}


def table(*steps: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"title": "Вызов", "steps": list(steps)} | fields


def script(*steps: dict[str, Any], **fields: Any) -> Script:
    read = read_script("call", table(*steps, **fields))
    assert isinstance(read, Script), read
    return read


def faults(*steps: dict[str, Any], **fields: Any) -> set[tuple[ScriptFault, str, str]]:
    read = read_script("call", table(*steps, **fields))
    assert isinstance(read, tuple)
    return {(each.fault, each.step, each.detail) for each in read}


USUAL = script(GREET, DANGER, CALL_112, WHAT, WHERE)
TWO_WAYS_TO_ONE = script(DANGER, {**CALL_112, "then": "what"}, WHAT)


# --- reading ---


def test_a_script_is_read_with_its_branches_and_its_key_is_the_name_of_the_file() -> None:
    assert (USUAL.key, USUAL.title) == ("call", "Вызов")
    assert USUAL.steps[1] == Step("danger", "Опасно?", yes="call-112", no="what")
    assert USUAL.steps[2].is_danger
    assert [step.key for step in TWO_WAYS_TO_ONE.steps] == ["danger", "call-112", "what"]


@pytest.mark.parametrize(
    ("steps", "fields", "fault"),
    [
        ((GREET,), {"titel": "x"}, (ScriptFault.UNKNOWN_FIELD, "", "titel")),
        (({**GREET, "danger": "yes"},), {}, (ScriptFault.WRONG_TYPE, "greet", "danger")),
        (({**GREET, "text": 5},), {}, (ScriptFault.WRONG_TYPE, "greet", "text")),
        (({**GREET, "yess": "x"},), {}, (ScriptFault.UNKNOWN_FIELD, "greet", "yess")),
        ((GREET,), {"lines": "100"}, (ScriptFault.WRONG_TYPE, "", "lines")),
        ((GREET,), {"title": " "}, (ScriptFault.NO_TITLE, "", "")),
        ((), {}, (ScriptFault.NO_STEPS, "", "")),
        ((), {"steps": "greet"}, (ScriptFault.WRONG_TYPE, "", "steps")),
        ((), {"steps": ["greet"]}, (ScriptFault.WRONG_TYPE, "", "steps")),
        ((GREET,), {"callers": ["old"]}, (ScriptFault.UNKNOWN_CALLER, "", "old")),
        (({"text": "x"},), {}, (ScriptFault.STEP_WITHOUT_KEY, "1", "")),
        (({"key": "end", "text": "x"},), {}, (ScriptFault.STEP_WITHOUT_KEY, "end", "")),
        (({"key": "greet"},), {}, (ScriptFault.STEP_WITHOUT_TEXT, "greet", "")),
        ((GREET, GREET), {}, (ScriptFault.KEY_TWICE, "greet", "")),
        (
            ({**DANGER, "then": "what"}, CALL_112, WHAT),
            {},
            (ScriptFault.THEN_AND_ANSWER, "danger", ""),
        ),
        (({**GREET, "then": "nowhere"},), {}, (ScriptFault.NO_SUCH_STEP, "greet", "nowhere")),
        ((GREET, {**WHAT, "then": "greet"}), {}, (ScriptFault.LEADS_BACK, "what", "greet")),
        (({**GREET, "then": "greet"},), {}, (ScriptFault.LEADS_BACK, "greet", "greet")),
        (
            ({**GREET, "then": "where"}, WHAT, WHERE),
            {},
            (ScriptFault.NEVER_COME_TO, "what", ""),
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    steps: tuple[dict[str, Any], ...],
    fields: dict[str, Any],
    fault: tuple[ScriptFault, str, str],
) -> None:
    assert fault in faults(*steps, **fields)


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = faults({"key": "a"}, {"text": "b", "then": "c"})

    assert {each[0] for each in found} == {
        ScriptFault.STEP_WITHOUT_TEXT,
        ScriptFault.STEP_WITHOUT_KEY,
        ScriptFault.NO_SUCH_STEP,
    }


# --- progress ---


def keys(ticked: dict[str, Way], of: Script = USUAL) -> list[str]:
    return [each.step.key for each in course(of, ticked).steps]


def test_an_open_question_shows_the_usual_way() -> None:
    assert keys({}) == ["greet", "danger", "what", "where"]


def test_danger_leads_to_112_and_nowhere_else_until_it_is_said() -> None:
    ticked = {"greet": Way.DONE, "danger": Way.YES}
    shown = course(USUAL, ticked)
    assert keys(ticked) == ["greet", "danger", "call-112"]
    assert shown.danger == shown.current == USUAL.steps[2]

    said = course(USUAL, {**ticked, "call-112": Way.DONE})
    assert (said.danger, said.current, said.done) == (None, None, 3)


def test_no_danger_goes_on_with_the_call() -> None:
    shown = course(USUAL, {"greet": Way.DONE, "danger": Way.NO})

    assert (shown.danger, shown.current) == (None, USUAL.steps[3])


def test_a_mere_tick_answers_no_question() -> None:
    assert course(USUAL, {"danger": Way.DONE}).steps[1].way is None


def test_what_was_done_in_another_script_is_done_here() -> None:
    gas = script(GREET, WHERE)

    assert course(gas, {"greet": Way.YES, "danger": Way.NO}).current == gas.steps[1]


def test_the_last_tick_is_the_newest_of_those_on_the_way() -> None:
    ticked = {"greet": Way.DONE, "danger": Way.NO, "call-112": Way.DONE}
    at = {key: AT + timedelta(seconds=number) for number, key in enumerate(ticked)}

    assert last_ticked(course(USUAL, ticked), at) == "danger"
    assert last_ticked(course(USUAL, {}), {}) is None


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Any script with forward references only, whether or not all steps are reachable."""
    count = draw(st.integers(1, 8))
    steps = []
    for place in range(count):
        ahead = st.sampled_from(["", END, *(f"s{later}" for later in range(place + 1, count))])
        is_question = draw(st.booleans())
        steps.append(
            Step(
                f"s{place}",
                "x",
                is_danger=draw(st.booleans()),
                then="" if is_question else draw(ahead),
                yes=draw(ahead) if is_question else "",
                no=draw(ahead) if is_question else "",
            )
        )
    return Script("any", "Любой", tuple(steps))


ticks = st.dictionaries(st.sampled_from([f"s{place}" for place in range(9)]), st.sampled_from(Way))


@given(scripts(), ticks)
def test_every_way_leads_forward_and_ends(one: Script, ticked: dict[str, Way]) -> None:
    shown = course(one, ticked)
    places = [one.steps.index(each.step) for each in shown.steps]

    assert places == sorted(set(places))
    assert places[0] == 0
    current = [each.step for each in shown.steps if each.is_current]
    assert current == [each.step for each in shown.steps if each.way is None][:1]
    assert shown.done == sum(each.way is not None for each in shown.steps)
    assert (
        shown.danger is None
        or (shown.danger.is_danger and shown.danger.key not in ticked)
        or (shown.danger.is_question)
    )


@given(scripts(), st.lists(st.sampled_from([Way.YES, Way.NO]), min_size=8, max_size=8))
def test_answering_what_is_next_comes_to_the_end(one: Script, answers: list[Way]) -> None:
    ticked: dict[str, Way] = {}
    for way in answers:
        current = course(one, ticked).current
        if current is None:
            break
        ticked[current.key] = way if current.is_question else Way.DONE

    assert course(one, ticked).current is None


@given(scripts(), ticks)
def test_a_step_taken_back_is_open_again(one: Script, ticked: dict[str, Way]) -> None:
    at = {key: AT + timedelta(seconds=number) for number, key in enumerate(ticked)}
    last = last_ticked(course(one, ticked), at)
    if last is not None:
        left = {key: way for key, way in ticked.items() if key != last}
        assert next(e for e in course(one, left).steps if e.step.key == last).way is None


# --- selection ---

GENERAL = script(GREET, key="general")
AGAIN = script(GREET, key="again", callers=["repeated"])
GAS = script(GREET, key="gas", topics=["gas"])
LEAK = script(GREET, key="leak", topics=["gas/leak"])
NIGHT = script(GREET, key="night", lines=["200"])
ALL = (GENERAL, AGAIN, GAS, LEAK, NIGHT)


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (CallFacts(), "general"),
        (CallFacts(caller=CallerKind.REPEATED), "again"),
        (CallFacts(line="200"), "night"),
        (CallFacts(line="200", caller=CallerKind.REPEATED), "again"),
        (CallFacts(topic="gas", caller=CallerKind.REPEATED), "gas"),
        (CallFacts(topic="gas", category="gas/leak"), "leak"),
        (CallFacts(topic="gas", category="gas/supply"), "gas"),
        (CallFacts(topic="roads"), "general"),
    ],
)
def test_what_names_the_call_most_exactly_fits(facts: CallFacts, key: str) -> None:
    fitting = fitting_script(ALL, facts)

    assert fitting is not None
    assert fitting.key == key


def test_of_equals_the_first_fits_and_without_one_none() -> None:
    assert fitting_script((AGAIN, GAS), CallFacts()) is None
    assert fitting_script((GENERAL, script(GREET, key="second")), CallFacts()) == GENERAL


def test_a_mark_counts_more_than_earlier_calls() -> None:
    marked = MarkedNumbers(frozenset({"+79005550101"}), frozenset({"+79005550102"}))

    kinds = [
        caller_kind(phone, is_known=is_known, marked=marked)
        for phone, is_known in (
            ("+79005550101", True),
            ("+79005550102", False),
            ("+79005550103", True),
            ("+79005550103", False),
            (None, False),
        )
    ]
    assert kinds == [
        CallerKind.MEDIA,
        CallerKind.OFFICIAL,
        CallerKind.REPEATED,
        CallerKind.NEW,
        CallerKind.NEW,
    ]


def test_a_fault_is_a_value() -> None:
    assert read_script("x", {"title": "x"}) == (FoundFault(ScriptFault.NO_STEPS),)
