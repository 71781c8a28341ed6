"""Softphone: SIP signalling, call audio, headset buttons, and the console's phone process."""
