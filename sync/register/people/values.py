"""Values stated by a caller: name, e-mail address, or the reason why a value is absent.

"Not given" is an answer of the caller and is stored as such, because Regulation 7.3 registers name
and phone if the user gives them. It must never look like an empty field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

EMAIL_MAX_LENGTH = 254
EMAIL_NAME_MAX_LENGTH = 64

_EMAIL_CHARACTERS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")
_DOMAIN_LABEL = re.compile(r"[^\W_](?:[^\W_]|-)*(?<!-)")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")


class Absence(StrEnum):
    """Reason why a value is absent."""

    NOT_ASKED = "not_asked"
    NOT_GIVEN = "not_given"
    ERASED = "erased"
    """Erased on the person's request or at the end of the retention period."""


Stated = str | Absence
"""A value given by the caller, or the reason for its absence; distinguish by ``isinstance``."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """Full name in its three parts (Regulation 7.3); a missing part is empty."""

    surname: str
    given_name: str
    patronymic: str

    @property
    def is_empty(self) -> bool:
        return not (self.surname.strip() or self.given_name.strip() or self.patronymic.strip())

    @property
    def called(self) -> str:
        """Given name and patronymic, used to address a person; empty without a given name."""
        if not self.given_name.strip():
            return ""
        return f"{self.given_name.strip()} {self.patronymic.strip()}".strip()


class EmailProblem(StrEnum):
    """Reason why an e-mail address is invalid."""

    EMPTY = "empty"
    SPACE = "space"
    NO_AT_SIGN = "no_at_sign"
    SEVERAL_AT_SIGNS = "several_at_signs"
    NO_NAME = "no_name"
    CYRILLIC_IN_NAME = "cyrillic_in_name"
    BAD_NAME = "bad_name"
    BAD_DOMAIN = "bad_domain"
    MIXED_ALPHABETS = "mixed_alphabets"
    TOO_LONG = "too_long"


def canonical_email(raw: str) -> str:
    """Strips the address and converts its domain to lower case."""
    name, at_sign, domain = raw.strip().rpartition("@")
    return f"{name}{at_sign}{domain.lower()}" if at_sign else domain


def email_problem(text: str) -> EmailProblem | None:
    """Returns the problem of an address, or None.

    The local part is ASCII (RFC 5321). The domain may be Russian (.рф), but a label never mixes
    alphabets, which detects «с» typed for "c".
    """
    address = text.strip()
    name, at_sign, domain = address.rpartition("@")
    checks = (
        (not address, EmailProblem.EMPTY),
        (re.search(r"\s", address) is not None, EmailProblem.SPACE),
        (not at_sign, EmailProblem.NO_AT_SIGN),
        ("@" in name, EmailProblem.SEVERAL_AT_SIGNS),
        (not name, EmailProblem.NO_NAME),
        (_CYRILLIC.search(name) is not None, EmailProblem.CYRILLIC_IN_NAME),
        (not _is_email_name(name), EmailProblem.BAD_NAME),
        (len(address) > EMAIL_MAX_LENGTH, EmailProblem.TOO_LONG),
    )
    for wrong, problem in checks:
        if wrong:
            return problem
    return _domain_problem(domain)


def _is_email_name(name: str) -> bool:
    dots_stand_between = not (name.startswith(".") or name.endswith(".") or ".." in name)
    return (
        dots_stand_between
        and len(name) <= EMAIL_NAME_MAX_LENGTH
        and _EMAIL_CHARACTERS.fullmatch(name) is not None
    )


def _domain_problem(domain: str) -> EmailProblem | None:
    labels = domain.split(".")
    if len(labels) < 2 or not all(_DOMAIN_LABEL.fullmatch(label) for label in labels):
        return EmailProblem.BAD_DOMAIN
    if any(_CYRILLIC.search(label) and _LATIN.search(label) for label in labels):
        return EmailProblem.MIXED_ALPHABETS
    if len(labels[-1]) < 2 or labels[-1].isdigit():
        return EmailProblem.BAD_DOMAIN
    return None
