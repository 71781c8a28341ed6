"""Complaint: a transfer loses the caller, and there is no way back from it.

The caller is held immediately, is returned with the reason if the transfer fails, can be resumed at
any time, and leaves only after the other party has accepted.
"""

from __future__ import annotations

from pathlib import Path

from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.sipp_peer import SippCaller, answer, expect, expect_status, notify

CITIZEN = "+79005550138"
USERS = {"301": "line-secret", "302": "colleague-secret"}
NOBODY, COLLEAGUE = "999", "302"
OVER = "terminated;reason=noresource"


def test_a_caller_comes_back_from_everything_but_a_transfer_that_succeeds(folder: Path) -> None:
    with KamailioProxy(USERS) as proxy:
        phone: dict[str, str | int] = {
            "server": proxy.host,
            "port": proxy.port,
            "user": "301",
            "password": USERS["301"],
            "listen_host": "127.0.0.1",
            "listen_port": 0,
        }
        there = BaresipRegistration(proxy.host, proxy.port, USERS[COLLEAGUE])
        with (
            ConsoleStage(folder, settings={"phone": phone}) as desk,
            BaresipCaller(COLLEAGUE, registration=there, auto_answer=True) as colleague,
            BaresipCaller(CITIZEN) as citizen,
        ):
            proxy.wait_until_registered("301")
            citizen.dial(f"sip:301@{proxy.host}:{proxy.port}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            citizen.wait_for("CALL_ESTABLISHED")
            desk.type("Просит соединить с диспетчером")

            desk.press("F7")
            desk.type(NOBODY)
            desk.press("shift+Return")
            desk.wait_for("t_transfer_failed", STEP_LIMIT_S)
            desk.wait_for("t_resumed", STEP_LIMIT_S)

            desk.press("F7")
            desk.type(COLLEAGUE)
            desk.press("Return")
            desk.wait_for("t_held", STEP_LIMIT_S)
            colleague.wait_for("CALL_ESTABLISHED")
            desk.picture("consulting")
            desk.press("F3")
            desk.wait_for("t_resumed", STEP_LIMIT_S)
            colleague.wait_for("CALL_CLOSED")
            desk.type(", он занят")

            desk.press("F7")
            desk.type(COLLEAGUE)
            desk.press("shift+Return")
            desk.wait_for("t_hangup", STEP_LIMIT_S)
            citizen.wait_for("CALL_ESTABLISHED")
            colleague.wait_for("CALL_ESTABLISHED")
            desk.press("ctrl+1")
            desk.save()
            (call,) = desk.calls_today()
            record = desk.record(call["number"])

    assert record["content"] == "Просит соединить с диспетчером, он занят"
    assert (record["direction"], record["end_cause"]) == ("incoming", "transferred")
    assert record["state"] == "closed"


def test_the_one_who_was_asked_takes_the_operator_s_place(folder: Path) -> None:
    steps = (
        *SippCaller.agree_to_hold(),
        expect("REFER", header="Refer-To", pattern="Replaces=.*%3Bto-tag%3D.*%3Bfrom-tag"),
        answer("202 Accepted"),
        notify(2, "SIP/2.0 200 OK", OVER),
        expect_status(200),
        expect("BYE"),
        answer("200 OK"),
    )
    with ConsoleStage(folder) as desk, BaresipCaller("302", auto_answer=True) as colleague:
        host, _, port = desk.address.rpartition(":")
        with SippCaller(host, int(port), steps, limit_s=60) as caller:
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            desk.type("Спрашивает о вывозе мусора")
            desk.press("F7")
            desk.type(colleague.uri)
            desk.press("Return")
            desk.wait_for("t_held", STEP_LIMIT_S)
            colleague.wait_for("CALL_ESTABLISHED")
            desk.wait_for("t_answer", STEP_LIMIT_S)
            desk.press("F7")
            desk.wait_for("t_hangup", STEP_LIMIT_S)
            colleague.wait_for("CALL_CLOSED")
            caller.wait()
        desk.press("ctrl+1")
        desk.save()
        (call,) = desk.calls_today()
        record = desk.record(call["number"])

    assert record["content"] == "Спрашивает о вывозе мусора"
    assert (record["direction"], record["end_cause"]) == ("incoming", "transferred")
