"""The messages of a faked desk: written, reviewed, answered, searched and counted."""

from __future__ import annotations

from console.core.settings.workplace import CITY_ZONE
from console.core.spelling import SpellingPresenter
from console.features.answers.feature import make_answers, naming_of
from console.features.call_backs.presenter import CallBacksPresenter
from console.features.history.call import ShownRecordPresenter
from console.features.history.message import MessageHistoryPresenter
from console.features.lookup.presenter import LookUpPresenter
from console.features.message_form.open_messages import MessageNearPresenter
from console.features.message_form.presenter import MessagePresenter, MessageSteps
from console.features.reports.presenter import ReportPresenter
from console.features.review.page import ReviewPresenters
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.photos import PhotosPresenter
from console.shared.messages.places import PlacesPresenter
from console.shared.messages.terms import CityCalendar, Terms
from console.shared.texts.findings import ClearingReasons, MessageChecksPresenter
from sync.exchange.record_search import RecordSearch
from sync.register.calendar.calendar import read_calendar
from sync.register.handling.answers import ATTACHMENT_FORMATS
from tests.fakes.answer_messages import FakeAnswerFiles, FakeVotes
from tests.fakes.city import Calendars
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit
from tests.fakes.console_fakes import AREA_CODE, SUPERVISOR, NoCalls, new_ids
from tests.fakes.documents import topic_route
from tests.fakes.faked_parts.directory import DirectoryPart
from tests.fakes.faked_parts.phone import PhonePart
from tests.fakes.faked_parts.shared import RESOURCES, FakedShared
from tests.fakes.handling import FakeHandling
from tests.fakes.message_photos import FakePhotos
from tests.fakes.notices import FewOrgans, make_composer
from tests.fakes.reader import FakeNear, FakeReader
from tests.fakes.record_search import FakeCalls, FakeMessagesHere
from tests.fakes.reports import FakeMessages, FakeTitles, message_sources, report_sources
from tests.fakes.review_fakes import ReviewBench
from tests.fakes.script_steps import FakeScriptSteps
from tests.fakes.spelling import open_speller

CALENDAR = read_calendar(RESOURCES / "calendars")


class MessagesPart:
    """The presenters of messages, from the form at the call to the report."""

    def __init__(
        self,
        shared: FakedShared,
        phone: PhonePart,
        directory: DirectoryPart,
        before: MessagesPart | None,
    ) -> None:
        """``before`` is the part of a previous session: its messages still exist."""
        owner, folder, clock = shared.owner, shared.folder, shared.clock
        readers, deliveries, milestones = shared.readers, shared.deliveries, shared.milestones
        desk, register = phone.desk, phone.register
        self.spelling = SpellingPresenter(
            lambda: open_speller(folder), readers, deliveries, enabled=False, parent=owner
        )
        self.reader = FakeReader()
        self.kept_photos = FakePhotos()
        self.script_steps = FakeScriptSteps()
        self.handling: FakeHandling = FakeHandling(clock) if before is None else before.handling
        self.checks = MessageChecksPresenter(
            self.reader,
            deliveries,
            milestones,
            ClearingReasons(operator=lambda: desk.operator, parent=owner),
            owner,
        )
        self.classifier = classifier = Classifier(TOPICS, CATEGORIES, owner)
        terms = Terms(CityCalendar(CALENDAR), classifier, zone=CITY_ZONE, now=clock, parent=owner)
        organs = Organs(directory.entries, readers, deliveries, zone=CITY_ZONE, parent=owner)
        naming = naming_of(classifier, organs, CITY_ZONE, clock)
        self.look_up = LookUpPresenter(
            self.handling,
            RecordSearch(FakeMessagesHere(self.handling), FakeCalls(register)),
            terms,
            naming,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            card=lambda: desk.state.card,
            change_card=desk.change_card,
            area_code=AREA_CODE,
            parent=owner,
        )
        self.history = MessageHistoryPresenter(
            self.handling,
            register,
            NoCalls(),
            self.script_steps,
            naming,
            readers,
            deliveries,
            owner,
        )
        self.near = MessageNearPresenter(
            FakeNear(self.handling),
            deliveries,
            milestones,
            terms,
            self.kept_photos,
            readers,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.answers = make_answers(
            self.handling,
            FakeVotes(),
            FakeAnswerFiles(),
            terms,
            classifier,
            organs,
            self.reader.check,
            make_composer(FewOrgans()),
            lambda _message, _name: None,
            self.spelling,
            topic_route(classifier, organs, milestones, folder, owner),
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            formats=lambda: ATTACHMENT_FORMATS,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.bench: ReviewBench = ReviewBench(
            owner,
            milestones,
            clock,
            operator=SUPERVISOR,
            city=None if before is None else before.bench.city,
        )
        self.review = ReviewPresenters(
            self.bench.review,
            self.bench.decision,
            self.bench.photos,
            self.bench.preview,
            self.bench.organs,
            self.bench.classifier,
            self.spelling,
            self.bench.route,
        )
        self.calendars = Calendars(
            readers, deliveries, milestones, lambda: desk.operator, owner, clock
        )
        self.places = PlacesPresenter(folder / "places.json", readers, deliveries, owner)
        self.shown_record = ShownRecordPresenter(
            self.handling,
            phone.register,
            self.script_steps,
            classifier,
            readers,
            deliveries,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.message = MessagePresenter(
            desk,
            classifier,
            self.checks,
            self.near,
            MessageSteps(self.handling, deliveries, lambda: desk.operator, owner),
            sample_unit,
            new_ids(),
            begun=(),
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.topic_route = topic_route(classifier, organs, milestones, folder, owner)
        self.photos = PhotosPresenter(
            self.kept_photos,
            readers,
            deliveries,
            milestones,
            operator=lambda: desk.operator,
            may_attach=True,
            turning_allowed=lambda: False,
            parent=owner,
        )
        of_messages = message_sources(owner, FakeMessages(), FakeTitles())
        self.report = ReportPresenter(
            report_sources(register, of_messages),
            of_messages.names,
            FakeMessages().handled,
            readers,
            readers,
            deliveries,
            phone.notices.tell,
            milestones,
            folder=folder,
            templates=RESOURCES / "templates",
            city="Белоключевск",
            zone=CITY_ZONE,
            operator=lambda: desk.operator,
            parent=owner,
        )
        self.call_backs = CallBacksPresenter(
            NoCalls(),
            readers,
            deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
