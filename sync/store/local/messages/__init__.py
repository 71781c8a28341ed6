"""Message data in the local database: steps, notices, photos and platform queue."""
