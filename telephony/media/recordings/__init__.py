"""Calls kept as files, plain or sealed."""
