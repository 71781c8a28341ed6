"""Domain rules: calls, messages, people, calendar, text checks and statistics."""
