"""Audio of calls: media thread, sessions, codecs, devices, RTP, jitter buffer, recordings."""
