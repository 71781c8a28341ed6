"""Halves of a call's RTP stream: sender, receiver, DTMF digits, reception statistics."""
