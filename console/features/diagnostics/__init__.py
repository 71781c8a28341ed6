"""Support bundle for the administrator: logs, settings and health, without personal data."""
