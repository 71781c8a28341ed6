"""Presence: what the telephone system is told of the operator (RFC 3903, 3863, 4480)."""
