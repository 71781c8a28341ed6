"""Migrations of the central database: one module for each change of its schema."""
