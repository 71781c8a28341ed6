"""Import of the directory from files, and export to files."""
