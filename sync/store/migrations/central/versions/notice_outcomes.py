"""A message's history has the step that tells what became of the notice of refusal."""

import sqlalchemy as sa
from alembic import op

revision = "c0037"
down_revision = "c0036"

_STEPS = (
    "'submit', 'split', 'join', 'discard', 'state_publicity', 'mark_confidential',"
    " 'clear_confidential', 'withhold', 'link', 'link_call', 'take_up', 'release', 'correct',"
    " 'ask_colleague', 'register', 'register_and_publish', 'publish', 'refuse', 'notify',"
    " 'remove_duplicate', 'send_to_organ', 'redirect', 'answer_by_operator', 'receive_answer',"
    " 'return_answer', 'send_answer', 'send_plan', 'reopen_planned', 'rate', 'rate_negatively',"
    " 'send_to_rework', 'forward_by_votes', 'close', 'take_back'"
)


def upgrade() -> None:
    op.drop_constraint("ck_message_event_step", "message_event")
    op.create_check_constraint(
        "ck_message_event_step", "message_event", sa.text(f"step IN ({_STEPS})")
    )
