"""Changes of the directory: feed changes, versions, drafts, synonyms, proposals, answers.

Topic proposals follow Regulation 4.2. A body's answer becomes a typical question (Regulation 9.8).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from kb.entries.attachments import Attachment, content_hash
from kb.entries.entries import Entry, EntryKind, TopicDetails, holds_between


@dataclass(frozen=True, slots=True)
class Synonym:
    """A phrase that means another; the other way round too where ``both_ways``."""

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
    """A question, not published, whose text to send is the answer word for word.

    The organ is its owner; ``topic`` and ``section`` are ids of the classifier, ``source`` says
    where the answer comes from. The title is left to the editor: an answer does not say what was
    asked. Raises ValueError for an empty answer.
    """
    body = answer.strip()
    if not body:
        raise ValueError("an empty answer is no typical question")
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
    """The four parts of 4.2: name, organ responsible, organs that take part, and routing.

    ``entry_id`` is the topic or category to be changed, or the id of one to be made. ``parent``
    is the topic of a category, None for a topic.
    """

    entry_id: str
    name: str
    owner: str
    participants: tuple[str, ...]
    route: str
    parent: str | None = None

    def missing(self) -> Iterator[str]:
        """The parts without which a proposal cannot be made; participants may be none."""
        for part in ("name", "owner", "route"):
            if not getattr(self, part).strip():
                yield part


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a proposal: who decided when, and why."""

    accepted: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal that an editor wrote down for an organ; without a decision it is open."""

    id: str
    topic: ProposedTopic
    organ: str
    by: str
    at: datetime
    decision: Decision | None = None


def entry_of_proposal(topic: ProposedTopic, before: Entry | None, author: str) -> Entry:
    """The topic's entry as it is once the proposal is accepted.

    What a proposal does not speak of stays as it was. Raises ValueError where the id is that of an
    entry which is no topic.
    """
    if before is None:
        before = Entry(topic.entry_id, EntryKind.TOPIC, "", "", author=author)
    if before.kind is not EntryKind.TOPIC:
        raise ValueError(f"{before.id!r} is no topic")
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
    """An entry is new or has new text; ``at`` is now where the feed does not say.

    ``ver`` is the number that the centre gave this version, 0 for one of this workplace alone; a
    version that is taken does not give way to one of a lower number. ``by_id`` and ``action`` are
    as in ``Revision``.
    """

    entry: Entry
    by: str = ""
    at: datetime | None = None
    by_id: str = ""
    action: str = "put"
    ver: int = 0


@dataclass(frozen=True, slots=True)
class EntryClosed:
    """An entry does not hold from the day ``on`` on; one that is not there stays not there."""

    entry_id: str
    on: date
    by: str = ""
    at: datetime | None = None
    ver: int = 0


@dataclass(frozen=True, slots=True)
class AttachmentPut:
    """A document of an entry is new, has a new content or other data.

    ``sha256`` is the content's ``content_hash``. Without ``content`` the directory already has it,
    from a version before or another document. Raises ValueError for a hash of another content.
    """

    attachment: Attachment
    sha256: str
    content: bytes | None = None
    by: str = ""
    at: datetime | None = None

    def __post_init__(self) -> None:
        if self.content is not None and content_hash(self.content) != self.sha256:
            raise ValueError("the hash is that of another content")


@dataclass(frozen=True, slots=True)
class AttachmentClosed:
    """A document does not hold from the day ``on`` on; one that is not there stays not there."""

    attachment_id: str
    on: date
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SynonymPut:
    """A pair holds in the centre, or no more where ``is_closed``; ``ver`` is its version there."""

    pair: Synonym
    ver: int
    by: str = ""
    at: datetime | None = None
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class ProposalPut:
    """A proposal on a topic as it stands in the centre; ``ver`` is its version there."""

    proposal: Proposal
    ver: int


Change = EntryPut | EntryClosed | AttachmentPut | AttachmentClosed | SynonymPut | ProposalPut


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of an entry: ``number`` from 1, when it came, who made it and by which deed.

    ``action`` is ``put``, ``close`` or ``restore``; ``by`` is empty where nobody was named.
    ``ver`` is the number that the centre gave it, 0 for a version of this workplace alone.
    """

    number: int
    at: datetime
    by: str
    action: str
    entry: Entry
    ver: int = 0


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """The fields of a form as they were typed, also half of a date or of a phone number.

    ``by_id`` is the editor's id, since two may have one name. ``based_on`` is the number of the
    version that the editor saw, 0 for a new entry. An editor has one draft of an entry; several
    editors may each have their own. The directory keeps the fields and never reads them.
    ``is_unsent`` says that it was to be published and that did not come about.
    """

    entry_id: str
    kind: EntryKind
    by_id: str
    based_on: int
    fields: Mapping[str, str]
    is_unsent: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """The entry is the newest version now; ``number`` is that version's."""

    number: int


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Nothing was written: this version came after the one that the editor saw."""

    newest: Revision


@dataclass(frozen=True, slots=True)
class EntrySummary:
    """An entry in a list of all: what it is, under which topic, when checked, who changed it last.

    ``parent`` is the unit or topic above it. ``touched`` says that the editor asked about made a
    version of it; ``has_draft`` that the editor has a draft of it, which
    ``is_unsent`` where it was to be published.
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
