"""The tables of a workplace whose rows stay there, made only by its migrations."""

from sync.store.workplace_tables import (
    calls,
    messages,
    operators,
    persons,
    platform,
    received,
    sending,
    shifts,
    station,
)

__all__ = [
    "calls",
    "messages",
    "operators",
    "persons",
    "platform",
    "received",
    "sending",
    "shifts",
    "station",
]
"""All of them, so that the metadata is whole whichever is asked for."""
