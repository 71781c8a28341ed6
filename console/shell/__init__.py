"""Main window and main page: columns, page turning, keys, status bar, alarm, announcements."""
