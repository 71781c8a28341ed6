"""Dialog of a call, and every change of its session (RFC 3261 sections 12 to 14)."""
