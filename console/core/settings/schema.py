"""Schema of the settings files: tables, keys, value types, value checks and environment names.

``OWN_KEYS`` lists the keys that the settings pages may write.
"""

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, get_args

from console.core.settings.workplace import MailSecurityName, QueueTelling
from sync.register.people.own_desk import CARD_AT, LANGUAGES, THEMES
from telephony.settings import AudioDriver, CodecName, SrtpPolicy, TransportName

MOST_REASONS = 4  # per kind of state; each menu row has a digit key

TYPES: Mapping[str, Mapping[str, type | tuple[type, ...]]] = {
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
        "console_wait_s": int,
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
    "sounds": {"promised_call": bool},
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
        "files_mb": int,
    },
    "bounces": {
        "host": str,
        "port": int,
        "security": str,
        "user": str,
        "password": str,
        "mailbox": str,
        "ca_file": str,
        "directory": str,
        "address": str,
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
        "told_by": str,
        "log_in_code": str,
        "log_out_code": str,
        "pause_code": str,
        "resume_code": str,
    },
    "incidents": {"callers": int, "within_min": int},
    "line": {"number": str, "opens": str, "closes": str, "days": list, "announcement": str},
    "desk": {
        "lock_after_min": int,
        "next_message": bool,
        "card_at": str,
        "theme": str,
        "text_scale": (int, float),
        "language": str,
    },
}

# Keys that the settings pages may set unless the administrator's file sets them.
OWN_KEYS: Mapping[str, frozenset[str]] = {
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
    "sounds": frozenset({"promised_call"}),
    "headset": frozenset({"buttons"}),
    "keys": frozenset({"global"}),
    "queue": frozenset({"told_by"}),
    "central": frozenset({"dsn", "ca_file"}),
}

# Environment variables override the file, so secrets need not be saved in it.
ENVIRONMENT = {
    "EDINYI_NOMER_SIP_PASSWORD": ("phone", "password"),
    "EDINYI_NOMER_RECORDING_KEY": ("recording", "key"),
    "EDINYI_NOMER_CENTRAL_DSN": ("central", "dsn"),
    "EDINYI_NOMER_PLATFORM_KEY": ("platform", "key"),
    "EDINYI_NOMER_MAIL_PASSWORD": ("mail", "password"),
    "EDINYI_NOMER_BOUNCES_PASSWORD": ("bounces", "password"),
    "EDINYI_NOMER_LANGUAGE": ("desk", "language"),
}


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_term(days: int) -> bool:
    return days == 0 or 8 <= days <= MOST_DAYS


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _are_reasons(values: list[Any]) -> bool:
    return len(values) <= MOST_REASONS and all(isinstance(text, str) and text for text in values)


def _is_code(text: str) -> bool:
    return bool(re.fullmatch("[0-9*#]*", text))


def _one_of(words: Any) -> tuple[Callable[[Any], bool], str]:
    return get_args(words).__contains__, " or ".join(get_args(words))


MOST_DAYS = 36_500  # a hundred years: can be subtracted from any current date
MOST_LOCK_MIN = 10_080  # a week; a Qt timer is limited to 24 days
_TERM = f"0, or from 8 to {MOST_DAYS}"

# Additional checks of values; the text completes the error message "must be …".
VALUES: Mapping[tuple[str, str], tuple[Callable[[Any], bool], str]] = {
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
    ("bounces", "port"): (lambda port: 1 <= port <= 65535, "from 1 to 65535"),
    ("bounces", "security"): _one_of(MailSecurityName),
    ("mail", "remind_days"): (lambda days: 0 <= days <= 10, "from 0 to 10"),
    ("mail", "files_mb"): (lambda size: 0 <= size <= 50, "from 0 to 50"),
    ("central", "offline_days"): (lambda days: 1 <= days <= 90, "from 1 to 90"),
    ("retention", "synced_days"): (_is_term, f"{_TERM}: the centre may ask for a week"),
    ("retention", "calls_days"): (_is_term, _TERM),
    ("retention", "messages_days"): (_is_term, _TERM),
    ("retention", "notes_days"): (_is_term, _TERM),
    ("retention", "searches_days"): (_is_term, _TERM),
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
    ("queue", "told_by"): _one_of(QueueTelling),
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
    ("desk", "lock_after_min"): (
        lambda minutes: 1 <= minutes <= MOST_LOCK_MIN,
        f"from 1 to {MOST_LOCK_MIN}",
    ),
    ("desk", "language"): (LANGUAGES.__contains__, " or ".join(LANGUAGES)),
    ("desk", "text_scale"): (lambda scale: 1.0 <= scale <= 2.0, "from 1.0 to 2.0"),
}
