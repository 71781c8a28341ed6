"""SIP calls from INVITE to end: incoming, outgoing, replacing and redirected calls."""
