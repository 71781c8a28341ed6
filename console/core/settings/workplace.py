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
    """Where the phone registers; the password is read from the file or the environment."""

    server: str
    user: str
    password: str = field(repr=False)
    port: int | None = None
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class PhoneChoice:
    """How the phone behaves in the telephone network; named as the keys of the file.

    None leaves the choice to the phone.
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
    """Whether calls are recorded; the key is read from the file or the environment."""

    automatic: bool = False
    directory: str | None = None
    announcement_file: str | None = None
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AudioChoice:
    """Which devices carry the voice; files and the null device serve trials without a headset."""

    driver: AudioDriver = "pulse"
    input_device: str | None = None
    output_device: str | None = None
    ring_device: str | None = None
    input_file: str | None = None
    output_file: str | None = None
    echo_cancellation: bool = False


@dataclass(frozen=True, slots=True)
class SoundsChoice:
    """What the workplace says of itself by a sound on the ringer; the alarm always does."""

    promised_call: bool = True


@dataclass(frozen=True, slots=True)
class HeadsetChoice:
    """Whether the buttons of headsets lead calls, and their lamps follow."""

    buttons: bool = True


@dataclass(frozen=True, slots=True)
class KeysChoice:
    """Whether keys are taken from all programs of the computer, for calls alone."""

    is_global: bool = False


@dataclass(frozen=True, slots=True)
class SpellingChoice:
    """Whether texts are checked, and where library and dictionary lie when not where usual."""

    enabled: bool = True
    library: str = ""
    dictionary: str = ""


@dataclass(frozen=True, slots=True)
class MailChoice:
    """The mail server that notices go out by; without ``host`` people are called instead.

    The password is read from the file or the environment. ``remind_days`` are working days before
    a planned date (Regulation 9.6). ``files_mb`` is how much of an answer's files goes with its
    letter (9.9).
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
    """Where returned letters arrive: an IMAP mailbox (``host``), or a folder (``directory``).

    ``address`` is the one of that mailbox: each letter gets a return address of its own from it,
    ``name+…@domain``. The password is read from the file or the environment.
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
    """For how many days personal data stay on this computer; 0: for ever.

    ``synced_days`` holds where there is a centre, for what the centre has; calls and messages have
    theirs without one. ``notes_days`` is for notes of hand-over sheets, ``searches_days`` for what
    was typed into the directory's search.
    """

    synced_days: int = 90
    calls_days: int = 0
    messages_days: int = 0
    notes_days: int = 90
    searches_days: int = 90


@dataclass(frozen=True, slots=True)
class BackupChoice:
    """Where hourly copies of the register go, and how many stay; without a folder none is made."""

    directory: str = ""
    keep_hourly: int = 24
    keep_daily: int = 14


@dataclass(frozen=True, slots=True)
class StatesChoice:
    """What operators may be beside ready, and how long the record of a call may take.

    Reasons are the program's codes or any words of the city. ``unanswered_ring_s``: who lets a
    call ring for so long takes no more of them; 0: does.
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
    """How many callers about one street and category, and within what time, may be an incident.

    0 callers: nothing is offered, and a supervisor declares by herself.
    """

    callers: int = 3
    within_min: int = 15


@dataclass(frozen=True, slots=True)
class QueueChoice:
    """How the telephone system learns who takes calls: by refusals of the phone, and beside them
    as ``told_by`` says: by codes that are dialled, or by SIP presence.

    ``register_refused`` makes a missed call of each refused one: not where others ring as well.
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
    """All settings of one workplace, with the defaults of the embedded use."""

    data_directory: Path
    file: Path | None = None
    """Where they were read from."""
    fixed: frozenset[tuple[str, str]] = frozenset()
    """Table and key of all that the administrator's file or the environment says."""
    own_problem: str = ""
    """The place in the window's own file for which all of that file is passed over."""
    is_training: bool = False
    workplace: str = "0001"
    account: SipAccountSettings | None = None
    unfinished_account: SipAccountSettings | None = None
    """A server without user or password: nobody registers until both are there."""
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
        """Whether the phone is meant to register, also where its account is not complete."""
        return self.known_account is not None

    @property
    def known_account(self) -> SipAccountSettings | None:
        """The account, or what there is of it; what is missing is empty."""
        return self.account or self.unfinished_account

    @property
    def register_file(self) -> Path:
        return self.data_directory / "register.db"

    @property
    def directory_file(self) -> Path:
        return self.data_directory / "directory.db"

    @property
    def regulation_file(self) -> Path:
        """The editions of the city's regulation: ``python -m sync regulation import``."""
        return self.data_directory / "regulation.json"

    @property
    def places_file(self) -> Path:
        """The city's list of places, which ``python -m sync places import`` writes."""
        return self.data_directory / "places.json"

    @property
    def added_words_file(self) -> Path:
        """Words that the spell-check takes for right, one on each line."""
        return self.data_directory / "added_words.txt"

    @property
    def own_file(self) -> Path:
        """What was chosen on the window's pages of settings; it may hold passwords."""
        return own_file(self.data_directory)

    @property
    def window_file(self) -> Path:
        """Size and place of the window, and how it looked last; nothing of value."""
        return self.data_directory / "window.ini"

    @property
    def log_directory(self) -> Path:
        return self.data_directory / "log"

    @property
    def reports_directory(self) -> Path:
        return self.data_directory / "reports"

    @property
    def diagnostics_directory(self) -> Path:
        """Where a file for the administrator is put when the window is asked for one."""
        return self.data_directory / "diagnostics"

    @property
    def runtime_directory(self) -> Path:
        """Where the phone's socket lies; short, since a socket's path is limited to 108 bytes."""
        return self.data_directory / "run"


def own_file(folder: Path) -> Path:
    """The window's own file of the settings of this data folder."""
    return folder / "settings.toml"
