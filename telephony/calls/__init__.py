"""Calls of one phone: registry, commands, audio devices, media sessions, recordings."""
