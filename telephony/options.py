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
        help="registrar and proxy; without a port, DNS is queried (else 5060, or 5061 with TLS); "
        "IPv6 addresses in brackets",
    )
    group.add_argument(
        "--backup-server",
        metavar="HOST[:PORT]",
        action="append",
        default=[],
        help="use this server if the first does not respond; repeatable",
    )
    group.add_argument(
        "--user", metavar="NAME", default="operator", help="user name (default: %(default)s)"
    )
    group.add_argument(
        "--auth-user", metavar="NAME", help="user name for authentication (default: --user)"
    )
    group.add_argument(
        "--display-name", metavar="TEXT", default="", help="display name of the caller"
    )
    group.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="read the password from FILE; a final newline is ignored",
    )
    group.add_argument(
        "--no-register",
        action="store_true",
        help="do not register; outgoing calls still use the server",
    )
    group.add_argument(
        "--expires",
        type=int,
        default=300,
        metavar="S",
        help="registration expiry in seconds (default: %(default)s)",
    )
    group.add_argument(
        "--keep-alive",
        type=int,
        default=30,
        metavar="S",
        help="interval of keep-alive requests in seconds; 0 disables them (default: %(default)s)",
    )


def _add_network_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("network")
    group.add_argument(
        "--bind",
        metavar="IP",
        help="local address (default: the address towards the server, else 127.0.0.1)",
    )
    group.add_argument(
        "--port",
        type=int,
        default=0,
        metavar="N",
        help="local SIP port; 0 selects a free port, see the event 'listening' (default: 0)",
    )
    group.add_argument(
        "--keep-contact",
        action="store_true",
        help="register the local address even if the server sees another address (NAT)",
    )
    group.add_argument(
        "--transport",
        choices=get_args(TransportName),
        default="udp",
        help="SIP transport (default: udp)",
    )
    group.add_argument(
        "--tls-ca",
        metavar="FILE",
        help="trusted CA certificates, PEM (default: those of the system)",
    )
    group.add_argument("--tls-cert", metavar="FILE", help="certificate of this phone, PEM")
    group.add_argument("--tls-key", metavar="FILE", help="private key of the certificate, PEM")
    group.add_argument("--srtp", choices=get_args(SrtpPolicy), default="off", help="encrypt audio")
    group.add_argument(
        "--codecs",
        type=_codecs,
        default=("pcma", "pcmu", "g722"),
        metavar="NAME,...",
        help=f"codecs in order of preference: {', '.join(get_args(CodecName))} "
        "(default: pcma,pcmu,g722)",
    )
    group.add_argument(
        "--rtp-ports",
        type=_port_range,
        default=(16384, 32767),
        metavar="FIRST-LAST",
        help="UDP ports for audio (default: 16384-32767)",
    )
    group.add_argument(
        "--accept-from",
        action="append",
        default=[],
        metavar="IP",
        help="accept all requests from this address in addition to the server; repeatable",
    )
    group.add_argument(
        "--allow-any",
        action="store_true",
        help="accept calls from any address; other requests from unknown addresses are ignored "
        "unless they belong to a call",
    )
    group.add_argument(
        "--session-expires",
        type=int,
        default=1800,
        metavar="S",
        help="session timer in seconds, RFC 4028; 0 disables it (default: %(default)s)",
    )
    group.add_argument(
        "--accept-refer",
        action="store_true",
        help="allow the remote party to transfer calls (REFER)",
    )


def _add_call_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("calls")
    group.add_argument("--auto-answer", type=int, metavar="MS", help="answer calls after this time")
    group.add_argument(
        "--auto-answer-on-request",
        action="store_true",
        help="answer immediately if Call-Info or Alert-Info of the caller requests it",
    )
    group.add_argument("--dnd", action="store_true", help="reject all calls")
    group.add_argument(
        "--busy-status",
        type=int,
        choices=(486, 480),
        default=486,
        help="status of rejected calls (default: %(default)s)",
    )
    group.add_argument(
        "--ring-limit",
        type=int,
        default=120,
        metavar="S",
        help="end a ringing call after this time in seconds (default: %(default)s)",
    )


def _add_audio_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("audio")
    group.add_argument(
        "--device",
        choices=("null", "file", "pulse"),
        help="audio device; null is silence (default: file with --play or --record, else null)",
    )
    group.add_argument(
        "--play", metavar="WAV", help="play this file once after the call is answered, then silence"
    )
    group.add_argument(
        "--record",
        metavar="WAV",
        help="write the received audio, 16-bit PCM; a concurrent call is written to NAME-2.wav",
    )
    group.add_argument(
        "--recording-dir",
        metavar="DIR",
        help="folder for recordings made with the command 'record': FLAC, both parties",
    )
    group.add_argument(
        "--recording-key-file",
        type=Path,
        metavar="FILE",
        help="encrypt the recordings with the key in FILE, 64 hexadecimal digits",
    )
    group.add_argument(
        "--record-all", action="store_true", help="record all calls to --recording-dir"
    )
    group.add_argument(
        "--announcement",
        metavar="WAV",
        help="play this file to the remote party when a recording starts",
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
        raise OptionError("--device", f"{driver} cannot be combined with --play or --record")
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
        raise OptionError(option, "cannot read the file") from error
    return text.removesuffix("\n").removesuffix("\r")


def _server(text: str) -> tuple[str, int | None]:
    try:
        # An IPv6 address without brackets cannot be followed by a port.
        return (text, None) if text.count(":") > 1 and "[" not in text else parse_host_port(text)
    except GrammarError:
        raise argparse.ArgumentTypeError(f"expected HOST[:PORT]: {text!r}") from None


def _codecs(text: str) -> tuple[CodecName, ...]:
    names = text.lower().split(",")
    known = {name: name for name in get_args(CodecName)}
    if not set(names) <= set(known) or len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"expected a list of {', '.join(known)}: {text!r}")
    return tuple(known[name] for name in names)


def _port_range(text: str) -> tuple[int, int]:
    first, dash, last = text.partition("-")
    if not (dash and first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        raise argparse.ArgumentTypeError(f"expected FIRST-LAST: {text!r}")
    return int(first), int(last)
