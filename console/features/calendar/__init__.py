"""Page of the city's working calendar and rules, and their edits."""
