"""The phone on the command line: for the console as its process, for the administrator by hand."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from telephony.errors import TelephonyError
from telephony.local_socket import Door
from telephony.server import DEFAULT_LINGER_S, PhoneServer
from telephony.settings import AudioSettings, PhoneSettings, SipAccount
from telephony.terminal import TerminalPhone

SWITCH_INTERVAL_S = 0.0005

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_ALREADY_RUNS = 75

_DESCRIPTION = """\
A SIP phone without a screen. Every event is one JSON object a line on standard output.
Commands are read from standard input, one a line:
  dial NUMBER|URI   answer [CALL]   reject [CALL]   hangup [CALL]
  mute [CALL]   unmute [CALL]   calls   quit
The end of the input means quit. Without CALL the youngest call is meant.
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
    except TelephonyError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return EXIT_FAILED


async def _serve(options: argparse.Namespace) -> int:
    # The media thread must get the interpreter in time while this thread parses a long message.
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    server = PhoneServer(Door(options.socket), options.linger_s)
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, server.end)
    return EXIT_OK if await server.run() else EXIT_ALREADY_RUNS


async def _talk(options: argparse.Namespace) -> int:
    number = options.number if options.command == "call" else None
    answer_after_s = None if options.auto_answer is None else options.auto_answer / 1000
    phone = TerminalPhone(build_settings(options), sys.stdout, answer_after_s)
    await phone.run(sys.stdin, number)
    return EXIT_OK


def build_settings(options: argparse.Namespace) -> PhoneSettings:
    """The settings that the options of ``call`` and ``listen`` describe."""
    account = None
    if options.server is not None:
        host, port = _host_port(options.server)
        account = SipAccount(
            host,
            options.user,
            _read_password(options.password_file),
            port,
            register=not options.no_register,
        )
    driver = options.device
    if driver == "null" and (options.play or options.record):
        driver = "file"
    return PhoneSettings(
        account=account,
        listen_host=options.bind,
        listen_port=options.port,
        accept_from=("*",) if options.allow_any else (),
        audio=AudioSettings(driver, input_file=options.play, output_file=options.record),
    )


def _host_port(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if colon and port.isdigit() and "]" not in port:
        return host.strip("[]"), int(port)
    return text.strip("[]"), 5060


def _read_password(path: Path | None) -> str:
    if path is None:
        return ""
    return path.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m telephony",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--verbose", action="store_true", help="log to standard error")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="the console's phone process")
    serve.add_argument("--socket", type=Path, required=True, help="path of the local socket")
    serve.add_argument(
        "--linger-s",
        type=float,
        default=DEFAULT_LINGER_S,
        help="seconds to stay without a console and without a call",
    )
    listen = commands.add_parser("listen", help="take calls")
    call = commands.add_parser("call", help="call a number or SIP URI")
    call.add_argument("number", metavar="NUMBER|URI")
    for command in (listen, call):
        _add_phone_options(command)
    return parser


def _add_phone_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", metavar="HOST[:PORT]", help="registrar and proxy")
    parser.add_argument("--user", default="operator", help="user at the server")
    parser.add_argument("--password-file", type=Path, help="file with the password")
    parser.add_argument("--no-register", action="store_true", help="use the server, unregistered")
    parser.add_argument("--bind", default="127.0.0.1", metavar="IP", help="own address")
    parser.add_argument("--port", type=int, default=0, help="own SIP port; 0 is any")
    parser.add_argument("--auto-answer", type=int, metavar="MS", help="answer after this time")
    parser.add_argument("--device", choices=("null", "file", "pulse"), default="null")
    parser.add_argument("--play", metavar="WAV", help="play this from the answer on")
    parser.add_argument("--record", metavar="WAV", help="write what is heard")
    parser.add_argument("--allow-any", action="store_true", help="take calls from any address")
