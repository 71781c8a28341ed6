"""The settings as an administrator may send them on: choices and numbers, no secret, no name."""

from dataclasses import fields, is_dataclass

from console.settings.workplace import ConsoleSettings

# Words of these are the program's own, or name a server; all others are told as given or not.
_TOLD = frozenset(
    {
        "codecs",
        "driver",
        "line_closes",
        "line_days",
        "line_opens",
        "listen_host",
        "port",
        "security",
        "server",
        "srtp",
        "theme",
        "transport",
        "workplace",
    }
)
GIVEN = "given"


def told_settings(settings: ConsoleSettings) -> dict[str, object]:
    """Every setting by its name: its value, or whether there is one."""
    return {each.name: _told(each.name, getattr(settings, each.name)) for each in fields(settings)}


def _told(name: str, value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _told(each.name, getattr(value, each.name)) for each in fields(value)}
    if value is None or isinstance(value, bool | int | float):
        return value
    if name in _TOLD:
        return list(value) if isinstance(value, tuple) else value
    if isinstance(value, tuple):
        return len(value)
    return GIVEN if value else ""
