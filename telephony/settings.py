"""Settings of the phone as frozen dataclasses, their validation and their JSON form."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from telephony.errors import SettingsError
from telephony.json_form import JsonFormError, from_json, to_json
from telephony.presence import Presence

AudioDriver = Literal["pulse", "file", "null"]
TransportName = Literal["udp", "tcp", "tls"]
SrtpPolicy = Literal["off", "allow", "require"]
CodecName = Literal["pcma", "pcmu", "g722", "opus"]

_RTP_PAIRS_MINIMUM = 4


@dataclass(frozen=True, slots=True)
class SipAccount:
    """Where the phone registers and as whom; the password is never in ``repr``."""

    server_host: str
    user: str
    password: str = field(repr=False)
    server_port: int | None = None
    """None: where DNS says (RFC 3263), else 5060, or 5061 over TLS."""
    display_name: str = ""
    auth_user: str | None = None
    """User name for digest authentication where it differs from ``user``."""
    expires_s: int = 300
    register: bool = True
    """False: calls go out through the server as this user, but none are asked for."""
    transport: TransportName = "udp"
    backup_servers: tuple[str, ...] = ()
    """"host" or "host:port", taken in this order while ``server_host`` does not answer."""
    keep_alive_s: int = 30
    """How often CRLF or OPTIONS keeps the way to the server open; 0 is never."""
    learn_contact: bool = True
    """Whether to be reached where the server sees this phone (RFC 3581): behind a NAT."""


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """Whom to trust over TLS, and who we are; paths of PEM files, None is the system's trust.

    The server's certificate is always verified, for the name the account gives.
    """

    ca_file: str | None = None
    certificate_file: str | None = None
    key_file: str | None = None


@dataclass(frozen=True, slots=True)
class RecordingSettings:
    """Whether and where calls are recorded; off unless an administrator says otherwise.

    ``key`` is 32 bytes in hexadecimal and never in ``repr``; without it recordings are plain
    FLAC. ``announcement_file`` is a WAV the caller hears when a recording begins.
    """

    automatic: bool = False
    """Record every call from its answer; False: only on the command."""
    directory: str | None = None
    """None: recording is not possible at all."""
    key: str = field(default="", repr=False)
    announcement_file: str | None = None


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """Which devices carry the voice and the ring; None means the system's default."""

    driver: AudioDriver = "null"
    input_device: str | None = None
    output_device: str | None = None
    ring_device: str | None = None
    input_file: str | None = None
    """WAV that stands for the microphone (driver "file")."""
    loop_input: bool = True
    """Whether that WAV is played over and over, or once and then silence."""
    output_file: str | None = None
    """WAV that receives what is heard (driver "file")."""
    echo_cancellation: bool = False
    """Ask the sound server to take the caller's voice out of the microphone."""


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """What callers get while the line is closed: another number, or else an announcement.

    ``announcement_file`` is a WAV of 8 or 16 kHz, 16 bits, one channel.
    """

    redirect_to: str = ""
    announcement_file: str = ""


@dataclass(frozen=True, slots=True)
class PhoneSettings:
    """All of the phone's settings.

    ``listen_port`` 0 takes any free port. ``accept_from`` are IP addresses whose
    requests count like the registrar's; "*" lets everyone call, and is for INVITE only.
    ``codecs`` are best first.
    ``auto_answer_ms`` answers every call by itself after that time; ``auto_answer_on_request``
    only those where the telephone system asks for it. ``local_user`` is who we are without an
    account.
    """

    account: SipAccount | None = None
    listen_host: str = "127.0.0.1"
    listen_port: int = 0
    rtp_port_first: int = 16384
    rtp_port_last: int = 32767
    accept_from: tuple[str, ...] = ()
    ring_limit_s: int = 120
    audio: AudioSettings = field(default_factory=AudioSettings)
    tls: TlsSettings = field(default_factory=TlsSettings)
    codecs: tuple[CodecName, ...] = ("pcma", "pcmu", "g722")
    srtp: SrtpPolicy = "off"
    call_limit: int = 10
    do_not_disturb: bool = False
    busy_status: int = 486
    """486 or 480: what a caller gets while ``do_not_disturb`` or at ``call_limit``."""
    tells_refused: bool = True
    """Whether calls refused in ``do_not_disturb`` are told: not where others are rung as well."""
    console_wait_s: int = 8
    """How long a call rings for a console that is gone to come back, before it is turned away."""
    closed_line: ClosedLine | None = None
    """What is done with calls while the line is closed; None: they ring."""
    presence: Presence | None = None
    """What the telephone system is told of the operator (RFC 3903); None: nothing."""
    auto_answer_ms: int | None = None
    auto_answer_on_request: bool = False
    accept_refer: bool = False
    """Whether the far side may send this phone to another target by REFER."""
    session_expires_s: int = 1800
    """Session timer (RFC 4028); 0 is none of our own."""
    recording: RecordingSettings = field(default_factory=RecordingSettings)
    local_user: str = "operator"


def settings_to_json(settings: PhoneSettings) -> dict[str, object]:
    """The settings as JSON-ready values, the password included: for the private socket only."""
    return cast("dict[str, object]", to_json(settings))


def settings_from_json(values: Mapping[str, object]) -> PhoneSettings:
    """The settings that ``settings_to_json`` wrote; SettingsError names the first bad field."""
    try:
        settings = from_json(PhoneSettings, values)
    except JsonFormError as error:
        raise SettingsError(error.path) from error
    check_settings(settings)
    return settings


def check_settings(settings: PhoneSettings) -> None:
    """Raise SettingsError with the name of the first setting that cannot work."""
    for name, bad in _findings(settings):
        if bad:
            raise SettingsError(name)


def _findings(settings: PhoneSettings) -> list[tuple[str, bool]]:
    findings: list[tuple[str, bool]] = [
        ("local_user", not _is_token(settings.local_user)),
        ("listen_host", not _is_address(settings.listen_host)),
        ("listen_port", not 0 <= settings.listen_port <= 65535),
        (
            "accept_from",
            not all(host == "*" or _is_address(host) for host in settings.accept_from),
        ),
        ("rtp_port_first", not 1024 <= settings.rtp_port_first <= 65535),
        (
            "rtp_port_last",
            not settings.rtp_port_first + 2 * _RTP_PAIRS_MINIMUM - 1
            <= settings.rtp_port_last
            <= 65535,
        ),
        ("ring_limit_s", settings.ring_limit_s < 1),
        ("codecs", not settings.codecs or len(set(settings.codecs)) < len(settings.codecs)),
        ("call_limit", not 1 <= settings.call_limit <= 100),
        ("busy_status", settings.busy_status not in (486, 480)),
        ("console_wait_s", not 0 <= settings.console_wait_s <= 120),
        ("auto_answer_ms", (settings.auto_answer_ms or 0) < 0),
        ("session_expires_s", 0 != settings.session_expires_s < 90),
        ("recording.key", not _is_key(settings.recording.key)),
    ]
    account = settings.account
    if account is not None:
        findings += [
            ("account.server_host", not _is_token(account.server_host)),
            ("account.server_port", not _is_port(account.server_port)),
            ("account.user", not _is_token(account.user)),
            ("account.expires_s", not 10 <= account.expires_s <= 86400),
            ("account.backup_servers", not all(map(_is_token, account.backup_servers))),
            ("account.keep_alive_s", not 0 <= account.keep_alive_s <= 3600),
        ]
    return findings


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_port(port: int | None) -> bool:
    return port is None or 1 <= port <= 65535


def _is_token(text: str) -> bool:
    return bool(text) and text.isprintable() and not any(sign in text for sign in ' <>"@;,')


def _is_key(text: str) -> bool:
    """32 bytes in hexadecimal, or none at all."""
    return not text or (len(text) == 64 and set(text.lower()) <= set("0123456789abcdef"))
