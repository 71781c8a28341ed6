"""Migrations of the local database: one module for each change of its schema."""
