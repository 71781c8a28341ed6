"""The directory in its file; SQLAlchemy is known here alone within ``kb``."""

from kb.store.directory import Directory

__all__ = ["Directory"]
