"""HTTP digest for SIP: who we are, proven without our password on the wire."""
