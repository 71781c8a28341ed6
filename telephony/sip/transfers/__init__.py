"""Handing a far side over, and being handed over (RFC 3515, RFC 5589)."""
