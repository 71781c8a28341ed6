"""Session descriptions, and the offer and answer that agree on one (RFC 4566, RFC 3264)."""
