"""Analysis of Russian texts: rule checks, personal data, and similar messages."""
