"""Calls while the line is closed (5.4) are announced or redirected, and no operator is
disturbed.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallRinging,
    CallSnapshot,
    CommandRefused,
    DoNotDisturbChanged,
    EndCause,
    MediaReported,
)
from telephony.media.wav import read_wav, write_wav
from telephony.settings import ClosedLine
from tests.fakes.audio_measure import align_and_correlate, speech_like
from tests.fakes.baresip import BaresipCaller
from tests.fakes.phone_bench import NEIGHBOURS, PhoneBench
from tests.fakes.sipp_scenario import SippPeer

CALLER = "79005550137"
SPOKEN_S = 3.0
DUTY = "sip:112@127.0.0.1:5999"


@pytest.fixture
def announcement(tmp_path: Path) -> Path:
    path = tmp_path / "closed.wav"
    write_wav(path, speech_like(SPOKEN_S), 8000)
    return path


async def seen_to(desk: PhoneBench) -> tuple[CallRinging, CallEnded]:
    """Returns the next call handled automatically by the phone, reported after its end."""
    ringing = await desk.expect(CallRinging)
    ended = await desk.expect(CallEnded)
    assert ended.call_id == ringing.call_id
    assert ringing.facts.out_of_hours
    return ringing, ended


@pytest.mark.parametrize("do_not_disturb", [False, True])
def test_a_caller_hears_the_announcement_and_the_phone_hangs_up(
    announcement: Path, do_not_disturb: bool
) -> None:
    async def run(caller: BaresipCaller) -> None:
        closed = ClosedLine(announcement_file=str(announcement))
        settings = replace(NEIGHBOURS, closed_line=closed, do_not_disturb=do_not_disturb)
        async with PhoneBench(settings, side_by_side=False) as desk:
            caller.dial(desk.uri)
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            assert desk.phone.has_live_calls
            assert desk.phone.calls() == (), "nobody is told before it is over"
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")
            ringing, ended = await seen_to(desk)
            assert ringing.caller_number == CALLER
            assert ended.cause is EndCause.ANNOUNCED_OUT_OF_HOURS
            assert SPOKEN_S < (ended.at - ringing.at).total_seconds() < SPOKEN_S + 3
            (kept,) = desk.phone.calls()
            assert (kept.answered_at, kept.ended) == (None, ended)
            assert not desk.phone.has_live_calls

    with BaresipCaller(CALLER) as caller:
        asyncio.run(run(caller))
        heard = read_wav(caller.heard)
    found = align_and_correlate(read_wav(announcement), heard, 8000)
    assert found.correlation > 0.9


def test_a_caller_is_sent_to_the_given_number() -> None:
    async def run() -> None:
        settings = replace(NEIGHBOURS, closed_line=ClosedLine(redirect_to=DUTY))
        async with (
            PhoneBench(settings) as desk,
            SippPeer("closed_line", desk.phone.local_address) as far,
        ):
            ringing, ended = await seen_to(desk)
            assert ringing.caller_number == f"+{CALLER}"
            assert (ended.cause, ended.status_code) == (EndCause.REDIRECTED_OUT_OF_HOURS, 302)
            await far.finish()

    asyncio.run(run())


def test_who_is_sent_on_reaches_the_other_phone() -> None:
    async def run() -> None:
        async with (
            PhoneBench() as desk,
            PhoneBench(replace(NEIGHBOURS, auto_answer_ms=0)) as duty,
            PhoneBench() as caller,
        ):
            desk.phone.set_closed_line(ClosedLine(redirect_to=duty.uri))
            caller.phone.call(desk.uri)
            await duty.expect(CallAnswered)
            await caller.expect(CallAnswered)
            _ringing, ended = await seen_to(desk)
            assert ended.cause is EndCause.REDIRECTED_OUT_OF_HOURS

    asyncio.run(run())


def test_an_operator_who_talks_and_consults_is_not_disturbed(announcement: Path) -> None:
    async def run(late: BaresipCaller) -> None:
        async with (
            PhoneBench(side_by_side=False) as desk,
            PhoneBench() as citizen,
            PhoneBench(replace(NEIGHBOURS, auto_answer_ms=0)) as colleague,
        ):
            citizen.phone.call(desk.uri)
            talk = (await desk.expect(CallRinging)).call_id
            desk.phone.answer(talk)
            await desk.expect(CallAnswered)
            desk.phone.set_closed_line(ClosedLine(announcement_file=str(announcement)))
            desk.phone.consult(talk, colleague.uri)
            await desk.expect(CallHeld)
            asked = await desk.expect(CallAnswered)
            before = len(desk.events)
            late.dial(desk.uri)
            await asyncio.to_thread(late.wait_for, "CALL_ESTABLISHED")
            await asyncio.to_thread(late.wait_for, "CALL_CLOSED")
            ringing, ended = await seen_to(desk)
            assert ended.cause is EndCause.ANNOUNCED_OUT_OF_HOURS
            meanwhile = desk.events[before:]
            others = [one for one in meanwhile if not isinstance(one, MediaReported)]
            assert others == [ringing, ended], "no hold, no mute, no sound of a second call"
            live = {each.call_id: each for each in desk.phone.calls() if each.ended is None}
            assert set(live) == {talk, asked.call_id}
            assert live[asked.call_id].held_by == ()
            assert not [event for event in citizen.events if isinstance(event, CallEnded)]

    with BaresipCaller(CALLER) as late:
        asyncio.run(run(late))


def test_who_hangs_up_in_the_announcement_has_been_announced(announcement: Path) -> None:
    async def run(caller: BaresipCaller) -> None:
        closed = ClosedLine(announcement_file=str(announcement))
        async with PhoneBench(replace(NEIGHBOURS, closed_line=closed)) as desk:
            caller.dial(desk.uri)
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            caller.hang_up()
            ringing, ended = await seen_to(desk)
            assert ended.cause is EndCause.ANNOUNCED_OUT_OF_HOURS
            assert (ended.at - ringing.at).total_seconds() < SPOKEN_S

    with BaresipCaller(CALLER) as caller:
        asyncio.run(run(caller))


def test_calls_ring_again_when_the_line_opens(announcement: Path) -> None:
    async def run() -> None:
        async with PhoneBench() as desk, PhoneBench() as caller:
            desk.phone.set_closed_line(ClosedLine(redirect_to=DUTY))
            desk.phone.set_closed_line(None)
            caller.phone.call(desk.uri)
            ringing = await desk.expect(CallRinging)
            assert not ringing.facts.out_of_hours
            desk.phone.set_closed_line(ClosedLine(announcement_file=str(announcement)))
            desk.phone.answer(ringing.call_id)  # a ringing call continues
            await desk.expect(CallAnswered)
            desk.phone.set_do_not_disturb(True)
            await desk.expect(DoNotDisturbChanged)
            desk.phone.set_closed_line(None)
            caller.phone.call(desk.uri)
            refused = await desk.expect(CallEnded)
            assert refused.cause is EndCause.DO_NOT_DISTURB

    asyncio.run(run())


@pytest.mark.parametrize(
    ("closed", "code"),
    [
        (ClosedLine(announcement_file="missing.wav"), "announcement_missing"),
        (ClosedLine(redirect_to="112"), "bad_number"),  # no PBX, so no host
    ],
)
def test_what_cannot_be_done_is_told_and_calls_ring(closed: ClosedLine, code: str) -> None:
    async def run() -> None:
        async with PhoneBench() as desk, PhoneBench() as caller:
            desk.phone.set_closed_line(closed)
            refused = await desk.expect(CommandRefused)
            assert (refused.command, refused.code) == ("set_closed_line", code)
            caller.phone.call(desk.uri)
            assert not (await desk.expect(CallRinging)).facts.out_of_hours
            (rings,) = desk.phone.calls()
            assert isinstance(rings, CallSnapshot)
            assert rings.ended is None

    asyncio.run(run())


def test_settings_wait_for_the_end_of_an_announcement(announcement: Path) -> None:
    async def run(caller: BaresipCaller) -> None:
        closed = ClosedLine(announcement_file=str(announcement))
        async with PhoneBench(replace(NEIGHBOURS, closed_line=closed)) as desk:
            caller.dial(desk.uri)
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            await desk.phone.configure(replace(desk.phone.settings, busy_status=480))
            assert desk.phone.settings.busy_status == 486
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")
            await seen_to(desk)
            async with asyncio.timeout(5):
                while desk.phone.settings.busy_status != 480:
                    await asyncio.sleep(0.01)
            assert desk.phone.settings.closed_line == closed

    with BaresipCaller(CALLER) as caller:
        asyncio.run(run(caller))
