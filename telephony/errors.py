"""Exceptions of the telephony package; details are in fields, not in the message text."""

from __future__ import annotations


class TelephonyError(Exception):
    """Base class of the exceptions of this package."""


class SettingsError(TelephonyError, ValueError):
    """Invalid setting; ``field`` is its dotted name."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class OptionError(TelephonyError):
    """Unusable command-line option; ``detail`` is the reason in English."""

    def __init__(self, option: str, detail: str) -> None:
        super().__init__(f"{option}: {detail}")
        self.option = option
        self.detail = detail


class BindError(TelephonyError):
    """No socket could be bound at ``host``; ``port`` is None if a complete port range is in use."""

    def __init__(self, host: str, port: int | None) -> None:
        super().__init__(host, port)
        self.host = host
        self.port = port


class DeviceError(TelephonyError):
    """An audio device or file cannot be opened; ``code`` is the reason."""

    def __init__(self, driver: str, code: str, device: str | None = None) -> None:
        super().__init__(driver, code, device)
        self.driver = driver
        self.code = code
        self.device = device


class SocketPathError(TelephonyError):
    """The path of the local socket exceeds the limit of the operating system (about 107 bytes)."""

    def __init__(self, length_bytes: int, limit_bytes: int) -> None:
        super().__init__(length_bytes, limit_bytes)
        self.length_bytes = length_bytes
        self.limit_bytes = limit_bytes


class ProtocolError(TelephonyError, ValueError):
    """A line between console and phone process is invalid; ``code`` names the invalid part."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RecordingError(TelephonyError):
    """A recording cannot be opened; ``code`` is "format", "key" or "exists"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
