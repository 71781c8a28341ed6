"""What the domain never writes, the centre does not take; and indexes for reports and callers.

Every index stands on each month. An index that holds all that a report counts by is read in place
of the records, which are ten times as long.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0010"
down_revision = "c0009"

_ROLES = "'operator', 'moderator', 'editor', 'supervisor', 'administrator', 'observer'"
_STATES = (
    "'draft', 'submitted', 'under_review', 'registered', 'published', 'refused',"
    " 'removed_as_duplicate', 'at_organ', 'answered', 'answer_returned', 'answer_sent',"
    " 'planned', 'rated', 'rework', 'closed', 'passed_on'"
)
_STEPS = (
    "'submit', 'split', 'join', 'discard', 'state_publicity', 'mark_confidential',"
    " 'clear_confidential', 'withhold', 'link', 'link_call', 'take_up', 'release', 'correct',"
    " 'ask_colleague', 'register', 'register_and_publish', 'publish', 'refuse',"
    " 'remove_duplicate', 'send_to_organ', 'redirect', 'answer_by_operator', 'receive_answer',"
    " 'return_answer', 'send_answer', 'send_plan', 'reopen_planned', 'rate', 'rate_negatively',"
    " 'send_to_rework', 'forward_by_votes', 'close', 'take_back'"
)
_RESULTS = "'answered', 'contacts', 'message', 'not_answered', 'dropped', 'silent', 'wrong_number'"
_RECORD = {
    "period": "period ~ '^[0-9]{2}(0[1-9]|1[0-2])$'",
    "number": (
        "number LIKE period || '-' || station_id || '-' || lpad(counter::text, 5, '0') || '-_'"
    ),
    "operator_role": f"operator_role IN ({_ROLES})",
}
_CHECKS = {
    "call_record": {
        **_RECORD,
        "state": "state IN ('draft', 'closed')",
        "result": f"result IN ({_RESULTS})",
        "direction": "direction IN ('incoming', 'outgoing')",
        "closed": (
            "(state = 'closed') = (saved_at IS NOT NULL)"
            " AND (state <> 'closed' OR result IS NOT NULL)"
            " AND (state <> 'closed' OR result <> 'message' OR message_id IS NOT NULL)"
        ),
    },
    "message": {
        **_RECORD,
        "state": f"state IN ({_STATES})",
        "publicity": "publicity IN ('public', 'non_public', 'not_stated')",
    },
    "message_event": {
        "seq": "seq > 0",
        "doer": (
            "(source IS NULL) = (by_id IS NOT NULL) AND (source IS NULL) = (by_name IS NOT NULL)"
            " AND (source IS NULL) = (by_role IS NOT NULL)"
        ),
        "step": f"step IN ({_STEPS})",
        "source": "source IN ('system', 'platform')",
        "by_role": f"by_role IN ({_ROLES})",
    },
}
_COUNTED_BY = [
    "period",
    "direction",
    "answered_at",
    "ended_at",
    "saved_at",
    "end_cause",
    "out_of_hours",
    "result",
    "operator_id",
]
_FORMAL_APPEAL = """used_entries @> '[{"key": "59-fz", "kind": "script"}]'::jsonb"""


def upgrade() -> None:
    op.drop_constraint("ck_message_event_doer", "message_event")
    for table, checks in _CHECKS.items():
        for name, condition in checks.items():
            op.create_check_constraint(f"ck_{table}_{name}", table, sa.text(condition))
    # a record is found by the parts of its number, which are its key
    op.drop_index("ix_call_record_number")
    op.drop_index("ix_message_number")
    op.drop_index("ix_call_record_arrived_at")
    op.create_index(
        "ix_call_record_report", "call_record", ["arrived_at"], postgresql_include=_COUNTED_BY
    )
    op.create_index(
        "ix_call_record_formal_appeal",
        "call_record",
        ["arrived_at"],
        postgresql_where=sa.text(_FORMAL_APPEAL),
    )
    op.create_index("ix_message_created_at", "message", ["created_at"])
    op.create_index("ix_message_state_submitted_at", "message", ["state", "submitted_at"])
    op.create_index("ix_message_phone_created_at", "message", ["phone", "created_at"])
