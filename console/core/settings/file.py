"""Reads the settings files (TOML), and writes the file of the settings pages.

Precedence: environment variables, the administrator's file, the file of the settings pages,
defaults.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import time
from itertools import chain, count
from pathlib import Path
from typing import Any

import platformdirs

from console.core.settings.schema import ENVIRONMENT, OWN_KEYS, TYPES, VALUES
from console.core.settings.workplace import (
    THIS_MACHINE,
    AudioChoice,
    BackupChoice,
    BouncesChoice,
    ConsoleSettings,
    HeadsetChoice,
    IncidentChoice,
    KeysChoice,
    MailChoice,
    PhoneChoice,
    QueueChoice,
    RecordingChoice,
    RetentionChoice,
    SipAccountSettings,
    SoundsChoice,
    SpellingChoice,
    StatesChoice,
    own_file,
)
from sync.store.local.sidecar_files import sync_folder

APPLICATION = "edinyi-nomer"


class SettingsProblem(Exception):
    """A settings file is invalid; ``key`` names the table and key, ``detail`` the reason."""

    def __init__(self, path: Path, key: str, detail: str) -> None:
        super().__init__(f"{path.name}: {key}: {detail}")
        self.path = path
        self.key = key
        self.detail = detail


def default_data_directory() -> Path:
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def default_settings_file() -> Path:
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)) / "console.toml"


def read_settings(
    path: Path, environment: Mapping[str, str], data_directory: Path | None = None
) -> ConsoleSettings:
    """Reads the settings; a missing file is allowed. Raises SettingsProblem if the file is invalid.

    ``path`` is the administrator's file. Missing values come from the file of the settings pages,
    then from the defaults. An invalid file of the settings pages is ignored; ``own_problem`` names
    its key.
    """
    folder = data_directory or default_data_directory()
    laid_down = read_tables(path)
    for variable, (table, key) in ENVIRONMENT.items():
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
        sounds=SoundsChoice(**tables.get("sounds", {})),
        headset=HeadsetChoice(**tables.get("headset", {})),
        keys=KeysChoice(tables.get("keys", {}).get("global", False)),
        recording=RecordingChoice(**tables.get("recording", {})),
        spelling=SpellingChoice(**tables.get("spelling", {})),
        mail=MailChoice(**tables.get("mail", {})),
        bounces=BouncesChoice(**tables.get("bounces", {})),
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
        line_announcement=line.get("announcement", ""),
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
    names = {each.name for each in fields(PhoneChoice)}
    chosen = _with_tuples({key: value for key, value in phone.items() if key in names})
    if account is None:
        # Without a registrar the phone accepts calls only from this machine, as the simulated
        # caller of the training needs.
        chosen.setdefault("accept_from", THIS_MACHINE)
    return PhoneChoice(**chosen)


def _check_values(path: Path, tables: dict[str, dict[str, Any]]) -> None:
    for (table, key), (is_valid, wanted) in VALUES.items():
        value = tables.get(table, {}).get(key)
        if value is not None and not is_valid(value):
            raise SettingsProblem(path, f"{table}.{key}", f"must be {wanted}")


def _own_tables(path: Path) -> tuple[dict[str, dict[str, Any]], str]:
    """Returns the tables of the settings pages' file and "", or no tables and the invalid key."""
    try:
        return read_own_tables(path), ""
    except SettingsProblem as problem:
        return {}, problem.key


def read_own_tables(path: Path) -> dict[str, dict[str, Any]]:
    """Returns the tables of the settings pages' file. Raises SettingsProblem for any
    invalid key.
    """
    tables = read_tables(path)
    _check_values(path, tables)
    for table, values in tables.items():
        for key in values:
            if key not in OWN_KEYS.get(table, ()):
                raise SettingsProblem(path, f"{table}.{key}", "is reserved for the administrator")
    return tables


def read_tables(path: Path) -> dict[str, dict[str, Any]]:
    """Returns the tables of the file after checking names and types. Raises SettingsProblem."""
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
        known = TYPES.get(table)
        if known is None or not isinstance(values, dict):
            raise SettingsProblem(path, table, "unknown table")
        for key, value in values.items():
            wanted = known.get(key)
            if wanted is None:
                raise SettingsProblem(path, f"{table}.{key}", "unknown setting")
            if not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
                raise SettingsProblem(path, f"{table}.{key}", "value has the wrong type")
        tables[table] = values
    return tables


LOG = logging.getLogger(__name__)

OwnValue = str | int
Choices = Mapping[tuple[str, str], OwnValue | None]
"""New values of settings by table and key; None removes a value."""


def write_choices(path: Path, choices: Choices) -> None:
    """Merges the choices into the file of the settings pages. Raises OSError.

    An invalid file is renamed and not merged: its error would invalidate the new choices too.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        tables = read_own_tables(path)
    except SettingsProblem as problem:
        LOG.warning("window settings: invalid: %s", problem.key)
        os.replace(path, _free_name(path))
        tables = {}
    for (table, key), value in choices.items():
        if value is None:
            tables.get(table, {}).pop(key, None)
        else:
            tables.setdefault(table, {})[key] = value
    _replace(path, toml_text(tables))


def _free_name(path: Path) -> Path:
    """Returns an unused name for the renamed file in the same folder."""
    first = path.with_suffix(".toml.bad")
    others = (first.with_name(f"{first.name}.{number}") for number in count(2))
    return next(name for name in chain((first,), others) if not name.exists())


def toml_text(tables: Mapping[str, Mapping[str, OwnValue]]) -> str:
    """Formats the tables as TOML, whose basic strings differ from JSON strings in one character
    only.
    """
    lines = ["# Chosen on the pages of settings; the administrator's file wins over it."]
    for table, values in tables.items():
        if values:
            lines.append(f"[{table}]")
            lines += [f"{key} = {_value(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def _value(value: OwnValue) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, text: str) -> None:
    """Replaces the content of the file atomically, after fsync."""
    unnamed = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unnamed, path)
        sync_folder(path.parent)
    finally:
        unnamed.unlink(missing_ok=True)  # left over after an error
