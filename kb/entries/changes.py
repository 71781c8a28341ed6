"""Changes of the directory: feed changes, versions, drafts, synonyms, proposals, answers.

Topic proposals follow Regulation 4.2. An authority's answer becomes a typical question (Regulation
9.8).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from kb.entries.attachments import Attachment, content_hash
from kb.entries.entries import Entry, EntryKind, TopicDetails, holds_between


@dataclass(frozen=True, slots=True)
class Synonym:
    """Phrase with its synonym (``meaning``); ``both_ways`` if each may replace the other in a
    query.
    """

    phrase: str
    meaning: str
    both_ways: bool = False


def question_of_answer(
    answer: str,
    *,
    entry_id: str,
    organ: str,
    topic: str,
    section: str,
    source: str,
    checked_on: date,
    author: str,
) -> Entry:
    """Returns the draft of a typical question whose text to send is the authority's answer.

    The authority that answered becomes the owner; ``topic`` and ``section`` are ids of the
    classifier, ``source`` is the origin of the answer. The editor adds the title, because an answer
    does not contain the question. Raises ValueError for an empty answer.
    """
    body = answer.strip()
    if not body:
        raise ValueError("the answer is empty")
    return Entry(
        entry_id,
        EntryKind.QUESTION,
        "",
        body,
        topic,
        section,
        owner=organ,
        author=author,
        source=source,
        checked_on=checked_on,
    )


@dataclass(frozen=True, slots=True)
class ProposedTopic:
    """Proposed topic with the four parts of Regulation 4.2: name, responsible authority,
    participating authorities, and routing.

    ``entry_id`` is the id of the topic or category to change or to create. ``parent`` is the topic
    of a category, None for a topic.
    """

    entry_id: str
    name: str
    owner: str
    participants: tuple[str, ...]
    route: str
    parent: str | None = None

    def missing(self) -> Iterator[str]:
        """Yields the names of required parts that are empty; participating authorities are
        optional.
        """
        for part in ("name", "owner", "route"):
            if not getattr(self, part).strip():
                yield part


@dataclass(frozen=True, slots=True)
class Decision:
    """Decision on a proposal, with author, time and reason."""

    accepted: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """Proposal of an authority as recorded by an editor; it is open while it has no decision."""

    id: str
    topic: ProposedTopic
    organ: str
    by: str
    at: datetime
    decision: Decision | None = None


def entry_of_proposal(topic: ProposedTopic, before: Entry | None, author: str) -> Entry:
    """Returns the topic entry that results from accepting the proposal.

    Fields of ``before`` that are not part of the proposal are unchanged. Raises ValueError if the
    id belongs to an entry that is not a topic.
    """
    if before is None:
        before = Entry(topic.entry_id, EntryKind.TOPIC, "", "", author=author)
    if before.kind is not EntryKind.TOPIC:
        raise ValueError(f"{before.id!r} is not a topic")
    details = before.details if isinstance(before.details, TopicDetails) else TopicDetails()
    return replace(
        before,
        title=topic.name,
        owner=topic.owner,
        details=replace(
            details, parent=topic.parent, participants=topic.participants, route=topic.route
        ),
    )


@dataclass(frozen=True, slots=True)
class EntryPut:
    """An entry was created or changed; ``at`` defaults to the current time.

    ``ver`` is the version number of the central database, 0 for a local version; a version with a
    lower number never replaces a higher one. ``by_id`` and ``action`` are as in ``Revision``.
    """

    entry: Entry
    by: str = ""
    at: datetime | None = None
    by_id: str = ""
    action: str = "put"
    ver: int = 0


@dataclass(frozen=True, slots=True)
class EntryClosed:
    """An entry is closed from the day ``on``; ignored for an unknown entry."""

    entry_id: str
    on: date
    by: str = ""
    at: datetime | None = None
    ver: int = 0


@dataclass(frozen=True, slots=True)
class AttachmentPut:
    """A document of an entry was created or changed.

    ``sha256`` is the ``content_hash``. Without ``content`` the directory must already have this
    content. Raises ValueError if the hash does not match.
    """

    attachment: Attachment
    sha256: str
    content: bytes | None = None
    by: str = ""
    at: datetime | None = None

    def __post_init__(self) -> None:
        if self.content is not None and content_hash(self.content) != self.sha256:
            raise ValueError("the hash does not match the content")


@dataclass(frozen=True, slots=True)
class AttachmentClosed:
    """A document is closed from the day ``on``; ignored for an unknown document."""

    attachment_id: str
    on: date
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SynonymPut:
    """A synonym pair of the central database, deactivated if ``is_closed``, with its version."""

    pair: Synonym
    ver: int
    by: str = ""
    at: datetime | None = None
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class ProposalPut:
    """A topic proposal of the central database, with its version."""

    proposal: Proposal
    ver: int


Change = EntryPut | EntryClosed | AttachmentPut | AttachmentClosed | SynonymPut | ProposalPut


@dataclass(frozen=True, slots=True)
class Revision:
    """Version of an entry: ``number`` from 1, time, author and action.

    ``action`` is ``put``, ``close`` or ``restore``; ``by`` is empty if the author is unknown.
    ``ver`` is the version number of the central database, 0 for a local version.
    """

    number: int
    at: datetime
    by: str
    action: str
    entry: Entry
    ver: int = 0


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """Unvalidated form fields, such as an incomplete date or phone number.

    ``by_id`` is the editor's id, because names are not unique. ``based_on`` is the version that the
    editor saw, 0 for a new entry. Each editor has at most one draft per entry. The directory stores
    the fields without parsing them. ``is_unsent`` is True if publishing was requested and failed.
    """

    entry_id: str
    kind: EntryKind
    by_id: str
    based_on: int
    fields: Mapping[str, str]
    is_unsent: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """The entry was saved as version ``number``."""

    number: int


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Nothing was saved, because ``newest`` is a later version than the one on which the editor's
    changes are based.
    """

    newest: Revision


@dataclass(frozen=True, slots=True)
class EntrySummary:
    """Row of the editor's list of entries.

    ``parent`` is the parent unit or topic. ``touched`` is True if this editor created a version of
    the entry, ``has_draft`` if this editor has a draft of it, ``is_unsent`` if publishing that
    draft failed.
    """

    entry_id: str
    kind: EntryKind
    title: str
    topic: str
    parent: str
    checked_on: date | None
    valid_from: date | None
    valid_to: date | None
    at: datetime
    touched: bool
    has_draft: bool
    is_unsent: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the entry is in force on the day."""
        return holds_between(self.valid_from, self.valid_to, day)
