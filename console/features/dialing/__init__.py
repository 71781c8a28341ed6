"""Dialling: the keypad during a call, and the choice of a number to call or transfer to."""
