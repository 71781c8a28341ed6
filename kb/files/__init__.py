"""The directory in files that people keep: XLSX, CSV and JSON Lines."""
