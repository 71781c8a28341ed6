"""Obscene words of a message in three levels, also where they are disguised (Regulation 6.3)."""
