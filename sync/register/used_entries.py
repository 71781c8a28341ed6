"""What of the directory and of the program's texts answered a caller (Regulation 7.4, 8.1)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sync.register.calls import CallRecord, CallResult, EntryKind, UsedEntry, require_draft

_CONTACTS: tuple[EntryKind, ...] = ("unit", "person", "script")

FORMAL_APPEAL_KEY = "59-fz"
"""Of the script for a caller who wants a formal appeal under federal law 59 (1.3)."""

INCIDENT_KEY = "incident/"
"""Before the identity of an incident, whose official text the caller was told."""


def accept_entry(card: CallRecord, entry: UsedEntry, spoken: str) -> CallRecord:
    """The draft answered from the directory: entry noted, content extended, result filled in.

    A question or a service makes the result "answered"; a unit, a person or a script "contacts
    given" (7.4, 8.1).
    Nothing that was typed is lost: title and ``spoken`` text follow it, the title once where the
    text has it. A message stays the result, an own answer is not lowered to contacts, and the same
    entry counts once.
    """
    require_draft(card)
    if any(used.key == entry.key and used.kind == entry.kind for used in card.used_entries):
        return card
    answer = answer_of(entry.title, spoken)
    typed = card.content.rstrip()
    return replace(
        card,
        used_entries=(*card.used_entries, entry),
        content=f"{typed}\n{answer}" if typed else answer,
        result=_result_with(card.result, entry.kind),
    )


def answer_of(title: str, spoken: str) -> str:
    """What an entry puts into a card: its title once, and what is said."""
    title, text = title.strip(), spoken.strip()
    return text if title in text else "\n".join(part for part in (title, text) if part)


def _result_with(result: CallResult | None, kind: EntryKind) -> CallResult:
    if result is CallResult.MESSAGE or result is CallResult.ANSWERED:
        return result
    return CallResult.CONTACTS if kind in _CONTACTS else CallResult.ANSWERED


def remove_entry(card: CallRecord, key: str) -> CallRecord:
    """The draft without this entry among the used ones; the text stays the operator's to edit."""
    require_draft(card)
    return replace(card, used_entries=tuple(used for used in card.used_entries if used.key != key))


def read_out(card: CallRecord, script: UsedEntry) -> CallRecord:
    """The draft whose caller was told a text of the program.

    Its title is the content only where nothing was typed: what the caller says may become a
    message.
    """
    told = accept_entry(card, script, "")
    return replace(told, content=card.content) if card.content.strip() else told


def told_of_incident(card: CallRecord, incident_id: UUID, title: str, text: str) -> CallRecord:
    """The draft whose caller was told the official text of an incident: answered (7.4, first).

    A message that was made of the call stays its result. A text that was edited since he was told
    follows the former one.
    """
    entry = UsedEntry(f"{INCIDENT_KEY}{incident_id}", "script", title)
    told = accept_entry(card, entry, text)
    if told is card and text.strip() not in card.content:
        told = replace(card, content=f"{card.content.rstrip()}\n{answer_of(title, text)}")
    if told.result is CallResult.MESSAGE:
        return told
    return replace(told, result=CallResult.ANSWERED)


def incidents_told(card: CallRecord) -> tuple[UUID, ...]:
    """The incidents whose official text the caller was told."""
    return tuple(
        UUID(used.key.removeprefix(INCIDENT_KEY))
        for used in card.used_entries
        if used.kind == "script" and used.key.startswith(INCIDENT_KEY)
    )


def asked_for_formal_appeal(card: CallRecord) -> bool:
    """Whether the caller was told how to write a formal appeal under federal law 59 (1.3)."""
    return any(
        used.kind == "script" and used.key == FORMAL_APPEAL_KEY for used in card.used_entries
    )


def is_answered_from_directory(card: CallRecord) -> bool:
    """Whether it is a caller's answered call whose card uses an entry of the directory.

    A call is one, whatever further questions of it use.
    """
    return (
        card.direction == "incoming"
        and card.part_of is None
        and card.answered_at is not None
        and any(used.kind != "script" for used in card.used_entries)
    )
