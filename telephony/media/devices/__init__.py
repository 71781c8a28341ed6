"""Audio devices: PulseAudio, PortAudio, WAV files, memory buffers, silence."""
