"""Requests and their answers, repeated until they have arrived (RFC 3261 section 17)."""
