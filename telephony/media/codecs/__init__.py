"""Audio encodings, each behind one protocol."""
