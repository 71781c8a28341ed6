"""Call data in the local database: missed and scheduled calls, recordings, scripts."""
