"""From packets that come when they like to audio without gaps."""
