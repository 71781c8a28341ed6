"""Buttons and lamps of headsets, by the telephony pages of USB HID; hidapi is behind one module."""
