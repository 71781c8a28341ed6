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
    """Server and identity of the phone; ``repr`` never contains the password."""

    server_host: str
    user: str
    password: str = field(repr=False)
    server_port: int | None = None
    """None: as DNS specifies (RFC 3263), otherwise 5060, or 5061 over TLS."""
    display_name: str = ""
    auth_user: str | None = None
    """User name for digest authentication if it differs from ``user``."""
    expires_s: int = 300
    register: bool = True
    """False: calls are made through the server as this user, but the phone does not register."""
    transport: TransportName = "udp"
    backup_servers: tuple[str, ...] = ()
    """"host" or "host:port", used in this order while ``server_host`` does not answer."""
    keep_alive_s: int = 30
    """Interval of CRLF or OPTIONS to keep the path to the server open; 0 disables them."""
    learn_contact: bool = True
    """Whether to use the address that the server sees as contact (RFC 3581), for phones behind a
    NAT.
    """


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """Trusted authorities and own certificate for TLS; paths of PEM files, None for the system's
    trust.

    The server's certificate is always verified against the name in the account.
    """

    ca_file: str | None = None
    certificate_file: str | None = None
    key_file: str | None = None


@dataclass(frozen=True, slots=True)
class RecordingSettings:
    """Recording of calls; off by default.

    ``key`` is 32 bytes in hexadecimal and never in ``repr``; without a key recordings are plain
    FLAC. ``announcement_file`` is a WAV that the caller hears when a recording starts.
    """

    automatic: bool = False
    """Record every call from its answer; False: only on command."""
    directory: str | None = None
    """None disables recording."""
    key: str = field(default="", repr=False)
    announcement_file: str | None = None


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """Devices for voice and ring tone; None means the system default."""

    driver: AudioDriver = "null"
    input_device: str | None = None
    output_device: str | None = None
    ring_device: str | None = None
    input_file: str | None = None
    """WAV used as the microphone (driver "file")."""
    loop_input: bool = True
    """Whether that WAV is repeated, or played once and followed by silence."""
    output_file: str | None = None
    """WAV to which received audio is written (driver "file")."""
    echo_cancellation: bool = False
    """Request echo cancellation from the sound server."""


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """Treatment of callers while the hotline is closed: redirection, otherwise an announcement.

    ``announcement_file`` is a WAV of 8 or 16 kHz, 16 bits, one channel.
    """

    redirect_to: str = ""
    announcement_file: str = ""


@dataclass(frozen=True, slots=True)
class PhoneSettings:
    """All settings of the phone.

    ``listen_port`` 0 selects any free port. ``accept_from`` are IP addresses whose requests are
    accepted like the registrar's; "*" accepts INVITE from any address. ``codecs`` are ordered by
    preference. ``auto_answer_ms`` answers every call automatically after that time;
    ``auto_answer_on_request`` only if the PBX requests it. ``local_user`` is the user name without
    an account.
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
    """486 or 480: response to callers during ``do_not_disturb`` or at ``call_limit``."""
    tells_refused: bool = True
    """Whether calls rejected by ``do_not_disturb`` are reported; False if other phones ring too."""
    console_wait_s: int = 8
    """Time in s that a call rings while no console responds, before it is rejected."""
    closed_line: ClosedLine | None = None
    """Treatment of calls while the hotline is closed; None: they ring."""
    presence: Presence | None = None
    """Presence published to the PBX (RFC 3903); None: none."""
    auto_answer_ms: int | None = None
    auto_answer_on_request: bool = False
    accept_refer: bool = False
    """Whether the remote party may transfer this phone to another target by REFER."""
    session_expires_s: int = 1800
    """Session timer in s (RFC 4028); 0 disables our own."""
    recording: RecordingSettings = field(default_factory=RecordingSettings)
    local_user: str = "operator"


def settings_to_json(settings: PhoneSettings) -> dict[str, object]:
    """Converts the settings to JSON, including the password: for the private socket only."""
    return cast("dict[str, object]", to_json(settings))


def settings_from_json(values: Mapping[str, object]) -> PhoneSettings:
    """Builds the settings from the output of ``settings_to_json``. SettingsError names the first
    bad field.
    """
    try:
        settings = from_json(PhoneSettings, values)
    except JsonFormError as error:
        raise SettingsError(error.path) from error
    check_settings(settings)
    return settings


def check_settings(settings: PhoneSettings) -> None:
    """Raises SettingsError with the name of the first invalid setting."""
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
    """Whether the text is empty or has 32 bytes in hexadecimal."""
    return not text or (len(text) == 64 and set(text.lower()) <= set("0123456789abcdef"))
