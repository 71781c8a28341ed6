"""What an entry may name: units, topics, and the places below them, with their titles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kb.drafts import EntrySummary
from kb.entries import EntryKind


@dataclass(frozen=True, slots=True)
class Choices:
    """Titles by id of what can be chosen in an entry's form."""

    units: Mapping[str, str] = field(default_factory=dict)
    classifier: Mapping[str, EntrySummary] = field(default_factory=dict)
    """Topics and categories in the order they came in."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """Every topic that may have categories."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Every topic, and every category below its topic's name."""

    def section_of(self, place: str) -> tuple[str, str]:
        """Topic and section of an entry that stands in the place."""
        found = self.classifier.get(place)
        if found is None or not found.parent:
            return place, ""
        return found.parent, place

    def with_entry(self, entry: EntrySummary) -> "Choices":
        """The same where an entry is new or has another title."""
        match entry.kind:
            case EntryKind.UNIT:
                return replace(self, units={**self.units, entry.entry_id: entry.title})
            case EntryKind.TOPIC:
                return _choices(self.units, {**self.classifier, entry.entry_id: entry})
            case EntryKind.QUESTION | EntryKind.SERVICE | EntryKind.PERSON:
                return self


def choices_of(entries: Iterable[EntrySummary]) -> Choices:
    """The choices that these entries give."""
    units: dict[str, str] = {}
    classifier: dict[str, EntrySummary] = {}
    for entry in entries:
        match entry.kind:
            case EntryKind.UNIT:
                units[entry.entry_id] = entry.title
            case EntryKind.TOPIC:
                classifier[entry.entry_id] = entry
            case EntryKind.QUESTION | EntryKind.SERVICE | EntryKind.PERSON:
                pass
    return _choices(units, classifier)


def _choices(units: Mapping[str, str], classifier: Mapping[str, EntrySummary]) -> Choices:
    topics = {one.entry_id: one.title for one in classifier.values() if not one.parent}
    places = {
        one.entry_id: f"{topics.get(one.parent, one.parent)} › {one.title}"
        if one.parent
        else one.title
        for one in classifier.values()
    }
    return Choices(units, classifier, topics, places)
