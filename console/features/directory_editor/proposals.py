"""Topic proposals: list, form with its draft, and decision by the supervisor.

Source: Regulation 4.2. GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import drafts, formats
from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, HistoryRow, Notice
from console.features.directory_editor import finding_words
from console.features.directory_editor import words as directory_editor_words
from console.shared.directory import words as directory_words
from console.shared.directory.documents import DirectoryOutcomes, DirectoryWrites
from kb.entries.changes import Decision, Proposal, ProposedTopic
from kb.entries.entries import Entry, TopicDetails
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.people.operators import Action, Operator, may

PARTS = ("entry", "parent", "name", "owner", "participants", "route", "organ")
_NEW = FormPlace(KeptForm.PROPOSAL)


def _empty() -> dict[str, str]:
    return dict.fromkeys(PARTS, "")


@dataclass(slots=True)
class BegunProposals:
    """Unfinished input of one editor: a new proposal, and reasons for declining other proposals.

    ``new`` has the fields of the new proposal, ``offered`` their initial texts. ``reasons`` are by
    proposal id. ``found_at`` is the time at which a previous session saved the input, by proposal
    id; the new proposal has an empty id.
    """

    new: dict[str, str] = field(default_factory=_empty)
    offered: dict[str, str] = field(default_factory=_empty)
    reasons: dict[str, str] = field(default_factory=dict)
    found_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def is_new_typed(self) -> bool:
        """Whether a field of the new proposal differs from its initial text."""
        return any(text.strip() and text != self.offered[name] for name, text in self.new.items())

    def begin(self, fields: Mapping[str, str]) -> None:
        """Starts a new proposal with these fields; all other fields are empty."""
        self.new = _empty() | dict(fields)
        self.offered = dict(self.new)
        self.found_at.pop("", None)

    def set_reason(self, proposal_id: str, text: str) -> None:
        """Stores the reason for declining; an empty text removes it."""
        self.reasons.pop(proposal_id, None)
        if text.strip():
            self.reasons[proposal_id] = text
        else:
            self.found_at.pop(proposal_id, None)

    def as_kept(self, decided: Collection[str]) -> dict[FormPlace, Typed]:
        """Returns the input for saving, without reasons for proposals that are already decided."""
        new = {_NEW: Typed(dict(self.new))} if self.is_new_typed else {}
        return new | {
            FormPlace(KeptForm.PROPOSAL, id): Typed({"reason": text})
            for id, text in self.reasons.items()
            if id not in decided
        }

    def find_again(self, found: Sequence[KeptWords]) -> None:
        """Restores input of a previous session; input of this session is not overwritten."""
        for kept in found:
            id, words = kept.place.subject, kept.typed.words
            if id and id not in self.reasons:
                self.set_reason(id, words["reason"])
                self.found_at[id] = kept.at
            elif not id and not self.is_new_typed:
                self.begin({})
                self.new |= {name: words[name] for name in PARTS}
                self.found_at[id] = kept.at


class ProposalsPort(Protocol):
    """Directory operations for proposals; called on worker threads."""

    def proposals(self) -> tuple[Proposal, ...]: ...

    def entry(self, entry_id: str) -> Entry | None: ...

    def propose(self, proposal_id: str, topic: ProposedTopic, *, organ: str, by: str) -> None: ...

    def decide(
        self, proposal_id: str, *, accepted: bool, reason: str = ..., by: str
    ) -> Decision: ...


@dataclass(frozen=True, slots=True)
class ProposalsState:
    """View state of the section; if ``chosen`` is empty, the form shows the new proposal.

    ``found_again`` is the note about input restored from a previous session.
    """

    rows: tuple[HistoryRow, ...] = ()
    ids: tuple[str, ...] = ()
    chosen: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(PARTS, ""))
    problems: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    may_decide: bool = False
    reason: str = ""
    found_again: str = ""
    waiting: int = 0


class ProposalsPresenter(QObject):
    """Presenter of the proposal list, the form of a new proposal, and the decision. GUI thread
    only.

    Each editor has separate input, which is not shown to other editors.
    """

    changed = Signal(object)  # ProposalsState
    stored = Signal(str)  # id of a topic that may have changed
    sent = Signal()  # the input was stored
    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: ProposalsPort,
        readers: Executor,
        writer: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        new_id: Callable[[], UUID],
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._outcomes = DirectoryOutcomes(deliveries, self._not_read)
        self._operator = operator
        self._new_id = new_id
        self._zone = zone
        self._clock = clock
        self._proposals: tuple[Proposal, ...] = ()
        self._begun: dict[UUID, BegunProposals] = {}  # by operator
        self._writes = DirectoryWrites(writer, deliveries, self.told.emit)
        self._state = ProposalsState()

    @property
    def state(self) -> ProposalsState:
        return self._state

    # --- saved input ---

    @property
    def _own(self) -> BegunProposals:
        return self._begun.setdefault(self._operator().id, BegunProposals())

    def signed_in(self) -> None:
        """Shows the input of the editor who has signed in (``KeepingPage``)."""
        self._show(self._state.chosen)

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the unsent input of an editor (``KeepingPage``)."""
        decided = {one.id for one in self._proposals if one.decision is not None}
        return self._begun.get(operator_id, BegunProposals()).as_kept(decided)

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores input of a previous session; input of this session is not overwritten
        (``KeepingPage``).
        """
        self._begun.setdefault(operator_id, BegunProposals()).find_again(found)
        self._show(self._state.chosen)

    def reload(self) -> None:
        """Reloads the proposals."""
        future = self._readers.submit(self._directory.proposals)
        self._outcomes.read(future, self._loaded)

    def _loaded(self, proposals: tuple[Proposal, ...]) -> None:
        self._proposals = proposals
        self._show(self._state.chosen)

    def _not_read(self, error: Exception) -> None:
        head, body = directory_words.not_read(error)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def choose(self, proposal_id: str) -> None:
        """Shows a proposal in the form; an empty id shows the new proposal."""
        self._show(proposal_id)

    # --- a new proposal ---

    def begin(self, fields: Mapping[str, str]) -> None:
        """Starts a new proposal with these fields; all other fields are empty."""
        self._own.begin(fields)
        self._show("")

    def set_field(self, name: str, text: str) -> None:
        """Sets a field of the new proposal; the field "entry" also loads the topic to change."""
        own = self._own
        own.new[name] = text
        if not own.is_new_typed:
            own.found_at.pop("", None)
        if name == "entry" and text:
            future = self._readers.submit(self._directory.entry, text)
            self._outcomes.read(future, lambda entry: self._begin_change(own, text, entry))
        else:
            self._show("")

    def _begin_change(self, own: BegunProposals, entry_id: str, entry: Entry | None) -> None:
        """Prefills the form with the current data of the topic that the proposal changes."""
        if entry is None or own.new["entry"] != entry_id:
            return
        details = entry.details if isinstance(entry.details, TopicDetails) else TopicDetails()
        as_it_is = {
            "entry": entry_id,
            "parent": details.parent or "",
            "name": entry.title,
            "owner": entry.owner,
            "participants": "\n".join(details.participants),
            "route": details.route,
        }
        own.new |= as_it_is
        own.offered |= as_it_is
        self._show(self._state.chosen)

    def propose(self) -> None:
        """Stores the new proposal if its fields and the proposing authority are filled in."""
        operator, own = self._operator(), self._own
        if self._writes.is_busy or not may(operator.role, Action.PROPOSE_TOPICS):
            return
        topic = self._topic()
        missing = [*topic.missing(), *(() if own.new["organ"] else ("organ",))]
        if missing:
            problems = {name: finding_words.missing(name) for name in missing}
            self._show("", problems)
            return
        proposal_id, organ = str(self._new_id()), own.new["organ"]
        self._writes.write(
            lambda: self._directory.propose(proposal_id, topic, organ=organ, by=operator.name),
            lambda _none: self._proposed(own),
        )

    def _topic(self) -> ProposedTopic:
        new = self._own.new
        return ProposedTopic(
            entry_id=new["entry"] or f"topic-{self._new_id()}",
            name=new["name"].strip(),
            owner=new["owner"],
            participants=tuple(new["participants"].splitlines()),
            route=new["route"].strip(),
            parent=new["parent"] or None,
        )

    def _proposed(self, own: BegunProposals) -> None:
        """Clears the form after the proposal is stored: a second Ctrl+Enter must not accept it."""
        own.begin({})
        self.sent.emit()
        self.told.emit(Notice(finding_words.written_down()))
        self._show(self._state.chosen)
        self.reload()

    # --- decision ---

    def set_reason(self, text: str) -> None:
        """Sets the reason for declining the selected proposal."""
        if self._state.may_decide:
            self._own.set_reason(self._state.chosen, text)
            self._show(self._state.chosen)

    def decide(self, *, accepted: bool) -> None:
        """Accepts or declines the selected proposal; declining requires a reason."""
        own, reason = self._own, self._state.reason
        if self._writes.is_busy or not self._state.may_decide:
            return
        if not accepted and not reason.strip():
            self._show(self._state.chosen, {"reason": finding_words.reason_is_needed()})
            return
        proposal_id, by = self._state.chosen, self._operator().name
        topic_id = self._state.fields["entry"]
        self._writes.write(
            lambda: self._directory.decide(proposal_id, accepted=accepted, reason=reason, by=by),
            lambda decision: self._decided(own, proposal_id, decision, topic_id),
        )

    def _decided(
        self, own: BegunProposals, proposal_id: str, decision: Decision, topic_id: str
    ) -> None:
        own.set_reason(proposal_id, "")
        self.sent.emit()
        self.told.emit(Notice(finding_words.decided(decision.accepted)))
        self.stored.emit(topic_id)
        self.reload()

    # --- view state ---

    def _show(self, chosen: str, problems: Mapping[str, str] | None = None) -> None:
        found = next((one for one in self._proposals if one.id == chosen), None)
        own, chosen = self._own, "" if found is None else chosen
        found_at = own.found_at.get(chosen)
        self._state = ProposalsState(
            rows=tuple(self._row(one, n) for n, one in enumerate(self._proposals, start=1)),
            ids=tuple(one.id for one in self._proposals),
            chosen=chosen,
            fields=dict(own.new) if found is None else _fields_of(found),
            problems=problems or {},
            status="" if found is None else self._status(found),
            waiting=sum(one.decision is None for one in self._proposals),
            may_decide=found is not None
            and found.decision is None
            and may(self._operator().role, Action.DECIDE_PROPOSALS),
            reason=own.reasons.get(chosen, ""),
            found_again="" if found_at is None else self._found_again(found_at),
        )
        self.changed.emit(self._state)

    def _row(self, proposal: Proposal, number: int) -> HistoryRow:
        word, icon, role = finding_words.state(proposal.decision)
        return HistoryRow(
            number=number,
            what=proposal.topic.name,
            who=directory_editor_words.history_who(proposal.by, self._local(proposal.at)),
            version=word,
            icon=icon,
            role=role,
        )

    def _status(self, proposal: Proposal) -> str:
        decision = proposal.decision
        if decision is None:
            return finding_words.waits()
        who = directory_editor_words.history_who(decision.by, self._local(decision.at))
        return finding_words.decision(decision, who)

    def _found_again(self, at: datetime) -> str:
        moment = formats.moment(self._local(at), self._local(self._clock()))
        return drafts.found_again(moment)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)


def _fields_of(proposal: Proposal) -> dict[str, str]:
    topic = proposal.topic
    return {
        "entry": topic.entry_id,
        "parent": topic.parent or "",
        "name": topic.name,
        "owner": topic.owner,
        "participants": "\n".join(topic.participants),
        "route": topic.route,
        "organ": proposal.organ,
    }
