"""The city's streets, houses and landmarks, as an administrator brings them (Regulation 6.1)."""
