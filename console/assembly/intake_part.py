"""Builds message intake: message form, checks, photos, spelling, topics, authorities, deadlines.

Topics, authorities and deadlines are shared with the other pages.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from uuid_utils.compat import uuid7

from console.assembly.directory_part import DirectoryPart
from console.assembly.first_reading import FirstReading
from console.context import Shared
from console.core.milestones import Milestone
from console.core.settings.workplace import CITY_ZONE
from console.core.spelling import HunspellDictionary, OneMorphology, Speller, SpellingPresenter
from console.features.call_card.by_hand import Promise
from console.features.directory_editor.publishing import PersonalDataPresenter
from console.features.message_form.open_messages import MessageNearPresenter
from console.features.message_form.presenter import MessagePresenter, MessageSteps
from console.shared.messages.classifier import Classifier, ClassifierReader, Organs
from console.shared.messages.photos import PhotosPresenter
from console.shared.messages.places import PlacesPresenter
from console.shared.messages.terms import CityCalendar, Terms
from console.shared.messages.topic_route import TopicRoutePresenter
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import LineState
from console.shared.texts.findings import ClearingReasons, MessageChecksPresenter
from console.shared.texts.reader import TextReader
from console.shared.texts.similar import SimilarFinder
from sync.register.people.operators import Operator
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.photos import MessagePhotos


@dataclass(frozen=True, slots=True)
class IntakePart:
    """Message form; ``classifier``, ``organs`` and ``terms`` are shared by all pages."""

    reader: TextReader
    finder: SimilarFinder
    classifier: Classifier
    organs: Organs
    terms: Terms
    handling: MessageHandling
    promise: Promise
    message: MessagePresenter
    message_checks: MessageChecksPresenter
    message_near: MessageNearPresenter
    topic_route: TopicRoutePresenter
    photos: PhotosPresenter
    places: PlacesPresenter
    spelling: SpellingPresenter
    personal_data: PersonalDataPresenter


def make_intake_part(
    shared: Shared, desk: DeskPresenter, directory: DirectoryPart, first: FirstReading
) -> IntakePart:
    """Builds everything from the caller's first word to the registered message."""
    reader = directory.reader
    # Preloads when a call is answered, some time before the message is written.
    desk.changed.connect(
        lambda state: reader.prepare() if state.line is LineState.TALKING else None
    )
    topics, categories, units = first.filed
    classifier = Classifier(topics, categories, shared.parent, units=units)
    follow_regulations(classifier, shared.calendar)
    organs = Organs(
        shared.directory, shared.readers, shared.deliveries, zone=CITY_ZONE, parent=shared.parent
    )
    terms = Terms(
        shared.calendar, classifier, zone=CITY_ZONE, unit_title=organs.title, parent=shared.parent
    )
    handling = MessageHandling(shared.register)
    message_checks = MessageChecksPresenter(
        reader,
        shared.deliveries,
        shared.milestones,
        ClearingReasons(operator=lambda: desk.operator, parent=shared.parent),
        shared.parent,
    )
    for draft, reason in first.cleared.items():
        message_checks.restore(str(draft), reason)
    shared.calendar.changed.connect(reader.read_again)
    shared.calendar.changed.connect(message_checks.read_again)
    finder = SimilarFinder(reader, handling, CITY_ZONE, lambda: datetime.now(UTC))
    message_near = MessageNearPresenter(
        finder,
        shared.deliveries,
        shared.milestones,
        terms,
        MessagePhotos(shared.register),
        shared.readers,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    message = MessagePresenter(
        desk,
        classifier,
        message_checks,
        message_near,
        MessageSteps(handling, shared.deliveries, lambda: desk.operator, shared.parent),
        shared.directory.unit,
        uuid7,
        begun=first.begun,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    places = PlacesPresenter(
        shared.settings.places_file, shared.readers, shared.deliveries, shared.parent
    )
    places.look()
    classifier_reader = ClassifierReader(
        classifier, shared.directory, shared.readers, shared.deliveries, shared.parent
    )
    stores = (
        directory.editor.stored,
        directory.proposals.stored,
        directory.directory_import.stored,
        shared.arrivals.directory,
    )
    for stored in stores:
        stored.connect(organs.read)
        stored.connect(classifier_reader.read)
        stored.connect(reader.read_again)
    read_at_new_day(terms, organs, classifier_reader)
    return IntakePart(
        reader=reader,
        finder=finder,
        classifier=classifier,
        organs=organs,
        terms=terms,
        handling=handling,
        promise=Promise(shared.calendar, lambda: terms.rules, CITY_ZONE, lambda: organs.titles),
        message=message,
        message_checks=message_checks,
        message_near=message_near,
        topic_route=make_topic_route(shared, classifier, organs, directory),
        photos=make_photos(
            shared, lambda: desk.operator, may_attach=True, keep_message=message.keep_for_photo
        ),
        places=places,
        spelling=_make_spelling(shared, reader.morphology),
        personal_data=_make_personal_data(shared, reader),
    )


def follow_regulations(classifier: Classifier, calendar: CityCalendar) -> None:
    """Routes messages according to the city's thematic regulations, also after changes (3.1)."""
    classifier.follow(calendar.city.records)
    calendar.changed.connect(lambda: classifier.follow(calendar.city.records))


def read_at_new_day(terms: Terms, organs: Organs, classifier_reader: ClassifierReader) -> None:
    """Reloads authorities and topics at midnight, because entries have validity dates."""
    terms.day_changed.connect(organs.read)
    terms.day_changed.connect(classifier_reader.read)


def make_topic_route(
    shared: Shared, classifier: Classifier, organs: Organs, directory: DirectoryPart
) -> TopicRoutePresenter:
    """Builds a presenter per page, since each page shows another message."""
    route = TopicRoutePresenter(
        classifier,
        organs,
        shared.directory,
        directory.document_opener,
        shared.readers,
        shared.deliveries,
        shared.parent,
    )
    directory.entry_documents.changed.connect(lambda _state: route.read_again())
    return route


def make_photos(
    shared: Shared,
    operator: Callable[[], Operator],
    *,
    may_attach: bool,
    keep_message: Callable[[], None] = lambda: None,
) -> PhotosPresenter:
    """Builds the photo presenter of a page with its own slow-work thread."""
    worker = ThreadPoolExecutor(1, thread_name_prefix="photos")
    shared.stops.append(("photos", lambda: worker.shutdown(wait=True, cancel_futures=True)))
    return PhotosPresenter(
        MessagePhotos(shared.register),
        worker,
        shared.deliveries,
        shared.milestones,
        operator=operator,
        may_attach=may_attach,
        turning_allowed=lambda: shared.calendar.settings.turns_photos,
        keep_message=keep_message,
        parent=shared.parent,
    )


def _make_spelling(shared: Shared, morphology: OneMorphology) -> SpellingPresenter:
    settings = shared.settings

    def open_speller() -> Speller:
        chosen = settings.spelling
        return Speller(
            HunspellDictionary(chosen.library, chosen.dictionary),
            settings.added_words_file,
            lambda: (entry.title for entry in shared.directory.summaries("")),
            morphology,
        )

    spelling = SpellingPresenter(
        open_speller,
        ThreadPoolExecutor(1, thread_name_prefix="spelling"),
        shared.deliveries,
        enabled=settings.spelling.enabled,
        parent=shared.parent,
    )
    spelling.suggested.connect(lambda: shared.milestones.note(Milestone.WORDS_SUGGESTED))
    shared.stops.append(("spelling", spelling.close))
    return spelling


def _make_personal_data(shared: Shared, reader: TextReader) -> PersonalDataPresenter:
    presenter = PersonalDataPresenter(reader.personal_data, shared.deliveries, shared.parent)
    presenter.told.connect(lambda _notice: shared.milestones.note(Milestone.PERSONAL_DATA_TOLD))
    return presenter
