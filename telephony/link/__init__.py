"""Link of console and phone process: local socket, JSON lines, process start, liveness."""
