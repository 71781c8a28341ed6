"""Sends damaged signalling and audio; afterwards a normal call must work and nothing may be left.

Run as ``python -m tests.benchmarks.fuzz [minutes] [seed]``; ten minutes by default. A third of the
time each: the user agent on a simulated clock; the parsers of SDP, RTP and RTCP and the jitter
buffer; and a running phone that gets damaged datagrams on its SIP port and on the RTP port of a
call. An exception, a leftover call or a leftover thread is printed and fails the run.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import socket
import sys
import time
from collections.abc import Callable, Sequence

from telephony.media.codecs.registry import codec_named
from telephony.media.packets.rtcp import parse_compound
from telephony.media.packets.rtp import RtpPacket, parse_packet, serialise_packet
from telephony.media.playout.continuous_audio import JitterBuffer
from telephony.sip.effects import CallOffered
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import AgentLimits
from telephony.sip.sdp import SdpError, parse_sdp
from telephony.sip.syntax.address import Uri
from telephony.sip.syntax.message import Request
from tests.benchmarks.measured_phone import MeasuredPhone, wait_until_calm
from tests.benchmarks.torture import takes_a_call
from tests.fakes.sip_messages import FAR, OFFER, AgentBench, in_dialog, invite, reply

_LOCAL = LocalMedia("192.0.2.10", 20000)
_CALM_S = 4000.0
_TRANSACTIONS_OVER_S = 40.0
_MESSAGES_A_SECOND = 1000
# asyncio retains its resolver threads, and the damaged messages contain many names.
_LOOK_UP_THREADS = min(32, (os.cpu_count() or 1) + 4)
_SEEN = ("203.0.113.9", "10.0.0.7", "127.0.0.1", "[2001:db8::9]", "pbx.example", "")
# Difficult input for parsers: empty, endless, negative, nested, foreign.
_SPLINTERS = (
    b"", b"\r\n", b"\r\n\r\n", b"\n ", b"\0", b"\xff\xfe", b":", b";", b",", b'"', b"<", b">",
    b"\\", b"-1", b"0",
    b"4294967296", b"99999999999999999999", b"%", b"%00", b"[", b"]", b"@", b"=",
    b"SIP/2.0", b"sip:", b"sips:a@[::1]", b"tel:+7", b"tag=", b"a" * 5000, "Ё".encode(), b"z9hG4bK",
    b"Via: SIP/2.0/UDP ", b"Require: 100rel\r\n", b"Replaces: x;to-tag=1;from-tag=2\r\n",
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Returns the data with one to four random changes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((1, 1, 2, 8, 40)))
        match chance.randrange(6):
            case 0:
                data = data[:at] + bytes([chance.randrange(256)]) + data[to:]
            case 1:
                data = data[:at] + chance.choice(_SPLINTERS) + data[at:]
            case 2:
                data = data[:at] + data[to:]
            case 3:
                data = data[:at] + data[at:to] * chance.choice((2, 3, 50)) + data[to:]
            case 4:
                data = data[:at]
            case _:
                lines = data.split(b"\r\n")
                chance.shuffle(lines)
                data = b"\r\n".join(lines)
    return data[:65000]


def messages(chance: random.Random, tag: str, number: int) -> Sequence[bytes]:
    """Returns well-formed requests of a caller, of every method, for a new or an existing call."""
    call = f"fuzz-{number % 50}"
    branch = f"fuzz{number}"

    def within(
        method: str, *headers: str, body: str = "", content_type: str = "application/sdp"
    ) -> bytes:
        return in_dialog(
            method,
            tag,
            *headers,
            branch=branch,
            call_id=call,
            sequence=2 + number,
            body=body,
            content_type=content_type,
        )

    return (
        invite(branch=branch, call_id=call, sequence=1 + number),
        invite(branch=branch, call_id=call, sequence=2 + number, to_tag=tag),
        invite("Require: 100rel", branch=branch, call_id=call),
        invite(f"Replaces: fuzz-{chance.randrange(50)};to-tag={tag};from-tag=far", branch=branch),
        invite("Session-Expires: 90;refresher=uac", "Min-SE: 90", branch=branch, call_id=call),
        *(within(method) for method in ("BYE", "ACK", "CANCEL", "OPTIONS")),
        within("UPDATE", body=OFFER),
        within("INFO", body="Signal=5\r\n", content_type="application/dtmf-relay"),
        within("PRACK", "RAck: 1 1 INVITE"),
        within("REFER", "Refer-To: <sip:9@192.0.2.1>"),
        within("NOTIFY", "Event: refer", "Subscription-State: active"),
    )


def answer(request: Request, chance: random.Random) -> bytes:
    """Returns a well-formed response of any kind, sometimes with another public address of ours."""
    status = chance.choice(("100 Trying", "180 Ringing", "183 Early", "200 OK", "302 Moved"))
    if chance.random() < 0.3:
        status = chance.choice(("401 No", "407 No", "422 Short", "481 Gone", "491 Later"))
    body = chance.choice(("", OFFER))
    data = reply(request, status, "Contact: <sip:x@192.0.2.20>", body=body)
    if chance.random() < 0.1:
        seen = f";rport={chance.randrange(70000)};received={chance.choice(_SEEN)};"
        data = data.replace(b";rport;", seen.encode())
    return data


def fuzz_signalling(duration_s: float, chance: random.Random) -> int:
    """Returns the number of datagrams handled by the user agent; its exceptions propagate."""
    limits = AgentLimits(accept_refer=True, auto_answer_on_request=True)
    bench = AgentBench(account=True, accept_from=("*", FAR.host), limits=limits)
    bench.take(bench.agent.start(bench.now_s))
    until_s = time.monotonic() + duration_s
    count, tag = 0, "near1"
    while time.monotonic() < until_s:
        count += 1
        data = chance.choice(messages(chance, tag, count))
        sent = [message for _, message in bench.sent_at[-20:] if isinstance(message, Request)]
        if sent and chance.random() < 0.3:
            data = answer(chance.choice(sent), chance)
        if chance.random() < 0.8:
            data = damaged(data, chance)
        for effect in bench.receive(data):
            if isinstance(effect, CallOffered):
                _act(bench, effect.call_id, chance)
        for call_id in bench.agent.calls:
            if chance.random() < 0.05:
                _act(bench, call_id, chance)
        if chance.random() < 0.02:
            target = Uri("sip", "192.0.2.20", f"{count}")
            directly = chance.random() < 0.5
            bench.take(
                bench.agent.call(f"own-{count}", target, _LOCAL, bench.now_s, directly=directly)
            )
        bench.advance(chance.choice((0.0, 0.0, 0.001, 0.5, 3.0)))
        tags = re.findall(rb"^To: .*;tag=(near\d+)", data, re.MULTILINE)
        tag = tags[0].decode() if tags else f"near{chance.randrange(1, 200)}"
        del bench.effects[:], bench.sent_at[:-50]
    for call_id in bench.agent.calls:
        bench.take(bench.agent.hang_up(call_id, bench.now_s))
    bench.take(bench.agent.stop(bench.now_s))
    bench.advance(_CALM_S)
    left = len(bench.agent.calls), bench.agent.transactions
    if left != (0, 0):
        raise AssertionError(f"calls and transactions left over: {left}")
    return count


def _act(bench: AgentBench, call_id: str, chance: random.Random) -> None:
    agent, now_s = bench.agent, bench.now_s
    actions: tuple[Callable[[], object], ...] = (
        lambda: bench.take(agent.answer(call_id, _LOCAL, now_s)),
        lambda: bench.take(agent.reject(call_id, 486, now_s)),
        lambda: bench.take(agent.hang_up(call_id, now_s)),
        lambda: bench.take(agent.hold(call_id, now_s)),
        lambda: bench.take(agent.resume(call_id, now_s)),
        lambda: bench.take(agent.send_digit(call_id, "5", now_s)),
        lambda: bench.take(agent.redirect(call_id, Uri("sip", "192.0.2.9", "7"), now_s)),
        lambda: bench.take(agent.transfer(call_id, Uri("sip", "192.0.2.9", "7"), now_s)),
    )
    chance.choice(actions)()


def fuzz_media(duration_s: float, chance: random.Random) -> int:
    """Returns the number of datagrams handled by the media parsers."""
    buffers = []
    for name in ("PCMA", "G722"):
        codec = codec_named(name)
        assert codec is not None
        rate_hz, clock_hz = codec.sample_rate_hz, codec.clock_hz
        decoder = codec.decoder()
        buffers.append(JitterBuffer(decoder, sample_rate_hz=rate_hz, clock_hz=clock_hz))
    until_s = time.monotonic() + duration_s
    count, now_s = 0, 0.0
    while time.monotonic() < until_s:
        count += 1
        packet = RtpPacket(8, count & 0xFFFF, 160 * count & 0xFFFFFFFF, 7, bytes(160))
        data = damaged(serialise_packet(packet), chance)
        parsed = parse_packet(data)
        parse_compound(data)
        parse_compound(damaged(b"\x81\xc9\x00\x07" + bytes(28), chance))
        with contextlib.suppress(SdpError):
            parse_sdp(damaged(OFFER.encode(), chance))
        now_s += chance.choice((0.0, 0.0, 0.02, 0.02, 0.3))
        for buffer in buffers:
            buffer.put(parsed or packet, now_s)
            buffer.get(now_s)
    return count


def fuzz_phone(duration_s: float, chance: random.Random) -> tuple[int, list[str]]:
    """Returns the number of datagrams sent to a running phone, and its faults afterwards."""
    wrong: list[str] = []
    options = ("--bind", "127.0.0.1", "--ring-limit", "5", "--auto-answer", "500", "--server")
    with MeasuredPhone(*options, "127.0.0.1", "--no-register", "--allow-any") as phone:
        # Resources created by the first call exist from here on.
        if not takes_a_call(phone):
            wrong.append("takes no call to begin with")
        before = phone.footprint()
        with MeasuredPhone("--bind", "127.0.0.1") as caller:
            caller.write(f"dial {phone.uri}")
            caller.expect("answered")
            count = _throw(phone, duration_s, chance)
            caller.write("hangup")
            caller.expect("ended", timeout_s=60.0)
        time.sleep(_TRANSACTIONS_OVER_S)
        wait_until_calm(phone, 120.0)
        after = phone.footprint()
        if (left := phone.live_calls()) != 0:
            wrong.append(f"{left} calls left over")
        if after.threads > before.threads + _LOOK_UP_THREADS:
            wrong.append(f"threads: {before.threads} before, {after.threads} after")
        if after.open_files > before.open_files:
            wrong.append(f"open files: {before.open_files} before, {after.open_files} after")
        if not takes_a_call(phone):
            wrong.append("takes no call any more")
        print(f"memory: {before.resident_mb:.1f} MB before, {after.resident_mb:.1f} MB after")
    return count, wrong


def _throw(phone: MeasuredPhone, duration_s: float, chance: random.Random) -> int:
    """Sends damaged messages to the SIP port, damaged packets to every RTP port that may be
    open.
    """
    ports = list(range(16384, 16384 + 40))
    until_s = time.monotonic() + duration_s
    count = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind(("127.0.0.1", 0))
        while time.monotonic() < until_s:
            count += 1
            data = damaged(chance.choice(messages(chance, "none", count)), chance)
            sender.sendto(data, (phone.host, phone.port))
            packet = RtpPacket(8, count & 0xFFFF, 160 * count & 0xFFFFFFFF, 7, bytes(160))
            audio = damaged(serialise_packet(packet), chance)
            sender.sendto(audio[:1400], (phone.host, chance.choice(ports)))
            time.sleep(1 / _MESSAGES_A_SECOND)
    return count


def main() -> int:
    """Prints the counts and faults; returns 1 if there are any faults."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 10**6
    chance = random.Random(seed)  # noqa: S311
    print(f"seed {seed}")
    share_s = minutes * 20
    print(f"user agent: {fuzz_signalling(share_s, chance)} datagrams")
    print(f"readers and jitter buffer: {fuzz_media(share_s, chance)} datagrams")
    count, wrong = fuzz_phone(share_s, chance)
    print(f"running phone: {count} datagrams; {', '.join(wrong) or 'nothing left behind'}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
