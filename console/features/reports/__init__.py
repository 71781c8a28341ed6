"""Reports of calls, operators, messages, missing categories and other bodies."""
