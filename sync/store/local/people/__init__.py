"""Data on people in the local database: erasure, retention, operators and shifts."""
