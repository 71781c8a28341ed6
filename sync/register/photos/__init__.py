"""Photos of a message: what they are, whether they may be taken, the copy to publish (6.5-6.7)."""
