"""Being known to a registrar that may fail, move, or change its mind."""
