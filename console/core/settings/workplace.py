"""Settings of one workplace as immutable classes, with defaults and derived file paths.

Without a settings file everything runs on one machine with one encrypted store.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from telephony.settings import AudioDriver, CodecName, SrtpPolicy, TransportName

QueueTelling = Literal["codes", "presence"]
MailSecurityName = Literal["starttls", "tls", "plain_in_closed_network"]

CITY_ZONE = ZoneInfo("Europe/Moscow")
THIS_MACHINE = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class SipAccountSettings:
    """SIP account of the phone; the password is read from the file or the environment."""

    server: str
    user: str
    password: str = field(repr=False)
    port: int | None = None
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class PhoneChoice:
    """Phone settings with the names of the keys in the file. None selects the default of the phone
    process.
    """

    transport: TransportName = "udp"
    ca_file: str | None = None
    certificate_file: str | None = None
    key_file: str | None = None
    srtp: SrtpPolicy = "off"
    codecs: tuple[CodecName, ...] | None = None
    auth_user: str | None = None
    expires_s: int | None = None
    keep_alive_s: int | None = None
    learn_contact: bool = True
    backup_servers: tuple[str, ...] = ()
    accept_from: tuple[str, ...] = ()
    ring_limit_s: int | None = None
    call_limit: int | None = None
    do_not_disturb: bool = False
    busy_status: int | None = None
    console_wait_s: int | None = None
    auto_answer_ms: int | None = None
    auto_answer_on_request: bool = False
    accept_refer: bool = False
    session_expires_s: int | None = None


@dataclass(frozen=True, slots=True)
class RecordingChoice:
    """Settings of call recording; the encryption key is read from the file or the environment."""

    automatic: bool = False
    directory: str | None = None
    announcement_file: str | None = None
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AudioChoice:
    """Audio drivers and devices; files and the null driver allow tests without a headset."""

    driver: AudioDriver = "pulse"
    input_device: str | None = None
    output_device: str | None = None
    ring_device: str | None = None
    input_file: str | None = None
    output_file: str | None = None
    echo_cancellation: bool = False


@dataclass(frozen=True, slots=True)
class SoundsChoice:
    """Optional sounds on the ring device; the alarm cannot be disabled."""

    promised_call: bool = True


@dataclass(frozen=True, slots=True)
class HeadsetChoice:
    """Whether headset buttons control calls and their LEDs show the call state."""

    buttons: bool = True


@dataclass(frozen=True, slots=True)
class KeysChoice:
    """Whether global hotkeys for call control are registered."""

    is_global: bool = False


@dataclass(frozen=True, slots=True)
class SpellingChoice:
    """Spell-check settings; ``library`` and ``dictionary`` are paths, empty for the default
    locations.
    """

    enabled: bool = True
    library: str = ""
    dictionary: str = ""


@dataclass(frozen=True, slots=True)
class MailChoice:
    """Mail server for notifications; without ``host`` operators call the citizens instead.

    The password is read from the file or the environment. ``remind_days`` is the number of working
    days before a promised date at which a reminder is due (Regulation 9.6). ``files_mb`` limits the
    answer files attached to an e-mail (9.9).
    """

    host: str = ""
    port: int | None = None
    security: MailSecurityName = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    ca_file: str | None = None
    remind_days: int = 1
    files_mb: int = 10


@dataclass(frozen=True, slots=True)
class BouncesChoice:
    """Mailbox for undeliverable mail that is returned: IMAP (``host``) or a folder (``directory``).

    ``address`` belongs to that mailbox: each e-mail gets its own return address, ``name+…@domain``.
    The password is read from the file or the environment.
    """

    host: str = ""
    port: int | None = None
    security: MailSecurityName = "tls"
    user: str = ""
    password: str = field(default="", repr=False)
    mailbox: str = "INBOX"
    ca_file: str | None = None
    directory: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class RetentionChoice:
    """Retention periods of personal data on this computer, in days; 0 means unlimited.

    ``synced_days`` applies to data that is also in the central database; ``calls_days`` and
    ``messages_days`` apply without a central database. ``notes_days`` is for notes of shift
    handover reports, ``searches_days`` for directory queries.
    """

    synced_days: int = 90
    calls_days: int = 0
    messages_days: int = 0
    notes_days: int = 90
    searches_days: int = 90


@dataclass(frozen=True, slots=True)
class BackupChoice:
    """Folder of the backups and the number of hourly and daily backups to retain; no folder, no
    backups.
    """

    directory: str = ""
    keep_hourly: int = 24
    keep_daily: int = 14


@dataclass(frozen=True, slots=True)
class StatesChoice:
    """Reasons for not-ready states, and the wrap-up time after a call.

    A reason is a built-in code or any text of the city. An operator who does not answer for
    ``unanswered_ring_s`` seconds gets no further calls; 0 disables this.
    """

    wrap_up_s: int = 45
    extension_s: int = 30
    extensions: int = 10
    wrap_up_ends_with_record: bool = True
    work_reasons: tuple[str, ...] = ("messages", "directory", "lesson", "other")
    break_reasons: tuple[str, ...] = ("rest", "lunch")
    unanswered_ring_s: int = 20


@dataclass(frozen=True, slots=True)
class IncidentChoice:
    """Number of callers about one street and category within a period that makes the console
    suggest an incident.

    With 0 callers nothing is suggested; supervisors can still declare incidents manually.
    """

    callers: int = 3
    within_min: int = 15


@dataclass(frozen=True, slots=True)
class QueueChoice:
    """Settings for reporting the operator's availability to the PBX.

    While the operator is not available, the phone rejects calls; ``told_by`` additionally selects
    dialled feature codes or SIP presence. ``register_refused`` records each rejected call as
    missed; disable it if other phones ring too.
    """

    do_not_disturb: bool = True
    register_refused: bool = True
    told_by: QueueTelling = "codes"
    log_in_code: str = ""
    log_out_code: str = ""
    pause_code: str = ""
    resume_code: str = ""


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """All settings of one workplace; the defaults need no other machine."""

    data_directory: Path
    file: Path | None = None
    """Path of the administrator's settings file."""
    fixed: frozenset[tuple[str, str]] = frozenset()
    """Table and key of every value that is set in the administrator's file or the environment."""
    own_problem: str = ""
    """Key that makes the settings pages' file invalid, so it is ignored; empty if it is valid."""
    is_training: bool = False
    workplace: str = "0001"
    account: SipAccountSettings | None = None
    unfinished_account: SipAccountSettings | None = None
    """Account without user or password, with which the phone does not register."""
    listen_host: str = "127.0.0.1"
    listen_port: int = 0
    phone: PhoneChoice = field(default_factory=PhoneChoice)
    audio: AudioChoice = field(default_factory=AudioChoice)
    sounds: SoundsChoice = field(default_factory=SoundsChoice)
    headset: HeadsetChoice = field(default_factory=HeadsetChoice)
    keys: KeysChoice = field(default_factory=KeysChoice)
    recording: RecordingChoice = field(default_factory=RecordingChoice)
    spelling: SpellingChoice = field(default_factory=SpellingChoice)
    mail: MailChoice = field(default_factory=MailChoice)
    bounces: BouncesChoice = field(default_factory=BouncesChoice)
    backup: BackupChoice = field(default_factory=BackupChoice)
    retention: RetentionChoice = field(default_factory=RetentionChoice)
    states: StatesChoice = field(default_factory=StatesChoice)
    queue: QueueChoice = field(default_factory=QueueChoice)
    incidents: IncidentChoice = field(default_factory=IncidentChoice)
    central_dsn: str | None = field(default=None, repr=False)
    central_ca_file: str | None = None
    central_offline_days: int = 14
    platform_url: str | None = None
    platform_key: str | None = field(default=None, repr=False)
    platform_jurisdiction: str | None = None
    platform_intake: bool = True
    platform_page: str = ""
    line_number: str = ""
    area_code: str = "87999"
    line_opens: str = "08:00"
    line_closes: str = "20:00"
    line_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    line_announcement: str = ""
    lock_after_min: int = 10
    next_message: bool = True
    card_at: str = "ring"
    theme: str = "system"
    text_scale: float = 1.0
    language: str = "ru"
    city: str = "Белоключевск"
    appeals_unit: str = "reception"

    @property
    def has_registrar(self) -> bool:
        """Whether a SIP account is configured, even an incomplete one."""
        return self.known_account is not None

    @property
    def known_account(self) -> SipAccountSettings | None:
        """The account, complete or incomplete; missing values are empty."""
        return self.account or self.unfinished_account

    @property
    def register_file(self) -> Path:
        return self.data_directory / "register.db"

    @property
    def directory_file(self) -> Path:
        return self.data_directory / "directory.db"

    @property
    def regulation_file(self) -> Path:
        """File with the versions of the city's regulation, written by ``python -m sync regulation
        import``.
        """
        return self.data_directory / "regulation.json"

    @property
    def places_file(self) -> Path:
        """File with the city's list of places, written by ``python -m sync places import``."""
        return self.data_directory / "places.json"

    @property
    def added_words_file(self) -> Path:
        """File with additional words for the spell-check, one per line."""
        return self.data_directory / "added_words.txt"

    @property
    def own_file(self) -> Path:
        """File written by the settings pages; it may contain passwords."""
        return own_file(self.data_directory)

    @property
    def window_file(self) -> Path:
        """File with the window geometry and last appearance; may be deleted."""
        return self.data_directory / "window.ini"

    @property
    def log_directory(self) -> Path:
        return self.data_directory / "log"

    @property
    def reports_directory(self) -> Path:
        return self.data_directory / "reports"

    @property
    def diagnostics_directory(self) -> Path:
        """Folder of the support bundles."""
        return self.data_directory / "diagnostics"

    @property
    def runtime_directory(self) -> Path:
        """Folder of the phone's socket; short, because a socket path is limited to 108 bytes."""
        return self.data_directory / "run"


def own_file(folder: Path) -> Path:
    """Path of the file written by the settings pages."""
    return folder / "settings.toml"
