"""The central database (PostgreSQL), shared by all workplaces."""
