"""Page of notifications that operators deliver by phone."""
