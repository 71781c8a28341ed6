"""Scheduled callbacks: calls that an operator promised for a certain time."""
