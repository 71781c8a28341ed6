"""A citizen's call through an independent proxy up to the saved row in the central PostgreSQL.

kamailio is registrar and proxy, baresip the citizen's phone; the console is a separate process,
driven by keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg2
import pytest

from telephony.measure import (
    Alignment,
    align_and_correlate,
    piece_correlations,
    sinad_windows_db,
    tone,
)
from telephony.media.samples import Samples, silence
from telephony.media.wav import read_wav, write_wav
from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.console_stage import (
    OPERATOR_NAME,
    RESOURCES,
    RING_LIMIT_S,
    ConsoleStage,
    Tables,
    wait_for_central_record,
)
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.postgres import PostgresServer

LINE = "301"
CALLER = "+79005550137"
CALLER_NAME = "Citizen"
USERS = {LINE: "line-secret", CALLER: "caller-secret"}
CONTENT = "Во дворе на Садовой, 7 переполнены баки."
SURNAME, GIVEN_NAME, PATRONYMIC = "Полозова", "Светлана", "Игоревна"

RATE_HZ = 8000
SPEECH_S = 9.0
TONE_HZ = 1004.0
TONE_DBFS = -10.0
TONE_S = 9.0
PAINT_S = 0.7
TALK_S = 20.0
GUARD_S = 0.5  # at both ends of the tone, where the jitter buffer may still settle
WINDOW_S = 0.5


@dataclass(frozen=True)
class Voice:
    """Audio of one side: speech, then the test tone, then silence longer than the call."""

    file: Path
    speech: Samples

    @classmethod
    def write(cls, file: Path, source: str) -> Voice:
        speech = read_wav(RESOURCES / "training" / source)[: round(SPEECH_S * RATE_HZ)]
        parts = (speech, tone(TONE_HZ, TONE_DBFS, TONE_S), silence(180 * RATE_HZ))
        write_wav(file, np.concatenate(parts))
        return cls(file, speech)


@dataclass(frozen=True)
class Heard:
    """Quality of the received voice: speech piece by piece, tone window by window."""

    speech: Alignment
    likenesses: list[float]
    tone_sinad_db: list[float]

    @classmethod
    def measure(cls, voice: Voice, heard: Samples) -> Heard:
        speech = align_and_correlate(voice.speech, heard)
        begin = round((speech.delay_s + GUARD_S) * RATE_HZ) + voice.speech.size
        end = begin + round((TONE_S - 2 * GUARD_S) * RATE_HZ)
        windows = sinad_windows_db(heard[begin:end], RATE_HZ, TONE_HZ, WINDOW_S)
        assert windows.size == round((TONE_S - 2 * GUARD_S) / WINDOW_S)
        return cls(speech, piece_correlations(voice.speech, heard).tolist(), windows.tolist())

    def assert_good(self) -> None:
        # If the initial delay is reduced, a piece differs a little.
        assert sum(likeness < 0.9 for likeness in self.likenesses) <= 2, self
        assert abs(self.speech.level_db) <= 1.0, self
        # The median: a stall of a busy machine spoils only its own window.
        assert float(np.median(self.tone_sinad_db)) >= 35.0, self


@pytest.fixture
def proxy() -> Iterator[KamailioProxy]:
    with KamailioProxy(USERS) as running:
        yield running


def phone_table(proxy: KamailioProxy) -> dict[str, str | int]:
    return {
        "server": proxy.host,
        "port": proxy.port,
        "user": LINE,
        "password": USERS[LINE],
        "listen_host": "127.0.0.1",
        "listen_port": 0,
    }


def citizen(proxy: KamailioProxy, play: Path | None = None) -> BaresipCaller:
    registration = BaresipRegistration(proxy.host, proxy.port, USERS[CALLER])
    return BaresipCaller(CALLER, display_name=CALLER_NAME, registration=registration, play=play)


def ring(desk: ConsoleStage, proxy: KamailioProxy, caller: BaresipCaller) -> None:
    proxy.wait_until_registered(LINE)
    caller.dial(f"sip:{LINE}@{proxy.host}:{proxy.port}")
    caller.wait_for_log(r"SIP/2\.0 407 ")  # the proxy requested the caller's password
    desk.wait_for("t_offer", RING_LIMIT_S)


def test_a_call_is_heard_registered_and_in_the_central_database(
    proxy: KamailioProxy, dsn: str, folder: Path
) -> None:
    operator = Voice.write(folder / "operator.wav", "operator.wav")
    citizens = Voice.write(folder / "citizen.wav", "typical-1.wav")
    settings: Tables = {
        "phone": phone_table(proxy),
        "audio": {"input_file": str(operator.file)},
    }
    with (
        ConsoleStage(folder, dsn=dsn, settings=settings) as desk,
        citizen(proxy, citizens.file) as caller,
    ):
        ring(desk, proxy, caller)
        desk.answer()
        caller.wait_for("CALL_ESTABLISHED")
        desk.type(CONTENT)
        desk.press("shift+Tab", times=3)
        desk.type(f"{SURNAME} {GIVEN_NAME} {PATRONYMIC}")
        entry = desk.take_first_hit("когда вывозят мусор")
        desk.wait_for_heard(TALK_S, limit_s=2 * TALK_S)
        desk.hang_up()
        caller.wait_for("CALL_CLOSED")
        desk.save()
        (call,) = desk.calls_today()
        record = desk.record_for_centre(call["number"])
        in_centre = wait_for_central_record(record["number"], dsn, limit_s=20)
        at_desk = Heard.measure(citizens, read_wav(desk.heard))
        at_citizen = Heard.measure(operator, read_wav(caller.heard))

    at_desk.assert_good()
    at_citizen.assert_good()
    assert in_centre == record
    assert record["content"].startswith(CONTENT)
    assert (record["surname"], record["given_name"], record["patronymic"]) == (
        SURNAME,
        GIVEN_NAME,
        PATRONYMIC,
    )
    assert record["phone"] == CALLER
    assert record["caller_number_raw"] == CALLER
    assert record["caller_name"] == CALLER_NAME
    assert record["dialled_line"] == LINE
    assert record["result"] == "answered"
    assert [used["key"] for used in record["used_entries"]] == [entry]
    assert record["end_cause"] == "near_end"
    assert record["state"] == "closed"
    assert record["operator_name"] == OPERATOR_NAME
    assert record["arrived_at"] < record["answered_at"] < record["ended_at"] < record["saved_at"]


def test_a_record_saved_without_the_centre_arrives_later_and_once(
    proxy: KamailioProxy, postgres: PostgresServer, dsn: str, folder: Path
) -> None:
    settings = {"phone": phone_table(proxy)}
    with ConsoleStage(folder, dsn=dsn, settings=settings) as desk, citizen(proxy) as caller:
        ring(desk, proxy, caller)
        desk.answer()
        caller.wait_for("CALL_ESTABLISHED")
        desk.type(CONTENT)
        postgres.stop()
        try:
            desk.press("ctrl+1")
            desk.hang_up()
            caller.wait_for("CALL_CLOSED")
            desk.save()
            (call,) = desk.calls_today()
            record = desk.record_for_centre(call["number"])
            assert desk.waiting() == 1
            desk.picture("records-wait")
            # closing the window shows a warning, offers to stay, and does not prevent the closing
            desk.ask_to_close()
            desk.pause(PAINT_S)
            desk.picture("closing")
            desk.press("Escape")
            desk.ask_to_close()
            desk.pause(PAINT_S)
            assert desk.console_runs
            desk.press("Return")
            assert desk.wait_for_end() == 0
            assert desk.waiting() == 1
        finally:
            postgres.start()
        desk.start_again()
        in_centre = wait_for_central_record(record["number"], dsn, limit_s=60)
        desk.wait_until_waiting(0)

    assert in_centre == record
    assert record["content"] == CONTENT
    assert rows(dsn) == [(record["id"], record["revision"])]


def rows(dsn: str) -> list[tuple[str, int]]:
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id::text, rev FROM call_record")
            found: list[tuple[str, int]] = cursor.fetchall()
            return found
    finally:
        connection.close()
