"""Dialling: keypad during a call, and selection of a number to call or to transfer a call to."""
