"""Audio codecs G.711, G.722 and Opus behind one protocol."""
