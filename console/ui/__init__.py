"""Widgets and painting used by all features: theme, fields, lists, buttons and notices."""
