"""What both ends of a call share, and every change of it (RFC 3261 sections 12 to 14)."""
