"""Titles of what the figures of messages name by directory keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from console import words


@dataclass(frozen=True, slots=True)
class Names:
    """Titles by key; ``categories`` are «Тема › Категория». What is closed is told by its key."""

    topics: Mapping[str, str]
    categories: Mapping[str, str]
    organs: Mapping[str, str]

    def topic(self, key: str | None) -> str:
        return words.reports.no_topic() if key is None else self.topics.get(key, key)

    def category(self, topic: str | None, key: str | None) -> str:
        """The category with its topic, or the topic alone."""
        return self.topic(topic) if key is None else self.categories.get(key, key)

    def organ(self, key: str | None) -> str:
        return words.reports.no_organ() if key is None else self.organs.get(key, key)
