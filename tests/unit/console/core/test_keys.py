"""Changed keyboard shortcuts: allowed chords, storage, and effects on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from console.core.default_keys import DEFAULTS, Key
from console.core.deliveries import Deliveries
from console.core.keymap import (
    KEYS,
    ChosenKeys,
    Refusal,
    Refused,
    as_shown,
    in_latin,
    shown,
    with_keys,
)
from console.core.look import look_of
from console.core.own_desk import OwnDeskPresenter
from console.core.settings.workplace import ConsoleSettings
from console.features.own_desk.keys import KeyChoicePresenter
from sync.register.people.own_desk import OwnDesk
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.own_desks import FakeOwnDesks


@pytest.fixture(autouse=True)
def _defaults() -> Iterator[None]:
    yield
    KEYS.install(ChosenKeys())


# --- allowed chords ---


@pytest.mark.parametrize(
    ("chord", "why"),
    [
        ("A", Refusal.TYPES),
        ("Shift+A", Refusal.TYPES),
        ("Ctrl+;", Refusal.TYPES),
        ("Ctrl+Left+X", Refusal.TYPES),
        ("Ctrl+C", Refusal.FIXED),
        ("Alt+3", Refusal.FIXED),
        ("Ctrl+F3", Refusal.DESKTOP),
        ("Alt+F2", Refusal.DESKTOP),
        ("Ctrl+Alt+L", Refusal.DESKTOP),
        ("Meta+F9", Refusal.DESKTOP),
        ("Alt+Space", Refusal.DESKTOP),
        ("Ctrl+Ins", Refusal.FIXED),
        ("Shift+Ins", Refusal.FIXED),
        ("Alt+Ins", Refusal.TYPES),
        ("Ctrl+Y", Refusal.FIXED),
        ("Ctrl+Left", Refusal.FIXED),
        ("Ctrl+Right", Refusal.FIXED),
        ("Ctrl+Shift+Right", Refusal.FIXED),
        ("Alt+Shift+Left", Refusal.TYPES),
        # used by the search for its kinds on every page
        ("Alt+Left", Refusal.TYPES),
        ("Shift+Ctrl+Z", Refusal.TYPES),
        ("Ctrl+Ctrl+S", Refusal.TYPES),
    ],
)
def test_a_chord_that_cannot_be_had_is_refused_with_the_reason(chord: str, why: Refusal) -> None:
    assert ChosenKeys().refused(Key.ANSWER, chord) == Refused(why)


def test_a_chord_of_another_key_at_the_same_place_is_taken() -> None:
    chosen = ChosenKeys()

    assert chosen.refused(Key.ANSWER, "F3") == Refused(Refusal.TAKEN, Key.HOLD)
    # a key of all pages conflicts with keys of each page
    assert chosen.refused(Key.ANSWER, "Alt+X") == Refused(Refusal.TAKEN, Key.CLOSE_ENTRY)
    # keys of different pages do not conflict
    assert chosen.refused(Key.REPORT_SCOPE, "Alt+X") is None


def test_arrows_go_with_alt_on_pages_that_have_no_search() -> None:
    assert ChosenKeys().refused(Key.REPORT_SCOPE, "Alt+Left") == Refused(Refusal.TAKEN, Key.EARLIER)
    moved = ChosenKeys().with_chord(Key.EARLIER, "Ctrl+S")
    assert moved.refused(Key.REPORT_SCOPE, "Alt+Left") is None
    assert moved.refused(Key.REPORT_SCOPE, "Ctrl+Left") == Refused(Refusal.FIXED)


def test_printing_and_who_calls_have_one_chord_at_first_and_each_its_own_choice() -> None:
    chosen = ChosenKeys()
    assert chosen.chord(Key.PRINT) == chosen.chord(Key.WHO_CALLS) == "Ctrl+P"

    moved = chosen.with_chord(Key.PRINT, "Ctrl+S")
    assert moved.chord(Key.WHO_CALLS) == "Ctrl+P"
    # The chord of `Key.WHO_CALLS` is valid on every page without printing, so keys of those pages
    # are taken.
    assert chosen.refused(Key.WHO_CALLS, "Alt+E") == Refused(Refusal.TAKEN, Key.END_INCIDENT)
    assert chosen.refused(Key.WHO_CALLS, "Alt+Left") == Refused(Refusal.TYPES)


def test_a_chord_that_was_given_up_is_free() -> None:
    chosen = ChosenKeys().with_chord(Key.HOLD, "Ctrl+S")

    assert chosen.refused(Key.ANSWER, "F3") is None
    assert chosen.with_chord(Key.ANSWER, "F3").refused(Key.HOLD, "F3") == Refused(
        Refusal.TAKEN, Key.ANSWER
    )


@given(st.dictionaries(st.sampled_from(Key), st.text(max_size=12)))
def test_whatever_was_kept_leaves_no_two_keys_with_one_chord(kept: dict[Key, str]) -> None:
    chosen = ChosenKeys.read({key.value: chord for key, chord in kept.items()})

    assert all(chosen.refused(key, chosen.chord(key)) is None for key in DEFAULTS)


@pytest.mark.parametrize(
    ("pressed", "meant"),
    [("Ctrl+Ы", "Ctrl+S"), ("Alt+ы", "Alt+S"), ("Shift+Alt+Return", "Alt+Shift+Enter"),
     ("F2", "F2"), ("Ctrl+Num+1", "Ctrl+1"), ("Shift++", "Shift++"), ("+", "+"),
     ("Ctrl+Num++", "Ctrl++"), ("", "")],
)  # fmt: skip
def test_letters_stand_for_their_places(pressed: str, meant: str) -> None:
    assert in_latin(pressed) == meant


def test_two_keys_that_changed_places_are_read_again() -> None:
    chosen = ChosenKeys.read({"answer": "F3", "hold": "F2"})

    assert (chosen.chord(Key.ANSWER), chosen.chord(Key.HOLD)) == ("F3", "F2")
    assert ChosenKeys.read(chosen.kept()) == chosen


# --- effects ---


def test_keycaps_and_sentences_have_the_chord_of_now() -> None:
    text = "F3 goes back, F7 tries another; not F12, nor Shift+F3"
    assert with_keys(text, Key.HOLD, Key.TRANSFER) == text

    KEYS.install(ChosenKeys().with_chord(Key.HOLD, "F7").with_chord(Key.TRANSFER, "Alt+Left"))

    assert shown(Key.HOLD) == "F7"
    assert shown("Esc") == "Esc"
    assert as_shown("Alt+Left") == "Alt+←"
    assert with_keys(text, Key.HOLD, Key.TRANSFER) == (
        "F7 goes back, Alt+← tries another; not F12, nor Shift+F3"
    )


# --- storage ---


@pytest.fixture
def kept() -> FakeOwnDesks:
    return FakeOwnDesks()


@pytest.fixture
def own_desk(kept: FakeOwnDesks, owner: QObject, tmp_path: Path, russian: None) -> OwnDeskPresenter:
    settings = ConsoleSettings(tmp_path)
    made = OwnDeskPresenter(
        kept, Deliveries(owner), partial(look_of, settings=settings), spoken="ru", parent=owner
    )
    made.sign_in(OPERATOR, OwnDesk())
    return made


@pytest.fixture
def presenter(own_desk: OwnDeskPresenter, owner: QObject) -> KeyChoicePresenter:
    made = KeyChoicePresenter(own_desk, parent=owner)
    made.use_kept()
    return made


def test_keys_are_kept_with_all_else_that_is_the_operators_own(
    presenter: KeyChoicePresenter, kept: FakeOwnDesks
) -> None:
    assert presenter.give(Key.ANSWER, "Ctrl+S")
    assert kept.kept[OPERATOR.id] == OwnDesk(keys={"answer": "Ctrl+S"})

    presenter.reset(Key.ANSWER)
    assert shown(Key.ANSWER) == "F2"
    assert kept.kept[OPERATOR.id] == OwnDesk()


def test_each_operator_has_keys_of_her_own(
    kept: FakeOwnDesks, owner: QObject, tmp_path: Path
) -> None:
    own_desk = OwnDeskPresenter(
        kept,
        Deliveries(owner),
        partial(look_of, settings=ConsoleSettings(tmp_path)),
        spoken="ru",
        parent=owner,
    )
    presenter = KeyChoicePresenter(own_desk, parent=owner)
    for operator, keys, answers_by in (
        (OPERATOR, {"answer": "Ctrl+S"}, "Ctrl+S"),
        (SUPERVISOR, {}, "F2"),
        (OPERATOR, {"answer": "Ctrl+S", "gone": "F2", "hold": "A"}, "Ctrl+S"),
    ):
        own_desk.sign_in(operator, OwnDesk(keys=keys))
        presenter.use_kept()
        assert shown(Key.ANSWER) == answers_by
    assert shown(Key.HOLD) == "F3"


def test_keys_that_she_chose_elsewhere_hold_when_they_come(
    kept: FakeOwnDesks, owner: QObject, tmp_path: Path
) -> None:
    own_desk = OwnDeskPresenter(
        kept,
        Deliveries(owner),
        partial(look_of, settings=ConsoleSettings(tmp_path)),
        spoken="ru",
        parent=owner,
    )
    own_desk.sign_in(OPERATOR, OwnDesk())
    KeyChoicePresenter(own_desk, parent=owner).use_kept()
    own_desk.take(OPERATOR.id, OwnDesk(keys={"answer": "Ctrl+S"}), OwnDesk())

    assert shown(Key.ANSWER) == "Ctrl+S"


def test_keys_of_a_newer_program_elsewhere_are_kept_on(
    presenter: KeyChoicePresenter, own_desk: OwnDeskPresenter, kept: FakeOwnDesks
) -> None:
    own_desk.sign_in(OPERATOR, OwnDesk(keys={"teleport": "Ctrl+J", "hold": "F11"}))
    presenter.use_kept()
    assert presenter.give(Key.HOLD, DEFAULTS[Key.HOLD].chord)
    assert kept.kept[OPERATOR.id] == OwnDesk(keys={"teleport": "Ctrl+J"})

    assert presenter.give(Key.ANSWER, "Ctrl+S")
    presenter.reset_all()
    assert kept.kept[OPERATOR.id] == OwnDesk()


def test_what_stands_in_the_way_is_said_and_changes_nothing(
    presenter: KeyChoicePresenter, kept: FakeOwnDesks
) -> None:
    assert not presenter.give(Key.ANSWER, "F8")

    assert presenter.state.problem == "F8 занято: завершить вызов или отклонить звонок"
    assert shown(Key.ANSWER) == "F2"
    assert kept.kept == {}


def test_a_key_with_several_jobs_names_each(presenter: KeyChoicePresenter) -> None:
    assert not presenter.give(Key.REPORT_SCOPE, "Ctrl+P")

    assert presenter.state.problem == "Ctrl+P занято: лист передачи смены в PDF; отчёт в PDF"
    lines = {line.key: line for line in presenter.state.lines}
    assert lines[Key.PRINT].group == "Вызов, Окно"
    assert lines[Key.WHO_CALLS].group == "Карточка"
    assert "новая запись" in lines[Key.NEW].text
    assert "внести ответ" in lines[Key.NEW].text


def test_a_chord_that_another_program_has_is_told_beside_its_key(
    presenter: KeyChoicePresenter,
) -> None:
    presenter.hold_elsewhere(frozenset({Key.MUTE_ANYWHERE}))
    told = [line.key for line in presenter.state.lines if "другой программой" in line.text]
    presenter.hold_elsewhere(frozenset())

    assert told == [Key.MUTE_ANYWHERE]
    assert not any("другой программой" in line.text for line in presenter.state.lines)
