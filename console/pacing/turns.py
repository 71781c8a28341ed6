"""How long a thread of Python may run while another one waits for its turn."""

import sys

TURN_S = 0.0001  # 5 ms at first: each of a frame's hundred calls into Python could wait so long


def take_short_turns() -> None:
    """Let the window's thread run soon, also while others search or read texts."""
    sys.setswitchinterval(TURN_S)
