"""What can happen to a directory, as a feed delivers it."""

from dataclasses import dataclass

from kb.entries import Category, Entry, Topic


@dataclass(frozen=True, slots=True)
class EntryPut:
    """An entry is new, or has new text."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class EntryRemoved:
    """An entry is no longer shown; one that is not there stays not there."""

    key: str


@dataclass(frozen=True, slots=True)
class TopicPut:
    """A topic is new or renamed."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class TopicRemoved:
    """A topic is no longer offered, and its categories with it."""

    key: str


@dataclass(frozen=True, slots=True)
class CategoryPut:
    """A category is new or changed."""

    category: Category


@dataclass(frozen=True, slots=True)
class CategoryRemoved:
    """A category is no longer offered."""

    key: str


Change = EntryPut | EntryRemoved | TopicPut | TopicRemoved | CategoryPut | CategoryRemoved
