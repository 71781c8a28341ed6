"""Script, canned texts and first hints of a call, from the files that the city lays down."""

from dataclasses import dataclass
from datetime import date

from console import words
from console.assembly.intake_part import IntakePart
from console.assembly.shared import Shared
from console.presenters.call_hint import CallHintPresenter
from console.presenters.caller_history import CallerHistoryPresenter
from console.presenters.desk import DeskPresenter
from console.presenters.phrases import PhrasesPresenter
from console.presenters.script import ScriptPresenter
from console.settings.laid_down import BadFile, LaidDown, read_laid_down
from console.settings.workplace import CITY_ZONE
from sync.register.messages import MessageRecord
from sync.register.phones import canonical_phone
from sync.register.terms import review_term
from sync.store.script_steps import ScriptSteps


@dataclass(frozen=True, slots=True)
class ScriptPart:
    """What the desk says beside the directory's answers."""

    script: ScriptPresenter
    hint: CallHintPresenter
    phrases: PhrasesPresenter


def make_script_part(
    shared: Shared,
    desk: DeskPresenter,
    intake: IntakePart,
    history: CallerHistoryPresenter,
) -> ScriptPart:
    """All three; a reader thread reads the files, what is wrong in them is shown between calls."""
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
        script.use(laid.scripts, laid.marked, words.scripts.bad_files(bad))
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
    )
    return ScriptPart(script, hint, phrases)


def _why(bad: BadFile) -> str:
    """The first of what is wrong: the next one shows itself when that is mended."""
    if bad.faults:
        return words.scripts.fault(bad.faults[0])
    return words.scripts.unreadable(bad.unreadable)
