"""The phone on the command line: for the console as its process, for the administrator by hand."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

from telephony.errors import BindError, DeviceError, OptionError, SettingsError, TelephonyError
from telephony.local_socket import Door
from telephony.options import Parser, add_phone_options, build_settings, option_of
from telephony.server import DEFAULT_LINGER_S, PhoneServer
from telephony.sip.uri import format_host_port
from telephony.terminal import TerminalPhone
from telephony.terminal_commands import FORMS
from telephony.trace import TraceFile

SWITCH_INTERVAL_S = 0.0005

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_ALREADY_RUNS = 75

_FILE_PROBLEMS = {
    "missing": "no such file",
    "unreadable": "cannot be read",
    "unwritable": "cannot be written",
    "format": "not a WAV file of 8 kHz, one channel, 16 bits",
}

_DESCRIPTION = f"""\
A SIP phone without a screen. Every event is one JSON object a line on standard output.
Commands are read from standard input, one a line:
{textwrap.indent(chr(10).join(FORMS), "  ")}
Where a command is for a call and none is named, it is the youngest one that it fits. The end of
the input means quit: calls are hung up, and the registrar is told.
"""


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    options = _build_parser().parse_args(arguments)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if options.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    try:
        if options.command == "serve":
            return asyncio.run(_serve(options))
        return asyncio.run(_talk(options))
    except SettingsError as error:
        print(f"python -m telephony: {option_of(error.field)}: bad value", file=sys.stderr)
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
            return f"cannot listen at {format_host_port(host, port)}"
        case DeviceError(driver="file", code=code, device=device):
            return f"{device}: {_FILE_PROBLEMS.get(code, code)}"
        case _:
            return f"{type(error).__name__}: {error}"


async def _serve(options: argparse.Namespace) -> int:
    # The media thread must get the interpreter in time while this thread parses a long message.
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    server = PhoneServer(Door(options.socket), options.linger_s)
    _end_by_signal(server.end)
    return EXIT_OK if await server.run() else EXIT_ALREADY_RUNS


async def _talk(options: argparse.Namespace) -> int:
    settings = build_settings(options)
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
        # The interpreter would try once more at its end, and complain.
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
        help="write every SIP message with its time and direction, credentials masked",
    )
    add_phone_options(parser)
    commands = parser.add_subparsers(dest="command", title="other uses", metavar="COMMAND")
    serve = commands.add_parser("serve", help="be the console's phone process")
    serve.add_argument("--socket", type=Path, required=True, help="path of the local socket")
    serve.add_argument(
        "--linger-s",
        type=float,
        default=DEFAULT_LINGER_S,
        help="seconds to stay without a console and without a call",
    )
    return parser
