"""Settings of the console: one TOML file, overridden by the environment and the command line.

Without a file everything runs on one machine from one encrypted store.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

import platformdirs

from sync.register.own_desk import CARD_AT, LANGUAGES, THEMES

AudioDriver = Literal["pulse", "file", "null"]
TransportName = Literal["udp", "tcp", "tls"]
SrtpPolicy = Literal["off", "allow", "require"]
MailSecurityName = Literal["starttls", "tls", "plain_in_closed_network"]
CodecName = Literal["pcma", "pcmu", "g722", "opus"]
MOST_REASONS = 4  # of each kind: the menu has a digit for every row

APPLICATION = "edinyi-nomer"
CITY_ZONE = ZoneInfo("Europe/Moscow")
THIS_MACHINE = ("127.0.0.1", "::1")


class SettingsProblem(Exception):
    """The settings file cannot be used; ``key`` names the place in it."""

    def __init__(self, path: Path, key: str, detail: str) -> None:
        super().__init__(f"{path.name}: {key}: {detail}")
        self.path = path
        self.key = key
        self.detail = detail


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
    a planned date (Regulation 9.6).
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
    """How the telephone system learns who takes calls: by refusals of the phone, or by codes.

    ``register_refused`` makes a missed call of each refused one: not where others ring as well.
    """

    do_not_disturb: bool = True
    register_refused: bool = True
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
    headset: HeadsetChoice = field(default_factory=HeadsetChoice)
    keys: KeysChoice = field(default_factory=KeysChoice)
    recording: RecordingChoice = field(default_factory=RecordingChoice)
    spelling: SpellingChoice = field(default_factory=SpellingChoice)
    mail: MailChoice = field(default_factory=MailChoice)
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


_TABLES: dict[str, dict[str, type | tuple[type, ...]]] = {
    "workplace": {"code": str, "city": str, "area_code": str, "appeals_unit": str},
    "phone": {
        "server": str,
        "port": int,
        "user": str,
        "password": str,
        "display_name": str,
        "listen_host": str,
        "listen_port": int,
        "transport": str,
        "ca_file": str,
        "certificate_file": str,
        "key_file": str,
        "srtp": str,
        "codecs": list,
        "auth_user": str,
        "expires_s": int,
        "keep_alive_s": int,
        "learn_contact": bool,
        "backup_servers": list,
        "accept_from": list,
        "ring_limit_s": int,
        "call_limit": int,
        "do_not_disturb": bool,
        "busy_status": int,
        "auto_answer_ms": int,
        "auto_answer_on_request": bool,
        "accept_refer": bool,
        "session_expires_s": int,
    },
    "audio": {
        "driver": str,
        "input_device": str,
        "output_device": str,
        "ring_device": str,
        "input_file": str,
        "output_file": str,
        "echo_cancellation": bool,
    },
    "headset": {"buttons": bool},
    "keys": {"global": bool},
    "recording": {
        "automatic": bool,
        "directory": str,
        "announcement_file": str,
        "key": str,
    },
    "spelling": {"enabled": bool, "library": str, "dictionary": str},
    "central": {"dsn": str, "ca_file": str, "offline_days": int},
    "platform": {"url": str, "key": str, "jurisdiction": str, "intake": bool, "page": str},
    "mail": {
        "host": str,
        "port": int,
        "security": str,
        "user": str,
        "password": str,
        "sender": str,
        "sender_name": str,
        "reply_to": str,
        "ca_file": str,
        "remind_days": int,
    },
    "backup": {"directory": str, "keep_hourly": int, "keep_daily": int},
    "retention": {
        "synced_days": int,
        "calls_days": int,
        "messages_days": int,
        "notes_days": int,
        "searches_days": int,
    },
    "states": {
        "wrap_up_s": int,
        "extension_s": int,
        "extensions": int,
        "wrap_up_ends_with_record": bool,
        "work_reasons": list,
        "break_reasons": list,
        "unanswered_ring_s": int,
    },
    "queue": {
        "do_not_disturb": bool,
        "register_refused": bool,
        "log_in_code": str,
        "log_out_code": str,
        "pause_code": str,
        "resume_code": str,
    },
    "incidents": {"callers": int, "within_min": int},
    "line": {"number": str, "opens": str, "closes": str, "days": list},
    "desk": {
        "lock_after_min": int,
        "next_message": bool,
        "card_at": str,
        "theme": str,
        "text_scale": (int, float),
        "language": str,
    },
}

# What the window may choose where the administrator's file does not say it.
OWN_KEYS: dict[str, frozenset[str]] = {
    "phone": frozenset(
        {
            "server",
            "port",
            "user",
            "password",
            "auth_user",
            "display_name",
            "transport",
            "ca_file",
        }
    ),
    "audio": frozenset({"input_device", "output_device", "ring_device"}),
    "headset": frozenset({"buttons"}),
    "keys": frozenset({"global"}),
    "central": frozenset({"dsn", "ca_file"}),
}

# The environment wins over the file; secrets need never be written to disk.
_ENVIRONMENT = {
    "EDINYI_NOMER_SIP_PASSWORD": ("phone", "password"),
    "EDINYI_NOMER_RECORDING_KEY": ("recording", "key"),
    "EDINYI_NOMER_CENTRAL_DSN": ("central", "dsn"),
    "EDINYI_NOMER_PLATFORM_KEY": ("platform", "key"),
    "EDINYI_NOMER_MAIL_PASSWORD": ("mail", "password"),
    "EDINYI_NOMER_LANGUAGE": ("desk", "language"),
}


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_term(days: int) -> bool:
    return days == 0 or days >= 8


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _are_reasons(values: list[Any]) -> bool:
    return len(values) <= MOST_REASONS and all(isinstance(text, str) and text for text in values)


def _is_code(text: str) -> bool:
    return bool(re.fullmatch("[0-9*#]*", text))


def _one_of(words: Any) -> tuple[Callable[[Any], bool], str]:
    return get_args(words).__contains__, " or ".join(get_args(words))


# What a value of the right type must be besides; the text completes "must be".
_VALUES: dict[tuple[str, str], tuple[Callable[[Any], bool], str]] = {
    ("workplace", "code"): (lambda code: bool(re.fullmatch("[0-9]{4}", code)), "four digits"),
    ("workplace", "area_code"): (str.isdigit, "digits"),
    ("phone", "port"): (lambda port: 1 <= port <= 65535, "from 1 to 65535"),
    ("phone", "listen_port"): (lambda port: 0 <= port <= 65535, "from 0 to 65535"),
    ("phone", "transport"): _one_of(TransportName),
    ("phone", "srtp"): _one_of(SrtpPolicy),
    ("phone", "codecs"): (
        lambda names: set(map(str, names)) <= set(get_args(CodecName)),
        "a list of " + ", ".join(get_args(CodecName)),
    ),
    ("phone", "backup_servers"): (_are_texts, "a list of texts"),
    ("phone", "accept_from"): (_are_texts, "a list of texts"),
    ("audio", "driver"): _one_of(AudioDriver),
    ("mail", "port"): (lambda port: 1 <= port <= 65535, "from 1 to 65535"),
    ("mail", "security"): _one_of(MailSecurityName),
    ("mail", "remind_days"): (lambda days: 0 <= days <= 10, "from 0 to 10"),
    ("central", "offline_days"): (lambda days: 1 <= days <= 90, "from 1 to 90"),
    ("retention", "synced_days"): (_is_term, "0, or at least 8: the centre may ask for a week"),
    ("retention", "calls_days"): (_is_term, "0, or at least 8"),
    ("retention", "messages_days"): (_is_term, "0, or at least 8"),
    ("retention", "notes_days"): (_is_term, "0, or at least 8"),
    ("retention", "searches_days"): (_is_term, "0, or at least 8"),
    ("backup", "keep_hourly"): (lambda copies: copies >= 1, "at least 1"),
    ("backup", "keep_daily"): (lambda copies: copies >= 1, "at least 1"),
    ("states", "wrap_up_s"): (lambda seconds: 0 <= seconds <= 3600, "from 0 to 3600"),
    ("states", "extension_s"): (lambda seconds: 1 <= seconds <= 600, "from 1 to 600"),
    ("states", "extensions"): (lambda times: 0 <= times <= 100, "from 0 to 100"),
    ("states", "unanswered_ring_s"): (lambda seconds: 0 <= seconds <= 600, "from 0 to 600"),
    ("states", "work_reasons"): (_are_reasons, "a list of no more than 4 texts"),
    ("states", "break_reasons"): (_are_reasons, "a list of no more than 4 texts"),
    ("incidents", "callers"): (lambda callers: 0 <= callers <= 100, "from 0 to 100"),
    ("incidents", "within_min"): (lambda minutes: 1 <= minutes <= 240, "from 1 to 240"),
    ("queue", "log_in_code"): (_is_code, "digits, * and #"),
    ("queue", "log_out_code"): (_is_code, "digits, * and #"),
    ("queue", "pause_code"): (_is_code, "digits, * and #"),
    ("queue", "resume_code"): (_is_code, "digits, * and #"),
    ("line", "opens"): (_is_time, "a time as 08:00"),
    ("line", "closes"): (_is_time, "a time as 20:00"),
    ("line", "days"): (
        lambda days: all(day in range(7) for day in days),
        "numbers of weekdays, 0 for Monday",
    ),
    ("desk", "card_at"): (CARD_AT.__contains__, " or ".join(CARD_AT)),
    ("desk", "theme"): (THEMES.__contains__, " or ".join(THEMES)),
    ("desk", "lock_after_min"): (lambda minutes: minutes >= 1, "at least 1"),
    ("desk", "language"): (LANGUAGES.__contains__, " or ".join(LANGUAGES)),
    ("desk", "text_scale"): (lambda scale: 1.0 <= scale <= 2.0, "from 1.0 to 2.0"),
}


def default_data_directory() -> Path:
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def default_settings_file() -> Path:
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)) / "console.toml"


def read_settings(
    path: Path, environment: Mapping[str, str], data_directory: Path | None = None
) -> ConsoleSettings:
    """The settings of one file, which need not exist; what is wrong in it is a SettingsProblem.

    Where it does not say a thing, what was chosen in the window holds, else the default. What is
    wrong in the window's own file stops nobody: ``own_problem`` names it.
    """
    folder = data_directory or default_data_directory()
    laid_down = read_tables(path)
    for variable, (table, key) in _ENVIRONMENT.items():
        if variable in environment:
            laid_down.setdefault(table, {})[key] = environment[variable]
    _check_values(path, laid_down)
    own, own_problem = _own_tables(own_file(folder))
    tables = {name: {**own.get(name, {}), **laid_down.get(name, {})} for name in (*own, *laid_down)}
    phone, audio = tables.get("phone", {}), tables.get("audio", {})
    central, platform = tables.get("central", {}), tables.get("platform", {})
    line, desk, workplace = (
        tables.get("line", {}),
        tables.get("desk", {}),
        tables.get("workplace", {}),
    )
    opens, closes = line.get("opens", "08:00"), line.get("closes", "20:00")
    if time.fromisoformat(opens) >= time.fromisoformat(closes):
        raise SettingsProblem(path, "line.closes", "must be later than line.opens")
    known = None
    if "server" in phone:
        known = SipAccountSettings(
            server=phone["server"],
            user=phone.get("user", ""),
            password=phone.get("password", ""),
            port=phone.get("port"),
            display_name=phone.get("display_name", ""),
        )
    is_whole = known is not None and {"user", "password"} <= phone.keys()
    account = known if is_whole else None
    return ConsoleSettings(
        data_directory=folder,
        file=path,
        fixed=frozenset((name, key) for name, values in laid_down.items() for key in values),
        own_problem=own_problem,
        workplace=workplace.get("code", "0001"),
        city=workplace.get("city", "Белоключевск"),
        area_code=workplace.get("area_code", "87999"),
        appeals_unit=workplace.get("appeals_unit", "reception"),
        account=account,
        unfinished_account=None if is_whole else known,
        listen_host=phone.get("listen_host", "127.0.0.1" if account is None else "0.0.0.0"),  # noqa: S104  # a phone with a registrar must be reachable from it
        listen_port=phone.get("listen_port", 0 if account is None else 5060),
        phone=_phone_choice(phone, account),
        audio=AudioChoice(**audio),
        headset=HeadsetChoice(**tables.get("headset", {})),
        keys=KeysChoice(tables.get("keys", {}).get("global", False)),
        recording=RecordingChoice(**tables.get("recording", {})),
        spelling=SpellingChoice(**tables.get("spelling", {})),
        mail=MailChoice(**tables.get("mail", {})),
        backup=BackupChoice(**tables.get("backup", {})),
        retention=RetentionChoice(**tables.get("retention", {})),
        states=StatesChoice(**_with_tuples(tables.get("states", {}))),
        queue=QueueChoice(**tables.get("queue", {})),
        incidents=IncidentChoice(**tables.get("incidents", {})),
        central_dsn=central.get("dsn"),
        central_ca_file=central.get("ca_file"),
        central_offline_days=central.get("offline_days", 14),
        platform_url=platform.get("url"),
        platform_key=platform.get("key"),
        platform_jurisdiction=platform.get("jurisdiction"),
        platform_intake=platform.get("intake", True),
        platform_page=platform.get("page", ""),
        line_number=line.get("number", ""),
        line_opens=opens,
        line_closes=closes,
        line_days=tuple(line.get("days", (0, 1, 2, 3, 4))),
        lock_after_min=desk.get("lock_after_min", 10),
        next_message=desk.get("next_message", True),
        card_at=desk.get("card_at", "ring"),
        theme=desk.get("theme", "system"),
        text_scale=float(desk.get("text_scale", 1.0)),
        language=desk.get("language", "ru"),
    )


def _with_tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _phone_choice(phone: dict[str, Any], account: SipAccountSettings | None) -> PhoneChoice:
    names = PhoneChoice.__dataclass_fields__
    chosen = _with_tuples({key: value for key, value in phone.items() if key in names})
    if account is None:
        # Without a registrar only this machine may call: the training caller does.
        chosen.setdefault("accept_from", THIS_MACHINE)
    return PhoneChoice(**chosen)


def _check_values(path: Path, tables: dict[str, dict[str, Any]]) -> None:
    for (table, key), (is_valid, wanted) in _VALUES.items():
        value = tables.get(table, {}).get(key)
        if value is not None and not is_valid(value):
            raise SettingsProblem(path, f"{table}.{key}", f"must be {wanted}")


def own_file(folder: Path) -> Path:
    return folder / "settings.toml"


def _own_tables(path: Path) -> tuple[dict[str, dict[str, Any]], str]:
    """What the window's own file says, or nothing and the place that is wrong in it."""
    try:
        return read_own_tables(path), ""
    except SettingsProblem as problem:
        return {}, problem.key


def read_own_tables(path: Path) -> dict[str, dict[str, Any]]:
    """The tables of the window's own file, all of which hold; else a SettingsProblem."""
    tables = read_tables(path)
    _check_values(path, tables)
    for table, values in tables.items():
        for key in values:
            if key not in OWN_KEYS.get(table, ()):
                raise SettingsProblem(path, f"{table}.{key}", "is the administrator's alone")
    return tables


def read_tables(path: Path) -> dict[str, dict[str, Any]]:
    """The tables of the file, each known and each value of its type."""
    if not path.exists():
        return {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsProblem(path, "file", error.strerror or type(error).__name__) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsProblem(path, "file", str(error)) from error
    tables: dict[str, dict[str, Any]] = {}
    for table, values in raw.items():
        known = _TABLES.get(table)
        if known is None or not isinstance(values, dict):
            raise SettingsProblem(path, table, "is not a table of the settings")
        for key, value in values.items():
            wanted = known.get(key)
            if wanted is None:
                raise SettingsProblem(path, f"{table}.{key}", "is not a setting")
            if not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
                raise SettingsProblem(path, f"{table}.{key}", "has a value of another type")
        tables[table] = values
    return tables
