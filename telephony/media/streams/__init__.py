"""The two halves of a call's audio: what is sent, what is received."""
