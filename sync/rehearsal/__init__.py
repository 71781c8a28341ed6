"""The rehearsal: made-up calls through the console's own store and sender, to try a network."""
