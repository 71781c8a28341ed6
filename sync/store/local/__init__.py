"""The encrypted local database of a workplace (SQLite with SQLCipher)."""
