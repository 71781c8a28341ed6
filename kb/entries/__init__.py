"""Directory entries, their changes, attachments, opening hours and checks; no database."""
