"""Searches reported to the editor: abandoned, or rephrased before a result was used."""

from __future__ import annotations

from console.features.directory_search.presenter import SearchTrail


def _trail(*texts: str) -> SearchTrail:
    trail = SearchTrail()
    for text in texts:
        trail.settle(text)
    return trail


def test_going_on_with_the_letters_is_one_search() -> None:
    assert _trail("хл", "хлам").use("хлам из квартиры") == ()
    assert _trail("хл", "хлам").wipe() == ("хлам",)


def test_what_was_put_in_other_words_led_to_nothing() -> None:
    assert _trail("хлам", "рухлядь").use("вывоз мусора") == ("хлам", "рухлядь")


def test_letters_taken_back_are_on_the_way_to_other_words() -> None:
    assert _trail("вывезти хлам", "вывезти ", "вывезти мусор").use("вывезти мусор") == (
        "вывезти хлам",
    )


def test_what_was_given_up_is_told_once_and_remembered_until_something_is_of_use() -> None:
    trail = _trail("хлам", "рухлядь")
    assert trail.wipe() == ("хлам", "рухлядь")
    assert trail.wipe() == ()
    trail.settle("мусор")

    assert trail.use("мусор") == ("хлам", "рухлядь")
    assert trail.use("мусор") == ()


def test_a_text_that_was_of_use_at_last_is_not_told() -> None:
    trail = _trail("мусор")
    trail.wipe()
    trail.settle("мусор")

    assert trail.use("мусор") == ()
