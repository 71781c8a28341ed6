"""The pages whose words are kept while they are typed, and where."""

from console.assembly.shared import Shared
from console.presenters.desk import DeskPresenter
from console.presenters.kept_forms import KeptForms
from console.views.desk_presenters import DeskPresenters
from sync.register.kept_words import KeptForm
from sync.store.kept_words import KeptWordsStore


def make_kept_forms(shared: Shared, desk: DeskPresenter, presenters: DeskPresenters) -> KeptForms:
    """In the register of this workplace, by operator."""
    made = KeptForms(
        KeptWordsStore(shared.register),
        desk,
        shared.readers,
        shared.deliveries,
        operator=lambda: desk.operator,
        parent=shared.parent,
    )
    watch_pages(made, presenters)
    made.told.connect(presenters.notices.tell)
    return made


def watch_pages(kept: KeptForms, presenters: DeskPresenters) -> None:
    """Every page that makes no record before it is sent."""
    answers = presenters.answers.form
    kept.watch(KeptForm.ANSWER, answers, answers.changed, sent=answers.taken)
    decisions = presenters.answers.decisions
    kept.watch(KeptForm.DECISION, decisions, decisions.changed, sent=decisions.taken)
    decision = presenters.review.decision
    kept.watch(KeptForm.REVIEW, decision.begun, decision.begun.typed, sent=decision.decided)
    clearing = presenters.message_checks.clearing
    kept.watch(KeptForm.CLEARING, clearing, clearing.typed)
    calendar = presenters.calendar
    kept.watch(KeptForm.CALENDAR, calendar, calendar.changed, calendar.typed)
    planned, handover = presenters.planned, presenters.handover
    kept.watch(KeptForm.HANDOVER, handover, handover.changed, handover.typed, sent=handover.signed)
    kept.watch(KeptForm.PLANNED_CALL, planned, planned.changed, sent=planned.planned)
    proposals = presenters.proposals
    kept.watch(KeptForm.PROPOSAL, proposals, proposals.changed, sent=proposals.sent)
    synonyms = presenters.synonyms
    kept.watch(KeptForm.SYNONYM, synonyms, synonyms.typed, sent=synonyms.sent)
    incidents = presenters.incident_page
    kept.watch(KeptForm.INCIDENT, incidents, incidents.changed)
