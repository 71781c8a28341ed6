"""Monitors incidents: finds possible ones in recent calls, and selects the text to read out.

GUI thread only; the register is read on a reader thread every 15 s. The operator's command adds the
official text to the active call card.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.features.incidents import words as incidents_words
from console.shared.messages.classifier import Classifier
from console.shared.messages.places import PlacesPresenter
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState
from sync.errors import StoreError
from sync.register.calls.by_hand import incidents_told
from sync.register.calls.calls import CallRecord
from sync.register.incidents import (
    Incident,
    IncidentAct,
    IncidentEvent,
    IncidentProblem,
    IncidentState,
    IncidentStep,
    Outbreak,
    OutbreakRules,
    Sighting,
    is_one_street,
    is_same,
    name_in,
    outbreaks,
    streets_of,
)
from sync.register.people.operators import Operator

LOG = logging.getLogger(__name__)
LOOK_MS = 15_000  # also removes offers whose calls are too old
PAUSE_MS = 250


class IncidentsPort(Protocol):
    """Operations of the incident register. Reads are called on a reader thread."""

    def all(self) -> tuple[Incident, ...]: ...

    def sightings(self, since: datetime) -> tuple[Sighting, ...]: ...

    def take(
        self, step: IncidentStep, by: Operator, at: datetime | None = None
    ) -> Future[IncidentEvent | IncidentProblem]: ...


@dataclass(frozen=True, slots=True)
class SaidText:
    """Official text to be read out; ``further`` is the label for the other declared incidents, or
    empty.
    """

    incident_id: UUID
    title: str
    meta: str
    text: str
    fits: bool
    """Whether the active card matches this incident, or the incident ended while its text was in
    use.
    """
    is_told: bool
    """Whether the caller has received the text and the card will close when the call ends."""
    is_changed: bool
    """Whether the text was changed after the card had been created."""
    ended: str
    """Time at which the incident ended while its text was in use; empty while the incident
    is open.
    """
    further: str


@dataclass(frozen=True, slots=True)
class IncidentNews:
    """Pending decision: several callers reported the same matter, or a colleague proposed an
    incident.
    """

    head: str
    body: str


@dataclass(frozen=True, slots=True)
class WatchState:
    """View state of the strip above the card; ``has_card``: there is a caller to inform."""

    said: SaidText | None = None
    news: IncidentNews | None = None
    has_card: bool = False
    open_count: int = 0

    @property
    def has_further(self) -> bool:
        """Whether the strip can show the official text of another incident."""
        return self.said is not None and bool(self.said.further)


@dataclass(frozen=True, slots=True)
class Offer:
    """Outbreak (series of similar calls) not proposed as an incident yet; the street is spelled as
    in the city's list.
    """

    outbreak: Outbreak
    street: str


@dataclass(frozen=True, slots=True)
class _Read:
    incidents: tuple[Incident, ...]
    outbreaks: tuple[Outbreak, ...]


class IncidentWatch(QObject):
    """Monitors incidents and the calls that may belong to one. GUI thread only."""

    changed = Signal(object)  # WatchState
    read = Signal()  # incidents or offers changed
    told = Signal(object)  # Notice

    def __init__(
        self,
        incidents: IncidentsPort,
        desk: DeskPresenter,
        classifier: Classifier,
        places: PlacesPresenter,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        rules: OutbreakRules,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = incidents
        self._desk = desk
        self._classifier = classifier
        self._places = places
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._rules = rules
        self._zone = zone
        self._clock = clock
        self._read = _Read((), ())
        self._offers: tuple[Offer, ...] = ()
        self._declined: tuple[Outbreak, ...] = ()
        self._own: set[UUID] = set()  # local texts that a conflicting edit may still replace
        self._chosen: UUID | None = None
        self._fitting: UUID | None = None
        self._picked_for: UUID | None = None  # card for which the text was selected manually
        self._kept: tuple[UUID, UUID] | None = None  # card, and incident ended while it was shown
        self._is_reading = self._reads_again = False
        self._state = WatchState()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._compare)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.reload)
        desk.changed.connect(self._desk_changed)
        desk.register_changed.connect(self.reload)
        classifier.changed.connect(self._show)

    @property
    def state(self) -> WatchState:
        return self._state

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents of the last read, newest first."""
        return self._read.incidents

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Possible incidents that have not been proposed."""
        return self._offers

    def start(self) -> None:
        """Reads the incidents immediately, then periodically."""
        self._timer.start()
        self.reload()

    def reload(self) -> None:
        """Reads the incidents; a request during a read starts another read afterwards."""
        if self._is_reading:
            self._reads_again = True
            return
        self._is_reading = True
        now, rules = self._clock(), self._rules

        def read() -> _Read:
            sightings = self._store.sightings(now - rules.within)
            return _Read(self._store.all(), outbreaks(sightings, rules, now))

        self._deliveries.deliver(
            self._readers.submit(read), self._take, self._unread, (StoreError,)
        )

    def _take(self, read: _Read) -> None:
        self._is_reading = False
        is_other = read != self._read
        shown, said = self._shown(), self._state.said
        self._read = read
        if is_other:
            self._keep_before(shown, said)
            self._offers = self._offers_of(read)
            self._tell_overtaken(read.incidents)
            self._compare()
            self.read.emit()
            self._note()
        else:
            self._show()
        if self._reads_again:
            self._reads_again = False
            self.reload()

    def _keep_before(self, shown: Incident | None, said: SaidText | None) -> None:
        """Retains the shown incident if it has just ended while its text is in use, until the
        operator leaves the card.
        """
        card = self._desk.state.card
        if shown is None or said is None or card is None or self._kept is not None:
            return
        is_said = said.fits or said.is_told or not card.content.strip()
        if is_said and any(
            one.state is IncidentState.ENDED and shown.id in one.ids for one in self._read.incidents
        ):
            self._kept = (card.id, shown.id)

    def _unread(self, error: Exception) -> None:
        # Other parts of the window already report an unreadable register.
        self._is_reading = self._reads_again = False
        LOG.warning("incidents: cannot read: %s", type(error).__name__)

    def _note(self) -> None:
        declared = self._declared()
        self._milestones.note(
            Milestone.INCIDENTS_READ,
            offers=len(self._offers),
            proposed=sum(one.state is IncidentState.PROPOSED for one in self._read.incidents),
            declared=len(declared),
            version=max((one.version for one in declared), default=0),
            calls=sum(one.calls for one in self._read.incidents),
        )

    # --- possible incidents ---

    def _offers_of(self, read: _Read) -> tuple[Offer, ...]:
        known = [one for one in read.incidents if one.is_open]
        self._declined = tuple(
            one
            for one in self._declined
            if any(is_same(one, outbreak) for outbreak in read.outbreaks)
        )
        return tuple(
            Offer(outbreak, self._street(outbreak))
            for outbreak in read.outbreaks
            if not any(incident.covers(outbreak) for incident in known)
            and not any(is_same(one, outbreak) for one in self._declined)
            and not any(_is_over_and_told(one, outbreak) for one in read.incidents)
        )

    def decline(self, offer: Offer) -> None:
        """Declines an offer; this console does not suggest the same series of calls again."""
        self._declined = (*self._declined, offer.outbreak)
        self._offers = self._offers_of(self._read)
        self._note()
        self._show()
        self.read.emit()

    def _street(self, outbreak: Outbreak) -> str:
        """Returns the street as spelled in the city's list, otherwise as written in a call
        record.
        """
        for name in sorted(outbreak.streets):
            for title in self._places.matches(name):
                if is_one_street(streets_of(title), outbreak.streets):
                    return title
        for told in outbreak.told:
            name = name_in(told, outbreak.streets)
            if name:
                return name[:1].upper() + name[1:]
        return ""

    # --- actions ---

    def wrote(self, event: IncidentEvent) -> None:
        """Records a text written at this workplace; the operator is notified if a concurrent edit
        replaces it.
        """
        self._own.add(event.id)
        self._chosen = event.incident_id
        self.reload()

    def _tell_overtaken(self, incidents: tuple[Incident, ...]) -> None:
        for incident in incidents:
            for version in incident.versions:
                if version.event_id in self._own and not version.holds:
                    self._own.discard(version.event_id)
                    self.told.emit(
                        Notice(*incidents_words.overtaken(incident), LONG_S, problem=True)
                    )

    def show_next(self) -> None:
        """Shows the official text of the next declared incident, if there are several."""
        ids = [one.id for one in self._declared()]
        shown = self._shown()
        others = [id for id in ids if shown is not None and id != shown.id]
        if shown is not None and others:
            card = self._desk.state.card
            self._picked_for = None if card is None else card.id
            self._fitting = self._kept = None
            self._chosen = ids[(ids.index(shown.id) + 1) % len(ids)] if shown.id in ids else ids[0]
            self._show()

    def tell_caller(self) -> bool:
        """Adds the shown text to the active card; returns whether the card can be saved with it."""
        self._compare()
        incident, card = self._shown(), self._desk.state.card
        if incident is None or card is None:
            self.told.emit(Notice(incidents_words.nothing_to_tell(incident is not None)))
            return False
        if card.category is None and card.topic is None and incident.matter:
            matter = self._classifier.entry(incident.matter)
            if matter is not None:
                self._desk.set_topic(matter)
        self._desk.tell_incident(incident.id, self.title(incident), incident.text)
        return True

    # --- view state ---

    def moment(self, at: datetime) -> str:
        """Formats the local time of day, with the date if it is not today."""
        zone = self._zone
        return formats.moment(at.astimezone(zone), self._clock().astimezone(zone))

    def title(self, incident: Incident) -> str:
        """Title of the incident: street and matter."""
        return self.title_of(incident.street, incident.matter)

    def title_of(self, street: str, matter: str) -> str:
        """Returns the title for a street and the key of a category or topic."""
        return incidents_words.title(street, self.matter_text(matter))

    def matter_text(self, key: str) -> str:
        """Display text of a category or topic."""
        return self._classifier.texts.get(key) or self._classifier.topic_title(key)

    def _declared(self) -> tuple[Incident, ...]:
        return tuple(one for one in self._read.incidents if one.state is IncidentState.DECLARED)

    def _shown(self) -> Incident | None:
        """Returns the incident to show: the one retained after its end, the one the caller speaks
        of, the selected one, or the newest.
        """
        declared = self._declared()
        if self._kept is not None:
            for one in self._read.incidents:
                if self._kept[1] in one.ids:
                    return one
        for wanted in (self._fitting, self._chosen):
            for one in declared:
                if wanted in one.ids:
                    return one
        return declared[0] if declared else None

    def _desk_changed(self, state: DeskState) -> None:
        if self._kept is not None and (state.card is None or state.card.id != self._kept[0]):
            self._kept = None
        # The timer is not restarted by every keystroke, because steady typing would postpone it.
        if not self._pause.isActive():
            self._pause.start()
        self._show()

    def _compare(self) -> None:
        """Checks whether the caller speaks of a declared incident; called shortly after a change of
        the card.
        """
        self._pause.stop()
        card = self._desk.state.card
        self._fitting = None if card is None else self._fitting_for(card)
        self._show()

    def _fitting_for(self, card: CallRecord) -> UUID | None:
        if card.id == self._picked_for:
            return None
        matter = card.category or card.topic
        for incident in self._declared():
            if incident.concerns(card.content, matter):
                return incident.id
        return None

    def _show(self) -> None:
        state = WatchState(
            said=self._said(),
            news=self._news(),
            has_card=self._desk.state.card is not None,
            open_count=sum(one.is_open for one in self._read.incidents),
        )
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    def _said(self) -> SaidText | None:
        shown = self._shown()
        if shown is None:
            return None
        card = self._desk.state.card
        others = sum(one.id != shown.id for one in self._declared())
        is_over = not shown.is_open
        is_changed = card is not None and _changed_since(shown, card)
        was_told = card is not None and not shown.ids.isdisjoint(incidents_told(card))
        has_text = card is not None and (not is_changed or shown.text in card.content)
        return SaidText(
            incident_id=shown.id,
            title=self.title(shown),
            meta=incidents_words.meta(shown, self.moment),
            text=shown.text,
            fits=card is not None and (is_over or self._fitting in shown.ids),
            is_told=was_told and has_text and self._desk.state.closes_at_end,
            is_changed=is_changed,
            ended=self.moment(shown.ended_at) if shown.ended_at is not None else "",
            further=formats.Counted().further_incidents(others) if others else "",
        )

    def _news(self) -> IncidentNews | None:
        for one in self._read.incidents:
            if one.state is IncidentState.PROPOSED:
                return IncidentNews(
                    incidents_words.proposed(self.title(one)),
                    incidents_words.proposed_by(one, self.moment),
                )
        for offer in self._offers:
            return IncidentNews(
                incidents_words.offered(self.title_of(offer.street, offer.outbreak.matter)),
                incidents_words.offered_why(offer.outbreak.callers, self._rules.within),
            )
        return None


def _changed_since(incident: Incident, card: CallRecord) -> bool:
    """Whether a caller informed on this card may have received an earlier text."""
    current = incident.current
    return current.act is IncidentAct.EDITED and current.at > max(card.arrived_at, card.created_at)


def _is_over_and_told(incident: Incident, outbreak: Outbreak) -> bool:
    """Whether the incident covers the outbreak and was ended or declined after the outbreak's last
    call.
    """
    is_over = incident.ended_at is not None and incident.ended_at >= outbreak.last_at
    return is_over and incident.covers(outbreak)
