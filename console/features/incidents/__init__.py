"""Incidents: several callers report one fault, and all of them receive the same official text."""
