"""Notices about calls, the phone and its audio: shown once, with advice, without personal data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.features.journal.presenter import JournalList
from sync.register.messages import State
from telephony.events import AudioDeviceChanged, CommandRefused, EndCause
from tests.fakes.console_phone import connected, disconnected
from tests.fakes.day_of_work import DayOfWork
from tests.fakes.records import answered_message


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (EndCause.NO_COMMON_CODEC, "нет общего кодека"),
        (EndCause.NO_COMMON_ENCRYPTION, "шифры не совпали"),
    ],
)
def test_a_caller_whom_the_phone_turned_away_is_listed_and_told_with_the_reason(
    work: DayOfWork, cause: EndCause, told: str
) -> None:
    turned_away = work.call(1)
    work.tell(turned_away.ringing(), turned_away.ended(cause))
    work.settle()

    work.journal.show_list(JournalList.MISSED)
    (row,) = work.journal.state.rows
    assert (row.result, row.icon) == (told, "warning-octagon-fill")
    (notice,) = work.told.values
    assert notice.problem
    assert notice.head.endswith(f"не принят: {told}")
    assert "администратору" in notice.body


def test_what_is_told_names_records_and_no_person(work: DayOfWork) -> None:
    missed, other = work.call(1), work.call(2)
    work.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP))
    work.tell(other.ringing(), other.answered(), other.ended())
    work.desk.save()
    work.desk.put_aside()
    work.settle()

    texts = [f"{notice.head} {notice.body}" for notice in work.told.values]
    numbers = [str(card.number) for card in work.register.records.values()]
    assert numbers[0] in texts[0]
    assert [notice.problem for notice in work.told.values] == [False, True, False]
    assert not any("555" in text for text in texts)


def sound(
    microphone: bool = True, earpiece: bool = True, fallback: bool = False, cancelled: bool = True
) -> AudioDeviceChanged:
    return AudioDeviceChanged(datetime.now(UTC), microphone, earpiece, fallback, cancelled)


@pytest.mark.parametrize(
    ("trouble", "head", "back"),
    [
        (sound(False, False), "Гарнитура отключена", "Гарнитура снова работает"),
        (sound(microphone=False), "Микрофон отключён", "Гарнитура снова работает"),
        (sound(earpiece=False), "Наушник отключён", "Гарнитура снова работает"),
        (sound(fallback=True), "Работает другое звуковое устройство", "Снова работает выбранная"),
        (sound(cancelled=False), "Эхо не подавляется", "Эхо снова подавляется"),
    ],
)
def test_what_becomes_of_the_sound_is_told_once_with_what_to_do(
    work: DayOfWork, trouble: AudioDeviceChanged, head: str, back: str
) -> None:
    for event in (sound(), trouble, trouble, sound(), sound()):
        work.notices.receive_phone(event)

    first, second = work.told.values
    assert first.head == head
    assert first.problem
    assert first.body
    assert second.head.startswith(back)
    assert not second.problem


def test_a_phone_that_was_there_is_missed_and_welcomed_back(work: DayOfWork) -> None:
    work.notices.receive_phone(disconnected())  # it does not reconnect immediately
    work.notices.receive_phone(connected())
    assert work.told.values == []
    for event in (disconnected(), disconnected(), connected(), connected()):
        work.notices.receive_phone(event)
    assert [notice.problem for notice in work.told.values] == [True, False]


def test_the_foot_says_what_is_wrong_with_the_sound_as_long_as_it_is(work: DayOfWork) -> None:
    work.status.receive_phone(connected())
    work.status.receive_phone(sound(microphone=False))
    item = work.status.state.sound
    assert item is not None
    assert (item.text, item.role) == ("Микрофон отключён", "danger")
    assert item in work.status.state.items()
    work.status.receive_phone(sound())
    assert work.status.state.sound is None


@pytest.mark.parametrize(
    ("command", "told"), [("redirect", 1), ("answer", 0), ("hang_up", 0), ("forget", 0)]
)
def test_a_refused_command_is_told_where_nobody_else_tells_of_it(
    work: DayOfWork, command: str, told: int
) -> None:
    work.notices.receive_phone(CommandRefused("x", command, "unknown_call"))

    assert len(work.told.values) == told


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("bad_number", "Переадресовать на заданный номер нельзя"),
        ("announcement_missing", "Файла объявления нет"),
        ("announcement_format", "Объявление должно быть файлом WAV"),
        ("announcement_unreadable", "Файл объявления не читается"),
    ],
)
def test_a_closed_line_that_rings_all_the_same_is_told_with_its_reason(
    work: DayOfWork, code: str, said: str
) -> None:
    work.notices.receive_phone(CommandRefused(None, "set_closed_line", code))

    (notice,) = work.told.values
    assert notice.head == "Линия закрыта, но вызовы всё равно звонят"
    assert notice.body.startswith(said)


def test_a_message_that_was_sent_to_no_body_is_told_and_any_other_is_not(work: DayOfWork) -> None:
    """Regulation 7.9."""
    sent = replace(answered_message("Сделают"), state=State.AT_ORGAN)
    work.notices.message_registered(sent)
    assert work.told.values == []

    work.notices.message_registered(replace(sent, state=State.PUBLISHED, unit=None))
    (notice,) = work.told.values
    assert notice.problem
    assert notice.head == f"Сообщение № {sent.number} зарегистрировано, но никому не направлено"
    assert "Ctrl+O" in notice.body
