"""Shift handover report: open work, a note and two signatures; page, presenter and PDF."""
