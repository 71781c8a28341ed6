"""Intake of messages from the city platform by the worker."""
