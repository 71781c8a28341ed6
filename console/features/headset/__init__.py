"""Headset buttons and LEDs, synchronised with the calls of the console."""
