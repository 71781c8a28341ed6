"""Message form of a call: its fields, its checks, and open messages about the same matter."""
