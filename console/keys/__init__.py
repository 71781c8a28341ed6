"""Every key of the console: what it is for, where it works, and what the operator made of it."""
