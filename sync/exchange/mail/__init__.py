"""Notices by mail: facts, templates, composition, SMTP client and delivery."""
