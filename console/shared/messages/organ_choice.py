"""Choice of the body that answers a message: the body of its topic, or another with a reason.

Source: Regulation 7.9. GUI thread only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from console.core.formats import date_text
from console.core.typed_moment import read_date
from console.shared.messages import audience_words
from console.shared.messages.classifier import Classifier, Organs
from sync.register.handling.step_facts import Official, Routed


class OrganFit(StrEnum):
    """Relation of the selected body to the body set by topic and category."""

    NONE_CHOSEN = "none_chosen"
    BY_ROUTE = "by_route"
    ANOTHER = "another"
    """A reason is required."""
    NO_ROUTE = "no_route"
    """Topic and category set no body; a reason is required as well."""


@dataclass(frozen=True, slots=True)
class OrganChoiceState:
    """View state of the fields; bodies are directory keys, empty if not set.

    `officials` are those of the body, by key. `problems` has texts under "organ", "reason" and
    "told_on".
    """

    organ: str = ""
    organ_text: str = ""
    route_text: str = ""
    fit: OrganFit = OrganFit.NONE_CHOSEN
    reason: str = ""
    officials: Mapping[str, str] = field(default_factory=dict)
    official: str = ""
    told_on: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_reason(self) -> bool:
        return self.fit in (OrganFit.ANOTHER, OrganFit.NO_ROUTE)


class OrganChoice(QObject):
    """Content of the fields of one page. GUI thread only.

    A page calls `begin` for each message and `routed` when the action is performed.
    """

    changed = Signal(object)  # OrganChoiceState
    organs_changed = Signal()

    def __init__(
        self, classifier: Classifier, organs: Organs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._classifier = classifier
        self._organs = organs
        self._route = ""
        self._away_from = ""
        self._organ = ""
        self._reason = ""
        self._official = ""
        self._told_on = ""
        self._asked = False
        self._registered_at: datetime | None = None
        self._state = OrganChoiceState()
        organs.changed.connect(self.organs_changed)
        organs.changed.connect(self._show)

    @property
    def state(self) -> OrganChoiceState:
        return self._state

    def organs(self) -> dict[str, str]:
        """Titles of the available bodies by key."""
        return {key: title for key, title in self._organs.titles.items() if key != self._away_from}

    def begin(
        self,
        topic: str | None,
        category: str | None,
        *,
        organ: str = "",
        reason: str = "",
        official: str = "",
        told_on: str = "",
        away_from: str = "",
        registered_at: datetime | None = None,
    ) -> None:
        """Starts with the body set by the topic, or with `organ` if the message already has one.

        A redirected message leaves the body `away_from`. A registered message follows the thematic
        regulation of the day of its registration, any other message that of today.
        """
        self._registered_at = registered_at
        self._away_from = away_from
        self._route = self._route_of(topic, category)
        preset = organ or self._route
        self._organ = "" if preset == away_from else preset
        self._reason = reason
        self._official, self._told_on = official, told_on
        self._asked = False
        self.organs_changed.emit()
        self._show()

    def set_category(self, topic: str | None, category: str | None) -> None:
        """Follows a changed category unless the operator has selected another body."""
        followed = self._organ in ("", self._route)
        self._route = self._route_of(topic, category)
        if followed and self._route != self._away_from:
            self._organ = self._route
        self._show()

    def _route_of(self, topic: str | None, category: str | None) -> str:
        day = self._organs.day_of(self._registered_at)
        return self._classifier.organ_of(topic, category, day)

    def set_organ(self, key: str) -> None:
        """Sets the selected body; an empty key restores the body set by the topic."""
        self._organ = key or ("" if self._route == self._away_from else self._route)
        self._show()

    def set_reason(self, text: str) -> None:
        self._reason = text
        self._show()

    def set_official(self, key: str) -> None:
        """Sets the notified official, dated today unless another date is entered; empty for
        none.
        """
        self._official = key
        if key and not self._told_on:
            self._told_on = date_text(self._organs.today())
        self._show()

    def set_told_on(self, text: str) -> None:
        self._told_on = text
        self._show()

    def routed(self) -> Routed | None:
        """Returns the routing data of the action, or None and shows the problems (clause 7.9)."""
        self._asked = True
        self._show()
        if self._state.problems:
            return None
        reason = self._reason.strip() if self._state.needs_reason else ""
        return Routed(self._organ, self._route or None, reason, self._named())

    def _named(self) -> Official | None:
        name = self._organs.officials(self._organ).get(self._official)
        told_on = self._told_day()
        return None if name is None or told_on is None else Official(name, told_on)

    def _told_day(self) -> date | None:
        """Returns the entered date, or None if it is invalid or in the future."""
        day = read_date(self._told_on)
        return None if day is None or day > self._organs.today() else day

    def _fit(self) -> OrganFit:
        if not self._organ:
            return OrganFit.NONE_CHOSEN
        if not self._route:
            return OrganFit.NO_ROUTE
        return OrganFit.BY_ROUTE if self._organ == self._route else OrganFit.ANOTHER

    def _show(self) -> None:
        officials = self._organs.officials(self._organ)
        if self._official not in officials:
            self._official = self._told_on = ""
        state = OrganChoiceState(
            organ=self._organ,
            organ_text=self._organs.title(self._organ),
            route_text=self._organs.title(self._route),
            fit=self._fit(),
            reason=self._reason,
            officials=officials,
            official=self._official,
            told_on=self._told_on,
        )
        problems: dict[str, str] = {}
        if self._asked and not state.organ:
            problems["organ"] = audience_words.organ_is_needed()
        if self._asked and state.needs_reason and not self._reason.strip():
            problems["reason"] = audience_words.reason_is_needed(state.fit is OrganFit.ANOTHER)
        if self._asked and self._official and self._told_day() is None:
            problems["told_on"] = audience_words.told_on_is_needed()
        self._state = replace(state, problems=problems)
        self.changed.emit(self._state)
