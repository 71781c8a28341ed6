"""What stands in the list of incidents, and what each operator has typed of it; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from console.presenters.incident_watch import Offer
from sync.register.incidents.incident import Incident, IncidentProblem, IncidentState
from sync.register.incidents.outbreak import Outbreak, is_same
from sync.register.kept_words import KeptWords, Typed


@dataclass(frozen=True, slots=True)
class Form:
    """What is typed of one incident; kept until it is taken, whatever comes meanwhile.

    ``based_on`` is the event of the text it began with, ``looked_at`` that of the one which was
    pointed at since; of two texts with one version the number tells nothing. ``found_at`` is when
    an earlier start has written it.
    """

    street: str = ""
    matter: str = ""
    text: str = ""
    based_on: UUID | None = None
    looked_at: UUID | None = None
    found_at: datetime | None = None

    @property
    def written(self) -> tuple[str, str, str]:
        return self.street, self.matter, self.text

    def as_kept(self) -> Typed:
        """What stands on the disk of it."""
        return Typed(
            {
                "street": self.street,
                "matter": self.matter,
                "text": self.text,
                "based_on": None if self.based_on is None else str(self.based_on),
                "looked_at": None if self.looked_at is None else str(self.looked_at),
            }
        )


def form_of(kept: KeptWords) -> Form:
    """The form as it was when it was kept."""
    words = kept.typed.words
    based_on, looked_at = words["based_on"], words["looked_at"]
    return Form(
        words["street"],
        words["matter"],
        words["text"],
        None if based_on is None else UUID(based_on),
        None if looked_at is None else UUID(looked_at),
        kept.at,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One of the list; without an incident it is an offer, or begun by hand.

    ``is_gone``: the offer is made no more, and stays for what is typed of it.
    """

    id: UUID
    incident: Incident | None = None
    offer: Offer | None = None
    is_gone: bool = False

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide about it."""
        if self.incident is None:
            return self.offer is not None and not self.is_gone
        return self.incident.state is IncidentState.PROPOSED


@dataclass(slots=True)
class OwnWork:
    """What one operator has before her: typed, begun by hand and in no store yet, chosen.

    ``problem`` is why the last step of hers was not taken.
    """

    forms: dict[UUID, Form] = field(default_factory=dict)
    begun: list[UUID] = field(default_factory=list)
    chosen: UUID | None = None
    problem: IncidentProblem | None = None

    def find_again(self, found: Sequence[KeptWords]) -> None:
        """Take what an earlier start left, where nothing is typed.

        An offer is another one after a new start: what was typed of it goes on as begun by hand.
        """
        for kept in found:
            id, form = UUID(kept.place.subject), form_of(kept)
            if id not in self.forms:
                self.forms[id] = form
                if form.based_on is None and id not in self.begun:
                    self.begun.append(id)

    def follow(self, incidents: Sequence[Incident]) -> None:
        """What is typed of one that was begun elsewhere too goes on under its present identity."""
        for one in incidents:
            for id in one.ids - {one.id}:
                if self.chosen == id:
                    self.chosen = one.id
                form = self.forms.pop(id, None)
                if form is not None:
                    self.forms.setdefault(one.id, form)


class OfferNames:
    """Gives each offer an identity, and keeps it while somebody has the offer before her."""

    def __init__(self, new_id: Callable[[], UUID]) -> None:
        self._new_id = new_id
        self._known: dict[UUID, Offer] = {}

    def rows(
        self, offers: Sequence[Offer], is_kept: Callable[[UUID, Offer], bool]
    ) -> tuple[Row, ...]:
        """A row for each offer of now, and for each former one that ``is_kept`` wants."""
        named: dict[UUID, Offer] = {}
        for offer in offers:
            named[self._name(offer.outbreak, named)] = offer
        gone = {id: one for id, one in self._known.items() if id not in named and is_kept(id, one)}
        self._known = named | gone
        return (
            *(Row(id, None, offer) for id, offer in named.items()),
            *(Row(id, None, offer, is_gone=True) for id, offer in gone.items()),
        )

    def _name(self, outbreak: Outbreak, taken: dict[UUID, Offer]) -> UUID:
        """That of the same outbreak as it was known, else a new one."""
        alike = [
            id
            for id, known in self._known.items()
            if id not in taken and is_same(known.outbreak, outbreak)
        ]
        exact = [id for id in alike if self._known[id].outbreak.streets == outbreak.streets]
        return (exact or alike or [self._new_id()])[0]
