"""Preferences of a person: effective values, storage, and transfer between workplaces."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.look import Look, look_of
from console.core.own_desk import OwnDeskPresenter, OwnDeskState
from console.core.settings.workplace import ConsoleSettings
from console.ui.theme import keep_last_look, read_last_look
from sync.register.people.own_desk import LEAST_COLUMN_PX, OwnDesk
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Told
from tests.fakes.own_desks import FakeOwnDesks

OF_THE_CITY = ConsoleSettings(
    Path("/nowhere"), theme="light", text_scale=1.1, language="ru", card_at="answer"
)


@pytest.fixture
def kept() -> FakeOwnDesks:
    return FakeOwnDesks()


@pytest.fixture
def own_desk(kept: FakeOwnDesks, owner: QObject, russian: None) -> OwnDeskPresenter:
    made = OwnDeskPresenter(
        kept,
        Deliveries(owner),
        partial(look_of, settings=OF_THE_CITY),
        spoken="ru",
        parent=owner,
    )
    made.sign_in(OPERATOR, OwnDesk())
    return made


def test_what_is_not_chosen_is_the_administrators() -> None:
    assert look_of(OwnDesk(), OF_THE_CITY) == Look("light", 110, "ru", "answer")
    own = OwnDesk("dark", 150, "en", "ring", True, 480)
    assert look_of(own, OF_THE_CITY) == Look("dark", 150, "en", "ring", True, 480)
    assert look_of(own, OF_THE_CITY).text_scale == 1.5


def test_a_choice_holds_at_once_and_is_kept_for_her(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks
) -> None:
    told = Told(own_desk.changed)
    own_desk.choose_theme("dark")
    own_desk.choose_text(125)
    own_desk.choose_card_at("ring")
    own_desk.fold_left(True)
    own_desk.choose_right(480)
    own_desk.choose_keys({"answer": "Ctrl+S"})

    assert own_desk.state.look == Look("dark", 125, "ru", "ring", True, 480)
    assert kept.kept[OPERATOR.id] == OwnDesk(
        "dark", 125, None, "ring", True, 480, {"answer": "Ctrl+S"}
    )
    assert len(told.values) == 6
    own_desk.choose_theme("dark")
    assert len(told.values) == 6

    own_desk.reset()
    assert own_desk.state.look == look_of(OwnDesk(), OF_THE_CITY)
    assert kept.kept[OPERATOR.id] == OwnDesk(keys={"answer": "Ctrl+S"})


def test_who_signs_in_has_hers_and_nothing_is_kept_by_that(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks
) -> None:
    own_desk.choose_theme("dark")
    own_desk.sign_in(SUPERVISOR, OwnDesk(theme="contrast"))
    assert own_desk.state.look.theme == "contrast"
    own_desk.sign_in(OPERATOR, kept.kept[OPERATOR.id])
    assert own_desk.state.look.theme == "dark"
    assert set(kept.kept) == {OPERATOR.id}


def test_another_language_waits_for_the_next_start_and_is_told(
    own_desk: OwnDeskPresenter,
) -> None:
    told = Told(own_desk.told)
    own_desk.choose_language("en")
    assert own_desk.state.language_waits
    assert not told.values  # shown by the page instead

    own_desk.sign_in(SUPERVISOR, OwnDesk())
    assert not own_desk.state.language_waits
    own_desk.sign_in(OPERATOR, OwnDesk(language="en"))
    assert [notice.head for notice in told.values] == ["Для вашего языка нужен новый запуск"]


def test_widths_of_columns_are_kept_when_nothing_more_is_chosen(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks, qtbot: QtBot
) -> None:
    looks, widths = Told(own_desk.changed), Told(own_desk.widths_changed)
    for width_px in range(150, 181, 10):
        own_desk.choose_width("journal.calls", "phone", width_px)
    own_desk.choose_width("queue", "term", 1)
    assert own_desk.widths("journal.calls") == {"phone": 180}
    assert own_desk.widths("queue") == {"term": LEAST_COLUMN_PX}
    assert own_desk.has_widths
    assert (len(looks.values), len(widths.values)) == (0, 5)
    assert kept.kept == {}  # the mouse button is still pressed

    qtbot.waitUntil(lambda: bool(kept.kept))
    assert kept.kept[OPERATOR.id].widths == {
        "journal.calls": {"phone": 180},
        "queue": {"term": LEAST_COLUMN_PX},
    }
    assert kept.times == 1

    own_desk.choose_width("queue", "term", None)
    own_desk.put_widths_back("journal.calls")
    assert kept.kept[OPERATOR.id] == OwnDesk()
    own_desk.choose_width("queue", "term", 90)
    own_desk.put_widths_back()
    assert not own_desk.has_widths


def test_a_width_that_waits_to_be_kept_is_hers_and_stays_over_what_comes(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks
) -> None:
    own_desk.choose_width("queue", "term", 90)
    own_desk.take(OPERATOR.id, OwnDesk(theme="dark"), OwnDesk())
    assert own_desk.widths("queue") == {"term": 90}
    assert own_desk.state.look.theme == "dark"
    own_desk.choose_width("queue", "term", 100)

    own_desk.sign_in(SUPERVISOR, OwnDesk())
    assert kept.kept == {OPERATOR.id: OwnDesk(theme="dark", widths={"queue": {"term": 100}})}
    assert own_desk.widths("queue") == {}
    own_desk.choose_width("queue", "place", 120)
    own_desk.keep_now()  # the application exits
    assert kept.kept[SUPERVISOR.id].widths == {"queue": {"place": 120}}


def test_what_she_chose_elsewhere_comes_while_she_works(own_desk: OwnDeskPresenter) -> None:
    keys, states = Told(own_desk.keys_came), Told(own_desk.changed)
    own_desk.take(
        SUPERVISOR.id, OwnDesk(theme="contrast"), OwnDesk()
    )  # preferences of another person, received too late
    assert not states.values

    dark = OwnDesk(theme="dark")
    own_desk.take(OPERATOR.id, dark, OwnDesk())
    assert own_desk.state.look.theme == "dark"
    assert not keys.values
    own_desk.take(OPERATOR.id, OwnDesk(theme="dark", keys={"answer": "Ctrl+S"}), dark)
    assert len(keys.values) == 1
    assert own_desk.keys == {"answer": "Ctrl+S"}


def test_what_she_changes_before_her_desk_has_come_loses_nothing_of_it(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks
) -> None:
    base = own_desk.state.own
    own_desk.fold_left(True)
    own_desk.take(OPERATOR.id, OwnDesk(theme="dark", keys={"answer": "Ctrl+S"}), base)

    both = OwnDesk(theme="dark", left_folded=True, keys={"answer": "Ctrl+S"})
    assert own_desk.state.own == both
    assert kept.kept[OPERATOR.id] == both


def test_what_came_and_changes_nothing_is_not_kept_anew(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks
) -> None:
    own_desk.take(OPERATOR.id, OwnDesk(theme="dark"), OwnDesk())
    assert kept.kept == {}
    own_desk.fold_left(True)
    now, told = own_desk.state.own, Told(own_desk.kept)
    own_desk.take(OPERATOR.id, now, OwnDesk(theme="dark"))
    own_desk.take(OPERATOR.id, now, now)
    assert own_desk.state.own == now
    assert not told.values


def test_a_language_that_comes_from_elsewhere_is_told(own_desk: OwnDeskPresenter) -> None:
    told = Told(own_desk.told)
    own_desk.take(OPERATOR.id, OwnDesk(language="en"), OwnDesk())
    own_desk.take(OPERATOR.id, OwnDesk("dark", language="en"), OwnDesk(language="en"))

    assert [notice.head for notice in told.values] == ["Для вашего языка нужен новый запуск"]


def test_what_could_not_be_read_here_comes_from_elsewhere_with_what_was_chosen_since(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks
) -> None:
    own_desk.sign_in(SUPERVISOR, None)
    own_desk.choose_theme("contrast")
    assert kept.kept == {}
    own_desk.take(SUPERVISOR.id, OwnDesk(theme="dark", text_percent=150), OwnDesk())

    assert kept.kept[SUPERVISOR.id] == OwnDesk(theme="contrast", text_percent=150)


def test_a_disk_that_takes_nothing_is_told_and_the_choice_holds(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks, qtbot: QtBot
) -> None:
    told = Told(own_desk.told)
    kept.refusing = True
    own_desk.choose_theme("dark")

    qtbot.waitUntil(lambda: bool(told.values))
    assert told.values[0].problem
    assert own_desk.state.look.theme == "dark"


def test_before_anybody_has_signed_in_nothing_is_kept(kept: FakeOwnDesks, owner: QObject) -> None:
    nobodys = OwnDeskPresenter(
        kept, Deliveries(owner), partial(look_of, settings=OF_THE_CITY), spoken="ru", parent=owner
    )
    seen: list[OwnDeskState] = []
    nobodys.changed.connect(seen.append)
    nobodys.choose_theme("dark")

    assert [state.look.theme for state in seen] == ["dark"]
    assert kept.kept == {}


def test_the_window_is_drawn_as_who_sat_here_last_had_chosen(tmp_path: Path) -> None:
    memory = tmp_path / "window.ini"
    assert read_last_look(memory) == OwnDesk()
    settings = QSettings(str(memory), QSettings.Format.IniFormat)
    keep_last_look(settings, OwnDesk("dark", 125, "en", "ring", True, 480, {"answer": "F9"}))
    settings.sync()
    assert read_last_look(memory) == OwnDesk("dark", 125)  # the language is personal

    keep_last_look(settings, OwnDesk(text_percent=150))
    settings.sync()
    assert read_last_look(memory) == OwnDesk(text_percent=150)
    memory.write_text("[General]\ntheme=pink\ntext_percent=large\nlanguage=en\n")
    assert read_last_look(memory) == OwnDesk()


def test_what_could_not_be_read_is_never_written_over(
    own_desk: OwnDeskPresenter, kept: FakeOwnDesks
) -> None:
    hers = OwnDesk(theme="dark", keys={"hold": "F7"})
    kept.kept[SUPERVISOR.id] = hers
    told = Told(own_desk.told)
    own_desk.sign_in(SUPERVISOR, None)
    own_desk.choose_theme("contrast")

    assert own_desk.state.look.theme == "contrast"
    assert kept.kept[SUPERVISOR.id] == hers
    assert [notice.problem for notice in told.values] == [True]

    own_desk.sign_in(SUPERVISOR, hers)
    own_desk.choose_text(150)
    assert kept.kept[SUPERVISOR.id] == OwnDesk(theme="dark", text_percent=150, keys={"hold": "F7"})
