"""How long each part of the program is waited for at the end."""

STOP_DEADLINE_S = 5.0
