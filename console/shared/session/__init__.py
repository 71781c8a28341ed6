"""Work of the signed-in operator: calls, call cards, records, operator state and undo."""
