"""User preferences: appearance, column widths, key map, and their central synchronisation."""
