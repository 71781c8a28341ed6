"""Call actions of an operator: hold, consultation, return; on real sockets."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from telephony.commands import RecordingAction
from telephony.events import (
    AudioDeviceChanged,
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    CommandRefused,
    ConferenceChanged,
    DigitReceived,
    DoNotDisturbChanged,
    EndCause,
    MediaReported,
    PhoneEvent,
    RecordingChanged,
    RecordingState,
    Side,
    TransferProgressed,
    TransferState,
)
from telephony.media.devices.device import DeviceStatus, NullDevice
from telephony.media.engine import MediaEngine
from telephony.media.wav import read_wav, write_wav
from telephony.settings import AudioSettings, PhoneSettings, RecordingSettings
from tests.fakes.audio_measure import tone
from tests.fakes.phone_bench import NEIGHBOURS, PhoneBench


def run(work: Callable[[PhoneBench, PhoneBench, PhoneBench], Awaitable[None]]) -> None:
    """Runs an operator, a connected caller, and a colleague with automatic answer."""

    async def main() -> None:
        async with (
            PhoneBench(side_by_side=False) as desk,
            PhoneBench(replace(NEIGHBOURS, accept_refer=True)) as caller,
            PhoneBench(replace(NEIGHBOURS, auto_answer_ms=0)) as colleague,
        ):
            await work(desk, caller, colleague)

    asyncio.run(main())


def beside_calls(desk: PhoneBench) -> tuple[PhoneEvent, ...]:
    """Returns the standing events other than "calls are accepted", which is always present."""
    (let_in, *others) = desk.phone.standing()
    assert isinstance(let_in, DoNotDisturbChanged)
    assert not let_in.wanted
    return tuple(others)


async def call_in(caller: PhoneBench, desk: PhoneBench) -> tuple[str, str]:
    """Returns the ids of the answered call, at the desk and at the caller."""
    theirs = caller.phone.call(desk.uri)
    assert theirs is not None
    call_id = (await desk.expect(CallRinging)).call_id
    await caller.expect(CallProgressed)
    desk.phone.answer(call_id)
    await desk.expect(CallAnswered)
    await caller.expect(CallAnswered)
    return call_id, theirs


def test_hold_and_resume_are_told_and_remembered() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, theirs = await call_in(caller, desk)
        # Immediately, while the ACK of the answer may still be in transit.
        desk.phone.hold(call_id)
        assert (await desk.expect(CallHeld)).by is Side.NEAR
        assert (await caller.expect(CallHeld)).by is Side.FAR
        assert desk.phone.calls()[0].held_by == (Side.NEAR,)
        caller.phone.hold(theirs)
        assert (await desk.expect(CallHeld)).by is Side.FAR
        assert desk.phone.calls()[0].held_by == (Side.NEAR, Side.FAR)
        desk.phone.hold(call_id)
        assert (await desk.expect(CommandRefused)).code == "wrong_state"
        desk.phone.resume(call_id)
        assert (await desk.expect(CallResumed)).by is Side.NEAR
        assert desk.phone.calls()[0].held_by == (Side.FAR,)
        desk.phone.resume(call_id)
        assert (await desk.expect(CommandRefused)).command == "resume"

    run(work)


def test_the_last_of_two_opposite_wishes_wins() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, _theirs = await call_in(caller, desk)
        desk.phone.hold(call_id)
        desk.phone.resume(call_id)
        await desk.expect(MediaReported)
        assert desk.phone.calls()[0].held_by == (), "nothing was asked before the ACK had come"
        desk.phone.hold(call_id)
        desk.phone.resume(call_id)
        await desk.expect(CallHeld)
        await desk.expect(CallResumed)
        assert desk.phone.calls()[0].held_by == ()
        await desk.expect(MediaReported)
        first = await caller.expect(MediaReported)
        second = await caller.expect(MediaReported)
        assert second.packets_received - first.packets_received > 40

    run(work)


def test_whoever_is_answered_is_alone_with_the_operator() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, other: PhoneBench) -> None:
        first, _ = await call_in(caller, desk)
        other.phone.call(desk.uri)
        second = (await desk.expect(CallRinging)).call_id
        desk.phone.answer(second)
        held = await desk.expect(CallHeld)
        assert (held.call_id, held.by) == (first, Side.NEAR)
        desk.phone.resume(first)
        wanted = [(), (Side.NEAR,)]
        await desk.expect(
            MediaReported, lambda _: [call.held_by for call in desk.phone.calls()] == wanted
        )
        third = desk.phone.call(other.uri)
        assert (await desk.expect(CallHeld)).call_id == first
        assert (await desk.expect(CallAnswered)).call_id == third

    run(work)


def test_calls_that_run_side_by_side_are_not_held_by_themselves() -> None:
    async def main() -> None:
        async with PhoneBench() as phone, PhoneBench() as one, PhoneBench() as two:
            await call_in(one, phone)
            await call_in(two, phone)
            for _ in range(4):
                await phone.expect(MediaReported)
            assert [call.held_by for call in phone.phone.calls()] == [(), ()]

    asyncio.run(main())


def test_a_colleague_is_asked_while_the_caller_is_held() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        call_id, _ = await call_in(caller, desk)
        consultation = desk.phone.consult(call_id, colleague.uri)
        assert (await desk.expect(CallHeld)).call_id == call_id
        assert (await desk.expect(CallRinging)).call_id == consultation
        assert (await desk.expect(CallAnswered)).call_id == consultation
        assert desk.phone.calls()[1].consultation_of == call_id
        desk.phone.consult(call_id, colleague.uri)
        assert (await desk.expect(CommandRefused)).command == "consult"
        assert consultation is not None
        # Either of the two may be given.
        desk.phone.back(consultation)
        ended = await desk.expect(CallEnded)
        assert (ended.call_id, ended.cause) == (consultation, EndCause.NEAR_END)
        assert (await desk.expect(CallResumed)).call_id == call_id
        desk.phone.back(call_id)
        assert (await desk.expect(CommandRefused)).code == "no_consultation"

    run(work)


def test_a_consultation_that_nobody_answers_leaves_the_caller_to_go_back_to() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, _theirs = await call_in(caller, desk)
        desk.phone.consult(call_id, "sip:nobody")
        await desk.expect(CallHeld)
        consultation = (await desk.expect(CallRinging)).call_id
        assert (await desk.expect(CallEnded)).call_id == consultation
        desk.phone.back(call_id)
        assert (await desk.expect(CallResumed)).call_id == call_id

    run(work)


def test_a_caller_who_leaves_while_the_hold_is_asked_for_is_not_consulted_about() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        call_id, _ = await call_in(caller, desk)
        desk.phone.consult(call_id, colleague.uri)
        desk.phone.hang_up(call_id)
        await desk.expect(CallEnded)
        refused = await desk.expect(CommandRefused)
        assert (refused.call_id, refused.command, refused.code) == (call_id, "consult", "refused")
        assert len(desk.phone.calls()) == 1

    run(work)


def test_a_caller_is_handed_over() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        call_id, _ = await call_in(caller, desk)
        desk.phone.transfer(call_id, "two words")
        assert (await desk.expect(CommandRefused)).code == "bad_number"
        desk.phone.transfer(call_id, colleague.uri)
        assert (await desk.expect(CallHeld)).call_id == call_id
        assert (await desk.expect(TransferProgressed)).state is TransferState.REQUESTED
        succeeded = await desk.expect(
            TransferProgressed, lambda event: event.state is TransferState.SUCCEEDED
        )
        assert succeeded.call_id == call_id
        assert (await desk.expect(CallEnded)).cause is EndCause.TRANSFERRED
        assert (await colleague.expect(CallAnswered)).codec == "PCMA"
        await caller.expect(MediaReported)
        # The caller now hears only the colleague.
        assert [call.ended is None for call in caller.phone.calls()] == [False, True]

    run(work)


def test_a_hand_over_that_fails_leaves_the_caller_on_hold() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        colleague.phone.set_do_not_disturb(True)
        call_id, _ = await call_in(caller, desk)
        desk.phone.transfer(call_id, colleague.uri)
        failed = await desk.expect(
            TransferProgressed, lambda event: event.state is TransferState.FAILED
        )
        assert failed.status_code == 486
        (call,) = desk.phone.calls()
        assert (call.ended, call.held_by) == (None, (Side.NEAR,))
        desk.phone.resume(call_id)
        await desk.expect(CallResumed)

    run(work)


def test_a_caller_and_the_asked_colleague_are_connected() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        call_id, _ = await call_in(caller, desk)
        desk.phone.complete(call_id)
        assert (await desk.expect(CommandRefused)).code == "no_consultation"
        consultation = desk.phone.consult(call_id, colleague.uri)
        await desk.expect(CallAnswered)
        assert consultation is not None
        desk.phone.complete(consultation)
        ended = {(await desk.expect(CallEnded)).call_id for _ in range(2)}
        assert ended == {call_id, consultation}
        assert {call.ended.cause for call in desk.phone.calls() if call.ended} == {
            EndCause.TRANSFERRED
        }
        states = [event.state for event in desk.events if isinstance(event, TransferProgressed)]
        assert states[-1] is TransferState.SUCCEEDED
        await colleague.expect(CallEnded, lambda event: event.cause is EndCause.REPLACED)
        talking = [call for call in colleague.phone.calls() if call.ended is None]
        assert [call.answered_at is not None for call in talking] == [True]
        first = await caller.expect(MediaReported)
        second = await caller.expect(MediaReported)
        assert second.packets_received > first.packets_received

    run(work)


def tone_settings(folder: Path, name: str, frequency_hz: int) -> PhoneSettings:
    sound = folder / f"{name}.wav"
    write_wav(sound, tone(frequency_hz, -10.0, 30.0))
    audio = AudioSettings("file", input_file=str(sound), output_file=str(folder / f"{name}-hears"))
    return replace(NEIGHBOURS, audio=audio)


def levels_db(path: Path, *frequencies_hz: int) -> list[float]:
    """Returns levels of these tones in the last second of a recording, relative to full scale."""
    samples = read_wav(path)[-8000:] / 32768
    times_s = np.arange(samples.size) / 8000
    amplitudes = [
        2 * abs(np.mean(samples * np.exp(-2j * np.pi * frequency_hz * times_s)))
        for frequency_hz in frequencies_hz
    ]
    return [20 * math.log10(max(amplitude, 1e-6)) for amplitude in amplitudes]


def test_three_hear_each_other_in_a_conference(tmp_path: Path) -> None:
    async def main() -> None:
        async with (
            PhoneBench(tone_settings(tmp_path, "desk", 500), side_by_side=False) as desk,
            PhoneBench(tone_settings(tmp_path, "caller", 1000)) as caller,
            PhoneBench(
                replace(tone_settings(tmp_path, "colleague", 1500), auto_answer_ms=0)
            ) as colleague,
        ):
            call_id, theirs = await call_in(caller, desk)
            consultation = desk.phone.consult(call_id, colleague.uri)
            assert consultation is not None
            await desk.expect(CallAnswered)
            desk.phone.set_conference((call_id, "nobody"))
            assert (await desk.expect(CommandRefused)).code == "unknown_call"
            desk.phone.set_conference((call_id, consultation))
            assert (await desk.expect(ConferenceChanged)).call_ids == (call_id, consultation)
            assert (await desk.expect(CallResumed)).call_id == call_id
            for _ in range(2):
                await caller.expect(MediaReported)
            caller.phone.hang_up(theirs)
            assert (await desk.expect(ConferenceChanged)).call_ids == ()
            for phone in (desk, colleague):
                await phone.expect(MediaReported)

    asyncio.run(main())
    at_caller = levels_db(tmp_path / "caller-hears", 500, 1000, 1500)
    assert at_caller[0] > -20
    assert at_caller[1] < -40, "nobody hears himself"
    assert at_caller[2] > -20


def test_who_leaves_a_conference_leaves_one_with_the_operator() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        call_id, _ = await call_in(caller, desk)
        consultation = desk.phone.consult(call_id, colleague.uri)
        assert consultation is not None
        await desk.expect(CallAnswered)
        desk.phone.set_conference((call_id, consultation))
        await desk.expect(CallResumed)
        desk.phone.set_conference(())
        assert (await desk.expect(ConferenceChanged)).call_ids == ()
        assert beside_calls(desk) == ()
        assert (await desk.expect(CallHeld)).call_id == consultation
        assert [call.held_by for call in desk.phone.calls()] == [(), (Side.NEAR,)]

    run(work)


@pytest.mark.parametrize("automatic", [True, False])
def test_a_call_is_recorded_and_its_file_is_whole_before_its_end(
    tmp_path: Path, automatic: bool
) -> None:
    async def main() -> None:
        settings = tone_settings(tmp_path, "desk", 500)
        recording = RecordingSettings(automatic=automatic, directory=str(tmp_path / "records"))
        async with (
            PhoneBench(replace(settings, recording=recording), side_by_side=False) as desk,
            PhoneBench(tone_settings(tmp_path, "caller", 1000)) as caller,
        ):
            call_id, theirs = await call_in(caller, desk)
            if not automatic:
                desk.phone.record(call_id, RecordingAction.PAUSE)
                assert (await desk.expect(CommandRefused)).code == "wrong_state"
                desk.phone.record(call_id, RecordingAction.START)
            started = await desk.expect(RecordingChanged)
            assert started.state is RecordingState.STARTED
            await desk.expect(MediaReported)
            desk.phone.record(call_id, RecordingAction.PAUSE)
            assert (await desk.expect(RecordingChanged)).state is RecordingState.PAUSED
            assert desk.phone.calls()[0].recording is RecordingState.PAUSED
            desk.phone.record(call_id, RecordingAction.RESUME)
            assert (await desk.expect(RecordingChanged)).state is RecordingState.RESUMED
            await desk.expect(MediaReported)  # and the audio after the pause is in it, too
            caller.phone.hang_up(theirs)
            await desk.expect(CallEnded)
            stopped = desk.events[-2]
            assert isinstance(stopped, RecordingChanged)
            assert stopped.state is RecordingState.STOPPED
            audio, rate_hz = soundfile.read(stopped.path)
            assert rate_hz == 8000
            assert audio.shape[0] > 8000
            assert audio.shape[1] == 2
            assert float(np.abs(audio).max(axis=0).min()) > 0.2, "both sides are in it"

    asyncio.run(main())


def test_recording_that_is_not_set_up_is_refused() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, _theirs = await call_in(caller, desk)
        desk.phone.record(call_id, RecordingAction.START)
        assert (await desk.expect(CommandRefused)).code == "no_media"

    run(work)


class Headset(NullDevice):
    """A device that can be unplugged."""

    def __init__(self) -> None:
        self.state = DeviceStatus()

    def status(self) -> DeviceStatus:
        return self.state


def test_a_headset_that_is_pulled_out_is_told_and_the_call_goes_on() -> None:
    async def main() -> None:
        headset = Headset()
        async with PhoneBench(media=MediaEngine(headset)) as desk, PhoneBench() as caller:
            call_id, _ = await call_in(caller, desk)
            headset.state = DeviceStatus(input_works=False, output_works=False)
            changed = await desk.expect(AudioDeviceChanged)
            assert (changed.input_works, changed.output_works) == (False, False)
            assert beside_calls(desk) == (changed,)
            headset.state = DeviceStatus(is_fallback=True)
            assert (await desk.expect(AudioDeviceChanged)).is_fallback
            (call,) = desk.phone.calls()
            assert (call.call_id, call.ended) == (call_id, None)

    asyncio.run(main())


def test_digits_reach_the_far_side_in_order() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, _theirs = await call_in(caller, desk)
        desk.phone.send_digits(call_id, "19#d")
        digits = [(await caller.expect(DigitReceived)).digit for _ in range(4)]
        assert digits == ["1", "9", "#", "D"]
        desk.phone.send_digits(call_id, "1x")
        assert (await desk.expect(CommandRefused)).code == "bad_number"

    run(work)


def test_a_ringing_call_is_sent_elsewhere() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        caller.phone.call(desk.uri)
        call_id = (await desk.expect(CallRinging)).call_id
        desk.phone.redirect(call_id, "two words")
        assert (await desk.expect(CommandRefused)).code == "bad_number"
        desk.phone.redirect(call_id, colleague.uri)
        assert (await desk.expect(CallEnded)).call_id == call_id

    run(work)


def test_do_not_disturb_refuses_and_tells() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        desk.phone.set_do_not_disturb(True)
        assert (await desk.expect(DoNotDisturbChanged)).wanted
        caller.phone.call(desk.uri)
        ended = await caller.expect(CallEnded)
        assert (ended.cause, ended.status_code) == (EndCause.BUSY, 486)
        await desk.expect(CallRinging)
        assert (await desk.expect(CallEnded)).cause is EndCause.DO_NOT_DISTURB
        await desk.phone.configure(replace(desk.phone.settings, do_not_disturb=False))
        assert not (await desk.expect(DoNotDisturbChanged)).wanted
        await call_in(caller, desk)

    run(work)


def test_what_is_wanted_in_a_call_outlives_settings_that_waited_for_its_end() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, _far = await call_in(caller, desk)
        await desk.phone.configure(replace(desk.phone.settings, busy_status=480))
        desk.phone.set_do_not_disturb(True)
        desk.phone.hang_up(call_id)
        async with asyncio.timeout(5):
            while desk.phone.settings.busy_status != 480:
                await asyncio.sleep(0.01)

        assert desk.phone.settings.do_not_disturb

    run(work)


def test_a_second_call_is_one_soft_beep_in_the_ear_of_who_is_talking(tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    audio = AudioSettings(driver="file", output_file=str(heard))

    async def main() -> None:
        async with (
            PhoneBench(replace(NEIGHBOURS, audio=audio), side_by_side=False) as desk,
            PhoneBench() as one,
            PhoneBench() as two,
        ):
            await call_in(one, desk)
            await desk.expect(MediaReported)
            two.phone.call(desk.uri)
            await desk.expect(CallRinging)
            await desk.expect(MediaReported)
            await desk.expect(MediaReported)

    asyncio.run(main())
    samples = read_wav(heard).astype(float)
    loud = np.flatnonzero(np.abs(samples) > 500)
    assert 0.15 < (loud[-1] - loud[0]) / 8000 < 0.25
    assert np.abs(samples).max() < 2000


def test_a_call_that_waits_is_answered_by_itself_when_the_talk_is_over() -> None:
    async def main() -> None:
        settings = replace(NEIGHBOURS, auto_answer_ms=0)
        async with (
            PhoneBench(settings, side_by_side=False) as desk,
            PhoneBench() as one,
            PhoneBench() as two,
        ):
            one.phone.call(desk.uri)
            first = (await desk.expect(CallAnswered)).call_id
            two.phone.call(desk.uri)
            second = (await desk.expect(CallRinging)).call_id
            await desk.expect(MediaReported)
            assert [call.answered_at is None for call in desk.phone.calls()] == [False, True]
            assert desk.phone.calls()[0].held_by == ()
            desk.phone.hang_up(first)
            assert (await desk.expect(CallAnswered)).call_id == second

    asyncio.run(main())
