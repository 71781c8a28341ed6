"""Call bar of the main page: calls, their buttons, call quality and operator state."""
