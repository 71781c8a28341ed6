"""Message data in the local database: steps, notifications, photos and platform queue."""
