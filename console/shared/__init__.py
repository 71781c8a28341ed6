"""Presenters, views and display texts that several features of the console use."""
