"""Detection of personal data in message texts (Regulation 6.12)."""
