"""I/O of SIP signalling: sockets, connections, DNS; the rest of ``sip`` does no I/O."""
