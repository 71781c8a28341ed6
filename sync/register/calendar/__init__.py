"""Working days, opening hours of the line, and deadlines."""
