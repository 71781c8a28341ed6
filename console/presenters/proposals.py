"""Proposals on topics: written down for an organ by an editor, decided by the supervisor (4.2)."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.directory_outcomes import DirectoryOutcomes
from console.presenters.directory_writes import DirectoryWrites
from console.presenters.entry_state import HistoryRow
from console.presenters.notices import LONG_S, Notice
from kb.entries import Entry, TopicDetails
from kb.proposals import Decision, Proposal, ProposedTopic
from sync.register.operators import Operator
from sync.register.rights import Action, may

PARTS = ("entry", "parent", "name", "owner", "participants", "route", "organ")


class ProposalsPort(Protocol):
    """What the presenter needs of the directory; never called on the GUI thread."""

    def proposals(self) -> tuple[Proposal, ...]: ...

    def entry(self, entry_id: str) -> Entry | None: ...

    def propose(self, proposal_id: str, topic: ProposedTopic, *, organ: str, by: str) -> None: ...

    def decide(
        self, proposal_id: str, *, accepted: bool, reason: str = ..., by: str
    ) -> Decision: ...


@dataclass(frozen=True, slots=True)
class ProposalsState:
    """All that the page shows; with an empty ``chosen`` the form is that of a new proposal."""

    rows: tuple[HistoryRow, ...] = ()
    ids: tuple[str, ...] = ()
    chosen: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(PARTS, ""))
    problems: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    may_decide: bool = False
    waiting: int = 0


class ProposalsPresenter(QObject):
    """The list, the form of a new proposal, and the decision; belongs to the GUI thread."""

    changed = Signal(object)  # ProposalsState
    stored = Signal(str)  # id of a topic that may have changed
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
        self._proposals: tuple[Proposal, ...] = ()
        self._new = dict.fromkeys(PARTS, "")
        self._writes = DirectoryWrites(writer, deliveries, self.told.emit)
        self._state = ProposalsState()

    @property
    def state(self) -> ProposalsState:
        return self._state

    def reload(self) -> None:
        """Read the proposals anew."""
        future = self._readers.submit(self._directory.proposals)
        self._outcomes.read(future, self._loaded)

    def _loaded(self, proposals: tuple[Proposal, ...]) -> None:
        self._proposals = proposals
        self._show(self._state.chosen)

    def _not_read(self, error: Exception) -> None:
        head, body = words.directory.not_read(error)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def choose(self, proposal_id: str) -> None:
        """Show a proposal; an empty id goes back to the new one."""
        self._show(proposal_id)

    # --- a new proposal ---

    def begin(self, fields: Mapping[str, str]) -> None:
        """Begin a new proposal with these fields; the others stay empty."""
        self._new = dict.fromkeys(PARTS, "") | dict(fields)
        self._show("")

    def set_field(self, name: str, text: str) -> None:
        """Take what stands in a field of the new proposal."""
        self._new[name] = text
        if name == "entry" and text:
            future = self._readers.submit(self._directory.entry, text)
            self._outcomes.read(future, lambda entry: self._begin_change(text, entry))
        else:
            self._show("")

    def _begin_change(self, entry_id: str, entry: Entry | None) -> None:
        """What is proposed to be changed begins as it is now."""
        if entry is None or self._new["entry"] != entry_id:
            return
        details = entry.details if isinstance(entry.details, TopicDetails) else TopicDetails()
        self._new |= {
            "parent": details.parent or "",
            "name": entry.title,
            "owner": entry.owner,
            "participants": "\n".join(details.participants),
            "route": details.route,
        }
        self._show("")

    def propose(self) -> None:
        """Write the new proposal down, once it has its parts and the organ it comes from."""
        operator = self._operator()
        if self._writes.is_busy or not may(operator.role, Action.PROPOSE_TOPICS):
            return
        topic = self._topic()
        missing = [*topic.missing(), *(() if self._new["organ"] else ("organ",))]
        if missing:
            problems = {name: words.proposals.missing(name) for name in missing}
            self._show("", problems)
            return
        proposal_id, organ = str(self._new_id()), self._new["organ"]
        self._writes.write(
            lambda: self._directory.propose(proposal_id, topic, organ=organ, by=operator.name),
            self._proposed,
        )

    def _topic(self) -> ProposedTopic:
        new = self._new
        return ProposedTopic(
            entry_id=new["entry"] or f"topic-{self._new_id()}",
            name=new["name"].strip(),
            owner=new["owner"],
            participants=tuple(new["participants"].splitlines()),
            route=new["route"].strip(),
            parent=new["parent"] or None,
        )

    def _proposed(self, _none: None) -> None:
        """Begin anew: a second Ctrl+Enter must not accept what was just written down."""
        self._new = dict.fromkeys(PARTS, "")
        self.told.emit(Notice(words.proposals.written_down()))
        self._show("")
        self.reload()

    # --- the decision ---

    def decide(self, *, accepted: bool, reason: str) -> None:
        """Accept or decline the chosen proposal; declining asks for a reason."""
        if self._writes.is_busy or not self._state.may_decide:
            return
        if not accepted and not reason.strip():
            self._show(self._state.chosen, {"reason": words.proposals.reason_is_needed()})
            return
        proposal_id, by = self._state.chosen, self._operator().name
        topic_id = self._state.fields["entry"]
        self._writes.write(
            lambda: self._directory.decide(proposal_id, accepted=accepted, reason=reason, by=by),
            lambda decision: self._decided(decision, topic_id),
        )

    def _decided(self, decision: Decision, topic_id: str) -> None:
        self.told.emit(Notice(words.proposals.decided(decision.accepted)))
        self.stored.emit(topic_id)
        self.reload()

    # --- what is shown ---

    def _show(self, chosen: str, problems: Mapping[str, str] | None = None) -> None:
        found = next((one for one in self._proposals if one.id == chosen), None)
        self._state = ProposalsState(
            rows=tuple(self._row(one, n) for n, one in enumerate(self._proposals, start=1)),
            ids=tuple(one.id for one in self._proposals),
            chosen="" if found is None else chosen,
            fields=dict(self._new) if found is None else _fields_of(found),
            problems=problems or {},
            status="" if found is None else self._status(found),
            waiting=sum(one.decision is None for one in self._proposals),
            may_decide=found is not None
            and found.decision is None
            and may(self._operator().role, Action.DECIDE_PROPOSALS),
        )
        self.changed.emit(self._state)

    def _row(self, proposal: Proposal, number: int) -> HistoryRow:
        word, icon, role = words.proposals.state(proposal.decision)
        return HistoryRow(
            number=number,
            what=proposal.topic.name,
            who=words.editing.history_who(proposal.by, self._local(proposal.at)),
            version=word,
            icon=icon,
            role=role,
        )

    def _status(self, proposal: Proposal) -> str:
        decision = proposal.decision
        if decision is None:
            return words.proposals.waits()
        who = words.editing.history_who(decision.by, self._local(decision.at))
        return words.proposals.decision(decision, who)

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
