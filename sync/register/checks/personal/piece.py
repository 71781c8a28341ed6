"""A piece of personal data in a text, before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sync.register.checks.finding import Level


class DataType(StrEnum):
    """What kind of personal data; the ``type`` of a finding."""

    NAME = "fio"
    PHONE = "phone"
    EMAIL = "email"
    PASSPORT = "passport"
    SNILS = "snils"
    INN = "inn"
    OMS = "oms"
    CARD = "card"
    ACCOUNT = "account"
    BIRTH_DATE = "birth_date"
    PLATE = "plate"
    ADDRESS = "address"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Piece:
    """``start`` and ``end`` are character offsets in the text."""

    type: DataType
    start: int
    end: int
    level: Level = Level.BLOCK
