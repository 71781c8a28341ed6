"""Proposals in the directory's file; none is ever deleted."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

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
