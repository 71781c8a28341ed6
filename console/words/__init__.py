"""Every word the window makes out of codes and values that the engines return.

Sources are English; the Russian stands in ``resources/translations``. Dates are ДД.ММ.ГГГГ and
hours 24, always in the city's zone, which callers pass in already applied.
"""

from console.words import (
    access,
    calls,
    cards,
    checks,
    city,
    directory,
    documents,
    editing,
    files,
    finding,
    formats,
    hours,
    lists,
    messages,
    organs,
    phone_check,
    photos,
    proposals,
    reports,
    sound,
    spelling,
    status,
    steps,
    terms,
)

__all__ = [
    "access",
    "calls",
    "cards",
    "checks",
    "city",
    "directory",
    "documents",
    "editing",
    "files",
    "finding",
    "formats",
    "hours",
    "lists",
    "messages",
    "organs",
    "phone_check",
    "photos",
    "proposals",
    "reports",
    "sound",
    "spelling",
    "status",
    "steps",
    "terms",
]
