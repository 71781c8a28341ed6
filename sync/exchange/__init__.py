"""Exchange with the central database, the city platform and the mail server."""
