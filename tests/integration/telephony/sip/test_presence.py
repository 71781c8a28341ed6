"""The operator's state at a real presence server: kamailio, and a subscribed watcher."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallRinging,
    EndCause,
    PhoneConnected,
    PresenceChanged,
    RegistrationChanged,
    RegistrationState,
    ToConsole,
)
from telephony.presence import Activity, Presence, PublicationState
from telephony.process import PhoneProcess
from telephony.settings import PhoneSettings, SipAccount, TransportName
from telephony.sip.transactions import TimerValues
from tests.fakes.events import Heard
from tests.fakes.json_lines import JsonLines
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.kamailio_presence import PresenceServer, Seen, Watcher
from tests.fakes.phone_bench import PhoneBench

NO_TAG = "tag '<null>'"
USERS = {"301": "secret"}
FASTER = TimerValues(t1_s=0.04)
READY = Presence(takes_calls=True)
TALKING = Presence(True, (Activity.ON_THE_PHONE,))
LUNCH = Presence(False, (Activity.AWAY, Activity.MEAL))
SEEN_READY = Seen(("open",))
SEEN_TALKING = Seen(("open",), frozenset({"on-the-phone"}))
SEEN_GONE = Seen(("closed",))
SEEN_LUNCH = Seen(("closed",), frozenset({"away", "meal"}))


@pytest.fixture
def server() -> Iterator[KamailioProxy]:
    with KamailioProxy(USERS, presence=PresenceServer()) as running:
        yield running


def settings_for(
    *proxies: KamailioProxy, expires_s: int = 300, transport: TransportName = "udp"
) -> PhoneSettings:
    account = SipAccount(
        proxies[0].host,
        "301",
        USERS["301"],
        proxies[0].port,
        expires_s=expires_s,
        transport=transport,
        backup_servers=tuple(f"{proxy.host}:{proxy.port}" for proxy in proxies[1:]),
    )
    return PhoneSettings(account)


def watch(server: KamailioProxy) -> Watcher:
    return Watcher(server.host, server.port, "301")


async def is_seen(server: KamailioProxy, seen: Seen) -> None:
    """A new watcher is notified of exactly this presence."""

    def look() -> None:
        with watch(server) as late:
            late.wait_for(seen)

    await asyncio.to_thread(look)


async def told(bench: PhoneBench, presence: Presence) -> PresenceChanged:
    return await bench.expect(
        PresenceChanged,
        lambda event: event.state is PublicationState.TOLD and event.told == presence,
        timeout_s=20.0,
    )


async def in_state(bench: PhoneBench, state: PublicationState) -> PresenceChanged:
    return await bench.expect(PresenceChanged, lambda event: event.state is state, timeout_s=20.0)


def connected(events: list[ToConsole]) -> list[PhoneConnected]:
    return [event for event in events if isinstance(event, PhoneConnected)]


def process_of(heard: Heard[ToConsole]) -> int:
    """Returns the process id of the first phone process that the console has found or started."""
    return connected(heard.wait_for(lambda events: bool(connected(events)), 15))[0].process_id


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_a_watcher_sees_each_state_and_then_that_nobody_is_there(
    server: KamailioProxy, transport: TransportName
) -> None:
    async def run(watcher: Watcher) -> None:
        async with PhoneBench(settings_for(server, transport=transport)) as bench:
            for presence, seen in (
                (READY, SEEN_READY),
                (TALKING, SEEN_TALKING),
                (LUNCH, SEEN_LUNCH),
                (READY, SEEN_READY),
            ):
                bench.phone.set_presence(presence)
                await told(bench, presence)
                await asyncio.to_thread(watcher.wait_for, seen)
            bench.phone.set_presence(None)
            await in_state(bench, PublicationState.OFF)
            await asyncio.to_thread(watcher.wait_for, SEEN_GONE)
            await is_seen(server, Seen())

    with watch(server) as watcher:
        asyncio.run(run(watcher))
    assert "301" in "".join(watcher.documents)
    assert all("Operator" not in document for document in watcher.documents)


def test_a_phone_that_ends_leaves_nothing_behind(server: KamailioProxy) -> None:
    async def run(watcher: Watcher) -> None:
        settings = replace(settings_for(server), presence=READY)
        async with PhoneBench(settings) as bench:
            await told(bench, READY)
            await asyncio.to_thread(watcher.wait_for, SEEN_READY)
        await asyncio.to_thread(watcher.wait_for, SEEN_GONE)
        await is_seen(server, Seen())

    with watch(server) as watcher:
        asyncio.run(run(watcher))


def test_what_is_published_is_kept_up_before_it_expires() -> None:
    async def run(server: KamailioProxy, watcher: Watcher) -> None:
        async with PhoneBench(replace(settings_for(server), presence=READY)) as bench:
            await told(bench, READY)
            await asyncio.to_thread(watcher.wait_for, SEEN_READY)
            began_s = time.monotonic()
            while server.log.count("PUBLISH by") < 5 and time.monotonic() < began_s + 15:
                await asyncio.sleep(0.1)
            assert server.log.count("PUBLISH by") >= 5, "twice with the challenge, then kept up"
            # twice the server's expiry: a new watcher still sees it
            assert time.monotonic() - began_s > 4
            await is_seen(server, SEEN_READY)
            assert [e for e in bench.events if isinstance(e, PresenceChanged)][-1].told == READY

    presence = PresenceServer(min_expires_s=1, max_expires_s=3)
    with KamailioProxy(USERS, presence=presence) as server, watch(server) as watcher:
        asyncio.run(run(server, watcher))


def test_a_server_that_wants_a_longer_time_gets_it() -> None:
    async def run(server: KamailioProxy) -> None:
        settings = replace(settings_for(server, expires_s=20), presence=READY)
        async with PhoneBench(settings) as bench:
            await told(bench, READY)
        assert "expires 20," in server.log
        assert "expires 40," in server.log

    with KamailioProxy(USERS, presence=PresenceServer(min_expires_s=40)) as server:
        asyncio.run(run(server))


def test_a_server_that_forgot_all_in_a_restart_is_told_anew(server: KamailioProxy) -> None:
    async def run() -> None:
        async with PhoneBench(settings_for(server), FASTER) as bench:
            bench.phone.set_presence(LUNCH)
            await told(bench, LUNCH)
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
            log_bytes = len(server.log)
            bench.phone.refresh_registration()
            await is_seen(server, SEEN_LUNCH)
            lines = [line for line in server.log[log_bytes:].splitlines() if "PUBLISH by" in line]
            assert NO_TAG not in lines[0], "the entity-tag it had, which gives 412"
            assert NO_TAG in lines[-1], "then all of it without one"

    asyncio.run(run())


def test_it_is_told_anew_when_the_network_is_back(server: KamailioProxy) -> None:
    async def run() -> None:
        async with PhoneBench(settings_for(server), FASTER) as bench:
            bench.phone.set_presence(READY)
            await told(bench, READY)
            await asyncio.to_thread(server.stop)
            bench.phone.refresh_registration()
            await bench.expect(
                RegistrationChanged, lambda event: event.state is RegistrationState.FAILED
            )
            bench.phone.set_presence(LUNCH)
            await asyncio.to_thread(server.start)
            await told(bench, LUNCH)
            with watch(server) as watcher:
                await asyncio.to_thread(watcher.wait_for, SEEN_LUNCH)

    asyncio.run(run())


def test_the_registrar_that_stands_in_is_told(server: KamailioProxy) -> None:
    async def run(second: KamailioProxy) -> None:
        async with PhoneBench(settings_for(server, second), FASTER) as bench:
            bench.phone.set_presence(LUNCH)
            await told(bench, LUNCH)
            await asyncio.to_thread(server.stop)
            with watch(second) as watcher:
                await asyncio.to_thread(watcher.wait_for, SEEN_LUNCH)

    with KamailioProxy(USERS, presence=PresenceServer()) as second:
        asyncio.run(run(second))


def test_a_telephone_system_without_presence_is_asked_once() -> None:
    async def run(server: KamailioProxy) -> None:
        async with PhoneBench(settings_for(server), FASTER) as bench:
            bench.phone.set_presence(READY)
            refused = await in_state(bench, PublicationState.NOT_TAKEN)
            assert refused.status_code == 489
            for presence in (TALKING, LUNCH, READY):
                bench.phone.set_presence(presence)
            await asyncio.sleep(1)
            assert server.log.count("PUBLISH refused") == 1
            assert bench.phone.registration.state is RegistrationState.REGISTERED

    with KamailioProxy(USERS) as server:
        asyncio.run(run(server))


def test_what_is_known_outlives_the_phone_process_and_new_settings(
    server: KamailioProxy, tmp_path: Path
) -> None:
    heard: Heard[ToConsole] = Heard()
    process = PhoneProcess(settings_for(server), tmp_path / "run", heard)
    process.start()

    def times_told(events: list[ToConsole]) -> int:
        return sum(isinstance(event, PresenceChanged) and event.told == LUNCH for event in events)

    try:
        process.set_presence(LUNCH)
        heard.wait_for(lambda events: times_told(events) == 1, 15)
        os.kill(process_of(heard), signal.SIGKILL)
        heard.wait_for(lambda events: times_told(events) == 2, 15)
        process.adopt(settings_for(server, expires_s=200))
        heard.wait_for(lambda events: times_told(events) == 3, 15)
        assert "expires 200," in server.log
        with watch(server) as watcher:
            # The publication of the killed process expires.
            watcher.wait_for(Seen(("closed", "closed"), SEEN_LUNCH.activities))
    finally:
        process.close(end_process=True)


def test_what_is_wanted_while_new_settings_are_put_into_force_is_told(
    server: KamailioProxy,
) -> None:
    async def run() -> None:
        async with (
            PhoneBench(replace(settings_for(server), presence=TALKING)) as bench,
            PhoneBench() as citizen,
        ):
            await told(bench, TALKING)
            citizen.phone.call(f"sip:301@{server.host}:{server.port}")
            bench.phone.answer((await bench.expect(CallRinging)).call_id)
            answered = await bench.expect(CallAnswered)
            await bench.phone.configure(replace(bench.phone.settings, busy_status=480))
            bench.phone.hang_up(answered.call_id)
            await bench.expect(
                RegistrationChanged, lambda event: event.state is RegistrationState.OFF
            )
            # as the operator's state reports it after the call: the registrar is being left
            bench.phone.set_do_not_disturb(True)
            bench.phone.set_presence(LUNCH)
            await told(bench, LUNCH)
            await is_seen(server, SEEN_LUNCH)  # and no publication of the former phone
            assert bench.phone.settings.busy_status == 480
            citizen.phone.call(f"sip:301@{server.host}:{server.port}")
            await bench.expect(CallEnded, lambda event: event.cause is EndCause.DO_NOT_DISTURB)

    asyncio.run(run())


def test_a_phone_that_no_console_has_is_not_shown_as_ready(
    server: KamailioProxy, tmp_path: Path
) -> None:
    heard: Heard[ToConsole] = Heard()
    process = PhoneProcess(settings_for(server), tmp_path / "run", heard)
    process.start()
    with watch(server) as watcher:
        process.set_presence(READY)
        watcher.wait_for(SEEN_READY)
        first = process_of(heard)
        process.close()  # as if it was killed: the phone process remains for a minute
        watcher.wait_for(SEEN_GONE)

        again: Heard[ToConsole] = Heard()
        taken = PhoneProcess(replace(settings_for(server), presence=READY), tmp_path / "run", again)
        taken.start()
        try:
            watcher.wait_for(SEEN_READY)
            assert process_of(again) == first
        finally:
            taken.close(end_process=True)
        watcher.wait_for(SEEN_GONE)


def test_a_phone_in_the_terminal_publishes_what_is_typed(
    server: KamailioProxy, tmp_path: Path
) -> None:
    password_file = tmp_path / "password"
    password_file.write_text("secret\n", encoding="utf-8")
    with JsonLines(
        "telephony", "--server", f"{server.host}:{server.port}", "--user", "301",
        "--password-file", str(password_file),
    ) as phone:  # fmt: skip
        phone.expect("registered")
        phone.write("presence perhaps")
        assert "open|closed" in phone.expect("bad_command")["usage"]
        phone.write("presence closed away meal")
        while (told := phone.expect("presence"))["state"] != "told":
            assert told["state"] == "waiting"
        assert told["told"] == {"takes_calls": False, "activities": ["away", "meal"]}
        with watch(server) as watcher:
            watcher.wait_for(SEEN_LUNCH)
        phone.write("presence off")
        while phone.expect("presence")["state"] != "off":
            pass
        assert phone.end_input() == 0
