"""Documents attached to entries, and the text of an entry that is indexed for search.

Attached documents are thematic regulations and technological maps (Regulation 3.1-3.3).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePath

from kb.entries.entries import (
    Entry,
    EntryKind,
    PersonDetails,
    Phone,
    ServiceDetails,
    TopicDetails,
    UnitDetails,
)
from kb.text import folded_words

LARGEST_BYTES = 10 * 1024 * 1024  # the file is replicated to every workplace

_ZIP, _TIFF = (b"PK\x03\x04",), (b"II*\x00", b"MM\x00*")
FORMATS = {
    ".pdf": (b"%PDF-",),
    ".docx": _ZIP,
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": _TIFF,
    ".tiff": _TIFF,
}
"""Extensions of files that may be attached, each with the signature at the start of its content."""


class AttachmentKind(StrEnum):
    """Type of a document: thematic regulation, technological map of an answer, or other."""

    REGULATION = "regulation"
    MAP = "map"
    DOCUMENT = "document"


class AttachmentFault(StrEnum):
    """Reason why a file cannot be attached."""

    FORMAT = "format"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_CONTENT = "other_content"
    """The content does not match the extension of the file."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Metadata of an attached document; ``id`` is its external key.

    ``kind`` may be a string. The document is invalid from ``valid_to`` on. Raises ValueError for an
    unknown kind, an empty id or file name.
    """

    id: str
    entry_id: str
    kind: AttachmentKind
    title: str
    file_name: str
    valid_to: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", AttachmentKind(self.kind))
        if not self.id or not self.file_name:
            raise ValueError("an attachment requires an id and a file name")


def content_hash(content: bytes) -> str:
    """SHA-256 in hexadecimal; identifies a content in a feed."""
    return sha256(content).hexdigest()


def has_known_format(file_name: str) -> bool:
    """Whether the extension of this file name is allowed; programs and files with macros
    are not.
    """
    return PurePath(file_name).suffix.casefold() in FORMATS


def fault_of(file_name: str, content: bytes) -> AttachmentFault | None:
    """Returns the reason why the file cannot be attached, or None if it can."""
    if not has_known_format(file_name):
        return AttachmentFault.FORMAT
    if not content:
        return AttachmentFault.EMPTY
    if len(content) > LARGEST_BYTES:
        return AttachmentFault.TOO_LARGE
    begins = FORMATS[PurePath(file_name).suffix.casefold()]
    return None if content.startswith(begins) else AttachmentFault.OTHER_CONTENT


_SHORTEST_ABBREVIATION = 3  # letters
_LONGEST_ABBREVIATED = 8  # words of a name to abbreviate
_COMPOUND = re.compile("^(авто|водо|газо|гор|много|тепло|электро|энерго)(?=[а-я]{5})")
# A phone number in a text: 2-12-34, optionally with an area code.
_HAS_PHONE = re.compile(r"\d-\d\d")
_PHONE = re.compile(r"(?<![\d-])(?:(?:\+7|8)[ -]?\(?\d{3,5}\)?[ -])?\d{1,3}(?:-\d\d){2}(?![\d-])")
_FOR_PEOPLE = re.compile("[а-яё]", re.IGNORECASE)  # a topic stored as a name, not as an id


@dataclass(frozen=True, slots=True)
class Document:
    """Indexed text of an entry. The first heading is the title, which may be empty.

    The other headings are alternative names, phone numbers, posts and addresses, because callers
    and operators use them to name an authority or a person.
    """

    kind: EntryKind
    headings: tuple[str, ...]
    body: str


def document_of(entry: Entry) -> Document:
    """Builds the indexed text of an entry."""
    abbreviations: set[str] = set()
    if entry.kind is EntryKind.UNIT:
        for title in {entry.title, entry.short_title}:
            abbreviations.update(_abbreviations(folded_words(title)))
    return Document(
        kind=entry.kind,
        headings=(entry.title, *_names(entry), *sorted(abbreviations)),
        body="\n".join(_body(entry)),
    )


def _names(entry: Entry) -> Iterator[str]:
    yield from entry.names
    match entry.details:
        case UnitDetails() as unit:
            yield unit.short_title
            yield unit.address
            yield from _dialled(unit.phones)
        case PersonDetails() as person:
            yield person.post
            yield from _dialled(person.phones)


def _abbreviations(name: Sequence[str]) -> Iterator[str]:
    """Yields the initials of adjacent words of a name, such as ``ужкх`` and ``жкх``, ``мфц``,
    ``гочс``.
    """
    words = [
        part for word in name[:_LONGEST_ABBREVIATED] for part in _COMPOUND.sub(r"\1 ", word).split()
    ]
    for letters in {
        "".join([word[0] for word in words]),
        "".join([word[0] for word in words if len(word) > 1]),
    }:
        for start in range(len(letters)):
            for end in range(start + _SHORTEST_ABBREVIATION, len(letters) + 1):
                yield letters[start:end]


def _dialled(phones: Iterable[Phone]) -> Iterator[str]:
    for phone in phones:
        yield from _phone_spellings(phone.number)
        if phone.extension:
            yield f"доб {phone.extension}"


def _phone_spellings(number: str) -> Iterable[str]:
    """Returns the forms in which a phone number is searched: ``8799921000``, ``21000`` (for
    2-10-00) and ``1000``.
    """
    digits = re.sub(r"\D", "", number)
    if len(digits) == 11 and digits[0] in "78":
        yield digits[1:]
    local = re.split(r"[\s)]", number.strip())[-1]
    local_digits = re.sub(r"\D", "", local)
    yield local_digits
    if len(local_digits) > 4:
        yield local_digits[-4:]


def _body(entry: Entry) -> Iterable[str]:
    yield entry.spoken
    yield entry.body
    yield from filter(_FOR_PEOPLE.search, (entry.topic, entry.section))
    if _HAS_PHONE.search(entry.body):
        for phone in _PHONE.findall(entry.body):
            yield from _phone_spellings(phone)
    match entry.details:
        case UnitDetails() as unit:
            yield from (phone.purpose for phone in unit.phones)
            yield unit.email
        case PersonDetails() as person:
            yield from (phone.purpose for phone in person.phones)
            yield person.email
        case ServiceDetails() as service:
            yield from service.steps
            yield from service.documents
            yield service.term
            yield service.fee
        case TopicDetails(route=route):
            yield route
