"""What the panel of the directory shows: the results, their kinds, and one entry whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from console import words
from console.presenters.entry_phones import phones_of
from console.presenters.hit_rows import HitRow
from kb.entries import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class Preview:
    """The chosen entry whole: what to say, what to send, whom to call."""

    key: str
    kind: EntryKind
    title: str
    spoken: str
    seconds: int
    written: str
    places: tuple[str, ...] = ()  # ids whose documents belong to it
    can_be_called: bool = False


@dataclass(frozen=True, slots=True)
class KindChip:
    """A kind of entries among the results: how many there are, and whether it alone is shown."""

    kind: EntryKind
    name: str
    count: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """All that the panel shows."""

    query: str = ""
    reading: str = ""
    offer: str = ""  # what Enter looks for, where nothing was found
    count: str = ""
    heading: str = ""
    chips: tuple[KindChip, ...] = ()
    rows: tuple[HitRow, ...] = ()
    selected: int = -1
    preview: Preview | None = None
    written_shown: bool = False
    take_key: str = "Enter"  # which key puts the chosen entry into the card
    problem: tuple[str, str] = ("", "")  # what stands in the way of searching, and what to do


def places_of(entry: Entry) -> tuple[str, ...]:
    """The ids whose documents an operator needs with the entry (Regulation 3.1-3.3)."""
    above = entry.parent if entry.kind is EntryKind.TOPIC else None
    places = (entry.id, entry.section, entry.topic, above or "")
    return tuple(dict.fromkeys(place for place in places if place))


def kind_chips(counts: Mapping[EntryKind, int], only: EntryKind | None) -> tuple[KindChip, ...]:
    """The kinds that were found, with ``only`` among them, which is shown alone."""
    return tuple(
        KindChip(
            kind,
            words.directory.kind_name(kind),
            words.directory.kind_count(counts.get(kind, 0)),
            is_chosen,
        )
        for kind in EntryKind
        if (is_chosen := kind is only) or counts.get(kind, 0)
    )


def preview_of(entry: Entry, unit: str) -> Preview:
    """The entry whole; ``unit`` is the title of that an official is of."""
    spoken, written = words.directory.entry_texts(entry, unit)
    return Preview(
        key=entry.id,
        kind=entry.kind,
        title=entry.title,
        spoken=spoken,
        seconds=words.formats.speaking_seconds(spoken),
        written=written,
        places=places_of(entry),
        can_be_called=bool(phones_of(entry)),
    )
