"""Responses of the phone to a folder of SIP messages, and resources left afterwards.

Run as ``python -m tests.benchmarks.torture FOLDER``. Each ``*.dat`` file is one datagram, for
example the torture messages of RFC 4475. The responses are printed next to the names. After the end
of every transaction (40 s) the phone must hold no more resources than before, and accept a call.
"""

from __future__ import annotations

import re
import socket
import sys
import tempfile
import time
from pathlib import Path

from telephony.sip.syntax.message import ParseError, parse_message
from tests.benchmarks.measured_phone import MeasuredPhone, wait_until_calm

_TRANSACTIONS_OVER_S = 40.0
_ANSWER_WAIT_S = 0.1
# The server's address is that of the messages, so all of them are accepted.
_OPTIONS = ("--server", "127.0.0.1", "--no-register", "--ring-limit", "10")


def main() -> int:
    """Prints the table; returns 1 if resources are left or the phone cannot accept a call."""
    files = sorted(Path(sys.argv[1]).glob("*.dat"))
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        with MeasuredPhone(*_OPTIONS, "--trace", str(trace)) as phone:
            before = phone.footprint()
            for file in files:
                data = file.read_bytes()
                print(f"{file.stem:14} {_reading(data):28} {_answer(data, phone, trace) or '-'}")
            at_worst = phone.footprint()
            time.sleep(_TRANSACTIONS_OVER_S)
            wait_until_calm(phone)
            after = phone.footprint()
            left = phone.live_calls()
            works = takes_a_call(phone)
    print(
        f"threads     {before.threads} before, {at_worst.threads} at worst, {after.threads} after"
    )
    print(f"open files  {before.open_files} before, {after.open_files} after")
    print(f"memory      {before.resident_mb:.1f} MB before, {after.resident_mb:.1f} MB after")
    print(f"calls left  {left}    a normal call afterwards: {'works' if works else 'FAILS'}")
    clean = not left and works and after.threads <= before.threads
    return int(not (clean and after.open_files <= before.open_files))


def _answer(data: bytes, phone: MeasuredPhone, trace: Path) -> str | None:
    """The last status line that the phone sent for the datagram, to any address in its Via."""
    seen = trace.stat().st_size
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(data, (phone.host, phone.port))
    # No response to another message can arrive in between: the phone has read this one first.
    phone.live_calls()
    time.sleep(_ANSWER_WAIT_S)
    named = re.search(rb"^(?:call-id|i)\s*:\s*(.*?)\s*$", data, re.MULTILINE | re.IGNORECASE)
    sent = trace.read_bytes()[seen:].decode("utf-8", "replace").split("\n--- ")
    # Responses to earlier messages are retransmitted in between.
    own = [text for text in sent if named is None or named.group(1).decode() in text]
    found = re.findall(r" sent to .*\n(SIP/2\.0 .*)$", "\n".join(own), re.MULTILINE)
    return found[-1] if found else None


def takes_a_call(phone: MeasuredPhone) -> bool:
    """Whether another of our phones can call this one, be answered and hang up."""
    with MeasuredPhone("--bind", "127.0.0.1") as caller:
        caller.write(f"dial {phone.uri}")
        call = phone.expect("incoming")["call"]
        phone.write(f"answer {call}")
        caller.expect("answered")
        caller.write("hangup")
        ended = phone.expect("ended", lambda line: line["call"] == call)
        return bool(ended["cause"] == "far_end" and caller.end_input() == 0)


def _reading(data: bytes) -> str:
    try:
        parse_message(data)
    except ParseError as error:
        return f"refused: {error.code} {error.status_code}"
    return "read"


if __name__ == "__main__":
    sys.exit(main())
