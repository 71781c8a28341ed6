"""Search results belong to one record; no key inserts them into another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from console.features.call_card.card_view import CallCard
from console.features.directory_search.panel import DirectoryPanel
from console.ui.text_field import TextField
from tests.fakes.console_directory import sample_question
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import ALT, NO_SCREEN, SECOND, Window

pytestmark = NO_SCREEN
FOUND = sample_question().id


def hits(window: Window) -> list[str]:
    return [row.key for row in window.presenters.directory.state.rows]


@pytest.fixture
def former(window: Window) -> Window:
    """The answer for the first caller was found by the caller's words, and the record was
    suspended.
    """
    first = Call()
    window.talk(first)
    content = window.part(CallCard).findChildren(TextField)[0]
    content.setFocus()
    window.enter("ям")
    settle()
    assert FOUND in hits(window)
    window.tell(first.ended())
    window.desk.put_aside()
    settle()
    return window


def test_alt_and_a_digit_put_no_answer_of_the_former_caller_into_the_next_record(
    former: Window,
) -> None:
    former.talk(SECOND)
    settle()

    assert hits(former) == []
    former.press(Qt.Key.Key_1, ALT)
    card = former.card
    assert (card.content, card.result, card.topic, card.used_entries) == ("", None, None, ())


def test_a_record_that_only_rings_gets_no_answer_of_a_query_that_was_left(window: Window) -> None:
    """The ringing record has no query yet."""
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    settle()
    assert FOUND in hits(window)

    window.tell(SECOND.ringing())
    window.press(Qt.Key.Key_1, ALT)
    assert window.card.used_entries == ()
    assert window.presenters.directory.state.query == "ям"  # the input remains


def test_a_query_that_was_left_does_not_stop_the_search_by_the_words_of_the_next_caller(
    window: Window,
) -> None:
    window.press(Qt.Key.Key_F5)
    window.enter("забыто")
    settle()
    window.talk(SECOND)
    content = window.part(CallCard).findChildren(TextField)[0]
    content.setFocus()
    window.enter("ям")
    settle()

    panel = window.part(DirectoryPanel)
    assert isinstance(panel, DirectoryPanel)
    assert panel.search.text() == ""
    assert FOUND in hits(window)
    window.press(Qt.Key.Key_1, ALT)
    assert [used.key for used in window.card.used_entries] == [FOUND]
