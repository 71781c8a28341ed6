"""The only I/O of signalling: sockets, connections, name look-ups."""
