"""Directory in its database file; only this folder of ``kb`` uses SQLAlchemy."""

from kb.store.directory import Directory

__all__ = ["Directory"]
