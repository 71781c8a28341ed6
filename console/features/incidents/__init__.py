"""Incidents: several callers report one fault, and all hear one official text."""
