"""Compares the lists of the window with the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select

from console.shared.messages.message_detail import OPEN_STATES
from sync.records.replicated_tables import message
from sync.records.workplace_tables import planned_call
from sync.register.incidents import Incident
from sync.register.messages import REVIEWED
from sync.store.local.calls.missed import still_missed
from sync.store.local.calls.planned import call_of
from sync.store.local.incidents import KEPT, incidents_since
from sync.store.local.reading import RegisterReading

List = dict[str, Any]
MESSAGES: Final = {"queue": REVIEWED, "answers": OPEN_STATES}
"""Lists of messages, and the states in which one has to be in them."""


def of_incidents(found: Iterable[Incident]) -> List:
    """As JSON holds them."""
    return {str(one.id): [one.state.value, one.text, one.calls] for one in found}


def list_faults(shown: Mapping[str, List], register: RegisterReading) -> Iterator[str]:
    """Yields differences between the window's lists and the store."""
    rows = register.read(lambda c: list(c.execute(select(planned_call)).mappings()))
    promised = [call for call in map(call_of, rows) if call.outcome is None]
    now = datetime.now(UTC)
    held: dict[str, List] = {
        "missed": {str(one.id): True for one in still_missed(register)},
        "drafts": {str(one.id): True for one in register.drafts()},
        "promised": {str(one.id): [one.at.isoformat(), one.tries] for one in promised},
        "incidents": of_incidents(incidents_since(register, now - KEPT)),
    }
    for name, stored in held.items():
        yield from _differing(name, shown[name], stored)
    states = register.read(lambda c: list(c.execute(select(message.c.id, message.c.state))))
    state_of = {str(id): state for id, state in states}
    for name, wanted in MESSAGES.items():
        known = {id: state_of.get(id) for id in shown[name]}
        waiting = {id: state for id, state in state_of.items() if state in wanted}
        yield from _differing(name, shown[name], known | waiting)


def _differing(name: str, shown: List, stored: List) -> Iterator[str]:
    for id in sorted(shown.keys() | stored.keys()):
        if shown.get(id) != stored.get(id):
            yield f"list of {name}: {id} is shown as {shown.get(id)}, stored as {stored.get(id)}"
