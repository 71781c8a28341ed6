"""Which messages say the same again, and which are likely about the same matter (6.4)."""
