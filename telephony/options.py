"""Command-line options of the phone, and the settings built from them."""

from __future__ import annotations

import argparse
import socket
from pathlib import Path
from typing import NoReturn, get_args

from telephony.errors import OptionError
from telephony.settings import (
    AudioDriver,
    AudioSettings,
    CodecName,
    PhoneSettings,
    RecordingSettings,
    SipAccount,
    SrtpPolicy,
    TlsSettings,
    TransportName,
    check_settings,
)
from telephony.sip.syntax.address import GrammarError, parse_host_port

_LOOPBACK = "127.0.0.1"
_ANY_HOST = "0.0.0.0"  # noqa: S104
_ANY_PORT = 9  # discard port; no data are sent

# Command-line options for the field names of SettingsError.
_OPTIONS = {
    "account.server_host": "--server",
    "account.server_port": "--server",
    "account.user": "--user",
    "account.expires_s": "--expires",
    "account.keep_alive_s": "--keep-alive",
    "account.backup_servers": "--backup-server",
    "local_user": "--user",
    "listen_host": "--bind",
    "listen_port": "--port",
    "accept_from": "--accept-from",
    "tls.ca_file": "--tls-ca",
    "tls.certificate_file": "--tls-cert",
    "tls.key_file": "--tls-key",
    "rtp_port_first": "--rtp-ports",
    "rtp_port_last": "--rtp-ports",
    "auto_answer_ms": "--auto-answer",
    "recording.key": "--recording-key-file",
    "session_expires_s": "--session-expires",
    "ring_limit_s": "--ring-limit",
}


class Parser(argparse.ArgumentParser):
    """Parser with one-line error messages."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def add_phone_options(parser: argparse.ArgumentParser) -> None:
    """Adds all options of the phone."""
    _add_account_options(parser)
    _add_network_options(parser)
    _add_call_options(parser)
    _add_audio_options(parser)


def _add_account_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("account")
    group.add_argument(
        "--server",
        metavar="HOST[:PORT]",
        type=_server,
        help="registrar and proxy; without a port where DNS says, else at 5060, or 5061 with TLS; "
        "IPv6 in brackets",
    )
    group.add_argument(
        "--backup-server",
        metavar="HOST[:PORT]",
        action="append",
        default=[],
        help="taken while the server does not answer; may be given several times",
    )
    group.add_argument("--user", metavar="NAME", default="operator", help="user at the server")
    group.add_argument("--auth-user", metavar="NAME", help="user of the password where it differs")
    group.add_argument("--display-name", metavar="TEXT", default="", help="name shown to others")
    group.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="file with the password; a newline at its end is no part of it",
    )
    group.add_argument(
        "--no-register",
        action="store_true",
        help="do not register; what is dialled still goes out through the server",
    )
    group.add_argument("--expires", type=int, default=300, metavar="S", help="registration time")
    group.add_argument(
        "--keep-alive",
        type=int,
        default=30,
        metavar="S",
        help="how often to ask whether the server is there; 0 is never; default 30",
    )


def _add_network_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("network")
    group.add_argument(
        "--bind",
        metavar="IP",
        help="own address; by default the one that leads to the server, 127.0.0.1 without a server",
    )
    group.add_argument(
        "--port",
        type=int,
        default=0,
        metavar="N",
        help="own SIP port; 0, the default, is any free one, which the event 'listening' names",
    )
    group.add_argument(
        "--keep-contact",
        action="store_true",
        help="register this phone's own address even where the server sees another (NAT)",
    )
    group.add_argument("--transport", choices=get_args(TransportName), default="udp")
    group.add_argument(
        "--tls-ca", metavar="FILE", help="whom to trust, PEM; by default whom the system trusts"
    )
    group.add_argument("--tls-cert", metavar="FILE", help="own certificate, PEM")
    group.add_argument("--tls-key", metavar="FILE", help="its key, PEM")
    group.add_argument("--srtp", choices=get_args(SrtpPolicy), default="off", help="encrypt audio")
    group.add_argument(
        "--codecs",
        type=_codecs,
        default=("pcma", "pcmu", "g722"),
        metavar="NAME,...",
        help=f"best first, of {', '.join(get_args(CodecName))}; default pcma,pcmu,g722",
    )
    group.add_argument(
        "--rtp-ports",
        type=_port_range,
        default=(16384, 32767),
        metavar="FIRST-LAST",
        help="UDP ports for audio; default 16384-32767",
    )
    group.add_argument(
        "--accept-from",
        action="append",
        default=[],
        metavar="IP",
        help="take calls and every other request from this address too, not only from the "
        "server's; may be repeated",
    )
    group.add_argument(
        "--allow-any",
        action="store_true",
        help="take calls from any address, beside those of --accept-from; strangers get no "
        "answer to anything but INVITE and what belongs to their call",
    )
    group.add_argument(
        "--session-expires",
        type=int,
        default=1800,
        metavar="S",
        help="session timer of RFC 4028; 0 is none; default 1800",
    )
    group.add_argument(
        "--accept-refer", action="store_true", help="let the far side transfer calls of this phone"
    )


def _add_call_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("calls")
    group.add_argument("--auto-answer", type=int, metavar="MS", help="answer after this time")
    group.add_argument(
        "--auto-answer-on-request",
        action="store_true",
        help="answer at once when the caller's Call-Info or Alert-Info asks for it",
    )
    group.add_argument("--dnd", action="store_true", help="refuse all calls")
    group.add_argument(
        "--busy-status", type=int, choices=(486, 480), default=486, help="how to refuse them"
    )
    group.add_argument("--ring-limit", type=int, default=120, metavar="S", help="default 120")


def _add_audio_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("audio")
    group.add_argument(
        "--device",
        choices=("null", "file", "pulse"),
        help="null is silence; file is the default with --play or --record, else null",
    )
    group.add_argument(
        "--play", metavar="WAV", help="play this from the answer on, once, then silence"
    )
    group.add_argument(
        "--record",
        metavar="WAV",
        help="write what is heard, 16-bit PCM; a second call at the same time gets NAME-2.wav",
    )
    group.add_argument(
        "--recording-dir",
        metavar="DIR",
        help="where the command 'record' puts its files, both sides of the call in FLAC",
    )
    group.add_argument(
        "--recording-key-file",
        type=Path,
        metavar="FILE",
        help="seal those files with this key: 32 bytes in hexadecimal",
    )
    group.add_argument(
        "--record-all", action="store_true", help="record every call there, not only on command"
    )
    group.add_argument(
        "--announcement", metavar="WAV", help="what the far side hears when a recording begins"
    )


def build_settings(options: argparse.Namespace) -> PhoneSettings:
    """Builds the settings from the options. Raises OptionError or SettingsError."""
    host, port = options.server or ("", None)
    account = None
    if options.server is not None:
        account = SipAccount(
            host,
            options.user,
            read_secret("--password-file", options.password_file),
            port,
            options.display_name,
            options.auth_user,
            options.expires,
            register=not options.no_register,
            transport=options.transport,
            backup_servers=tuple(options.backup_server),
            keep_alive_s=options.keep_alive,
            learn_contact=not options.keep_contact,
        )
    first, last = options.rtp_ports
    settings = PhoneSettings(
        account=account,
        local_user=options.user,
        listen_host=options.bind or own_address(host),
        listen_port=options.port,
        rtp_port_first=first,
        rtp_port_last=last,
        accept_from=(*options.accept_from, *(("*",) if options.allow_any else ())),
        ring_limit_s=options.ring_limit,
        audio=_audio(options),
        tls=TlsSettings(options.tls_ca, options.tls_cert, options.tls_key),
        codecs=options.codecs,
        srtp=options.srtp,
        do_not_disturb=options.dnd,
        busy_status=options.busy_status,
        auto_answer_ms=options.auto_answer,
        auto_answer_on_request=options.auto_answer_on_request,
        accept_refer=options.accept_refer,
        session_expires_s=options.session_expires,
        recording=RecordingSettings(
            options.record_all,
            options.recording_dir,
            read_secret("--recording-key-file", options.recording_key_file),
            options.announcement,
        ),
    )
    check_settings(settings)
    return settings


def option_of(field: str) -> str:
    """Returns the option for a setting named by SettingsError."""
    return _OPTIONS.get(field, field)


def _audio(options: argparse.Namespace) -> AudioSettings:
    has_files = options.play is not None or options.record is not None
    driver: AudioDriver = options.device or "null"
    if has_files and driver == "null":
        driver = "file"
    if has_files and driver != "file":
        raise OptionError("--device", f"{driver} has no use for --play and --record")
    return AudioSettings(
        driver, input_file=options.play, output_file=options.record, loop_input=False
    )


def own_address(server_host: str) -> str:
    """Returns the local IP address towards the server; loopback without a server.

    Returns the wildcard address if the name cannot be resolved or the network is down.
    """
    if not server_host:
        return _LOOPBACK
    try:
        found = socket.getaddrinfo(server_host, _ANY_PORT, type=socket.SOCK_DGRAM)
        family, kind, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        with socket.socket(family, kind) as probe:
            probe.connect(address)
            return str(probe.getsockname()[0])
    except OSError:
        return _ANY_HOST


def read_secret(option: str, path: Path | None) -> str:
    """Reads the secret from the option's file, without the final newline; "" without a file."""
    if path is None:
        return ""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(option, "cannot be read") from error
    return text.removesuffix("\n").removesuffix("\r")


def _server(text: str) -> tuple[str, int | None]:
    try:
        # An IPv6 address without brackets cannot be followed by a port.
        return (text, None) if text.count(":") > 1 and "[" not in text else parse_host_port(text)
    except GrammarError:
        raise argparse.ArgumentTypeError(f"not HOST[:PORT]: {text!r}") from None


def _codecs(text: str) -> tuple[CodecName, ...]:
    names = text.lower().split(",")
    known = {name: name for name in get_args(CodecName)}
    if not set(names) <= set(known) or len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"not a list of {', '.join(known)}: {text!r}")
    return tuple(known[name] for name in names)


def _port_range(text: str) -> tuple[int, int]:
    first, dash, last = text.partition("-")
    if not (dash and first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        raise argparse.ArgumentTypeError(f"not FIRST-LAST: {text!r}")
    return int(first), int(last)
