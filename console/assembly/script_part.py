"""Script, canned texts and first hints of a call, from the files that the city lays down."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer

from console import words
from console.assembly.intake_part import IntakePart
from console.assembly.shared import Shared
from console.laid_down import LaidDown, read_laid_down
from console.presenters.call_hint import CallHintPresenter
from console.presenters.caller_history import CallerHistoryPresenter
from console.presenters.desk import DeskPresenter
from console.presenters.notices import Notice, NoticesPresenter
from console.presenters.phrases import PhrasesPresenter
from console.presenters.script import ScriptPresenter
from console.settings import CITY_ZONE
from sync.register.messages import MessageRecord
from sync.register.phones import canonical_phone
from sync.register.terms import review_term
from sync.store.script_steps import ScriptSteps

TOLD_FOR_S = 60  # an administrator who has changed a file looks at the window


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
    notices: NoticesPresenter,
) -> ScriptPart:
    """All three; the files are read on a reader thread, and what is wrong in them is told."""
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
        script.use(laid.scripts, laid.marked)
        phrases.use(laid.phrases)
        for bad in laid.bad:
            lines = [words.scripts.fault(each) for each in bad.faults]
            if bad.unreadable:
                lines.append(words.scripts.unreadable(bad.unreadable))
            told = Notice(
                words.scripts.bad_file(bad.name), "\n".join(lines), TOLD_FOR_S, problem=True
            )
            # Behind whatever else is told at the start.
            QTimer.singleShot(0, shared.parent, lambda told=told: notices.tell(told))

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
