"""Incidents: many callers about one street, and one official text that all workplaces say."""
