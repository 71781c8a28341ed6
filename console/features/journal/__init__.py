"""Lists of the day: calls, missed calls, drafts, messages and answers."""
