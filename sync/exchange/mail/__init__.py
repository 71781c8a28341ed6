"""Notifications by mail: data, templates, composition, SMTP client and delivery."""
