"""Two read-only pages with presenters: the history of a message, and a saved call record."""
