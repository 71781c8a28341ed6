"""Presenters of a faked desk that are used during a call, and for callbacks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from console.core.settings.city_texts import LaidDown, read_laid_down
from console.core.settings.workplace import CITY_ZONE
from console.features.call_bar.presenter import CallBarPresenter
from console.features.call_card.by_hand import ByHandPresenter
from console.features.call_card.persons import CallerPersonsPresenter
from console.features.call_card.presenter import CardPresenter
from console.features.call_card.saved_call import SavedCallPresenter
from console.features.call_register.presenter import CallRegisterPresenter
from console.features.call_script.phrases import FormalAppealPresenter, PhrasesPresenter
from console.features.call_script.presenter import CallHintPresenter, ScriptPresenter
from console.features.dialing.presenter import NumberChoicePresenter
from console.features.incidents.presenter import IncidentPagePresenter
from console.features.incidents.watch import IncidentWatch
from console.features.journal.presenter import JournalPresenter
from console.features.planned_calls.presenter import PlannedCallsPresenter
from console.features.training.presenter import TrainingPresenter
from console.shared.messages.classifier import Classifier
from console.shared.session.call_claims import CallClaimsPresenter
from sync.register.incidents import OutbreakRules
from sync.register.people.persons import KnownPerson, is_named
from tests.fakes.call_claims import FakeTeam
from tests.fakes.call_register import FakeCallSource
from tests.fakes.console_fakes import AREA_CODE, USUAL_DAYS, new_ids
from tests.fakes.faked_parts.directory import DirectoryPart
from tests.fakes.faked_parts.messages import MessagesPart
from tests.fakes.faked_parts.phone import PhonePart
from tests.fakes.faked_parts.shared import RESOURCES, FakedShared
from tests.fakes.incidents import FakeIncidents
from tests.fakes.planned import FakePlanned


@cache
def laid_down_by_nobody() -> LaidDown:
    """Returns the scripts and phrases shipped with the program, read once for all desks."""
    with TemporaryDirectory() as empty:
        return read_laid_down(Path(empty), RESOURCES, lambda number: number)


class TalkPart:
    """Card, script and phrases, caller and location, incidents and the list of calls."""

    def __init__(
        self,
        shared: FakedShared,
        phone: PhonePart,
        directory: DirectoryPart,
        messages: MessagesPart,
        training: TrainingPresenter,
        before: TalkPart | None,
    ) -> None:
        """``before`` is the part of a previous session: its incidents still exist."""
        owner, clock = shared.owner, shared.clock
        readers, deliveries, milestones = shared.readers, shared.deliveries, shared.milestones
        desk, state = phone.desk, phone.state_bench.state
        self.people: dict[str, tuple[KnownPerson, ...]] = {}  # contact candidates by telephone
        self.kept_promises = FakePlanned(clock)
        self.told_incidents: FakeIncidents = (
            FakeIncidents(clock) if before is None else before.told_incidents
        )
        self.incidents = IncidentWatch(
            self.told_incidents,
            desk,
            messages.classifier,
            messages.places,
            readers,
            deliveries,
            milestones,
            rules=OutbreakRules(),
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.incident_page = IncidentPagePresenter(
            self.incidents,
            self.told_incidents,
            deliveries,
            operator=lambda: desk.operator,
            new_id=new_ids(9000),
            parent=owner,
        )
        self.team = FakeTeam(readers)
        self.team.is_reachable = False  # until a test needs a central database
        self.claims = CallClaimsPresenter(
            self.team.of_centre,
            deliveries,
            operator=lambda: desk.operator,
            new_id=new_ids(9500),
            area_code=AREA_CODE,
            monotonic_s=lambda: self.team.now_s,
            parent=owner,
        )
        desk.changed.connect(self.claims.follow)
        self.saved_call = SavedCallPresenter(
            desk,
            messages.answers.undo,
            phone.register,
            messages.handling,
            readers,
            deliveries,
            milestones,
            record_reopened=state.record_reopened,
            parent=owner,
        )
        self.numbers = NumberChoicePresenter(
            phone.calls,
            directory.searched,
            readers,
            deliveries,
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            parent=owner,
        )
        self.call_bar = CallBarPresenter(
            desk,
            phone.calls,
            phone.status,
            training,
            state,
            zone=CITY_ZONE,
            area_code=AREA_CODE,
            clock=clock,
            parent=owner,
        )
        self.card = CardPresenter(
            desk,
            messages.classifier,
            zone=CITY_ZONE,
            area_code=AREA_CODE,
            clock=clock,
            parent=owner,
        )
        self.script = ScriptPresenter(
            desk,
            messages.script_steps,
            readers,
            deliveries,
            milestones,
            clock=clock,
            parent=owner,
        )
        self.call_hint = CallHintPresenter(desk, messages.reader, deliveries, milestones, owner)
        self.phrases = PhrasesPresenter(
            desk,
            milestones,
            term_of=lambda _message, today: today,
            city="Белоключевск",
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.by_hand = ByHandPresenter(desk, zone=CITY_ZONE, clock=clock, parent=owner)
        self.persons = CallerPersonsPresenter(
            desk,
            lambda phone, _call: readers.submit(self.people.get, phone, ()),
            self._named_people,
            readers,
            deliveries,
            milestones,
            messages.classifier,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.planned = PlannedCallsPresenter(
            self.kept_promises,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            new_id=new_ids(9000),
            zone=CITY_ZONE,
            area_code=AREA_CODE,
            clock=clock,
            parent=owner,
        )
        self.journal = JournalPresenter(
            phone.register,
            readers,
            deliveries,
            phone.missed,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            clock=clock,
            holders=self.claims.holders,
            parent=owner,
        )
        self.register_calls = FakeCallSource()
        self.call_register = CallRegisterPresenter(
            self.register_calls,
            lambda: None,
            Classifier((), (), owner),
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            area_code=AREA_CODE,
            folder=RESOURCES,
            clock=clock,
            parent=owner,
        )
        self.formal_appeal = FormalAppealPresenter(
            desk,
            directory.entries,
            readers,
            deliveries,
            unit="road-service",
            templates=RESOURCES / "templates",
            zone=CITY_ZONE,
            parent=owner,
        )
        laid_down = laid_down_by_nobody()
        self.script.use(laid_down.scripts, laid_down.marked)
        self.phrases.use(laid_down.phrases)
        desk.saved.connect(lambda saved: self.journal.take_saved(saved.card))
        desk.register_changed.connect(self.journal.reload)
        desk.talk_kept.connect(self.journal.take_talk)
        desk.changed.connect(self.journal.follow)
        self.claims.changed.connect(self.journal.claims_changed)

    def _named_people(self, query: str) -> tuple[KnownPerson, ...]:
        return tuple(
            one for people in self.people.values() for one in people if is_named(one, query)
        )
