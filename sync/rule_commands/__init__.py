"""The rules of the regulation on the command line, for administrators to try them on texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.rule_commands import check, compare, deadline, name, phone, photo

_COMMANDS: tuple[Callable[[Any], None], ...] = (
    check.add_command,
    compare.add_command,
    deadline.add_command,
    phone.add_command,
    name.add_command,
    photo.add_command,
)


def add_commands(commands: Any) -> None:
    """Add each of them to the parser of ``python -m sync``."""
    for add_command in _COMMANDS:
        add_command(commands)
