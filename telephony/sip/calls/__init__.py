"""Calls from their INVITE to their end."""
