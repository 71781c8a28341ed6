"""The people of the console and their roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is at the console; the rights of each stand in ``rights``."""

    OPERATOR = "operator"
    MODERATOR = "moderator"
    EDITOR = "editor"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who has signed in; ``name`` is the one that records carry."""

    id: UUID
    login: str
    name: str
    role: Role
