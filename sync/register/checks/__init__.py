"""Checks of message texts and photos against section 6 of the Regulation."""
