"""People and contacts of the directory: public, so no personal data (Regulation 1.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """Full names, phone numbers and e-mail addresses as the directory has them."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
