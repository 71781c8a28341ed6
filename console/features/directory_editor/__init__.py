"""Directory editor: entries, synonyms, topic proposals, failed searches, and overdue checks."""
