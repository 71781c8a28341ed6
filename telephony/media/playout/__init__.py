"""Playout of received audio: jitter buffer, delay, concealment, time scaling, comfort noise."""
