"""Regulation panel: clauses of the Regulation that the current page refers to."""
