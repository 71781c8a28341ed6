"""Builds the presenters of call script, canned texts and call hints, and loads their files."""

from dataclasses import dataclass
from datetime import date

from console.assembly.intake_part import IntakePart
from console.context import Shared
from console.core.settings.city_texts import BadFile, LaidDown, read_laid_down
from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.caller_history import CallerHistoryPresenter
from console.features.call_script import words as call_script_words
from console.features.call_script.phrases import PhrasesPresenter
from console.features.call_script.presenter import CallHintPresenter, ScriptPresenter
from console.shared.session.desk import DeskPresenter
from sync.register.calendar.terms import review_term
from sync.register.calls.scripts import MarkedNumbers
from sync.register.messages import MessageRecord
from sync.register.people.phones import canonical_phone
from sync.store.local.calls.script_steps import ScriptSteps


@dataclass(frozen=True, slots=True)
class ScriptPart:
    """Presenters of call script, hints and canned texts."""

    script: ScriptPresenter
    hint: CallHintPresenter
    phrases: PhrasesPresenter


def make_script_part(
    shared: Shared,
    desk: DeskPresenter,
    intake: IntakePart,
    history: CallerHistoryPresenter,
) -> ScriptPart:
    """Builds the presenters and loads the files; their errors are shown between calls."""
    script = ScriptPresenter(
        desk,
        ScriptSteps(shared.register),
        shared.readers,
        shared.deliveries,
        shared.milestones,
        parent=shared.parent,
    )
    history.found.connect(script.caller_known)

    def term_of(message: MessageRecord | None, today: date) -> date:
        sent_on = today
        if message is not None and message.submitted_at is not None:
            sent_on = message.submitted_at.astimezone(CITY_ZONE).date()
        return review_term(sent_on, shared.calendar.calendar).last_day(shared.calendar.sending)

    phrases = PhrasesPresenter(
        desk,
        shared.milestones,
        term_of=term_of,
        city=shared.settings.city,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    intake.message.registered.connect(phrases.message_made)
    intake.message.handed_in.connect(phrases.message_made)
    hint = CallHintPresenter(
        desk, intake.reader, shared.deliveries, shared.milestones, shared.parent
    )

    def use(laid: LaidDown) -> None:
        bad = [(each.name, _why(each)) for each in laid.bad]
        script.use(laid.scripts, laid.marked, call_script_words.bad_files(bad))
        phrases.use(laid.phrases)

    settings = shared.settings
    shared.deliveries.deliver(
        shared.readers.submit(
            read_laid_down,
            settings.data_directory,
            shared.resources,
            lambda number: canonical_phone(number, settings.area_code),
        ),
        use,
        lambda error: script.use(
            (), MarkedNumbers(), call_script_words.bad_files([_unread_folder(error)])
        ),
        expected=(OSError,),
    )
    return ScriptPart(script, hint, phrases)


def _unread_folder(error: Exception) -> tuple[str, str]:
    return "scripts", call_script_words.unreadable(str(error))


def _why(bad: BadFile) -> str:
    """The first error; further ones are shown after it is fixed."""
    if bad.faults:
        return call_script_words.fault(bad.faults[0])
    return call_script_words.unreadable(bad.unreadable)
