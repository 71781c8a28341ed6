"""Tables of the local and central databases, and conversion of their rows."""
