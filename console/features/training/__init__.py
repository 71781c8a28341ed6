"""Training mode: simulated callers, scored call records, and the offer of the mode."""
