"""Similarity of messages: repeated messages (Regulation 6.4), and messages on the same subject."""
