"""Operator's console: the Qt application with its window, features and start-up code."""
