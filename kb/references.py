"""Which other entries an entry names, and under which field."""

from collections.abc import Iterator

from kb.entries import Entry, EntryKind, PersonDetails, TopicDetails, UnitDetails


def references_of(entry: Entry) -> Iterator[tuple[str, str, EntryKind]]:
    """Field, id and kind of each entry that this one cannot do without.

    ``topic`` and ``section`` are free words and no references.
    """
    if entry.owner:
        yield "owner", entry.owner, EntryKind.UNIT
    match entry.details:
        case UnitDetails(parent=str(parent)):
            yield "details.parent", parent, EntryKind.UNIT
        case PersonDetails(unit=unit) if unit:
            yield "details.unit", unit, EntryKind.UNIT
        case TopicDetails() as topic:
            if topic.parent is not None:
                yield "details.parent", topic.parent, EntryKind.TOPIC
            for number, participant in enumerate(topic.participants):
                yield f"details.participants[{number}]", participant, EntryKind.UNIT
