"""Proposals in the directory's file; none is ever deleted."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kb.changes import ProposalPut
from kb.proposals import Decision, Proposal, ProposedTopic
from kb.store.tables import moment_of, proposal


def put(connection: Connection, new: Proposal) -> None:
    """Write an open proposal down."""
    connection.execute(
        insert(proposal).values(
            key=new.id,
            organ=new.organ,
            by=new.by,
            at=moment_of(new.at),
            topic=json.dumps(asdict(new.topic), ensure_ascii=False),
        )
    )


def take(connection: Connection, changes: Iterable[ProposalPut]) -> None:
    """Let the proposals be as the centre has them; none gives way to an older version of it."""
    for change in changes:
        new, decision = change.proposal, change.proposal.decision
        known = connection.scalar(select(proposal.c.ver).where(proposal.c.key == new.id))
        if known is None:
            put(connection, new)
        elif known >= change.ver:
            continue
        connection.execute(update(proposal).where(proposal.c.key == new.id).values(ver=change.ver))
        if decision is not None:
            decide(connection, new.id, decision)


def version(connection: Connection, proposal_id: str) -> int:
    """The centre's version of the proposal, 0 for one that it has not."""
    query = select(proposal.c.ver).where(proposal.c.key == proposal_id)
    return connection.scalar(query) or 0


def shared(connection: Connection) -> tuple[Proposal, ...]:
    """The proposals that are the centre's."""
    query = select(proposal).where(proposal.c.ver > 0)
    return tuple(_proposal_of(row) for row in connection.execute(query))


def all_of(connection: Connection) -> tuple[Proposal, ...]:
    """Open ones first, each group with the newest first."""
    query = select(proposal).order_by(proposal.c.accepted.is_not(None), proposal.c.id.desc())
    return tuple(_proposal_of(row) for row in connection.execute(query))


def by_id(connection: Connection, proposal_id: str) -> Proposal | None:
    row = connection.execute(select(proposal).where(proposal.c.key == proposal_id)).one_or_none()
    return None if row is None else _proposal_of(row)


def decide(connection: Connection, proposal_id: str, decision: Decision) -> None:
    connection.execute(
        update(proposal)
        .where(proposal.c.key == proposal_id)
        .values(
            accepted=int(decision.accepted),
            reason=decision.reason,
            decided_by=decision.by,
            decided_at=moment_of(decision.at),
        )
    )


def _proposal_of(row: Row[Any]) -> Proposal:
    topic = json.loads(row.topic)
    decision = None
    if row.accepted is not None:
        decided_at = datetime.fromisoformat(row.decided_at)
        decision = Decision(bool(row.accepted), row.reason, row.decided_by, decided_at)
    return Proposal(
        id=row.key,
        topic=ProposedTopic(**(topic | {"participants": tuple(topic["participants"])})),
        organ=row.organ,
        by=row.by,
        at=datetime.fromisoformat(row.at),
        decision=decision,
    )
