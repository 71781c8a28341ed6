"""A search query belongs to one caller's card, and ends with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.features.call_card.card_search import SearchOfCard
from console.features.directory_search.presenter import DirectoryState
from console.shared.session.live_calls import CardSaved, DeskState, LineState
from sync.register.calls import calls
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.console_register import FakeRegister
from tests.fakes.records import RANG_AT, new_call

_REGISTER = FakeRegister()
FIRST, SECOND = (_REGISTER.open_card(new_call(number), OPERATOR).result() for number in (1, 2))


class TypedSearch:
    """Stores the text of the search field."""

    def __init__(self) -> None:
        self.state = DirectoryState()
        self.is_apart = False
        self.heard = ""

    def start(self) -> None:
        self.is_apart = False
        self.set_query("")

    def set_apart(self) -> None:
        self.is_apart = True

    def set_query(self, text: str) -> None:
        self.state = replace(self.state, query=text)

    def hear(self, content: str) -> None:
        self.heard = content

    def finish_search(self) -> None:
        self.start()


class SearchedDesk:
    """The search and the cards next to it, with the signed-in operator."""

    def __init__(self) -> None:
        self.operator = OPERATOR
        self.search = TypedSearch()
        self.of_card = SearchOfCard(self.search, lambda: self.operator)

    def turn_to(self, number: int) -> str:
        """Activates a card and returns the text then in the search field."""
        self.of_card.follow(DeskState(card=(FIRST, SECOND)[number - 1]))
        return self.search.state.query


@pytest.fixture
def desk() -> SearchedDesk:
    made = SearchedDesk()
    made.turn_to(1)
    made.search.set_query("ямы")
    return made


def test_it_comes_back_with_its_card(desk: SearchedDesk) -> None:
    assert desk.turn_to(2) == ""
    desk.search.set_query("мусор")
    assert desk.turn_to(1) == "ямы"
    assert desk.turn_to(2) == "мусор"


def test_a_card_that_was_saved_and_is_opened_again_has_none(desk: SearchedDesk) -> None:
    desk.turn_to(2)
    desk.of_card.finish(CardSaved(FIRST, by_itself=False))

    assert desk.turn_to(1) == ""


def test_what_another_operator_has_typed_comes_to_nobody(desk: SearchedDesk) -> None:
    desk.turn_to(2)
    desk.operator = SUPERVISOR

    assert desk.turn_to(1) == ""


def test_the_record_of_somebody_else_ends_no_search(desk: SearchedDesk) -> None:
    """The results for the active caller disappeared when a second caller gave up."""
    desk.of_card.finish(CardSaved(SECOND, by_itself=True))
    desk.of_card.finish(CardSaved(SECOND, by_itself=False))
    assert desk.search.state.query == "ямы"

    desk.of_card.finish(CardSaved(FIRST, by_itself=False))
    assert desk.search.state.query == ""


def test_who_searches_with_no_card_goes_on_when_a_ring_was_in_vain(desk: SearchedDesk) -> None:
    desk.of_card.follow(DeskState())
    desk.search.set_query("ямы")
    desk.of_card.finish(CardSaved(SECOND, by_itself=True))

    assert desk.search.state.query == "ямы"


def test_a_query_left_behind_ends_when_the_next_call_is_answered(desk: SearchedDesk) -> None:
    """The query belongs to a suspended record; the next record is searched by its own text."""
    desk.of_card.follow(DeskState())
    desk.of_card.follow(DeskState(card=SECOND, line=LineState.RINGING))
    assert desk.search.state.query == "ямы"
    assert desk.search.is_apart  # no key inserts its results into the ringing record

    answered = replace(calls.answered(SECOND, RANG_AT), content="мусор")
    desk.of_card.follow(DeskState(card=answered, line=LineState.TALKING))
    assert (desk.search.state.query, desk.search.heard) == ("", "мусор")
    assert not desk.search.is_apart

    desk.of_card.follow(DeskState())
    assert desk.turn_to(1) == "ямы"  # the suspended record is opened again


def test_what_is_typed_while_the_record_of_a_call_is_being_written_belongs_to_it(
    desk: SearchedDesk,
) -> None:
    desk.of_card.follow(DeskState(line=LineState.TALKING))
    assert desk.search.state.query == ""
    desk.search.set_query("школа")
    desk.of_card.follow(DeskState(line=LineState.TALKING))
    desk.of_card.follow(DeskState(card=SECOND, line=LineState.TALKING))
    assert desk.search.state.query == "школа"

    assert desk.turn_to(1) == "ямы"
