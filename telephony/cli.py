"""Command line of the phone: terminal phone, phone process, self-test, recording decryption."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import logging
import os
import signal
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

from telephony.errors import (
    BindError,
    DeviceError,
    OptionError,
    RecordingError,
    SettingsError,
    TelephonyError,
)
from telephony.findings import Finding, order_from, to_line
from telephony.link.local_socket import Door
from telephony.link.server import PhoneServer
from telephony.link.spawn import DEFAULT_LINGER_S
from telephony.media.recording import RecordingEnd, decrypt_recording
from telephony.options import Parser, add_phone_options, build_settings, option_of, read_secret
from telephony.phone import exit_on_termination
from telephony.signalling import TraceFile
from telephony.sip.syntax.address import format_host_port
from telephony.terminal import FORMS, TerminalPhone

SWITCH_INTERVAL_S = 0.0005

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_ALREADY_RUNS = 75

_FILE_PROBLEMS = {
    "missing": "no such file",
    "unreadable": "cannot read",
    "unwritable": "cannot write",
    "format": "not a WAV file (8 or 16 kHz, mono, 16 bits)",
}

_RECORDING_ENDS = {
    RecordingEnd.CUT_OFF: "the recording is incomplete; the available part was decrypted",
    RecordingEnd.DAMAGED: "the recording is damaged; the part before the damage was decrypted",
}
_RECORDING_PROBLEMS = {
    "format": "not an encrypted recording",
    "key": "the key does not match this recording",
    "exists": "the output file already exists",
}

_DESCRIPTION = f"""\
Run a SIP phone in the terminal. Events are printed to standard output, one JSON object per line.
Commands are read from standard input, one per line:
{textwrap.indent(chr(10).join(FORMS), "  ")}
A command without CALL applies to the newest call for which it is valid. At the end of the input
the phone hangs up all calls, unregisters and exits.
"""


def log_formatter() -> logging.Formatter:
    """Returns a formatter with UTC timestamps, as in the console's log."""
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    formatter.converter = time.gmtime
    return formatter


def main(arguments: list[str]) -> int:
    """Runs the command and returns the exit status."""
    options = _build_parser().parse_args(arguments)
    handler = logging.StreamHandler()
    handler.setFormatter(log_formatter())
    logging.basicConfig(
        level=logging.DEBUG if options.verbose else logging.WARNING, handlers=[handler]
    )
    try:
        match options.command:
            case "serve":
                return asyncio.run(_serve(options))
            case "recording":
                return _open_recording(options)
            case "self-test":
                return _test_itself()
            case _:
                return asyncio.run(_talk(options))
    except SettingsError as error:
        print(f"python -m telephony: {option_of(error.field)}: invalid value", file=sys.stderr)
        return EXIT_USAGE
    except OptionError as error:
        print(f"python -m telephony: {error}", file=sys.stderr)
        return EXIT_USAGE
    except TelephonyError as error:
        print(f"python -m telephony: {_in_words(error)}", file=sys.stderr)
        return EXIT_FAILED


def _in_words(error: TelephonyError) -> str:
    match error:
        case BindError(host=host, port=port):
            return f"cannot listen on {format_host_port(host, port)}"
        case DeviceError(driver="file", code=code, device=device):
            return f"{device}: {_FILE_PROBLEMS.get(code, code)}"
        case DeviceError(driver=driver, code=code):
            return f"audio device {driver}: {code}"
        case RecordingError(code=code):
            return _RECORDING_PROBLEMS.get(code, code)
        case _:
            return f"{type(error).__name__}: {error}"


async def _serve(options: argparse.Namespace) -> int:
    # The media thread must get the interpreter lock in time while this thread parses a long
    # message.
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    server = PhoneServer(Door(options.socket), options.linger_s)
    _end_by_signal(server.end)
    return EXIT_OK if await server.run() else EXIT_ALREADY_RUNS


def _test_itself() -> int:
    # Imported here: the console's phone process does not need pyVoIP.
    from telephony.self_test import run_self_test

    def tell(finding: Finding) -> None:
        sys.stdout.write(to_line(finding))
        sys.stdout.flush()

    # After termination, devices and sound server must be in their original state.
    exit_on_termination(EXIT_FAILED)
    try:
        run_self_test(order_from(sys.stdin.readline()), tell)
    except SystemExit:
        # Immediate exit: the signal may have interrupted the shutdown of a phone whose thread still
        # runs.
        os._exit(EXIT_FAILED)
    except BrokenPipeError:
        # The console has disconnected; further output is not needed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_OK


def _open_recording(options: argparse.Namespace) -> int:
    key = read_secret("--key-file", options.key_file)
    try:
        end = decrypt_recording(options.source, options.target, bytes.fromhex(key))
    except ValueError as error:
        raise OptionError("--key-file", "must contain 64 hexadecimal digits") from error
    except OSError as error:
        print(f"python -m telephony recording: {error}", file=sys.stderr)
        return EXIT_FAILED
    if end is not RecordingEnd.WHOLE:
        print(f"python -m telephony recording: {_RECORDING_ENDS[end]}", file=sys.stderr)
        return EXIT_FAILED
    return EXIT_OK


async def _talk(options: argparse.Namespace) -> int:
    settings = build_settings(options)
    # JSON is UTF-8 regardless of the terminal's encoding; invalid bytes must not stop the phone.
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    with contextlib.ExitStack() as stack:
        trace = None
        if options.trace is not None:
            trace = stack.enter_context(TraceFile(options.trace)).write
        phone = TerminalPhone(settings, sys.stdout, trace)
        _end_by_signal(phone.quit)
        await phone.run(sys.stdin)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Otherwise the interpreter would flush again at exit and report the error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_OK


def _end_by_signal(end: Callable[[], None]) -> None:
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, end)


def _build_parser() -> argparse.ArgumentParser:
    parser = Parser(
        "python -m telephony",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--verbose", action="store_true", help="log to standard error")
    parser.add_argument(
        "--trace",
        type=Path,
        metavar="FILE",
        help="write all SIP messages to FILE with time and direction; mask credentials",
    )
    add_phone_options(parser)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    serve = commands.add_parser("serve", help="run the phone process of the console")
    serve.add_argument("--socket", type=Path, required=True, help="path of the local socket")
    serve.add_argument(
        "--linger-s",
        type=float,
        default=DEFAULT_LINGER_S,
        help="exit after this time without a console and without a call (default: %(default)s)",
    )
    commands.add_parser(
        "self-test",
        help="test the line and the audio devices (order on stdin, results on stdout)",
    )
    recording = commands.add_parser("recording", help="decrypt a recording")
    recording.add_argument("source", type=Path, help="encrypted recording")
    recording.add_argument("target", type=Path, help="FLAC file to create")
    recording.add_argument(
        "--key-file", type=Path, required=True, help="file with the key, 64 hexadecimal digits"
    )
    return parser
