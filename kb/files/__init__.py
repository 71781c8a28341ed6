"""Import and export of the directory as XLSX, CSV and JSON Lines."""
