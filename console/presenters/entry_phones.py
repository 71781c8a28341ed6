"""The numbers under which an entry of the directory can be called."""

from kb.entries import Entry, PersonDetails, Phone, UnitDetails


def phones_of(entry: Entry) -> tuple[Phone, ...]:
    """The numbers of a unit or an official."""
    match entry.details:
        case UnitDetails(phones=phones) | PersonDetails(phones=phones):
            return phones
        case _:
            return ()
