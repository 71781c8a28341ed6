"""E-mail address noted by ear: detects likely typos and proposes a correction.

No network access. A correction is applied only by the operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sync.register.people.values import EmailProblem, canonical_email, email_problem

USUAL_DOMAINS = (
    *("mail.ru", "yandex.ru", "gmail.com", "bk.ru", "inbox.ru", "list.ru", "rambler.ru", "ya.ru"),
    *("internet.ru", "vk.com", "icloud.com", "outlook.com", "hotmail.com", "yahoo.com"),
    *("yandex.com", "lenta.ru", "narod.ru", "gosuslugi.ru"),
)
"""Domains of the mail services most used in Russia, most frequent first."""
_MISTAKEN_DOMAINS = {"gmail.ru": "gmail.com", "mail.com": "mail.ru", "ya.com": "ya.ru"}
"""Existing domains that are almost always confused with another one."""
_FEWEST_LETTERS = 4  # minimum length of a domain name for a one-letter typo: "bk" is not "vk"
_ENDING = re.compile(r"\.[^.]*$")

_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")
_LOOK_ALIKES = str.maketrans("аеорсухкАВЕКМНОРСТХ", "aeopcyxkABEKMHOPCTX")
_KEYS = str.maketrans("йцукенгшщзфывапролдячсмитью", "qwertyuiopasdfghjklzxcvbnm.")
_RUSSIAN_ZONES = ("рф", "рус", "москва", "дети", "онлайн", "сайт", "орг")


class EmailSlip(StrEnum):
    """Typo corrected in a proposal; the most severe of several."""

    OTHER_LAYOUT = "other_layout"
    """Typed in the Russian keyboard layout."""
    CYRILLIC_LETTERS = "cyrillic_letters"
    """Russian letters that look like Latin ones."""
    SIGNS = "signs"
    """Spaces, a comma for a dot, two signs, or words for signs."""
    DOMAIN = "domain"
    """A common domain with a typo in a letter, the dot or the ending."""


@dataclass(frozen=True, slots=True)
class EmailReading:
    """A parsed address: the ``problem`` that makes it invalid, and a proposed correction."""

    address: str
    problem: EmailProblem | None
    slip: EmailSlip | None = None
    proposal: str | None = None


def read_email(text: str) -> EmailReading:
    """Parses an address; proposes a correction if it looks like a typo."""
    address = canonical_email(text)
    problem = email_problem(address)
    for slip, proposal in _proposals(address):
        if proposal != address and email_problem(proposal) is None:
            return EmailReading(address, problem, slip, proposal)
    return EmailReading(address, problem)


def _proposals(address: str) -> Iterator[tuple[EmailSlip, str]]:
    if _CYRILLIC.search(address) and not _LATIN.search(address.replace("@", "")):
        # Entirely Cyrillic: the local part before a Russian domain must be Latin.
        keys = address.lower().replace('"', "@").translate(_KEYS)
        if not _is_russian(address):
            yield EmailSlip.OTHER_LAYOUT, _with_domain(_with_signs(keys))
    spoken = _with_signs(address)
    if spoken != address:
        yield EmailSlip.SIGNS, _with_domain(spoken)
    name, at_sign, domain = spoken.rpartition("@")
    if at_sign and _CYRILLIC.search(spoken):
        plain = domain if _is_russian(domain) else domain.translate(_LOOK_ALIKES)
        letters = f"{name.translate(_LOOK_ALIKES)}@{plain}"
        yield EmailSlip.CYRILLIC_LETTERS, _with_domain(letters)
    yield EmailSlip.DOMAIN, _with_domain(spoken)


def _is_russian(address: str) -> bool:
    """Whether the domain belongs to a Cyrillic zone."""
    return address.rpartition(".")[2].lower() in _RUSSIAN_ZONES


def _with_signs(text: str) -> str:
    """Returns the address without spaces, with words and typos replaced by signs."""
    signs = re.sub(r"\s*\b(?:собака|собачка|эт)\b\s*", "@", text, flags=re.I)
    signs = re.sub(r"\s*\bточка\b\s*", ".", signs, flags=re.I)
    signs = re.sub(r"\s*\b(?:дефис|минус|тире)\b\s*", "-", signs, flags=re.I)
    signs = re.sub(
        r"\s*\b(?:подч[её]ркивание|нижнее подч[её]ркивание)\b\s*", "_", signs, flags=re.I
    )
    signs = re.sub(r"@{2,}", "@", signs)
    parts = signs.split()
    if "@" not in signs and len(parts) == 2 and parts[1].lower() in USUAL_DOMAINS:
        signs = "@".join(parts)
    signs = re.sub(r"\s+", "", signs).replace(",", ".").replace(";", ".")
    signs = re.sub(r"\.{2,}", ".", signs).strip(".")
    return canonical_email(re.sub(r"\.?@\.?", "@", signs))


def _with_domain(address: str) -> str:
    """Returns the address with the common domain that was meant, if it has a typo."""
    name, at_sign, domain = address.rpartition("@")
    return f"{name}@{_meant(domain.lower())}" if at_sign and name else address


def _meant(domain: str) -> str:
    if domain in _MISTAKEN_DOMAINS:
        return _MISTAKEN_DOMAINS[domain]
    if domain in USUAL_DOMAINS:
        return domain
    for usual in USUAL_DOMAINS:
        own = _ENDING.sub("", usual)
        if domain in (own, usual.replace(".", "")) and len(own) > 1:
            return usual
    for usual in USUAL_DOMAINS:
        if len(_ENDING.sub("", usual)) >= _FEWEST_LETTERS and _is_one_slip(domain, usual):
            return usual
    return domain


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, added or different, or two letters are swapped."""
    shorter, longer = sorted((typed, meant), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    begin = next(
        (place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter)
    )
    if len(shorter) < len(longer):
        return shorter[begin:] == longer[begin + 1 :]
    swapped = longer[:begin] + longer[begin : begin + 2][::-1] + longer[begin + 2 :]
    return shorter[begin + 1 :] == longer[begin + 1 :] or swapped == shorter
