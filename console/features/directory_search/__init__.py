"""Panel of the directory search."""
