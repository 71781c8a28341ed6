"""Page of notifications that must be delivered by phone."""
