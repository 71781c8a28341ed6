"""Revisions of the schema, each a step from the one before."""
